//! Series: stories that belong together and have an order.
//!
//! A series is public only while a live story is a part of it; the newsroom sees all. Which part a
//! story is stands with the story.

pub mod routes;
pub mod views;

mod store;

use crate::addresses::{self, Kind};
use crate::articles::{self, Shown};
use crate::db::ids::SeriesId;
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Slug, sort_key};

/// Stories that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The key.
    pub id: SeriesId,
    /// The name in addresses.
    pub slug: String,
    /// What it is called and about.
    pub subject: Subject,
}

/// What a series is called and about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The printed title.
    pub title: String,
    /// A few sentences about it.
    pub description: Option<String>,
}

/// What is to be stored: the subject, and the slug where one was typed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The slug; made from the title where it is left out.
    pub slug: Option<Slug>,
    /// Everything else.
    pub subject: Subject,
}

/// Begins a series. 409 `slug_taken`.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Series> {
    let id = SeriesId::new();
    let slug = addresses::take_slug(tx, Kind::Series, id, draft.slug, &draft.subject.title)?;
    let series = Series { id, slug: slug.into(), subject: draft.subject };
    store::insert(tx, &series)?;
    tx.record(changed("series.created", &series));
    Ok(series)
}

/// Changes a series; live stories that are parts of it show it at once. An identical change is none.
pub fn change(tx: &mut Tx, present: &Series, draft: Draft) -> Result<Series> {
    let slug = match draft.slug {
        Some(slug) => addresses::take_slug(tx, Kind::Series, present.id, Some(slug), "")?.into(),
        None => present.slug.clone(),
    };
    let series = Series { id: present.id, slug, subject: draft.subject };
    if series == *present {
        return Ok(series);
    }
    store::update(tx, &series)?;
    if articles::shows(tx, Shown::Series, series.id)? {
        addresses::note_public(tx, Kind::Series, &series.slug)?;
    }
    articles::touch(tx, Shown::Series, series.id)?;
    tx.record(changed("series.changed", &series).key("series", &present.slug));
    Ok(series)
}

/// Changes the series that has the slug of the draft, or begins it.
pub fn put(tx: &mut Tx, draft: Draft) -> Result<Series> {
    match present(tx, draft.slug.as_ref())? {
        Some(present) => change(tx, &present, draft),
        None => create(tx, draft),
    }
}

fn present(conn: &mut Conn, slug: Option<&Slug>) -> Result<Option<Series>> {
    let Some(slug) = slug else { return Ok(None) };
    let id = addresses::id_of(conn, Kind::Series, slug.as_str())?;
    Ok(id.map(|id| store::by_id(conn, id)).transpose()?.flatten())
}

/// Deletes a series of which no story is a part; 409 `in_use` with the counts otherwise.
pub fn delete(tx: &mut Tx, series: &Series) -> Result<()> {
    articles::uses(tx, Shown::Series, series.id.as_str())?.refuse("series")?;
    store::delete(tx, series.id)?;
    addresses::release(tx, Kind::Series, series.id)?;
    tx.record(changed("series.deleted", series));
    Ok(())
}

/// The series by id or slug, old slugs included, as the newsroom sees it.
pub fn find(conn: &mut Conn, key: &str) -> Result<Series> {
    let id = addresses::id_of(conn, Kind::Series, key)?;
    id.map(|id| store::by_id(conn, id)).transpose()?.flatten().ok_or(Error::NotFound("series"))
}

/// The series by id or slug, where a live story is a part of it.
pub fn find_live(conn: &mut Conn, key: &str) -> Result<Series> {
    let series = find(conn, key)?;
    if articles::shows(conn, Shown::Series, series.id)? { Ok(series) } else { Err(Error::NotFound("series")) }
}

/// The series of these ids, in no order; what is not there is left out.
pub fn by_ids(conn: &mut Conn, ids: &[SeriesId]) -> Result<Vec<Series>> {
    store::by_ids(conn, ids)
}

/// A page of series by title.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Series>> {
    store::browse(conn, browse)
}

/// The key that series are sorted by.
pub fn title_key(series: &Series) -> String {
    sort_key(&series.subject.title)
}

fn changed(kind: &'static str, series: &Series) -> Change {
    Change::new(Audience::Staff, kind, "series", series.id)
        .key("series", series.id)
        .key("series", &series.slug)
        .keys(["series".to_owned()])
}
