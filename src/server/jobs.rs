//! What is done by itself: the jobs that come round, and the rooms that follow the log.
//!
//! One list, which the server runs, each entry beside the others, and the tests by their own clock. None waits
//! for another, and what goes wrong in one is logged and tried again.

use std::pin::Pin;
use std::time::Duration;

use actix_web::web::Data;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::app::App;
use crate::changes::Follower;
use crate::curation::appeals;
use crate::db::Actor;
use crate::db::ids::ArticleId;
use crate::error::{Error, Result};
use crate::republish::{checks, notices, pixel};
use crate::{newsroom, popularity, receipts, webhooks};

/// Something that is done by itself.
#[derive(Clone, Copy)]
pub struct Job {
    /// What the log lines call it.
    pub name: &'static str,
    /// How long after it was done it is done again; the first time at the start.
    pub every: Duration,
    /// What is done.
    pub work: Work,
}

/// What a job does.
#[derive(Clone, Copy)]
pub enum Work {
    /// Something that time drives.
    Timed(fn(&App) -> Result<()>),
    /// Something that changes drive: it is woken by each logged write of this node too.
    Follows(Follower),
    /// Something that sends requests, and ends in the middle of one where the server stops.
    Sends(for<'a> fn(&'a App) -> Sending<'a>),
}

/// What a job that sends requests is doing.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// Writes down what was counted.
pub const COUNTING: Job = timed("counting", 1_000, count);

/// All that is done by itself.
pub const JOBS: &[Job] = &[
    COUNTING,
    timed("what is due", 200, keep_time),
    timed("ranking", 60_000, |app| popularity::rank_all(&app.db)),
    Job { name: "webhooks", every: Duration::from_millis(200), work: Work::Follows(webhooks::FOLLOWER) },
    Job {
        name: "deliveries",
        every: Duration::from_millis(200),
        work: Work::Sends(|app| Box::pin(webhooks::deliver(&app.db, &app.auth.secrets, &app.outbound))),
    },
    Job { name: "notices", every: Duration::from_millis(200), work: Work::Follows(notices::FOLLOWER) },
    timed("overdue notices", 1_000, |app| notices::fall_due(&app.db)),
    timed("old deliveries", 600_000, |app| app.db.write_unlogged_now(webhooks::forget_old)),
    timed("receipts", 600_000, |app| app.db.write_unlogged_now(receipts::forget_old)),
    timed("checks", 1_000, |app| {
        let pixels = checks::pixels(&app.config.public_url, &app.auth.secrets);
        checks::fetching::work(&app.db, &app.outbound, &pixels)
    }),
    timed("old checks", 3_600_000, |app| app.db.write_unlogged_now(checks::forget_old)),
];

/// How long a follower lets changes gather before it looks again, so that a burst of writes does not make as
/// many of its own.
const BREATH: Duration = Duration::from_millis(50);
/// How long one that failed waits.
const AFTER_A_FAULT: Duration = Duration::from_secs(1);

const fn timed(name: &'static str, millis: u64, work: fn(&App) -> Result<()>) -> Job {
    Job { name, every: Duration::from_millis(millis), work: Work::Timed(work) }
}

/// Writes down what was counted since the last time: views, and hits of pixels. One that fails keeps its
/// counts, and does not stop the other.
pub fn count(app: &App) -> Result<()> {
    let views = popularity::flush(&app.views, &app.db);
    pixel::flush(&app.pixels, &app.db).and(views)
}

impl Job {
    /// Does it once, on this thread.
    pub fn run(&self, app: &App) -> Result<()> {
        match self.work {
            Work::Timed(work) => work(app),
            Work::Follows(follower) => follower.catch_up(&app.db),
            Work::Sends(work) => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                let runtime = runtime.map_err(|error| Error::Internal(error.to_string()))?;
                runtime.block_on(work(app))
            }
        }
    }
}

/// Does a job again and again until the server has stopped; none waits for another.
pub async fn repeat(app: Data<App>, job: Job, mut stopped: watch::Receiver<()>) {
    loop {
        let mut news = app.db.news();
        let went_well = match job.work {
            // Nobody waits for a stranger's answer; what was not heard is sent again.
            Work::Sends(_) => tokio::select! {
                _ = stopped.changed() => return,
                went_well = run(&app, job) => went_well,
            },
            Work::Timed(_) | Work::Follows(_) => run(&app, job).await,
        };
        let pause = async {
            match job.work {
                Work::Follows(_) if went_well => {
                    sleep(BREATH).await;
                    tokio::select! {
                        _ = news.changed() => {}
                        () = sleep(job.every) => {}
                    }
                }
                _ if went_well => sleep(job.every).await,
                _ => sleep(job.every.max(AFTER_A_FAULT)).await,
            }
        };
        tokio::select! {
            // The sender sends nothing: what ends the wait is that it is gone.
            _ = stopped.changed() => return,
            () = pause => {}
        }
    }
}

/// Runs one job; whether it went well. What goes wrong in it is logged.
pub async fn run(app: &Data<App>, job: Job) -> bool {
    let outcome = match job.work {
        Work::Sends(work) => Ok(work(app).await),
        Work::Timed(_) | Work::Follows(_) => {
            let app = app.clone();
            tokio::task::spawn_blocking(move || job.run(&app)).await
        }
    };
    match outcome {
        Ok(Ok(())) => return true,
        Ok(Err(error)) => tracing::error!(job = job.name, "{error:?}"),
        Err(panic) => tracing::error!(job = job.name, "{panic}"),
    }
    false
}

/// Does what is due by now: stories that go live or off by themselves, appeals that begin or end.
pub fn keep_time(app: &App) -> Result<()> {
    let stories = app.db.read_now(|snapshot| {
        let now = snapshot.now();
        // Asked in a snapshot, so that no writer waits.
        let is_due = snapshot.next_due().is_some_and(|due| due <= now);
        is_due.then(|| newsroom::due(snapshot, now)).transpose()
    })?;
    let Some(stories) = stories else { return Ok(()) };
    for (kind, id) in stories {
        story_due(app, kind, id)?;
    }
    app.db.write_now(Actor::system(), appeals::keep_time).map(|_| ())
}

/// A story in a transaction of its own, so that none stops another.
fn story_due(app: &App, kind: String, id: ArticleId) -> Result<()> {
    match app.db.write_now(Actor::system(), move |tx| newsroom::fall_due(tx, &kind, id)) {
        Ok(_) => Ok(()),
        Err(error) if error.status() >= 500 => Err(error),
        Err(error) => {
            tracing::warn!(article = %id, code = error.code(), "could not go live by itself: {error}");
            app.db.write_now(Actor::system(), move |tx| newsroom::miss(tx, id, &error)).map(|_| ())
        }
    }
}
