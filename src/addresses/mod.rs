//! Every slug and path that was ever public, and what is gone.
//!
//! A slug is held by one thing of its kind for good: while it is its slug, and afterwards as an old
//! address that leads to it. It is never given to another, over all states and the trash. Knows
//! nothing of what a story, section, tag, author or series is beyond its id.

mod store;

use std::fmt::Display;

use crate::db::types::Id;
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::Slug;

/// The kinds of thing that have a slug, each with a space of names of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Stories.
    Article,
    /// Sections.
    Section,
    /// Tags.
    Tag,
    /// Authors.
    Author,
    /// Series.
    Series,
}

impl Kind {
    /// Its name in tables and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Section => "section",
            Kind::Tag => "tag",
            Kind::Author => "author",
            Kind::Series => "series",
        }
    }
}

/// Who holds a slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The id of the thing.
    pub id: String,
    /// Whether the slug was ever its public address.
    pub was_public: bool,
}

/// Gives a thing its slug: the typed one, or one made of `words`, made unique by `-2`, `-3` ….
/// 409 `slug_taken` where a typed one belongs to another.
pub fn take_slug<T>(tx: &mut Tx, kind: Kind, id: Id<T>, typed: Option<Slug>, words: &str) -> Result<Slug> {
    if let Some(slug) = typed {
        return match store::holder(tx, kind, slug.as_str())? {
            Some(holder) if holder.id == id.as_str() => Ok(slug),
            Some(_) => Err(Error::SlugTaken(slug.into())),
            None => store::insert(tx, kind, slug.as_str(), id.as_str()).map(|()| slug),
        };
    }
    let made = Slug::from_words(words).unwrap_or_else(|| Slug::from_id(word_for(kind), &id));
    let mut slug = made.clone();
    let mut number = 2;
    while store::holder(tx, kind, slug.as_str())?.is_some() {
        slug = made.with_suffix(number);
        number += 1;
    }
    store::insert(tx, kind, slug.as_str(), id.as_str())?;
    Ok(slug)
}

fn word_for(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "story",
        other => other.name(),
    }
}

/// Notes that a thing is public under a slug from now on: later it is a redirect to it for good.
pub fn note_public(tx: &mut Tx, kind: Kind, slug: &str) -> Result<()> {
    store::mark_public(tx, kind, slug)
}

/// Gives up every slug of a thing that is deleted for good.
pub fn release(tx: &mut Tx, kind: Kind, id: impl Display) -> Result<()> {
    store::delete_all(tx, kind, &id.to_string())
}

/// Who holds a slug, now or by history.
pub fn holder(conn: &mut Conn, kind: Kind, slug: &str) -> Result<Option<Holder>> {
    store::holder(conn, kind, slug)
}

/// The id behind an id or slug, old slugs included; none where nothing has it.
pub fn id_of<T>(conn: &mut Conn, kind: Kind, key: &str) -> Result<Option<Id<T>>> {
    if let Ok(id) = key.parse() {
        return Ok(Some(id));
    }
    // What cannot be a slug is not asked for: PostgreSQL refuses a query that holds a NUL.
    let Ok(slug) = Slug::parse(key) else { return Ok(None) };
    let holder = store::holder(conn, kind, slug.as_str())?;
    Ok(holder.and_then(|holder| holder.id.parse().ok()))
}
