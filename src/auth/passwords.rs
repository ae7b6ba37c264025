//! Passwords: argon2id, at most four at once, never on an async thread and never in a transaction.
//!
//! Who signs in costs exactly one verification, whether there is such a user or not. A hash made
//! with weaker parameters than today's is told to the caller, who stores a new one.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most characters of a password.
pub const LONGEST: usize = 256;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many are hashed at once: each takes 19 MiB.
const AT_ONCE: usize = 4;
/// How many more may wait for their turn; who comes after them is told 503.
const WAITING: usize = 28;

// The hash of no password, with today's parameters: what an unknown e-mail is verified against.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password as it was typed, in NFC (RFC 8265); it prints as dots.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// A password to sign in with: nothing is said about its length here.
    pub fn typed(text: &str) -> Self {
        Password(text.nfc().collect())
    }

    /// A password to be set: 12 to 256 characters. The rule, where it is broken.
    pub fn chosen(text: &str) -> std::result::Result<Self, (&'static str, String)> {
        let password = Self::typed(text);
        match password.0.chars().count() {
            length if length < SHORTEST => {
                Err(("too_short", format!("must be at least {SHORTEST} characters")))
            }
            length if length > LONGEST => Err(("too_long", format!("must be at most {LONGEST} characters"))),
            _ => Ok(password),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What is stored of a password.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a password on this thread: for the command line and the demo.
    pub fn of(password: &Password) -> Result<Self> {
        let hash: phc::PasswordHash = today()?.hash_password(password.0.as_bytes()).map_err(internal)?;
        Ok(PasswordHash(hash.to_string()))
    }

    /// The text that is stored (the PHC string format).
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not the password.
    Wrong,
    /// It is.
    Right,
    /// It is, and its hash was made with weaker parameters than today's.
    RightButWeak,
}

/// Where passwords are hashed, a few at once.
pub struct Passwords {
    turns: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    verified: AtomicU64,
}

impl Passwords {
    /// Nobody hashes yet.
    pub(super) fn new() -> Self {
        Passwords {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            verified: AtomicU64::new(0),
        }
    }

    /// How many verifications there were since the start.
    pub fn verified(&self) -> u64 {
        self.verified.load(Ordering::Relaxed)
    }

    /// Hashes a password to be stored.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash> {
        self.in_turn(move || PasswordHash::of(&password)).await
    }

    /// Holds a password against what is stored; where nothing is, against a hash that nothing fits.
    pub async fn verify(&self, stored: Option<PasswordHash>, password: Password) -> Result<Verdict> {
        self.verified.fetch_add(1, Ordering::Relaxed);
        self.in_turn(move || match &stored {
            Some(hash) => verdict(&hash.0, &password),
            None => verdict(NOBODY, &password).map(|_| Verdict::Wrong),
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.queue.clone().try_acquire_owned().map_err(|_| Error::Overloaded)?;
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| Error::Overloaded)?;
        // The thread holds both: a request that is given up frees them only when its hash is done.
        tokio::task::spawn_blocking(move || {
            let _held: [OwnedSemaphorePermit; 2] = [place, turn];
            work()
        })
        .await
        .unwrap_or_else(|panic| Err(internal(panic)))
    }
}

/// The hash of a row, as it was stored.
pub(super) fn stored(text: String) -> PasswordHash {
    PasswordHash(text)
}

fn verdict(stored: &str, password: &Password) -> Result<Verdict> {
    let hash = phc::PasswordHash::new(stored).map_err(internal)?;
    if today()?.verify_password(password.0.as_bytes(), &hash).is_err() {
        return Ok(Verdict::Wrong);
    }
    let params = Params::try_from(&hash).map_err(internal)?;
    let is_weak = hash.algorithm.as_str() != "argon2id"
        || params.m_cost() < MEMORY_KIB
        || params.t_cost() < PASSES
        || params.p_cost() < LANES;
    Ok(if is_weak { Verdict::RightButWeak } else { Verdict::Right })
}

fn today() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn internal(error: impl fmt::Display) -> Error {
    Error::Internal(format!("hashing a password: {error}"))
}
