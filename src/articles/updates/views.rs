//! Entries of live coverage as readers get them, in JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::super::views::{ArticleAuthor, ArticleBody, BodyForm};
use super::Update;
use crate::body::Document;
use crate::db::ids::UpdateId;
use crate::db::types::Stamp;

/// An entry of live coverage.
#[derive(Serialize, ToSchema)]
#[schema(as = LiveUpdate)]
pub struct UpdateView {
    /// The key, which an edit keeps.
    pub id: UpdateId,
    /// When it happened; entries stand in this order, and an edit keeps it.
    pub at: Stamp,
    /// Whether it was taken out: `since` tells so, with the key and the instant alone.
    #[schema(example = false)]
    pub removed: bool,
    /// The headline, plain text.
    #[schema(example = "The lamp is lit once more")]
    pub headline: Option<String>,
    /// What it says; null where it was taken out.
    pub body: Option<ArticleBody>,
    /// Whether it is one of the events that matter most.
    #[schema(example = true)]
    pub key_event: bool,
    /// Whether it is to stay at the top; it stands in its place by time all the same.
    #[schema(example = false)]
    pub pinned: bool,
    /// Who wrote it, in order.
    pub authors: Vec<ArticleAuthor>,
}

impl UpdateView {
    /// The entry with its resolved body in a form.
    pub fn new(update: Update, body: &Document, form: BodyForm) -> Self {
        UpdateView {
            id: update.id,
            at: update.at,
            removed: update.removed,
            headline: update.headline,
            body: (!update.removed).then(|| ArticleBody::of(body, update.id, form)),
            key_event: update.key_event,
            pinned: update.pinned,
            authors: update.authors.into_iter().map(ArticleAuthor::from).collect(),
        }
    }
}
