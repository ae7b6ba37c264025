//! A live story by id or slug: here, at another slug, gone, or not there.
//!
//! What is not live is as if it had never been: only an address that was public leads anywhere.

use super::store::read;
use super::{Card, cards};
use crate::addresses::{self, Kind};
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

/// Finds a live story; 410 where it was retracted, 404 where there is none. The answer depends on the
/// key that was asked for, whatever comes of it.
pub fn find(snapshot: &mut Snapshot, key: &str) -> Result<Found> {
    if let Ok(id) = key.parse::<ArticleId>() {
        snapshot.depends_on("article", id);
        return match cards(snapshot, &[id])?.pop() {
            Some(card) => Ok(Found::Here(Box::new(card))),
            None => Err(missing(snapshot, id)?),
        };
    }
    let slug = key.to_lowercase();
    if !slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(Error::NotFound("article"));
    }
    snapshot.depends_on("slug", &slug);
    if let Some(id) = read::by_slug(snapshot, &slug)? {
        if slug != key {
            return Ok(Found::Moved(slug));
        }
        let card = cards(snapshot, &[id])?.pop().ok_or(Error::NotFound("article"))?;
        return Ok(Found::Here(Box::new(card)));
    }
    formerly(snapshot, &slug)
}

/// A story by a slug that it no longer has.
fn formerly(snapshot: &mut Snapshot, slug: &str) -> Result<Found> {
    let holder = addresses::holder(snapshot, Kind::Article, slug)?.filter(|holder| holder.was_public);
    let id =
        holder.and_then(|holder| holder.id.parse::<ArticleId>().ok()).ok_or(Error::NotFound("article"))?;
    match read::slug_of(snapshot, id)? {
        Some(slug) => Ok(Found::Moved(slug)),
        None => Err(missing(snapshot, id)?),
    }
}

fn missing(snapshot: &mut Snapshot, id: ArticleId) -> Result<Error> {
    Ok(addresses::gone(snapshot, id)?.map_or(Error::NotFound("article"), Error::from))
}
