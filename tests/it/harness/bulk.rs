//! Many stories at once, by the verbs, and what is done to them without a route.

use serde_json::Value;
use wiredesk::addresses::Gone;
use wiredesk::db::Actor;
use wiredesk::fields::read_body;
use wiredesk::newsroom::{self, PublishOrder, input::ArticleInput};
use wiredesk::server::JOBS;

use super::desk::Desk;

impl Desk {
    /// Writes and publishes stories in one write; each holds what `with` gives before what every story
    /// has. Their ids, in order.
    pub async fn publishes_all(&self, with: Vec<Value>) -> Vec<String> {
        let stories: Vec<Value> = with.into_iter().map(whole).collect();
        let made = self.app().db.write(Actor::system(), move |tx| {
            let mut ids = Vec::new();
            for story in stories {
                let draft = read_body::<ArticleInput>(story)?.read()?;
                let (work, _) = newsroom::create(tx, None, draft)?;
                newsroom::publish(tx, &work, PublishOrder::default())?;
                ids.push(work.id.to_string());
            }
            Ok(ids)
        });
        made.await.unwrap().value
    }

    /// Does what the server does by itself, by the clock of the desk: every job, and all who follow the log.
    pub fn keeps_time(&self) {
        let app = self.app();
        // What goes live may be at its end already: the jobs come round again.
        let round = || JOBS.iter().for_each(|job| job.run(app).unwrap());
        let keep = || (0..3).for_each(|_| round());
        // A write that waits would block the thread that its test runs on.
        std::thread::scope(|scope| scope.spawn(keep).join().unwrap());
    }

    /// Retracts a live story.
    pub async fn retracts(&self, story: &str, kind: &str, reason: Option<&str>) {
        let (story, kind, reason) = (story.to_owned(), kind.to_owned(), reason.map(str::to_owned));
        let done = self.app().db.write(Actor::system(), move |tx| {
            let work = newsroom::find(tx, &story)?;
            let gone = Gone { at: tx.now(), kind, reason };
            newsroom::retract(tx, &work, &gone, None)
        });
        done.await.unwrap();
    }
}

fn whole(with: Value) -> Value {
    let mut story = serde_json::json!({
        "headline": "A story",
        "section": "harbour",
        "origin": "own",
        "body": {"html": "<p>The lamp was lit for the last time.</p>"},
    });
    story.as_object_mut().unwrap().extend(with.as_object().cloned().unwrap());
    story
}
