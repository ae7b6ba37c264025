//! Rows of `changes`, the names of those who made them, and how far its followers have come.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::Value;

use super::{Entry, Filter};
use crate::db::schema::{api_keys, changes, followers, users};
use crate::db::types::{Json, Stamp};
use crate::db::{Actor, Audience, Conn};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = changes)]
struct Row {
    seq: i64,
    at: Stamp,
    audience: String,
    kind: String,
    entity: String,
    entity_id: String,
    version: Option<i32>,
    actor: String,
    bulk: bool,
    detail: Json<Value>,
}

impl Row {
    fn entry(self) -> Result<Entry> {
        let audience = Audience::parse(&self.audience)
            .ok_or_else(|| Error::Internal(format!("`{}` is not an audience", self.audience)))?;
        Ok(Entry {
            seq: self.seq,
            at: self.at,
            audience,
            kind: self.kind,
            entity: self.entity,
            entity_id: self.entity_id,
            version: self.version,
            actor: self.actor,
            actor_name: None,
            bulk: self.bulk,
            detail: self.detail.value,
        })
    }
}

pub fn entries(conn: &mut Conn, filter: &Filter, below: i64, limit: i64) -> Result<Vec<Entry>> {
    let mut query = changes::table.filter(changes::seq.lt(below)).select(Row::as_select()).into_boxed();
    if let Some(entity) = &filter.entity {
        query = query.filter(changes::entity.eq(entity));
    }
    if let Some(id) = &filter.entity_id {
        query = query.filter(changes::entity_id.eq(id));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(changes::kind.eq(kind));
    }
    if let Some(actor) = &filter.actor {
        query = query.filter(changes::actor.eq(actor));
    }
    if let Some(audience) = filter.audience {
        query = query.filter(changes::audience.eq(audience.name()));
    }
    if let Some(after) = filter.after {
        query = query.filter(changes::at.ge(after));
    }
    if let Some(before) = filter.before {
        query = query.filter(changes::at.lt(before));
    }
    let rows: Vec<Row> = query.order(changes::seq.desc()).limit(limit).load(conn)?;
    rows.into_iter().map(Row::entry).collect()
}

/// What the users and keys among the actors are called, by how the log names them.
pub fn names(conn: &mut Conn, entries: &[Entry]) -> Result<BTreeMap<String, String>> {
    let of_kind = |kind: &str| -> BTreeSet<&str> {
        let actors = entries.iter().filter_map(|entry| entry.actor.split_once(':'));
        actors.filter(|(named, _)| *named == kind).map(|(_, id)| id).collect()
    };
    let (people, keys) = (of_kind("user"), of_kind("key"));
    let mut names = BTreeMap::new();
    if !people.is_empty() {
        let rows = users::table.filter(users::id.eq_any(people)).select((users::id, users::name));
        let rows: Vec<(String, String)> = rows.load(conn)?;
        names.extend(rows.into_iter().map(|(id, name)| (Actor::new("user", id).to_string(), name)));
    }
    if !keys.is_empty() {
        let rows = api_keys::table.filter(api_keys::id.eq_any(keys)).select((api_keys::id, api_keys::name));
        let rows: Vec<(String, String)> = rows.load(conn)?;
        names.extend(rows.into_iter().map(|(id, name)| (Actor::new("key", id).to_string(), name)));
    }
    Ok(names)
}

/// Lines of the log after a number, in their order.
pub fn after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Entry>> {
    let later = changes::table.filter(changes::seq.gt(seq)).order(changes::seq).limit(limit);
    let rows: Vec<Row> = later.select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Row::entry).collect()
}

/// The last number that a follower has seen.
pub fn position(conn: &mut Conn, follower: &str) -> Result<Option<i64>> {
    Ok(followers::table.find(follower).select(followers::seq).first(conn).optional()?)
}

/// Moves a follower on from where it was; false where it is elsewhere by now.
pub fn move_on(conn: &mut Conn, follower: &str, from: i64, to: i64) -> Result<bool> {
    let here = followers::table.filter(followers::name.eq(follower)).filter(followers::seq.eq(from));
    Ok(diesel::update(here).set(followers::seq.eq(to)).execute(conn)? == 1)
}

/// Lines of these kinds above a number, the oldest first.
pub fn of_kinds(conn: &mut Conn, kinds: &[&str], after: i64, limit: i64) -> Result<Vec<Entry>> {
    let rows = changes::table
        .filter(changes::seq.gt(after))
        .filter(changes::kind.eq_any(kinds))
        .order(changes::seq)
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::entry).collect()
}

/// The last number from before an instant.
pub fn last_before(conn: &mut Conn, at: Stamp) -> Result<i64> {
    let last = changes::table.filter(changes::at.lt(at)).select(diesel::dsl::max(changes::seq));
    Ok(last.first::<Option<i64>>(conn)?.unwrap_or_default())
}
