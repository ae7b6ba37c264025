//! The change log as it is written: numbers without gaps, in the order of commits.
//!
//! A logged write takes the counter before its first statement, so logged writes are serial on both
//! engines: a verb may look and then write, and a number is known the moment a change is named.
//! Reading the log is the room `changes`.

use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::net::IpAddr;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::prelude::*;
use diesel::{Connection, insert_into};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::conn::Conn;
use super::schema::{agenda, changes, log_counter};
use super::types::{Json, Stamp};
use crate::both;
use crate::error::{Error, Result};

/// Who may ever see a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Anyone: something public changed.
    Public,
    /// Partners: embargoes and rights.
    Partner,
    /// The newsroom alone.
    Staff,
}

impl Audience {
    /// Its name in tables and answers.
    pub fn name(self) -> &'static str {
        match self {
            Audience::Public => "public",
            Audience::Partner => "partner",
            Audience::Staff => "staff",
        }
    }

    /// The audience of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Audience::Public, Audience::Partner, Audience::Staff].into_iter().find(|known| known.name() == name)
    }
}

/// Who did it, as the audit names them: `user:ID`, `key:ID`, `system`, `import`, `anonymous`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor(String);

impl Actor {
    /// A person or key of some kind.
    pub fn new(kind: &str, id: impl Display) -> Self {
        Actor(format!("{kind}:{id}"))
    }

    /// The house itself: jobs and the command line.
    pub fn system() -> Self {
        Actor("system".into())
    }

    /// Nobody that is known: who failed to sign in.
    pub fn anonymous() -> Self {
        Actor("anonymous".into())
    }

    /// An import; its changes are bulk and start neither webhook nor notice.
    pub fn import() -> Self {
        Actor("import".into())
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing that happened, as a verb names it.
pub struct Change {
    audience: Audience,
    kind: &'static str,
    entity: &'static str,
    entity_id: String,
    version: Option<i32>,
    keys: BTreeSet<String>,
    detail: Value,
}

impl Change {
    /// `kind` is `area.verb`, such as `article.published`; `entity` the kind of thing.
    pub fn new(audience: Audience, kind: &'static str, entity: &'static str, id: impl Display) -> Self {
        Change {
            audience,
            kind,
            entity,
            entity_id: id.to_string(),
            version: None,
            keys: BTreeSet::new(),
            detail: Value::Object(serde_json::Map::new()),
        }
    }

    /// The version, or the revision of the newsroom's side, that it made.
    pub fn version(mut self, version: i32) -> Self {
        self.version = Some(version);
        self
    }

    /// The revision that was saved over, and the one that stands now.
    pub fn revisions(mut self, from: Option<i32>, to: i32) -> Self {
        self.detail["from_revision"] = from.into();
        self.detail["to_revision"] = to.into();
        self
    }

    /// A surrogate key whose answers it changes.
    pub fn key(mut self, kind: &str, name: impl Display) -> Self {
        self.keys.insert(format!("{kind}:{name}"));
        self
    }

    /// Surrogate keys whose answers it changes.
    pub fn keys(mut self, keys: impl IntoIterator<Item = String>) -> Self {
        self.keys.extend(keys);
        self
    }

    /// What the audit should know besides; never a secret, never body text.
    pub fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Whether a write takes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It changes what the log tells of.
    Logged,
    /// Counts, leases, sessions.
    Unlogged,
}

/// What a write gave, and the number that a reader may ask for to see it.
#[derive(Debug)]
pub struct Written<T> {
    /// The verb's result.
    pub value: T,
    /// The last number of the log after it.
    pub seq: i64,
}

impl<T> Written<T> {
    /// The same write with its result in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Written<U> {
        Written { value: form(self.value), seq: self.seq }
    }
}

/// An open write transaction. It stands for the connection wherever a store asks for one.
pub struct Tx<'c> {
    conn: &'c mut Conn,
    now: Stamp,
    actor: Actor,
    seq: i64,
    changes: Vec<Change>,
    live_changed: bool,
    forced_from: Option<IpAddr>,
}

