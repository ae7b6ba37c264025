//! What stands at one path, before anything is followed.

use super::{Resolved, ResolvedKind};
use crate::addresses::redirects::{self, Redirect};
use crate::articles::paths::{Kind, Read};
use crate::articles::site::Site;
use crate::articles::{self, Found, Standing};
use crate::authors;
use crate::db::Snapshot;
use crate::error::{Error, Result};
use crate::taxonomy::{sections, series, tags};

/// What stands at a path.
pub enum Here {
    /// Something public, with the address that it has now.
    Thing(Resolved),
    /// A redirect.
    Redirect(Redirect),
    /// Nothing.
    Nothing,
}

/// A live story that has or had the path; else a redirect, where it `may_redirect`; else what the site's
/// templates read in it, where that is public. 410 where a retracted story had it and no redirect has.
pub fn look(snapshot: &mut Snapshot, site: &Site, path: &str, may_redirect: bool) -> Result<Here> {
    let gone = match articles::find_path(snapshot, path) {
        Ok(Some(Standing { id, slug, url })) => {
            return Ok(Here::Thing(Resolved::thing(ResolvedKind::Article, id, slug, url)));
        }
        Ok(None) => None,
        Err(gone @ Error::Retracted { .. }) => Some(gone),
        Err(error) => return Err(error),
    };
    if may_redirect && let Some(redirect) = redirects::from_path(snapshot, path)? {
        return Ok(Here::Redirect(redirect));
    }
    if let Some(gone) = gone {
        return Err(gone);
    }
    for (kind, read) in site.read(path) {
        if let Some(thing) = there(named(snapshot, site, kind, &read))? {
            return Ok(Here::Thing(thing));
        }
    }
    Ok(Here::Nothing)
}

/// Nothing where it is not there; 410 goes on.
fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn named(snapshot: &mut Snapshot, site: &Site, kind: Kind, read: &Read) -> Result<Resolved> {
    let last = read.section_path.as_deref().and_then(|path| path.rsplit('/').next());
    let key = read.slug.as_deref().or(read.id.as_deref());
    let missing = Error::NotFound("address");
    Ok(match kind {
        Kind::Article => return article(snapshot, key.ok_or(missing)?),
        Kind::Section => return section(snapshot, site, key.or(last).ok_or(missing)?, read),
        Kind::Tag => {
            let tag = tags::find_live(snapshot, key.ok_or(missing)?)?;
            let url = site.tag(&tag.slug, tag.id);
            Resolved::thing(ResolvedKind::Tag, tag.id, tag.slug, url)
        }
        Kind::Author => {
            let author = authors::find_live(snapshot, key.ok_or(missing)?)?;
            let url = site.author(&author.slug, author.id);
            Resolved::thing(ResolvedKind::Author, author.id, author.slug, url)
        }
        Kind::Series => {
            let series = series::find_live(snapshot, key.ok_or(missing)?)?;
            let url = site.series(&series.slug, series.id);
            Resolved::thing(ResolvedKind::Series, series.id, series.slug, url)
        }
    })
}

/// A live story by id or slug, old slugs included.
fn article(snapshot: &mut Snapshot, key: &str) -> Result<Resolved> {
    let card = match articles::find(snapshot, key)? {
        Found::Here(card) => *card,
        Found::Moved(slug) => articles::find(snapshot, &slug)?.here()?,
    };
    Ok(Resolved::thing(ResolvedKind::Article, card.id, card.slug, card.url))
}

/// A section by the last slug of its path. Each slug before it must be one of a section too: sections
/// move, and their old paths are not kept.
fn section(snapshot: &mut Snapshot, site: &Site, key: &str, read: &Read) -> Result<Resolved> {
    let section = sections::find(snapshot, key)?;
    if let Some(path) = read.section_path.as_deref().filter(|path| **path != section.path) {
        for slug in path.split('/') {
            sections::find(snapshot, slug)?;
        }
    }
    let url = site.section(&section.slug, section.id, &section.path);
    Ok(Resolved::thing(ResolvedKind::Section, section.id, section.slug, url))
}
