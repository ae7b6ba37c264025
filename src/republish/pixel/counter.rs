//! Hits as they come in: told apart and gathered in memory.
//!
//! What is gathered is bounded by the copies that we made ourselves, each with so many hosts an hour: a
//! token that is none of ours is never kept.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::referrer::{self, OTHER};
use super::{Key, Token};
use crate::auth::secrets::{Purpose, Secrets};
use crate::db::types::Stamp;
use crate::readers::{Class, Reader, Repeats, Sighting};

/// How many hosts of a copy are kept apart within an hour; the rest are one.
const MOST_HOSTS: usize = 50;

/// The hits that are not written down yet.
pub struct Counter {
    keys: Vec<Key>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    repeats: Repeats,
    waiting: HashMap<(Token, Stamp), HashMap<String, Hits>>,
    hosts: Hosts,
}

/// The hosts of each copy in this hour.
#[derive(Default)]
struct Hosts {
    hour: Option<Stamp>,
    named: HashMap<Token, HashSet<String>>,
}

/// Where a hit belongs: a copy, an hour, a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The copy.
    pub token: Token,
    /// The hour.
    pub hour: Stamp,
    /// The host of the page; empty where nobody said, `other` where it was no name or one too many.
    pub host: String,
}

/// Hits of one spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    by_class: [i64; Class::ALL.len()],
    /// The instant of the last one.
    pub last: Stamp,
}

impl Hits {
    fn none(at: Stamp) -> Self {
        Hits { by_class: [0; Class::ALL.len()], last: at }
    }

    /// How many there are of a class.
    pub fn of(&self, class: Class) -> i64 {
        self.by_class[class as usize]
    }

    /// Adds others.
    pub fn add(&mut self, others: &Hits) {
        for (mine, theirs) in self.by_class.iter_mut().zip(others.by_class) {
            *mine += theirs;
        }
        self.last = self.last.max(others.last);
    }
}

impl Counter {
    /// A counter of the tokens that were signed under any key of the ring.
    pub fn new(secrets: &Secrets) -> Self {
        let keys = secrets.verifying_keys(Purpose::Pixel).map(|(_, key)| key).collect();
        Counter { keys, inner: Mutex::new(Inner::default()) }
    }

    /// Counts a hit by the text of its token; one that is none of ours is let go.
    pub fn note(&self, token: &str, referrer: Option<&[u8]>, reader: &Reader, now: Stamp) {
        let Some(token) = self.keys.iter().find_map(|key| Token::decode(token, key)) else { return };
        let host = referrer::host(referrer);
        let mut inner = self.inner();
        let class = class(&mut inner.repeats, &token, reader, now);
        let host = inner.hosts.kept(token, now.hour(), host);
        let hits = inner.waiting.entry((token, now.hour())).or_default();
        let hits = hits.entry(host).or_insert_with(|| Hits::none(now));
        hits.by_class[class as usize] += 1;
        hits.last = hits.last.max(now);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what waits, in the order in which every node writes it.
    pub(super) fn take(&self) -> BTreeMap<Spot, Hits> {
        let waiting = mem::take(&mut self.inner().waiting);
        let spots = waiting.into_iter().flat_map(|((token, hour), hosts)| {
            hosts.into_iter().map(move |(host, hits)| (Spot { token, hour, host }, hits))
        });
        spots.collect()
    }

    pub(super) fn put_back(&self, hits: &BTreeMap<Spot, Hits>) {
        let mut inner = self.inner();
        for (spot, hits) in hits {
            let hosts = inner.waiting.entry((spot.token, spot.hour)).or_default();
            hosts.entry(spot.host.clone()).or_insert_with(|| Hits::none(hits.last)).add(hits);
        }
    }
}

/// A reader who looks at a newer version of the same copy is the same reader.
fn class(repeats: &mut Repeats, token: &Token, reader: &Reader, now: Stamp) -> Class {
    let (address, user_agent) = match reader {
        Reader::Crawler => return Class::Bot,
        Reader::Prefetch => return Class::Prefetch,
        Reader::Unmarked => return Class::Undeduped,
        Reader::Marked(address, user_agent) => (*address, user_agent),
    };
    let mark = repeats.reader(address, user_agent, now);
    match repeats.sees(&mark, &token.copy(), now) {
        Sighting::First => Class::Counted,
        Sighting::Repeat => Class::Repeat,
        Sighting::Unknown => Class::Undeduped,
    }
}

impl Hosts {
    fn kept(&mut self, token: Token, hour: Stamp, host: String) -> String {
        if host.is_empty() || host == OTHER {
            return host;
        }
        if self.hour != Some(hour) {
            *self = Hosts { hour: Some(hour), named: HashMap::new() };
        }
        let named = self.named.entry(token).or_default();
        if named.contains(&host) {
            return host;
        }
        if named.len() >= MOST_HOSTS {
            return OTHER.to_owned();
        }
        named.insert(host.clone());
        host
    }
}
