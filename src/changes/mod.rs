//! The change log as it is read: who did what, when, to which thing.
//!
//! The log is written by `db`, in the transaction of each write, and nothing here or elsewhere alters it:
//! what it tells is what happened. It holds no secret. Rooms that act because of changes follow it here. Knows
//! nothing of what the things are that changed.

pub mod routes;
pub mod views;

mod follow;
mod store;

use serde_json::Value;

use crate::db::types::Stamp;
use crate::db::{Audience, Conn};
use crate::error::{Error, Result};

pub use follow::Follower;

/// One line of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Stamp,
    /// Who may ever see it.
    pub audience: Audience,
    /// What happened, `area.verb`.
    pub kind: String,
    /// The kind of thing that it happened to.
    pub entity: String,
    /// Which one.
    pub entity_id: String,
    /// The version, or the revision of the newsroom's side, that it made.
    pub version: Option<i32>,
    /// Who did it, as the log names them: `user:ID`, `key:ID`, `system`, `import`, `anonymous`.
    pub actor: String,
    /// What that user or key is called; none where it is neither.
    pub actor_name: Option<String>,
    /// Whether an import did it, which starts neither webhook nor notice.
    pub bulk: bool,
    /// What is told besides.
    pub detail: Value,
}

/// Which lines of the log; all that is said must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The kind of thing.
    pub entity: Option<String>,
    /// Which thing.
    pub entity_id: Option<String>,
    /// What happened.
    pub kind: Option<String>,
    /// Who did it, as the log names them.
    pub actor: Option<String>,
    /// Who may ever see it.
    pub audience: Option<Audience>,
    /// From this instant on.
    pub after: Option<Stamp>,
    /// Until before this instant.
    pub before: Option<Stamp>,
}

/// The line of the log that has a number.
pub fn at(conn: &mut Conn, seq: i64) -> Result<Entry> {
    let line = store::after(conn, seq - 1, 1)?.into_iter().find(|entry| entry.seq == seq);
    line.ok_or_else(|| Error::Internal(format!("the log has no line {seq}")))
}

/// Lines of these kinds above a number, the oldest first.
pub fn of_kinds(conn: &mut Conn, kinds: &[&str], after: i64, limit: i64) -> Result<Vec<Entry>> {
    store::of_kinds(conn, kinds, after, limit)
}

/// The last number of the log from before an instant; 0 where it begins later.
pub fn last_before(conn: &mut Conn, at: Stamp) -> Result<i64> {
    store::last_before(conn, at)
}

/// Lines of the log below a number, the newest first.
pub fn browse(conn: &mut Conn, filter: &Filter, below: i64, limit: i64) -> Result<Vec<Entry>> {
    let mut entries = store::entries(conn, filter, below, limit)?;
    let names = store::names(conn, &entries)?;
    for entry in &mut entries {
        entry.actor_name = names.get(&entry.actor).cloned();
    }
    Ok(entries)
}
