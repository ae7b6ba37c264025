//! Rows of `series`.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{Series, Subject};
use crate::db::ids::SeriesId;
use crate::db::schema::{live_articles, series};
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = series, treat_none_as_null = true)]
struct Row {
    id: SeriesId,
    slug: String,
    title: String,
    title_key: String,
    description: Option<String>,
}

impl From<&Series> for Row {
    fn from(series: &Series) -> Self {
        let subject = series.subject.clone();
        Row {
            id: series.id,
            slug: series.slug.clone(),
            title_key: sort_key(&subject.title),
            title: subject.title,
            description: subject.description,
        }
    }
}

impl From<Row> for Series {
    fn from(row: Row) -> Self {
        let subject = Subject { title: row.title, description: row.description };
        Series { id: row.id, slug: row.slug, subject }
    }
}

pub fn insert(conn: &mut Conn, made: &Series) -> Result<()> {
    diesel::insert_into(series::table).values(Row::from(made)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, changed: &Series) -> Result<()> {
    diesel::update(series::table.find(changed.id)).set(Row::from(changed)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: SeriesId) -> Result<()> {
    diesel::delete(series::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: SeriesId) -> Result<Option<Series>> {
    let row = series::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Series::from))
}

pub fn by_ids(conn: &mut Conn, ids: &[SeriesId]) -> Result<Vec<Series>> {
    let rows: Vec<Row> = series::table.filter(series::id.among(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Series::from).collect())
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Series>> {
    let mut query = series::table.select(Row::as_select()).into_boxed();
    if browse.live_only {
        // Asked series by series in the order of the list, so that a page costs a page however many
        // stories there are.
        let shown = live_articles::table.filter(live_articles::series_id.eq(series::id.nullable()));
        query = query.filter(exists(shown));
    }
    if let Some(pattern) = browse.pattern() {
        query = query.filter(series::title_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let later = series::title_key.gt(key).or(series::title_key.eq(key).and(series::id.gt(id)));
        query = query.filter(later);
    }
    let rows: Vec<Row> = query.order((series::title_key, series::id)).limit(browse.limit).load(conn)?;
    Ok(rows.into_iter().map(Series::from).collect())
}
