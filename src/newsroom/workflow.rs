//! The way to publication for those who may not publish themselves: handed in, approved, or sent back.

use super::{Done, State, Work, store};
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};

/// Hands a draft in for review. 409 in any other state.
pub fn submit(tx: &mut Tx, work: &Work) -> Result<Done> {
    step(tx, work, State::Draft, State::InReview, "article.submitted")
}

/// Finds a story in review good to go. 409 in any other state.
pub fn approve(tx: &mut Tx, work: &Work) -> Result<Done> {
    step(tx, work, State::InReview, State::Approved, "article.approved")
}

/// Sends a story in review back to its author, with what is to be done, which then stands in its notes. 409 in
/// any other state.
pub fn send_back(tx: &mut Tx, work: &Work, note: String) -> Result<Done> {
    let mut noted = work.clone();
    noted.desk.notes = Some(note);
    step(tx, &noted, State::InReview, State::Draft, "article.returned")
}

fn step(tx: &mut Tx, work: &Work, from: State, to: State, kind: &'static str) -> Result<Done> {
    if work.state != from {
        return Err(Error::InvalidState(format!(
            "only a story that is `{}` can become `{}`; this one is `{}`",
            from.as_str(),
            to.as_str(),
            work.state.as_str()
        )));
    }
    let after = Work { state: to, updated_at: tx.now(), ..work.clone() };
    store::update(tx, &after)?;
    tx.record(Change::new(Audience::Staff, kind, "article", work.id).version(work.revision));
    Ok(Done { work: after, warnings: Vec::new() })
}
