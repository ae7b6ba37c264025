//! Rows of `sections`.

use diesel::prelude::*;

use super::Section;
use crate::db::ids::SectionId;
use crate::db::schema::sections;
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::{Error, Result};
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sections, treat_none_as_null = true)]
struct Row {
    id: SectionId,
    slug: String,
    name: String,
    name_key: String,
    parent_id: Option<SectionId>,
    path: String,
    description: Option<String>,
    position: i32,
}

impl From<&Section> for Row {
    fn from(section: &Section) -> Self {
        let section = section.clone();
        Row {
            id: section.id,
            slug: section.slug,
            name_key: sort_key(&section.name),
            name: section.name,
            parent_id: section.parent,
            path: section.path,
            description: section.description,
            position: section.position,
        }
    }
}

impl From<Row> for Section {
    fn from(row: Row) -> Self {
        Section {
            id: row.id,
            slug: row.slug,
            name: row.name,
            parent: row.parent_id,
            path: row.path,
            description: row.description,
            position: row.position,
        }
    }
}

fn all(rows: Vec<Row>) -> Vec<Section> {
    rows.into_iter().map(Section::from).collect()
}

pub fn insert(conn: &mut Conn, section: &Section) -> Result<()> {
    diesel::insert_into(sections::table).values(Row::from(section)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, section: &Section) -> Result<()> {
    diesel::update(sections::table.find(section.id)).set(Row::from(section)).execute(conn)?;
    Ok(())
}

pub fn set_path(conn: &mut Conn, id: SectionId, path: &str) -> Result<()> {
    diesel::update(sections::table.find(id)).set(sections::path.eq(path)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: SectionId) -> Result<()> {
    diesel::delete(sections::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: SectionId) -> Result<Option<Section>> {
    let row = sections::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Section::from))
}

pub fn by_ids(conn: &mut Conn, ids: &[SectionId]) -> Result<Vec<Section>> {
    let rows = sections::table.filter(sections::id.among(ids)).select(Row::as_select()).load(conn)?;
    Ok(all(rows))
}

/// All that stand below a path. A path holds nothing that `LIKE` reads otherwise.
pub fn below(conn: &mut Conn, path: &str) -> Result<Vec<Section>> {
    let under = sections::path.like(format!("{path}/%"));
    let rows = sections::table.filter(under).select(Row::as_select()).load(conn)?;
    Ok(all(rows))
}

/// The sections of `parents`, and those directly below `ids`, by position, then name.
pub fn around(conn: &mut Conn, ids: &[SectionId], parents: &[SectionId]) -> Result<Vec<Section>> {
    let rows = sections::table
        .filter(sections::id.eq_any(parents).or(sections::parent_id.eq_any(ids).assume_not_null()))
        .order((sections::position, sections::name_key, sections::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(all(rows))
}

/// The sections of `ids`, those above them, and those directly below them, by position, then name.
pub fn with_family(conn: &mut Conn, ids: &[SectionId]) -> Result<Vec<Section>> {
    let own = diesel::alias!(sections as own);
    let above = own
        .filter(own.field(sections::id).eq_any(ids))
        .select(own.field(sections::parent_id).assume_not_null());
    let below = sections::parent_id.eq_any(ids).assume_not_null();
    let rows = sections::table
        .filter(sections::id.eq_any(ids).or(below).or(sections::id.eq_any(above)))
        .order((sections::position, sections::name_key, sections::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(all(rows))
}

/// The sections directly below one.
pub fn children(conn: &mut Conn, id: SectionId) -> Result<Vec<Section>> {
    let rows = sections::table.filter(sections::parent_id.eq(id)).select(Row::as_select()).load(conn)?;
    Ok(all(rows))
}

pub fn count_children(conn: &mut Conn, id: SectionId) -> Result<i64> {
    Ok(sections::table.filter(sections::parent_id.eq(id)).count().get_result(conn)?)
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Section>> {
    let mut query = sections::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(sections::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let (position, name) = key.split_once(' ').ok_or(Error::InvalidCursor)?;
        let position: i32 = position.parse().map_err(|_| Error::InvalidCursor)?;
        let same_name = sections::name_key.eq(name).and(sections::id.gt(id));
        let same_position = sections::position.eq(position).and(sections::name_key.gt(name).or(same_name));
        query = query.filter(sections::position.gt(position).or(same_position));
    }
    let order = (sections::position, sections::name_key, sections::id);
    Ok(all(query.order(order).limit(browse.limit).load(conn)?))
}

pub fn by_paths(conn: &mut Conn, paths: &[&str]) -> Result<Vec<Section>> {
    let rows: Vec<Row> =
        sections::table.filter(sections::path.eq_any(paths)).select(Row::as_select()).load(conn)?;
    Ok(all(rows))
}
