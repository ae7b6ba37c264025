//! Rows of `appeals`, and their turns on the agenda.

use diesel::prelude::*;

use super::{Appeal, CallToAction, Signature, Words};
use crate::db::ids::{AppealId, SectionId};
use crate::db::schema::appeals;
use crate::db::types::{Json, Stamp};
use crate::db::{Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = appeals, treat_none_as_null = true)]
struct Row {
    id: AppealId,
    key: String,
    title: String,
    title_key: String,
    paragraphs: Json<Vec<String>>,
    signature: Option<Json<Signature>>,
    cta: Option<Json<CallToAction>>,
    after_block: Option<i32>,
    starts_at: Option<Stamp>,
    ends_at: Option<Stamp>,
    sections: Json<Vec<SectionId>>,
    active: bool,
}

impl From<&Appeal> for Row {
    fn from(appeal: &Appeal) -> Self {
        let text = appeal.text.clone();
        Row {
            id: appeal.id,
            key: appeal.key.clone(),
            title_key: sort_key(&text.title),
            title: text.title,
            paragraphs: Json::of(text.paragraphs),
            signature: text.signature.map(Json::of),
            cta: text.cta.map(Json::of),
            after_block: text.after_block,
            starts_at: text.starts_at,
            ends_at: text.ends_at,
            sections: Json::of(appeal.sections.clone()),
            active: text.active,
        }
    }
}

impl From<Row> for Appeal {
    fn from(row: Row) -> Self {
        let text = Words {
            title: row.title,
            paragraphs: row.paragraphs.value,
            signature: row.signature.map(|signature| signature.value),
            cta: row.cta.map(|cta| cta.value),
            after_block: row.after_block,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            active: row.active,
        };
        Appeal { id: row.id, key: row.key, sections: row.sections.value, text }
    }
}

pub fn insert(conn: &mut Conn, appeal: &Appeal) -> Result<()> {
    diesel::insert_into(appeals::table).values(Row::from(appeal)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, appeal: &Appeal) -> Result<()> {
    diesel::update(appeals::table.find(appeal.id)).set(Row::from(appeal)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: AppealId) -> Result<()> {
    diesel::delete(appeals::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: AppealId) -> Result<Option<Appeal>> {
    let row = appeals::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Appeal::from))
}

pub fn by_key(conn: &mut Conn, key: &str) -> Result<Option<Appeal>> {
    let row = appeals::table.filter(appeals::key.eq(key)).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Appeal::from))
}

pub fn all(conn: &mut Conn) -> Result<Vec<Appeal>> {
    let rows: Vec<Row> = appeals::table.order(appeals::id).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Appeal::from).collect())
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Appeal>> {
    let mut query = appeals::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(appeals::title_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let later = appeals::title_key.gt(key).or(appeals::title_key.eq(key).and(appeals::id.gt(id)));
        query = query.filter(later);
    }
    let rows: Vec<Row> = query.order((appeals::title_key, appeals::id)).limit(browse.limit).load(conn)?;
    Ok(rows.into_iter().map(Appeal::from).collect())
}

/// The appeals that are active and within their period.
pub fn running(conn: &mut Conn, now: Stamp) -> Result<Vec<Appeal>> {
    let rows: Vec<Row> = appeals::table
        .filter(appeals::active.eq(true))
        .filter(appeals::starts_at.is_null().or(appeals::starts_at.le(now)))
        .filter(appeals::ends_at.is_null().or(appeals::ends_at.gt(now)))
        .order((appeals::title_key, appeals::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Appeal::from).collect())
}
