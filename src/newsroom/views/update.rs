//! Entries of live coverage as the newsroom sees them, in JSON.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::articles::updates::Update;
use crate::articles::views::{ArticleAuthor, ArticleBody};
use crate::db::ids::{ArticleId, UpdateId};
use crate::db::types::Stamp;

/// An entry of live coverage as the newsroom sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffLiveUpdate)]
pub struct StaffUpdateView {
    /// The key.
    pub id: UpdateId,
    /// The story that it belongs to.
    pub article: ArticleId,
    /// The headline.
    #[schema(example = "The lamp is lit once more")]
    pub headline: Option<String>,
    /// What it says, as Portable Text blocks.
    pub body: ArticleBody,
    /// When it happened.
    pub at: Stamp,
    /// Whether it is one of the events that matter most.
    #[schema(example = true)]
    pub key_event: bool,
    /// Whether it is to stay at the top.
    #[schema(example = false)]
    pub pinned: bool,
    /// Who wrote it, in order.
    pub authors: Vec<ArticleAuthor>,
}

impl StaffUpdateView {
    /// The entry as it was written.
    pub fn new(update: Update) -> Self {
        StaffUpdateView {
            id: update.id,
            article: update.article,
            headline: update.headline,
            body: ArticleBody::blocks(&update.body),
            at: update.at,
            key_event: update.key_event,
            pinned: update.pinned,
            authors: update.authors.into_iter().map(ArticleAuthor::from).collect(),
        }
    }
}

/// What can be sent of an entry, as it stands, but for its body: what a patch is laid over.
pub fn update_form(update: &Update) -> Value {
    let authors: Vec<Value> =
        update.authors.iter().map(|author| json!({"id": author.id, "role": author.role})).collect();
    json!({
        "headline": update.headline,
        "at": update.at,
        "key_event": update.key_event,
        "pinned": update.pinned,
        "authors": authors,
    })
}
