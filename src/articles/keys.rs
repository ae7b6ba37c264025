//! The surrogate keys of the answers that change when a story goes live, changes or goes off.
//!
//! Beside the story's own they are those of what it names: an author, tag or series is public only while a
//! live story shows it, so its answer and the list of its kind may come or go with the story.

use std::collections::BTreeSet;

use super::store;
use super::store::write;
use super::story::Story;
use crate::addresses::{self, Kind};
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::Result;

/// The keys of what changes with a story that was or is public as each of `stories`, but for its own.
pub fn keys_of(conn: &mut Conn, id: ArticleId, stories: &[&Story]) -> Result<BTreeSet<String>> {
    let mut keys: BTreeSet<String> = ["list:articles".to_owned()].into();
    keys.extend(list_keys(conn, id)?);
    let mut named: BTreeSet<(Kind, String)> = BTreeSet::new();
    for story in stories {
        keys.insert(format!("slug:{}", story.slug));
        named.extend(story.authors.iter().map(|credit| (Kind::Author, credit.author.to_string())));
        named.extend(story.tags.iter().chain(&story.primary_tag).map(|id| (Kind::Tag, id.to_string())));
        named.extend(story.series.iter().map(|part| (Kind::Series, part.series.to_string())));
        keys.extend(story.section.iter().map(|id| format!("section:{id}")));
        if let Some(group) = &story.translation_group {
            let members = write::group_members(conn, group)?;
            keys.extend(members.iter().map(|member| format!("article:{}", member.id)));
        }
    }
    for (kind, id) in &named {
        keys.insert(format!("{}:{id}", kind.name()));
        keys.insert(list_of(*kind).to_owned());
    }
    let slugs = addresses::slugs_of(conn, named.into_iter().map(|(_, id)| id).collect())?;
    keys.extend(slugs.into_iter().map(|(kind, slug)| format!("{kind}:{slug}")));
    Ok(keys)
}

/// The key of the list of all of a kind.
fn list_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "list:articles",
        Kind::Section => "sections",
        Kind::Tag => "tags",
        Kind::Author => "authors",
        Kind::Series => "series",
    }
}

/// The surrogate keys of the lists that hold a story: what goes live, or off, changes them.
fn list_keys(conn: &mut Conn, id: ArticleId) -> Result<Vec<String>> {
    let keys = store::usage::lists_of(conn, id)?;
    Ok(keys.into_iter().map(|key| format!("list:{key}")).collect())
}
