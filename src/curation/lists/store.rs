//! Rows of `lists` and `list_articles`.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{Item, List};
use crate::both;
use crate::db::ids::{ArticleId, ListId};
use crate::db::schema::{articles, list_articles, lists};
use crate::db::types::Json;
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = lists)]
struct Row {
    id: ListId,
    key: String,
    title: String,
    title_key: String,
    items: Json<Vec<Item>>,
}

impl From<&List> for Row {
    fn from(list: &List) -> Self {
        Row {
            id: list.id,
            key: list.key.clone(),
            title: list.title.clone(),
            title_key: sort_key(&list.title),
            items: Json::of(list.items.clone()),
        }
    }
}

impl From<Row> for List {
    fn from(row: Row) -> Self {
        List { id: row.id, key: row.key, title: row.title, items: row.items.value }
    }
}

/// A story of a list as the newsroom sees it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct ListedStory {
    /// The key.
    pub id: ArticleId,
    /// The slug.
    pub slug: String,
    /// The headline of the latest revision.
    pub headline: Option<String>,
    /// Where it is in its workflow.
    pub state: String,
}

pub fn insert(conn: &mut Conn, list: &List) -> Result<()> {
    diesel::insert_into(lists::table).values(Row::from(list)).execute(conn)?;
    put_articles(conn, list)
}

pub fn update(conn: &mut Conn, list: &List) -> Result<()> {
    diesel::update(lists::table.find(list.id)).set(Row::from(list)).execute(conn)?;
    diesel::delete(list_articles::table.filter(list_articles::list_id.eq(list.id))).execute(conn)?;
    put_articles(conn, list)
}

/// Writes which stories the list holds; one that stands in it twice is there once.
fn put_articles(conn: &mut Conn, list: &List) -> Result<()> {
    let held: BTreeSet<ArticleId> = list.articles().collect();
    let rows: Vec<_> = held
        .into_iter()
        .map(|article| (list_articles::article_id.eq(article), list_articles::list_id.eq(list.id)))
        .collect();
    both!(conn, c => diesel::insert_into(list_articles::table).values(&rows).execute(c))?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: ListId) -> Result<()> {
    diesel::delete(lists::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: ListId) -> Result<Option<List>> {
    let row = lists::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(List::from))
}

pub fn by_key(conn: &mut Conn, key: &str) -> Result<Option<List>> {
    let row = lists::table.filter(lists::key.eq(key)).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(List::from))
}

pub fn by_keys(conn: &mut Conn, keys: &[String]) -> Result<Vec<List>> {
    let rows: Vec<Row> = lists::table.filter(lists::key.among(keys)).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(List::from).collect())
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<List>> {
    let mut query = lists::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(lists::title_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let later = lists::title_key.gt(key).or(lists::title_key.eq(key).and(lists::id.gt(id)));
        query = query.filter(later);
    }
    let rows: Vec<Row> = query.order((lists::title_key, lists::id)).limit(browse.limit).load(conn)?;
    Ok(rows.into_iter().map(List::from).collect())
}

/// These stories as the newsroom sees them.
pub fn stories(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<ListedStory>> {
    Ok(articles::table.filter(articles::id.among(ids)).select(ListedStory::as_select()).load(conn)?)
}
