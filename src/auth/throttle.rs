//! How often a sign-in may fail: per account and address, per address, per account.
//!
//! In memory, per node. An attempt counts from its beginning and is taken back when it succeeds, so
//! that many at once are no way around the count. A stranger who fails for an account keeps nobody at
//! another address from signing in to it, up to the account's own, much higher number.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use caseless::default_case_fold_str;
use unicode_normalization::UnicodeNormalization;

use crate::db::types::Stamp;
use crate::error::{Error, Result};

/// How long a failure counts, in seconds.
const WINDOW: i64 = 15 * 60;
const OF_ACCOUNT_AND_ADDRESS: usize = 5;
const OF_ADDRESS: usize = 30;
const OF_ACCOUNT: usize = 100;
/// At how many counted things the table is swept.
const SWEEP: usize = 10_000;

/// The key of an e-mail address: one account however it is typed.
///
/// Compatibility forms and case do not count; accents do, so that nobody is taken for another.
pub fn email_key(email: &str) -> String {
    let composed: String = email.trim().nfkc().collect();
    default_case_fold_str(composed.trim()).nfkc().collect()
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Counted {
    Both(String, IpAddr),
    Address(IpAddr),
    Account(String),
}

/// The failures of the last quarter of an hour.
pub(super) struct Throttle {
    is_on: bool,
    failures: Mutex<HashMap<Counted, Vec<Stamp>>>,
}

/// An attempt that counts as failed until it is said to have succeeded.
pub(super) struct Attempt {
    account: String,
    address: IpAddr,
    at: Stamp,
}

impl Throttle {
    pub fn new(is_on: bool) -> Self {
        Throttle { is_on, failures: Mutex::new(HashMap::new()) }
    }

    /// Counts an attempt; 429 where there were too many.
    pub fn begin(&self, account: &str, address: IpAddr, now: Stamp) -> Result<Attempt> {
        let attempt = Attempt { account: account.to_owned(), address: network(address), at: now };
        if !self.is_on {
            return Ok(attempt);
        }
        let mut failures = self.failures();
        let counted = attempt.counted();
        let waits = counted.iter().filter_map(|(counted, most)| {
            let times = failures.get_mut(counted)?;
            times.retain(|at| at.plus_seconds(WINDOW) > now);
            // The oldest of those that fill the number is the next to go.
            let blocking = times.len().checked_sub(*most).and_then(|place| times.get(place))?;
            Some(blocking.plus_seconds(WINDOW).seconds_since(now).max(0) + 1)
        });
        if let Some(seconds) = waits.max() {
            return Err(Error::RateLimited { retry_after: seconds.unsigned_abs() });
        }
        if failures.len() > SWEEP {
            failures.retain(|_, times| times.iter().any(|at| at.plus_seconds(WINDOW) > now));
        }
        for (counted, _) in counted {
            failures.entry(counted).or_default().push(now);
        }
        Ok(attempt)
    }

    /// Takes the attempt back, and forgets what failed before it at this account and address.
    pub fn succeeded(&self, attempt: &Attempt) {
        let mut failures = self.failures();
        for (counted, _) in attempt.counted() {
            let Some(times) = failures.get_mut(&counted) else { continue };
            if let Some(place) = times.iter().position(|at| *at == attempt.at) {
                times.remove(place);
            }
            if times.is_empty() || matches!(counted, Counted::Both(..)) {
                failures.remove(&counted);
            }
        }
    }

    fn failures(&self) -> MutexGuard<'_, HashMap<Counted, Vec<Stamp>>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Attempt {
    fn counted(&self) -> [(Counted, usize); 3] {
        [
            (Counted::Both(self.account.clone(), self.address), OF_ACCOUNT_AND_ADDRESS),
            (Counted::Address(self.address), OF_ADDRESS),
            (Counted::Account(self.account.clone()), OF_ACCOUNT),
        ]
    }
}

/// An address as it is counted: an IPv6 /64 is one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}
