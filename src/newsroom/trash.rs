//! Thrown away and taken back: nothing is lost, and no slug becomes free.

use super::schedule::call_off;
use super::{Done, State, Work, store};
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};

/// Throws a story away; what was scheduled for it is called off. 409 where it is live.
pub fn trash(tx: &mut Tx, work: &Work) -> Result<Done> {
    let mut after = work.clone();
    match work.state {
        State::Live => return Err(Error::InvalidState("the story is live: unpublish it first".into())),
        State::Trash => return Ok(Done { work: after, warnings: Vec::new() }),
        _ => {}
    }
    let warnings = call_off(tx, &mut after)?.into_iter().collect();
    after.state_before = Some(after.state);
    after.state = State::Trash;
    Ok(Done { work: moved(tx, after, "article.trashed")?, warnings })
}

/// Takes a story back from the trash into the state it had, or a retracted one back into the newsroom,
/// where it stays 410 until it is published again. 409 in any other state.
pub fn restore(tx: &mut Tx, work: &Work) -> Result<Done> {
    let mut after = work.clone();
    after.state = match work.state {
        State::Trash => work.state_before.unwrap_or(State::Draft),
        State::Retracted => State::Unpublished,
        state => {
            let words = format!(
                "only a story in the trash or a retracted one can be restored; this one is `{}`",
                state.as_str()
            );
            return Err(Error::InvalidState(words));
        }
    };
    after.state_before = None;
    Ok(Done { work: moved(tx, after, "article.restored")?, warnings: Vec::new() })
}

fn moved(tx: &mut Tx, mut after: Work, kind: &'static str) -> Result<Work> {
    after.updated_at = tx.now();
    store::update(tx, &after)?;
    tx.record(Change::new(Audience::Staff, kind, "article", after.id).version(after.revision));
    Ok(after)
}
