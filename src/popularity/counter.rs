//! Views as they come in: gathered in memory, written down each second.
//!
//! Taking a view in asks nothing of the database, so its answer is the same, and takes the same time,
//! whether the story is live, a draft or made up. Which stories are live is asked when the views are
//! written down; those of others are dropped then, and no counter is ever made for them.

use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::store;
use crate::db::Db;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::fields::Slug;
use crate::readers::{Mark, Reader, Repeats, Sighting};

/// The most different views that are taken in between two flushes; more are dropped.
const MOST_WAITING: usize = 100_000;

/// The views that are not written down yet.
pub struct Counter {
    inner: Mutex<Inner>,
}

struct Inner {
    waiting: Waiting,
    repeats: Repeats,
    counted: Counts,
}

/// Views by the hour and the story.
type Counts = BTreeMap<(Stamp, ArticleId), i64>;

/// Views whose stories were not looked up yet, by the id or slug that was sent.
#[derive(Default)]
struct Waiting {
    marked: HashMap<(String, Mark), Stamp>,
    unmarked: HashMap<(String, Stamp), i64>,
}

impl Default for Counter {
    fn default() -> Self {
        let inner = Inner { waiting: Waiting::default(), repeats: Repeats::new(), counted: Counts::new() };
        Counter { inner: Mutex::new(inner) }
    }
}

impl Counter {
    /// Takes in a view of a story by id or slug. What can be neither is no story's name, and a program or a
    /// browser that fetches ahead is no reader.
    pub fn note(&self, name: &str, reader: &Reader, now: Stamp) {
        let name = match (name.parse::<ArticleId>(), Slug::parse(name)) {
            (Ok(id), _) => id.to_string(),
            (Err(_), Ok(slug)) => slug.into(),
            (Err(_), Err(_)) => return,
        };
        let mut inner = self.inner();
        let full = inner.waiting.marked.len() + inner.waiting.unmarked.len() >= MOST_WAITING;
        match reader {
            Reader::Marked(address, user_agent) => {
                let mark = inner.repeats.reader(*address, user_agent, now);
                if !full {
                    inner.waiting.marked.entry((name, mark)).or_insert(now);
                }
            }
            // Neither a program nor a page that nobody sees yet is a view.
            Reader::Crawler | Reader::Prefetch => {}
            Reader::Unmarked if full => {}
            Reader::Unmarked => *inner.waiting.unmarked.entry((name, now.hour())).or_default() += 1,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Waiting {
        mem::take(&mut self.inner().waiting)
    }

    fn put_back(&self, waiting: Waiting) {
        let present = &mut self.inner().waiting;
        present.marked.extend(waiting.marked);
        for (view, count) in waiting.unmarked {
            *present.unmarked.entry(view).or_default() += count;
        }
    }

    /// Counts views of live stories; repeats, and views of what is not live, are let go.
    fn count(&self, waiting: Waiting, live: &HashMap<String, ArticleId>) {
        let Inner { repeats, counted, .. } = &mut *self.inner();
        for ((name, reader), at) in waiting.marked {
            let counting = live
                .get(&name)
                .filter(|article| repeats.sees(&reader, article.as_str().as_bytes(), at) == Sighting::First);
            if let Some(article) = counting {
                *counted.entry((at.hour(), *article)).or_default() += 1;
            }
        }
        for ((name, hour), count) in waiting.unmarked {
            if let Some(article) = live.get(&name) {
                *counted.entry((hour, *article)).or_default() += count;
            }
        }
    }
}

impl Waiting {
    fn names(&self) -> Vec<String> {
        let marked = self.marked.keys().map(|(name, _)| name.clone());
        let mut names: Vec<String> =
            marked.chain(self.unmarked.keys().map(|(name, _)| name.clone())).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Writes down what was viewed. A job of every second, and the last one of a shutdown; what cannot be
/// written stays for the next time.
pub fn flush(counter: &Counter, db: &Db) -> Result<()> {
    let waiting = counter.take();
    let names = waiting.names();
    if !names.is_empty() {
        match db.read_now(|snapshot| store::live_ids(snapshot, &names)) {
            Ok(live) => counter.count(waiting, &live),
            Err(error) => {
                counter.put_back(waiting);
                return Err(error);
            }
        }
    }
    let counts = counter.inner().counted.clone();
    if counts.is_empty() {
        return Ok(());
    }
    db.write_unlogged_now(move |tx| store::add(tx, &counts))?;
    counter.inner().counted.clear();
    Ok(())
}
