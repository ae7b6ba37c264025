//! What was left out while HTML was read: counted by kind, told as warnings.
//!
//! Promises: no more than a fixed number of warnings, each short, however much was left out.

use std::collections::HashMap;

use super::super::Warning;

/// How many different things are told.
const MAX_KINDS: usize = 50;

/// The counts so far, in the order of first occurrence.
#[derive(Debug, Default)]
pub(super) struct Removed {
    counts: Vec<(&'static str, String, usize)>,
    places: HashMap<(&'static str, String), usize>,
    more: usize,
}

impl Removed {
    /// One more of a kind.
    pub(super) fn one(&mut self, code: &'static str, what: &str) {
        self.count(code, what, 1);
    }

    /// Several more of a kind; none is nothing.
    pub(super) fn count(&mut self, code: &'static str, what: &str, times: usize) {
        if times == 0 {
            return;
        }
        let what: String = what.chars().filter(|c| !c.is_control()).take(60).collect();
        let key = (code, what);
        if let Some(place) = self.places.get(&key) {
            self.counts[*place].2 += times;
        } else if self.counts.len() < MAX_KINDS {
            self.counts.push((code, key.1.clone(), times));
            self.places.insert(key, self.counts.len() - 1);
        } else {
            self.more += times;
        }
    }

    /// The warnings, one a kind.
    pub(super) fn warnings(self) -> Vec<Warning> {
        let told = self.counts.into_iter().map(|(code, what, times)| Warning {
            code: code.to_owned(),
            detail: if times == 1 { what } else { format!("{what} ({times} times)") },
        });
        let more = (self.more > 0).then(|| Warning {
            code: "more_removed".to_owned(),
            detail: format!("{} further removals", self.more),
        });
        told.chain(more).collect()
    }
}
