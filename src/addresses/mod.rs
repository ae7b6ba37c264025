//! Every slug and path that was ever public, what is gone, and redirects.
//!
//! A slug is held by one thing of its kind for good: while it is its slug, and afterwards as an old
//! address that leads to it. It is never given to another, over all states and the trash. Knows
//! nothing of what a story, section, tag, author or series is beyond its id.

pub mod redirects;
pub mod routes;

mod merged;
mod store;

use std::fmt::Display;

use crate::db::types::{Id, Stamp};
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::Slug;

pub use merged::{merge, merged};

/// The kinds of thing that have a slug, each with a space of names of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    let slug = free(tx, kind, &made)?;
    store::insert(tx, kind, slug.as_str(), id.as_str())?;
    Ok(slug)
}

/// The slug, or the one with the number after those that are taken. A newsroom has thousands of stories with one
/// headline (the weather, the obituaries), so the place is looked for by halves.
fn free(conn: &mut Conn, kind: Kind, made: &Slug) -> Result<Slug> {
    let numbered = |number: u32| if number == 1 { made.clone() } else { made.with_suffix(number) };
    let mut is_taken =
        |number: u32| -> Result<bool> { Ok(store::holder(conn, kind, numbered(number).as_str())?.is_some()) };
    if !is_taken(1)? {
        return Ok(numbered(1));
    }
    let (mut taken, mut free) = (1, 2);
    while is_taken(free)? {
        (taken, free) = (free, free.saturating_mul(2));
    }
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if is_taken(middle)? { taken = middle } else { free = middle }
    }
    Ok(numbered(free))
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

/// All slugs, old ones included, of things by id: kind and slug.
pub fn slugs_of(conn: &mut Conn, ids: Vec<String>) -> Result<Vec<(String, String)>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::slugs_of(conn, &ids) }
}

/// Gives up every slug of a thing that is deleted for good.
pub fn release(tx: &mut Tx, kind: Kind, id: impl Display) -> Result<()> {
    store::delete_all(tx, kind, &id.to_string())
}

/// Who holds a slug, now or by history.
pub fn holder(conn: &mut Conn, kind: Kind, slug: &str) -> Result<Option<Holder>> {
    store::holder(conn, kind, slug)
}

/// The id behind an id or slug, old slugs and what was merged included; none where nothing has it.
pub fn id_of<T>(conn: &mut Conn, kind: Kind, key: &str) -> Result<Option<Id<T>>> {
    if let Ok(id) = key.parse::<Id<T>>() {
        let stands_for = merged(conn, &[id.to_string()])?.remove(id.as_str());
        return Ok(Some(stands_for.and_then(|other| other.parse().ok()).unwrap_or(id)));
    }
    // What cannot be a slug is not asked for: PostgreSQL refuses a query that holds a NUL.
    let Ok(slug) = Slug::parse(key) else { return Ok(None) };
    let holder = store::holder(conn, kind, slug.as_str())?;
    Ok(holder.and_then(|holder| holder.id.parse().ok()))
}

/// As `id_of`, where the thing is known to exist: an id that was made up is none.
pub fn known_id<T>(conn: &mut Conn, kind: Kind, key: &str) -> Result<Option<Id<T>>> {
    match id_of::<T>(conn, kind, key)? {
        Some(id) if store::exists(conn, kind, id.as_str())? => Ok(Some(id)),
        _ => Ok(None),
    }
}

/// Notes that a live story has a path; another's claim to it, from a time before, ends.
pub fn take_path<T>(tx: &mut Tx, path: &str, id: Id<T>) -> Result<()> {
    store::put_path(tx, path, id.as_str())
}

/// The story that has or had a path.
pub fn path_holder(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    store::path_holder(conn, path)
}

/// What is told of a story that was public and was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// When.
    pub at: Stamp,
    /// `withdraw`, `legal` or `kill`.
    pub kind: String,
    /// What the public is told.
    pub reason: Option<String>,
}

impl From<Gone> for Error {
    fn from(gone: Gone) -> Self {
        Error::Retracted { at: gone.at.to_string(), kind: gone.kind, reason: gone.reason }
    }
}

/// Notes that a story was taken back: 410 from now on; with what partners are told besides.
pub fn note_gone<T>(tx: &mut Tx, id: Id<T>, gone: &Gone, partner_note: Option<&str>) -> Result<()> {
    store::put_gone(tx, id.as_str(), gone, partner_note)
}

/// Forgets that a story was taken back: it is public again.
pub fn no_longer_gone<T>(tx: &mut Tx, id: Id<T>) -> Result<()> {
    store::delete_gone(tx, id.as_str())
}

/// What is told of a story that was taken back; none where it was not.
pub fn gone<T>(conn: &mut Conn, id: Id<T>) -> Result<Option<Gone>> {
    store::gone(conn, id.as_str())
}

/// What partners are told of a story that was taken back, beside what the public is.
pub fn partner_note<T>(conn: &mut Conn, id: Id<T>) -> Result<Option<String>> {
    store::partner_note(conn, id.as_str())
}
