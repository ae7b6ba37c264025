//! Rows of `tags`.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::{Subject, Tag, TagKind};
use crate::db::ids::TagId;
use crate::db::schema::{live_article_tags, tags};
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tags, treat_none_as_null = true)]
struct Row {
    id: TagId,
    slug: String,
    name: String,
    name_key: String,
    kind: String,
    description: Option<String>,
    uri: Option<String>,
}

impl From<&Tag> for Row {
    fn from(tag: &Tag) -> Self {
        let subject = tag.subject.clone();
        Row {
            id: tag.id,
            slug: tag.slug.clone(),
            name_key: sort_key(&subject.name),
            name: subject.name,
            kind: subject.kind.as_str().to_owned(),
            description: subject.description,
            uri: subject.uri,
        }
    }
}

impl From<Row> for Tag {
    fn from(row: Row) -> Self {
        let subject = Subject {
            name: row.name,
            kind: TagKind::of(&row.kind).unwrap_or_default(),
            description: row.description,
            uri: row.uri,
        };
        Tag { id: row.id, slug: row.slug, subject }
    }
}

pub fn insert(conn: &mut Conn, tag: &Tag) -> Result<()> {
    diesel::insert_into(tags::table).values(Row::from(tag)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, tag: &Tag) -> Result<()> {
    diesel::update(tags::table.find(tag.id)).set(Row::from(tag)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: TagId) -> Result<()> {
    diesel::delete(tags::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: TagId) -> Result<Option<Tag>> {
    let row = tags::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Tag::from))
}

pub fn by_ids(conn: &mut Conn, ids: &[TagId]) -> Result<Vec<Tag>> {
    let rows: Vec<Row> = tags::table.filter(tags::id.among(ids)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Tag::from).collect())
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Tag>> {
    let mut query = tags::table.select(Row::as_select()).into_boxed();
    if browse.live_only {
        // Asked tag by tag in the order of the list, so that a page costs a page however many
        // stories there are.
        let shown = live_article_tags::table.filter(live_article_tags::tag_id.eq(tags::id));
        query = query.filter(exists(shown));
    }
    if let Some(pattern) = browse.pattern() {
        query = query.filter(tags::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        query = query.filter(tags::name_key.gt(key).or(tags::name_key.eq(key).and(tags::id.gt(id))));
    }
    let rows: Vec<Row> = query.order((tags::name_key, tags::id)).limit(browse.limit).load(conn)?;
    Ok(rows.into_iter().map(Tag::from).collect())
}
