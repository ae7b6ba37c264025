//! What was answered to requests that their senders named, with an `Idempotency-Key`.
//!
//! A receipt is stored in the transaction of the write that it tells of: whoever did not hear the answer
//! asks again and is told the same, whatever broke in between. What was refused wrote nothing and leaves
//! no receipt, so that it is tried anew. Of an answer that held a secret only the id of what was made is
//! kept. Names belong to their senders: another's request of the same name is another request.

mod store;

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use crate::db::types::Stamp;
use crate::db::{Actor, Conn, Tx};
use crate::error::{Error, Result};

/// How long a receipt is kept, in seconds.
const KEPT: i64 = 24 * 3600;

/// A request that may come again.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name that its sender gave it.
    pub key: String,
    /// Seals of all that it asks for, one under each secret of the house; the first is stored.
    pub seals: Vec<String>,
}

/// An answer, as it is told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The number of the log after the write.
    pub seq: i64,
    /// Where what was made is.
    pub location: Option<String>,
    /// The ETag of what it shows.
    pub etag: Option<String>,
    /// The body, JSON.
    pub body: Option<String>,
}

/// What was answered to this sender's request of this name; none where it comes for the first time, or
/// after a day.
///
/// 422 `idempotency_mismatch` where that request asked for something else, 409 `not_replayable` where its
/// answer held a secret.
pub fn earlier(conn: &mut Conn, now: Stamp, sender: &Actor, request: &Named) -> Result<Option<Answered>> {
    let Some(receipt) = store::receipt(conn, sender, &request.key, now.plus_seconds(-KEPT))? else {
        return Ok(None);
    };
    if !request.seals.contains(&receipt.seal) {
        return Err(Error::IdempotencyMismatch);
    }
    match receipt.answer {
        Some(answer) => Ok(Some(answer.value)),
        None => Err(Error::NotReplayable { made: receipt.made.unwrap_or_default() }),
    }
}

/// As `earlier`, for a request whose answer holds a secret: it is never answered again.
pub fn refuse_again(conn: &mut Conn, now: Stamp, sender: &Actor, request: Option<&Named>) -> Result<()> {
    request.map_or(Ok(None), |request| earlier(conn, now, sender, request)).map(|_| ())
}

/// Keeps an answer with the write that it tells of.
pub fn keep(tx: &mut Tx, sender: &Actor, request: &Named, answer: Answered) -> Result<()> {
    let now = tx.now();
    store::put(tx, now, sender, request, Some(answer), None)
}

/// Keeps that an answer was given which held a secret of `made`.
pub fn keep_secret(tx: &mut Tx, sender: &Actor, request: Option<&Named>, made: impl Display) -> Result<()> {
    let now = tx.now();
    match request {
        Some(request) => store::put(tx, now, sender, request, None, Some(made.to_string())),
        None => Ok(()),
    }
}

/// Drops the receipts of more than a day ago.
pub fn forget_old(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    store::delete_until(tx, now.plus_seconds(-KEPT))
}
