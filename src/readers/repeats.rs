//! Whether a reader saw the same thing within the last half hour.
//!
//! Who read what is known by a keyed hash alone, under a key that is made at random, never leaves
//! this memory and is thrown away each day. Neither an address nor a user agent is kept.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::auth::secrets::{mac, random};
use crate::db::types::Stamp;

/// How long a view keeps another one by the same reader from counting, in seconds.
const AGAIN_AFTER: i64 = 30 * 60;
/// The most sights that are remembered; with so many, nobody can tell of new ones until old ones go.
const MOST: usize = 500_000;
/// How often what no longer matters is forgotten, in seconds.
const SWEEP_EVERY: i64 = 60;
const DAY: i64 = 24 * 3600;

/// A reader, or a reader with a story, as far as repeats go.
pub type Mark = [u8; 16];

/// What a sight of something is, as far as one half hour remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sighting {
    /// The reader's first.
    First,
    /// The same reader again.
    Repeat,
    /// Nobody can tell: too much is remembered already.
    Unknown,
}

/// What was seen in the last half hour.
pub struct Repeats {
    key: [u8; 32],
    day: i64,
    counted: HashMap<Mark, Stamp>,
    swept_at: Stamp,
}

impl Default for Repeats {
    fn default() -> Self {
        Self::new()
    }
}

impl Repeats {
    /// Nothing seen yet, under a new key.
    pub fn new() -> Self {
        Repeats { key: random(), day: 0, counted: HashMap::new(), swept_at: Stamp(0) }
    }

    /// The mark of an address and user agent on this day.
    pub fn reader(&mut self, address: IpAddr, user_agent: &[u8], now: Stamp) -> Mark {
        let day = now.unix_seconds().div_euclid(DAY);
        if day != self.day {
            *self = Repeats { day, ..Repeats::new() };
        }
        short(mac(&self.key, &[&network(address), user_agent]))
    }

    /// What a reader's sight of something is; after a first one the next are repeats for half an hour.
    pub fn sees(&mut self, reader: &Mark, what: &[u8], at: Stamp) -> Sighting {
        self.sweep(at);
        let mark = short(mac(&self.key, &[reader, what]));
        if self.counted.get(&mark).is_some_and(|before| before.plus_seconds(AGAIN_AFTER) > at) {
            return Sighting::Repeat;
        }
        if self.counted.len() >= MOST {
            return Sighting::Unknown;
        }
        self.counted.insert(mark, at);
        Sighting::First
    }

    /// Forgets what no longer keeps a view from counting.
    fn sweep(&mut self, now: Stamp) {
        if self.swept_at.plus_seconds(SWEEP_EVERY) <= now {
            self.counted.retain(|_, before| before.plus_seconds(AGAIN_AFTER) > now);
            self.swept_at = now;
        }
    }
}

fn short(whole: [u8; 32]) -> Mark {
    std::array::from_fn(|place| whole[place])
}

/// An address as it is told apart: whoever has one IPv6 address has the whole /64.
fn network(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().into_iter().take(8).collect(),
    }
}
