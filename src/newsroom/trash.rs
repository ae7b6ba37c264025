//! Thrown away and taken back: nothing is lost, and no slug becomes free.

use super::{State, Work, store};
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};

/// Throws a story away. 409 where it is live.
pub fn trash(tx: &mut Tx, work: &Work) -> Result<Work> {
    let mut after = work.clone();
    match work.state {
        State::Live => return Err(Error::InvalidState("the story is live: unpublish it first".into())),
        State::Trash => return Ok(after),
        State::Scheduled => {
            tx.set_due("article.embargo", work.id, None)?;
            after.scheduled_at = None;
            after.scheduled_revision = None;
            after.state_before_trash = Some(State::Draft);
        }
        state => after.state_before_trash = Some(state),
    }
    after.state = State::Trash;
    moved(tx, after, "article.trashed")
}

/// Takes a story back from the trash into the state it had, or a retracted one back into the newsroom,
/// where it stays 410 until it is published again. 409 in any other state.
pub fn restore(tx: &mut Tx, work: &Work) -> Result<Work> {
    let mut after = work.clone();
    after.state = match work.state {
        State::Trash => work.state_before_trash.unwrap_or(State::Draft),
        State::Retracted => State::Unpublished,
        state => {
            let words = format!(
                "only a story in the trash or a retracted one can be restored; this one is `{}`",
                state.as_str()
            );
            return Err(Error::InvalidState(words));
        }
    };
    after.state_before_trash = None;
    moved(tx, after, "article.restored")
}

fn moved(tx: &mut Tx, mut after: Work, kind: &'static str) -> Result<Work> {
    after.updated_at = tx.now();
    store::update(tx, &after)?;
    tx.record(Change::new(Audience::Staff, kind, "article", after.id).version(after.revision));
    Ok(after)
}
