//! Bulletins as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::Bulletin;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;

/// What happened to a story.
#[derive(Serialize, ToSchema)]
#[schema(as = Bulletin)]
pub struct BulletinView {
    /// `published updated corrected unpublished retracted restored withheld released rights.changed`, or `embargoed` to
    /// whoever may read it before its end.
    #[serde(rename = "type")]
    #[schema(rename = "type", example = "corrected")]
    pub kind: &'static str,
    /// How much it matters to those who run a copy: `minor`, `substantive` or `kill`; null where it does not.
    #[schema(example = "substantive")]
    pub severity: Option<String>,
    /// The story.
    pub id: ArticleId,
    /// The version that it made; null where it made none.
    #[schema(example = 3)]
    pub version: Option<i32>,
    /// When.
    pub at: Stamp,
    /// The story's address; null where it is not live now.
    #[schema(example = "https://courier.example/harbour-reopens")]
    pub url: Option<String>,
}

impl From<Bulletin> for BulletinView {
    fn from(bulletin: Bulletin) -> Self {
        BulletinView {
            kind: bulletin.kind,
            severity: bulletin.severity,
            id: bulletin.article,
            version: bulletin.version,
            at: bulletin.at,
            url: bulletin.url,
        }
    }
}
