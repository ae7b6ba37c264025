//! The one writer of SQLite: a thread with the one writing connection.
//!
//! Writes that wait are committed together, each in a savepoint of one immediate transaction, with
//! one sync for all; each is answered after the commit. One that fails rolls back alone. Where SQLite
//! has undone the whole transaction by itself (disk full, I/O error), the batch ends there, everybody
//! in it is told 503, and the connection is opened anew.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::result::Error as Diesel;
use diesel::{Connection, SqliteConnection};
use tokio::sync::oneshot;

use super::Clock;
use super::conn::Conn;
use super::engine::{Engine, Purpose};
use super::log::{self, Actor, Mode, Tx, Written};
use super::types::Stamp;
use crate::error::{Error, Result};

/// Writes that may wait at once; beyond it a writer is told 503.
const QUEUE: usize = 1024;
/// Writes committed together at the most.
const BATCH: usize = 64;

/// The handle to the writing thread, which ends when the handle is dropped.
pub struct SqliteWriter {
    queue: SyncSender<Job>,
}

/// The transaction that is open: the last number used in it, and its instant.
struct Batch {
    seq: i64,
    now: Stamp,
}

/// Runs the verb in a savepoint and hands back what tells its caller once the batch has ended.
type Job = Box<dyn FnOnce(&mut Conn, &mut Batch) -> Ran + Send>;
type Tell = Box<dyn FnOnce(Option<Error>) + Send>;

struct Ran {
    tell: Tell,
    transaction_is_lost: bool,
}

impl SqliteWriter {
    /// Starts the thread.
    pub fn start(engine: &Engine, clock: Clock) -> Result<Self> {
        let conn = engine.connect(Purpose::Writing)?;
        let (queue, jobs) = sync_channel(QUEUE);
        let engine = engine.clone();
        thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || serve(&engine, conn, &jobs, &clock))
            .map_err(|error| Error::Internal(error.to_string()))?;
        Ok(SqliteWriter { queue })
    }

    /// Hands a write to the thread; the answer comes after its commit.
    pub fn submit<T, F>(&self, actor: Actor, work: F) -> Result<oneshot::Receiver<Result<Written<T>>>>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T> + Send + 'static,
    {
        let (answer, receiver) = oneshot::channel();
        let job: Job = Box::new(move |conn, batch| {
            let (outcome, transaction_is_lost) = in_savepoint(conn, batch, actor, work);
            let tell: Tell = Box::new(move |lost| {
                let outcome = match lost {
                    Some(error) => outcome.and(Err(error)),
                    None => outcome,
                };
                // Nobody listens any more where the request was given up.
                let _ = answer.send(outcome);
            });
            Ran { tell, transaction_is_lost }
        });
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Overloaded,
            TrySendError::Disconnected(_) => Error::DatabaseUnavailable("the writer thread has ended".into()),
        })?;
        Ok(receiver)
    }
}

fn serve(engine: &Engine, first: Conn, jobs: &Receiver<Job>, clock: &Clock) {
    let mut conn = Some(first);
    while let Ok(job) = jobs.recv() {
        if conn.is_none() {
            conn = engine.connect(Purpose::Writing).ok();
        }
        match conn.as_mut().map(|conn| run_batch(conn, job, jobs, clock())) {
            Some(true) => {}
            Some(false) | None => conn = None,
        }
    }
}

/// Runs a job and those that wait behind it; says whether the connection is still good.
fn run_batch(conn: &mut Conn, first: Job, jobs: &Receiver<Job>, now: Stamp) -> bool {
    let Ok(seq) = begin(conn) else {
        // Dropping the job tells its caller that the writer could not run it.
        return false;
    };
    let mut batch = Batch { seq, now };
    let mut told = Vec::new();
    let mut next = Some(first);
    while let Some(job) = next {
        let ran = job(conn, &mut batch);
        told.push(ran.tell);
        if ran.transaction_is_lost {
            tell_all(told, || Some(Error::DatabaseUnavailable("SQLite undid the transaction".into())));
            return false;
        }
        next = if told.len() < BATCH { jobs.try_recv().ok() } else { None };
    }
    match commit(conn) {
        Ok(()) => {
            tell_all(told, || None);
            true
        }
        Err(error) => {
            let full = matches!(Error::from(error), Error::StorageFull);
            tell_all(told, || {
                Some(if full {
                    Error::StorageFull
                } else {
                    Error::DatabaseUnavailable("the commit failed".into())
                })
            });
            false
        }
    }
}

fn tell_all(told: Vec<Tell>, lost: impl Fn() -> Option<Error>) {
    for tell in told {
        tell(lost());
    }
}

fn in_savepoint<T>(
    conn: &mut Conn,
    batch: &mut Batch,
    actor: Actor,
    work: impl FnOnce(&mut Tx) -> Result<T>,
) -> (Result<Written<T>>, bool) {
    let mut reason = None;
    let result = conn.transaction::<_, Diesel, _>(|conn| {
        log::run_verb(conn, batch.seq, batch.now, actor, work).map_err(|error| {
            reason = Some(error);
            Diesel::RollbackTransaction
        })
    });
    match result {
        Ok(written) => {
            batch.seq = written.seq;
            (Ok(written), false)
        }
        // Rolled back as asked: only this verb's work is undone.
        Err(Diesel::RollbackTransaction) => {
            let error =
                reason.unwrap_or_else(|| Error::Internal("a write was undone without a reason".into()));
            (Err(error), false)
        }
        Err(error) => (Err(Error::from(error)), true),
    }
}

fn begin(conn: &mut Conn) -> Result<i64> {
    if let Conn::Sqlite(sqlite) = conn {
        AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE")?;
    }
    log::take_counter(conn, Mode::Logged)
}

fn commit(conn: &mut Conn) -> std::result::Result<(), Diesel> {
    match conn {
        Conn::Sqlite(sqlite) => {
            <SqliteConnection as Connection>::TransactionManager::commit_transaction(sqlite)
        }
        Conn::Postgres(_) => Ok(()),
    }
}
