//! Taking back what was public: 410 with the public reason, from then on.

use super::unpublish::off;
use super::{State, Work};
use crate::addresses::{self, Gone};
use crate::db::Tx;
use crate::error::{Error, Result};

/// Retracts a story that was ever public; 409 where it never was.
pub fn retract(tx: &mut Tx, work: &Work, gone: &Gone) -> Result<Work> {
    if work.first_published_at.is_none() {
        return Err(Error::InvalidState("the story was never public: throw it away in its place".into()));
    }
    let after = off(tx, work, State::Retracted, "article.retracted")?;
    addresses::note_gone(tx, work.id, gone)?;
    Ok(after)
}
