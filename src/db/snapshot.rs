//! A read: one state of the database, its number, and what the answer made of it depends on.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::prelude::*;

use super::conn::Conn;
use super::schema::{agenda, log_counter, publication};
use super::types::Stamp;
use crate::error::Result;

/// One read-only state of the database.
///
/// It stands for the connection wherever a store asks for one, and gathers the surrogate keys of
/// what the answer shows: the answer is right until one of them changes after `seq`.
pub struct Snapshot<'c> {
    conn: &'c mut Conn,
    counter: Counter,
    now: Stamp,
    keys: BTreeSet<String>,
    queries: Arc<AtomicU32>,
}

struct Counter {
    seq: i64,
    live_at: Stamp,
    next_due: Option<Stamp>,
    epoch: String,
    settings: Option<String>,
}

impl Snapshot<'_> {
    /// The last number of the change log in this state.
    pub fn seq(&self) -> i64 {
        self.counter.seq
    }

    /// The instant of the read.
    pub fn now(&self) -> Stamp {
        self.now
    }

    /// When the live side last changed.
    pub fn live_at(&self) -> Stamp {
        self.counter.live_at
    }

    /// When something will change by itself: one instant for the whole publication.
    pub fn next_due(&self) -> Option<Stamp> {
        self.counter.next_due
    }

    /// Names this database's history; a restored backup begins another.
    pub fn epoch(&self) -> &str {
        &self.counter.epoch
    }

    /// The publication's settings in this state, as they are stored; none until they are set. Nearly every
    /// answer needs them for its addresses, so they come with the number of the state.
    pub fn settings(&self) -> Option<&str> {
        self.counter.settings.as_deref()
    }

    /// Says that the answer depends on `kind:name`.
    pub fn depends_on(&mut self, kind: &str, name: impl Display) {
        let mut key = format!("{kind}:{name}");
        // A name may be what a reader asked for: in a header it is one word of plain characters.
        key.retain(|c| c.is_ascii_graphic() && c != ',');
        self.keys.insert(key);
    }

    /// Says that the answer depends on a key without a name, such as `publication`.
    pub fn depends_on_all(&mut self, kind: &str) {
        self.keys.insert(kind.to_owned());
    }

    /// What the answer depends on, as surrogate keys.
    pub fn keys(&self) -> &BTreeSet<String> {
        &self.keys
    }

    /// Statements so far, the number of the state not counted.
    pub fn queries(&self) -> u32 {
        self.queries.load(Ordering::Relaxed)
    }
}

impl Deref for Snapshot<'_> {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.conn
    }
}

impl DerefMut for Snapshot<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.conn
    }
}

struct CountQueries(Arc<AtomicU32>);

impl Instrumentation for CountQueries {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Opens a snapshot, hands it to `work`, and lets it go.
pub fn with<T>(conn: &mut Conn, now: Stamp, work: impl FnOnce(&mut Snapshot) -> Result<T>) -> Result<T> {
    conn.batch_execute(match conn {
        Conn::Sqlite(_) => "BEGIN DEFERRED",
        Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    })?;
    // The connection goes back to the pool outside a transaction whatever happens in between.
    let open = OpenSnapshot { conn };
    let counter = counter(open.conn)?;
    let queries = Arc::new(AtomicU32::new(0));
    open.conn.set_instrumentation(CountQueries(queries.clone()));
    let mut snapshot = Snapshot { conn: open.conn, counter, now, keys: BTreeSet::new(), queries };
    work(&mut snapshot)
}

struct OpenSnapshot<'c> {
    conn: &'c mut Conn,
}

impl Drop for OpenSnapshot<'_> {
    fn drop(&mut self) {
        // A connection that cannot end a read is broken and fails at its next use.
        let _ = self.conn.batch_execute("COMMIT");
    }
}

fn counter(conn: &mut Conn) -> Result<Counter> {
    let next_due = agenda::table.select(diesel::dsl::min(agenda::at)).single_value();
    let settings = publication::table.select(publication::settings).single_value();
    let (seq, live_at, epoch, next_due, settings) = log_counter::table
        .select((log_counter::seq, log_counter::live_at, log_counter::epoch, next_due, settings))
        .first::<(i64, Stamp, String, Option<Stamp>, Option<String>)>(conn)?;
    Ok(Counter { seq, live_at, next_due, epoch, settings })
}
