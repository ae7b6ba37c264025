//! Reading what was just written: waiting until this node has seen a number of the log.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::Db;
use crate::error::{Error, Result};

/// How long a reader waits for a number before it is told 503.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often one of the waiting readers asks the database for numbers that other nodes took.
const POLL: Duration = Duration::from_millis(50);

static ASKING: AtomicBool = AtomicBool::new(false);

impl Db {
    /// Notes that the log has reached `seq`.
    pub(super) fn saw(&self, seq: i64) {
        self.inner.seq.send_if_modified(|known| {
            let newer = seq > *known;
            *known = (*known).max(seq);
            newer
        });
    }

    /// Tells each time that this node learns of a later number of the log.
    pub fn news(&self) -> watch::Receiver<i64> {
        self.inner.seq.subscribe()
    }

    /// Waits until a snapshot holds at least `seq`; 503 after a second. Those who wait hold neither
    /// a thread nor a connection: one of them at a time asks the database for all.
    pub async fn wait_for(&self, seq: i64) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut known = self.inner.seq.subscribe();
        loop {
            if *known.borrow_and_update() >= seq {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(Error::NotCaughtUp);
            }
            if !ASKING.swap(true, Ordering::AcqRel) {
                let asked = self.read(|snapshot| Ok(snapshot.seq())).await;
                ASKING.store(false, Ordering::Release);
                self.saw(asked?);
                if *known.borrow() >= seq {
                    return Ok(());
                }
            }
            let pause = deadline.min(Instant::now() + POLL);
            // Either the number moved or it is time to ask again.
            let _ = timeout_at(pause, known.changed()).await;
        }
    }
}
