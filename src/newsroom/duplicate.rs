//! A story taken as the beginning of another.

use super::{Owner, Work, store, uses};
use crate::addresses::{self, Kind};
use crate::articles::story::Story;
use crate::db::ids::ArticleId;
use crate::db::{Audience, Change, Tx};
use crate::error::Result;

/// Makes a draft of a story's newest revision: with a slug of its own, without dates, corrections, a path or
/// translations, which are the other's.
pub fn duplicate(tx: &mut Tx, work: &Work, owner: Owner) -> Result<Work> {
    let id = ArticleId::new();
    let words = work.story.headline.clone().unwrap_or_else(|| work.story.slug.clone());
    let story = Story {
        slug: addresses::take_slug(tx, Kind::Article, id, None, &words)?.into(),
        path: None,
        published_at: None,
        embargo_until: None,
        expires_at: None,
        translation_group: None,
        corrections: Vec::new(),
        ..work.story.clone()
    };
    let mut copy = Work::new(id, story, tx.now());
    copy.desk.owner = owner.map(|owner| owner.to_string());
    store::insert(tx, &copy)?;
    store::insert_revision(tx, &copy, None)?;
    uses::note(tx, &copy)?;
    tx.record(
        Change::new(Audience::Staff, "article.created", "article", id)
            .version(copy.revision)
            .detail(serde_json::json!({ "duplicate_of": work.id })),
    );
    Ok(copy)
}
