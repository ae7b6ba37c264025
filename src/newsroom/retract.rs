//! Taking back what was public: 410 with the public reason, from then on.

use super::unpublish::off;
use super::{Done, State, Work};
use crate::addresses::{self, Gone};
use crate::db::Tx;
use crate::error::{Error, Result};

/// Retracts a story that was ever public; what was scheduled for it is called off. 409 where it never was,
/// or is retracted already.
pub fn retract(tx: &mut Tx, work: &Work, gone: &Gone, partner_note: Option<&str>) -> Result<Done> {
    if work.first_published_at.is_none() {
        return Err(Error::InvalidState("the story was never public: throw it away in its place".into()));
    }
    if work.state == State::Retracted {
        return Err(Error::InvalidState("the story is retracted already".into()));
    }
    let done = off(tx, work, State::Retracted, "article.retracted")?;
    addresses::note_gone(tx, work.id, gone, partner_note)?;
    Ok(done)
}
