//! A live story by id or slug: here, at another slug, gone, or not there.
//!
//! What is not live is as if it had never been: only an address that was public leads anywhere.

use super::store::read;
use super::{Card, cards};
use crate::addresses;
use crate::db::Snapshot;
use crate::db::ids::ArticleId;
use crate::error::{Error, Result};

/// Where a story is.
#[derive(Debug)]
pub enum Found {
    /// At the address that was asked for.
    Here(Box<Card>),
    /// At this slug: the one that was asked for is an old one, or has capitals.
    Moved(String),
}

impl Found {
    /// The story at the address that was asked for.
    pub fn here(self) -> Result<Card> {
        match self {
            Found::Here(card) => Ok(*card),
            Found::Moved(_) => Err(Error::NotFound("article")),
        }
    }
}

/// Finds a live story; 410 where it was retracted, 404 where there is none. The answer depends on the
/// key that was asked for, whatever comes of it.
pub fn find(snapshot: &mut Snapshot, key: &str) -> Result<Found> {
    if let Ok(id) = key.parse::<ArticleId>() {
        snapshot.depends_on("article", id);
        return match cards(snapshot, &[id])?.pop() {
            // An id has one form too.
            Some(_) if id.as_str() != key => Ok(Found::Moved(id.to_string())),
            Some(card) => Ok(Found::Here(Box::new(card))),
            None => Err(addresses::gone(snapshot, id)?.map_or(Error::NotFound("article"), Error::from)),
        };
    }
    let slug = key.to_lowercase();
    if !slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(Error::NotFound("article"));
    }
    snapshot.depends_on("slug", &slug);
    match read::by_slug(snapshot, &slug)? {
        Some(_) if slug != key => Ok(Found::Moved(slug)),
        Some(id) => match cards(snapshot, &[id])?.pop() {
            Some(card) => Ok(Found::Here(Box::new(card))),
            None => Err(Error::NotFound("article")),
        },
        // Capitals lead to what is live under the same letters, and nowhere else.
        None if slug != key => Err(Error::NotFound("article")),
        None => formerly(snapshot, &slug),
    }
}

/// A story by a slug that it no longer has. One statement, whatever comes of it: its number must not
/// tell a story that was never public from none.
fn formerly(snapshot: &mut Snapshot, slug: &str) -> Result<Found> {
    let Some(former) = read::formerly(snapshot, slug)? else { return Err(Error::NotFound("article")) };
    // The answer of what is off the site must not name it.
    let (slug, gone) = match (former.slug, former.gone) {
        (None, None) => return Err(Error::NotFound("article")),
        told => told,
    };
    snapshot.depends_on("article", former.id);
    match (slug, gone) {
        (Some(slug), _) => Ok(Found::Moved(slug)),
        (None, gone) => Err(gone.map_or(Error::NotFound("article"), Error::from)),
    }
}

/// A live story by a path that it has or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The story.
    pub id: ArticleId,
    /// The slug that it has now.
    pub slug: String,
    /// The address that it has now.
    pub url: String,
}

/// The live story that has or had a path; none where there is none, 410 where it was retracted.
pub fn find_path(snapshot: &mut Snapshot, path: &str) -> Result<Option<Standing>> {
    let Some(found) = read::at_path(snapshot, path)? else { return Ok(None) };
    match (found.now, found.gone) {
        (Some((slug, url)), _) => {
            snapshot.depends_on("article", found.id);
            Ok(Some(Standing { id: found.id, slug, url }))
        }
        (None, Some(gone)) => {
            snapshot.depends_on("article", found.id);
            Err(gone.into())
        }
        (None, None) => Ok(None),
    }
}
