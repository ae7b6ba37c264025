//! The database: one set of queries, two engines, two doors.
//!
//! `Db::read` runs in one read-only snapshot, so an answer made of several statements never mixes
//! two states; `Db::write` is the only door to a transaction, and appends to the change log in it.
//! No other room opens a connection, and none but the `store`s of the rooms speaks diesel.

pub mod among;
pub mod browse;
pub mod column;
pub mod conn;
pub mod engine;
pub mod ids;
pub mod log;
pub mod migrate;
pub mod schema;
pub mod types;

mod errors;
mod pool;
mod readers;
mod snapshot;
mod sqlite_writer;
mod statement;
mod wait;

use std::sync::Arc;

use tokio::sync::{oneshot, watch};

use crate::config::Config;
use crate::error::{Error, Result};

pub use among::AmongThese;
pub use browse::{Browse, Position};
pub use column::TextColumn;
pub use conn::Conn;
pub use engine::Engine;
pub use log::{Actor, Audience, Change, Tx, Written};
pub use snapshot::Snapshot;
pub use statement::Statement;

use engine::Purpose;
use pool::Pool;
use readers::Readers;
use sqlite_writer::SqliteWriter;
use types::Stamp;

/// The instant, as the house knows it: the wall clock, or a test's.
pub type Clock = Arc<dyn Fn() -> Stamp + Send + Sync>;

/// The wall clock.
pub fn wall_clock() -> Clock {
    Arc::new(Stamp::now)
}

/// The database, cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    pool: Pool,
    readers: Readers,
    writer: Writer,
    clock: Clock,
    seq: watch::Sender<i64>,
}

/// Where writes run: on the one thread of SQLite, or on connections to PostgreSQL that no reader takes.
enum Writer {
    Thread(SqliteWriter),
    Pool(Arc<Pool>),
}

/// Connections to PostgreSQL for writes. Logged ones stand in line for the counter, so more would only wait.
const WRITERS: u32 = 4;

impl Db {
    /// Opens the database that the configuration names, migrated to this program's schema.
    pub fn open(config: &Config, clock: Clock) -> Result<Self> {
        let engine = Engine::of(&config.database_url)?;
        migrate::run(&engine)?;
        let connections = engine.connections(config);
        let pool = Pool::new(&engine, connections)?;
        let readers = Readers::start(connections)?;
        let writer = match &engine {
            Engine::Sqlite(_) => Writer::Thread(SqliteWriter::start(&engine, clock.clone())?),
            Engine::Postgres(_) => Writer::Pool(Arc::new(Pool::new(&engine, WRITERS)?)),
        };
        let db = Db {
            inner: Arc::new(Inner { engine, pool, readers, writer, clock, seq: watch::Sender::new(0) }),
        };
        let seq = db.read_now(|snapshot| Ok(snapshot.seq()))?;
        db.saw(seq);
        Ok(db)
    }

    /// Which engine, and where.
    pub fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    /// This moment, by the clock of the house.
    pub fn now(&self) -> Stamp {
        (self.inner.clock)()
    }

    /// Runs `work` in one read-only snapshot, off the async threads.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Snapshot) -> Result<T> + Send + 'static,
    {
        let db = self.clone();
        self.inner.readers.run(move || db.read_now(work)).await
    }

    /// As `read`, on this thread: for the command line and jobs.
    pub fn read_now<T>(&self, work: impl FnOnce(&mut Snapshot) -> Result<T>) -> Result<T> {
        let mut conn = self.inner.pool.get()?;
        snapshot::with(&mut conn, self.now(), work)
    }

    /// As `read_now`, on a connection of its own: for what goes through the whole newsroom, an export or the
    /// check of an import. It may take long, and what it reads does not stay in memory.
    pub fn pass_through_now<T>(&self, work: impl FnOnce(&mut Snapshot) -> Result<T>) -> Result<T> {
        let mut conn = self.inner.engine.connect(Purpose::Passing)?;
        snapshot::with(&mut conn, self.now(), work)
    }

    /// Runs `work` in the one write transaction of the moment. Everything it did is there, with its
    /// change records, or nothing is.
    pub async fn write<T, F>(&self, actor: Actor, work: F) -> Result<Written<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.transact(log::Mode::Logged, actor, work).await
    }

    /// A write that appends nothing to the log and takes no number: counts, leases, sessions.
    pub async fn write_unlogged<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        Ok(self.transact(log::Mode::Unlogged, Actor::system(), work).await?.value)
    }

    /// As `write`, waiting on this thread: for the command line and jobs.
    pub fn write_now<T, F>(&self, actor: Actor, work: F) -> Result<Written<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.transact_now(log::Mode::Logged, actor, work)
    }

    /// As `write_unlogged`, waiting on this thread: for jobs.
    pub fn write_unlogged_now<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        Ok(self.transact_now(log::Mode::Unlogged, Actor::system(), work)?.value)
    }

    fn transact_now<T, F>(&self, mode: log::Mode, actor: Actor, work: F) -> Result<Written<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        match &self.inner.writer {
            Writer::Thread(writer) => {
                let answer = writer.submit(actor, work)?;
                self.settle(answer.blocking_recv().map_err(writer_gone)?)
            }
            Writer::Pool(pool) => self.settle(self.transact_on_postgres(pool, mode, actor, work)),
        }
    }

    async fn transact<T, F>(&self, mode: log::Mode, actor: Actor, work: F) -> Result<Written<T>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        let outcome = match &self.inner.writer {
            Writer::Thread(writer) => writer.submit(actor, work)?.await.map_err(writer_gone)?,
            Writer::Pool(pool) => {
                let (db, pool) = (self.clone(), pool.clone());
                on_a_blocking_thread(move || db.transact_on_postgres(&pool, mode, actor, work)).await
            }
        };
        self.settle(outcome)
    }

    fn transact_on_postgres<T, F>(
        &self,
        pool: &Pool,
        mode: log::Mode,
        actor: Actor,
        work: F,
    ) -> Result<Written<T>>
    where
        F: FnOnce(&mut Tx) -> Result<T>,
    {
        let mut conn = pool.get()?;
        log::postgres_transaction(&mut conn, mode, self.now(), actor, work)
    }

    fn settle<T>(&self, outcome: Result<Written<T>>) -> Result<Written<T>> {
        if let Ok(written) = &outcome {
            self.saw(written.seq);
        }
        outcome
    }
}

fn writer_gone(_: oneshot::error::RecvError) -> Error {
    Error::DatabaseUnavailable("the writer thread has ended".into())
}

async fn on_a_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|panic| Err(Error::Internal(format!("a database closure panicked: {panic}"))))
}
