//! Preview tokens in JSON, out.

use serde::Serialize;
use utoipa::ToSchema;

use crate::db::ids::{ArticleId, PreviewId};
use crate::db::types::Stamp;
use crate::newsroom::preview::Preview;

/// A link to what is not public yet, without its token.
#[derive(Serialize, ToSchema)]
#[schema(as = PreviewToken)]
pub struct PreviewView {
    /// The key.
    pub id: PreviewId,
    /// The story that it shows.
    pub article: ArticleId,
    /// The revision that it shows; null: whatever is newest.
    #[schema(example = 3)]
    pub revision: Option<i32>,
    /// Who made it: the id of a user; null where it was a key of the house.
    #[schema(value_type = Option<String>, example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub made_by: Option<crate::db::ids::UserId>,
    /// When it was made.
    pub created_at: Stamp,
    /// When it stops.
    pub expires_at: Stamp,
}

/// A preview token as it was made; nothing shows it again.
#[derive(Serialize, ToSchema)]
#[schema(as = MadePreviewToken)]
pub struct MadePreviewView {
    /// The key.
    pub id: PreviewId,
    /// The story that it shows.
    pub article: ArticleId,
    /// The token: the `preview` parameter of the story and its page.
    #[schema(example = "wd_preview_01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f.bm90LWEtcmVhbC1jb2Rl")]
    pub token: String,
    /// The story with the token, ready to be opened.
    #[schema(
        example = "https://api.courier.example/v1/articles/01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f?preview=wd_preview_01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f.bm90LWEtcmVhbC1jb2Rl"
    )]
    pub url: String,
    /// When it stops.
    pub expires_at: Stamp,
}

impl PreviewView {
    /// A link.
    pub fn new(preview: &Preview) -> Self {
        PreviewView {
            id: preview.id,
            article: preview.article,
            revision: preview.revision,
            made_by: preview.made_by,
            created_at: preview.created_at,
            expires_at: preview.expires_at,
        }
    }
}

impl MadePreviewView {
    /// A link with its token, at the API's own address.
    pub fn new(preview: &Preview, token: String, public_url: &str) -> Self {
        MadePreviewView {
            id: preview.id,
            article: preview.article,
            url: format!("{public_url}/v1/articles/{}?preview={token}", preview.article),
            token,
            expires_at: preview.expires_at,
        }
    }
}
