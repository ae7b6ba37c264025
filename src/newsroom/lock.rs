//! Who works on a story now: a word to the others, for ten minutes. Saves do not ask for it; `If-Match` is the
//! truth.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Work, store};
use crate::db::ids::{ArticleId, UserId};
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::{Error, Result};

/// How long it holds, in seconds, unless it is renewed.
const HOLDS: i64 = 600;

/// Who works on a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ArticleLock)]
pub struct Lock {
    /// Who: the id of a user.
    #[schema(value_type = String, example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub user: UserId,
    /// Since when.
    #[schema(value_type = String, format = DateTime, example = "2026-05-01T18:00:00.000000Z")]
    pub since: Stamp,
    /// Until when, unless it is renewed.
    #[schema(value_type = String, format = DateTime, example = "2026-05-01T18:10:00.000000Z")]
    pub until: Stamp,
}

/// Takes or renews the lock on a story. 409 `locked` where another holds it, unless it is taken over.
pub fn lock(tx: &mut Tx, work: &Work, user: UserId, takeover: bool) -> Result<Lock> {
    let now = tx.now();
    let since = match held_all(tx, &[work.id], now)?.remove(&work.id) {
        Some(lock) if lock.user == user => lock.since,
        Some(lock) if !takeover => {
            return Err(Error::Locked(serde_json::to_value(&lock).unwrap_or_default()));
        }
        Some(_) | None => now,
    };
    let lock = Lock { user, since, until: now.plus_seconds(HOLDS) };
    store::locks::put(tx, work.id, &lock)?;
    Ok(lock)
}

/// Lets go of the lock; another's stays.
pub fn unlock(tx: &mut Tx, work: &Work, user: UserId) -> Result<()> {
    store::locks::delete(tx, work.id, user)
}

/// Who holds the locks on stories at an instant.
pub fn held_all(conn: &mut Conn, ids: &[ArticleId], now: Stamp) -> Result<HashMap<ArticleId, Lock>> {
    let mut locks = store::locks::of_all(conn, ids)?;
    locks.retain(|(_, lock)| lock.until > now);
    Ok(locks.into_iter().collect())
}
