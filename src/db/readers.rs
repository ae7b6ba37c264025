//! The threads on which snapshots are read.
//!
//! As many as there is work for: a reader for each request would have them fight for two cores and for the
//! locks of the engine. What cannot wait any more is told so at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::oneshot;

use crate::error::{Error, Result};

/// Reads that may wait at once; beyond it a reader is told 503.
const QUEUE: usize = 2048;

type Job = Box<dyn FnOnce() + Send>;

/// The handle to the reading threads, which end when it is dropped.
pub struct Readers {
    queue: Sender<Job>,
}

impl Readers {
    /// Starts the threads.
    pub fn start(threads: u32) -> Result<Self> {
        let (queue, jobs) = bounded::<Job>(QUEUE);
        for number in 1..=threads {
            let jobs = jobs.clone();
            thread::Builder::new()
                .name(format!("reader-{number}"))
                .spawn(move || serve(&jobs))
                .map_err(|error| Error::Internal(error.to_string()))?;
        }
        Ok(Readers { queue })
    }

    /// Runs `work` on one of the threads.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        let (answer, receiver) = oneshot::channel();
        let job: Job = Box::new(move || {
            // Who gave the request up is not there any more, and nothing is read for them.
            if !answer.is_closed() {
                let outcome = catch_unwind(AssertUnwindSafe(work));
                let outcome = outcome
                    .unwrap_or_else(|_| Err(Error::Internal("a read of the database panicked".into())));
                let _ = answer.send(outcome);
            }
        });
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => Error::Overloaded,
            TrySendError::Disconnected(_) => Error::DatabaseUnavailable("the readers have ended".into()),
        })?;
        receiver.await.map_err(|_| Error::DatabaseUnavailable("the readers have ended".into()))?
    }
}

fn serve(jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        job();
    }
}
