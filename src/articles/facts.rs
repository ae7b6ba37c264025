//! What a live story says of itself that nothing is filtered or sorted by: one document in its row.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::story::{Correction, Story, StoryRights, StorySeo};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;

/// A live story's corrections, translations and rights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Its live translations.
    pub translations: Vec<Translation>,
    /// What others may do with it.
    pub rights: StoryRights,
    /// What search engines are told.
    pub seo: StorySeo,
    /// Its address at its origin.
    pub source_url: Option<String>,
    /// When it goes off the site.
    pub expires_at: Option<Stamp>,
    /// Held back from partners until released.
    pub withheld: bool,
}

/// The same story in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Translation {
    /// The language, BCP 47.
    #[schema(example = "pt")]
    pub locale: String,
    /// The key.
    pub id: ArticleId,
    /// The slug.
    #[schema(example = "ultima-noite-do-farol")]
    pub slug: String,
    /// The address.
    #[schema(example = "https://courier.example/ultima-noite-do-farol")]
    pub url: String,
}

impl Facts {
    /// What a story says of itself; its translations are linked afterwards.
    pub fn of(story: &Story, withheld: bool) -> Self {
        Facts {
            corrections: story.corrections.clone(),
            translations: Vec::new(),
            rights: story.rights.clone(),
            seo: story.seo.clone(),
            source_url: story.source_url.clone(),
            expires_at: story.expires_at,
            withheld,
        }
    }
}
