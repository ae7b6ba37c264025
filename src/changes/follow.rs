//! Following the log: what a room does because of changes, each change once, however many nodes run.
//!
//! A follower has a position in the table `followers`, which the migration that brings it begins at the end of
//! the log (`INSERT INTO followers (name, seq) SELECT 'notices', seq FROM log_counter`). The position moves in
//! the transaction in which the follower acts: what it did because of a change is there exactly when the change
//! lies behind it. It stands in the one list of jobs of the server, which the tests run too.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Entry, store};
use crate::db::{Actor, Conn, Db, Tx};
use crate::error::{Error, Result};

/// How many changes a follower is handed at once.
const BATCH: i64 = 200;
/// How long a reader waits for a follower before it is told 503, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(1);
const LOOK: Duration = Duration::from_millis(20);

/// A room that does something because of changes.
#[derive(Clone, Copy)]
pub struct Follower {
    /// Its name in the table.
    pub name: &'static str,
    /// What it does because of these changes, in their order. Those of an import are marked `bulk`.
    pub act: fn(&mut Tx, &[Entry]) -> Result<()>,
}

impl Follower {
    /// Hands it what it has not seen, until it has seen all.
    pub fn catch_up(&self, db: &Db) -> Result<()> {
        let follower = *self;
        // Asked in a snapshot, so that no writer waits where there is nothing to do.
        while db.read_now(|snapshot| Ok(position(snapshot, follower.name)? < snapshot.seq()))? {
            db.write_now(Actor::system(), move |tx| follower.step(tx))?;
        }
        Ok(())
    }

    fn step(&self, tx: &mut Tx) -> Result<()> {
        let position = position(tx, self.name)?;
        let events = store::after(tx, position, BATCH)?;
        let Some(last) = events.last() else { return Ok(()) };
        // Where another node came first, these changes are behind it already.
        if store::move_on(tx, self.name, position, last.seq)? {
            (self.act)(tx, &events)?;
        }
        Ok(())
    }

    /// Waits until it has passed a number of the log; 503 after a second.
    pub async fn passed(&self, db: &Db, seq: i64) -> Result<()> {
        let (name, deadline) = (self.name, Instant::now() + PATIENCE);
        while db.read(move |snapshot| position(snapshot, name)).await? < seq {
            if Instant::now() >= deadline {
                return Err(Error::NotCaughtUp);
            }
            sleep(LOOK).await;
        }
        Ok(())
    }
}

fn position(conn: &mut Conn, name: &str) -> Result<i64> {
    store::position(conn, name)?
        .ok_or_else(|| Error::Internal(format!("`{name}` has no row among the followers of the log")))
}
