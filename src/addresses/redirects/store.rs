//! Rows of `redirects`, and the addresses of live stories.

use diesel::prelude::*;

use super::{Redirect, Status};
use crate::db::ids::RedirectId;
use crate::db::schema::{live_articles, paths, redirects};
use crate::db::{Browse, Conn, Position};
use crate::error::{Error, Result};
use crate::fields::{path, sort_key};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = redirects, treat_none_as_null = true)]
struct Row {
    id: RedirectId,
    path: String,
    path_key: String,
    target: Option<String>,
    status: i32,
}

impl From<&Redirect> for Row {
    fn from(redirect: &Redirect) -> Self {
        let Redirect { id, from, to, status } = redirect.clone();
        let read = path::decode(&from).unwrap_or_else(|_| from.clone());
        Row { id, path_key: sort_key(&read), path: from, target: to, status: status.code() }
    }
}

impl Row {
    fn redirect(self) -> Result<Redirect> {
        let status = Status::of(self.status)
            .ok_or_else(|| Error::Internal(format!("redirect {} has status {}", self.id, self.status)))?;
        Ok(Redirect { id: self.id, from: self.path, to: self.target, status })
    }
}

pub fn insert(conn: &mut Conn, redirect: &Redirect) -> Result<()> {
    diesel::insert_into(redirects::table).values(Row::from(redirect)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, redirect: &Redirect) -> Result<()> {
    diesel::update(redirects::table.find(redirect.id)).set(Row::from(redirect)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: RedirectId) -> Result<()> {
    diesel::delete(redirects::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: RedirectId) -> Result<Option<Redirect>> {
    let row = redirects::table.find(id).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::redirect).transpose()
}

pub fn by_path(conn: &mut Conn, path: &str) -> Result<Option<Redirect>> {
    let found = redirects::table.filter(redirects::path.eq(path)).select(Row::as_select());
    found.first(conn).optional()?.map(Row::redirect).transpose()
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Redirect>> {
    let mut query = redirects::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(redirects::path_key.like(pattern).escape('\\'));
    }
    // A path is one redirect's, so no id has to break ties.
    if let Some(Position { key, .. }) = &browse.after {
        query = query.filter(redirects::path.gt(key));
    }
    let rows: Vec<Row> = query.order(redirects::path).limit(browse.limit).load(conn)?;
    rows.into_iter().map(Row::redirect).collect()
}

/// The present address of the live story that has or had a path.
pub fn story_url(conn: &mut Conn, path: &str) -> Result<Option<String>> {
    let row = paths::table
        .inner_join(live_articles::table.on(live_articles::id.eq(paths::article_id)))
        .filter(paths::path.eq(path))
        .select(live_articles::url)
        .first(conn);
    Ok(row.optional()?)
}