impl Tx<'_> {
    /// The instant of the write; the same for everything in it.
    pub fn now(&self) -> Stamp {
        self.now
    }

    /// Who writes.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Appends a change to the log and gives its number.
    pub fn record(&mut self, mut change: Change) -> i64 {
        if let Some(address) = self.forced_from {
            change.detail["forced"] = true.into();
            change.detail["address"] = address.to_string().into();
        }
        self.changes.push(change);
        self.seq()
    }

    /// The last number so far: what a reader of this write may ask for, once all is recorded.
    pub fn seq(&self) -> i64 {
        self.seq + self.changes.len() as i64
    }

    /// The number that the next change will have: what live rows written before it are stamped with.
    pub fn next_seq(&self) -> i64 {
        self.seq() + 1
    }

    /// Says that this write goes over whatever is there, and where it comes from: its changes tell it.
    pub fn force(&mut self, from: IpAddr) {
        self.forced_from = Some(from);
    }

    /// Says that what readers see changed, so that lists and pages carry this instant.
    pub fn touch_live(&mut self) {
        self.live_changed = true;
    }

    /// Puts on the agenda when something will change by itself, or takes it off.
    pub fn set_due(&mut self, kind: &'static str, id: impl Display, at: Option<Stamp>) -> Result<()> {
        let id = id.to_string();
        diesel::delete(agenda::table.filter(agenda::kind.eq(kind)).filter(agenda::entity_id.eq(&id)))
            .execute(self.conn)?;
        if let Some(at) = at {
            insert_into(agenda::table)
                .values((agenda::kind.eq(kind), agenda::entity_id.eq(&id), agenda::at.eq(at)))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// What is on the agenda up to now: kind and id, earliest first.
    pub fn due(&mut self) -> Result<Vec<(String, String)>> {
        due(self.conn, self.now)
    }

    /// Whether this is on the agenda up to now: another node may have done it since it was seen there.
    pub fn is_due(&mut self, kind: &str, id: impl Display) -> Result<bool> {
        let at = agenda::table.find((kind, id.to_string())).select(agenda::at).first::<Stamp>(self.conn);
        Ok(at.optional()?.is_some_and(|at| at <= self.now))
    }

    fn finish(self) -> Result<i64> {
        let last = self.seq();
        if self.changes.is_empty() {
            return Ok(self.seq);
        }
        let bulk = self.actor == Actor::import();
        let rows: Vec<_> = self
            .changes
            .iter()
            .enumerate()
            .map(|(place, change)| {
                (
                    changes::seq.eq(self.seq + 1 + place as i64),
                    changes::at.eq(self.now),
                    changes::audience.eq(change.audience.name()),
                    changes::kind.eq(change.kind),
                    changes::entity.eq(change.entity),
                    changes::entity_id.eq(change.entity_id.as_str()),
                    changes::version.eq(change.version),
                    changes::actor.eq(self.actor.0.as_str()),
                    changes::bulk.eq(bulk),
                    changes::keys.eq(Json::of(&change.keys)),
                    changes::detail.eq(Json::of(&change.detail)),
                )
            })
            .collect();
        both!(self.conn, c => insert_into(changes::table).values(&rows).execute(c))?;
        let counter = diesel::update(log_counter::table.find(1));
        if self.live_changed {
            counter.set((log_counter::seq.eq(last), log_counter::live_at.eq(self.now))).execute(self.conn)?;
        } else {
            counter.set(log_counter::seq.eq(last)).execute(self.conn)?;
        }
        Ok(last)
    }
}

/// What is on the agenda up to an instant: kind and id, earliest first.
pub fn due(conn: &mut Conn, now: Stamp) -> Result<Vec<(String, String)>> {
    let due = agenda::table
        .filter(agenda::at.le(now))
        .order((agenda::at, agenda::kind, agenda::entity_id))
        .select((agenda::kind, agenda::entity_id))
        .limit(500)
        .load(conn)?;
    Ok(due)
}

impl Deref for Tx<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.conn
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
    }
}

/// Runs a verb inside the transaction that is open on `conn`, with `seq` the last number used.
/// A panic is an error of its own and undoes no other's work.
pub(super) fn run_verb<T>(
    conn: &mut Conn,
    seq: i64,
    now: Stamp,
    actor: Actor,
    work: impl FnOnce(&mut Tx) -> Result<T>,
) -> Result<Written<T>> {
    let mut tx = Tx { conn, now, actor, seq, changes: Vec::new(), live_changed: false, forced_from: None };
    let value = catch_unwind(AssertUnwindSafe(|| work(&mut tx)))
        .unwrap_or_else(|_| Err(Error::Internal("a verb panicked; its writes were undone".into())))?;
    let seq = tx.finish()?;
    Ok(Written { value, seq })
}

/// The last number used. On PostgreSQL a logged write keeps the row locked to its end.
pub(super) fn take_counter(conn: &mut Conn, mode: Mode) -> Result<i64> {
    let seq = log_counter::table.select(log_counter::seq);
    match (conn, mode) {
        (Conn::Postgres(pg), Mode::Logged) => Ok(seq.for_update().first(pg)?),
        (conn, _) => Ok(seq.first(conn)?),
    }
}

/// A write on PostgreSQL, a transaction of its own.
pub(super) fn postgres_transaction<T>(
    conn: &mut Conn,
    mode: Mode,
    now: Stamp,
    actor: Actor,
    work: impl FnOnce(&mut Tx) -> Result<T>,
) -> Result<Written<T>> {
    conn.transaction(|conn| {
        let seq = take_counter(conn, mode)?;
        run_verb(conn, seq, now, actor, work)
    })
}
