//! What whoever runs an installation asks it: does it live, can it work.
//!
//! Answers are words, not JSON: probes read the status. Ready means that the database answers.

pub mod routes;
pub mod soundness;

mod store;

use crate::db::Db;
use crate::error::Result;

/// Whether the database answers; its failure is the answer.
pub async fn ready(db: &Db) -> Result<()> {
    // A snapshot begins with a look at the log.
    db.read(|_| Ok(())).await
}
