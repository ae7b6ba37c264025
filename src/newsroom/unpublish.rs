//! Off the site again, by hand or by the clock.

use std::collections::BTreeSet;

use super::schedule::call_off;
use super::{Done, State, Work, live_story, store};
use crate::articles;
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};

/// Takes a live story off the site; it may be published again. What was scheduled for it is called off. 409
/// where it is not live.
pub fn unpublish(tx: &mut Tx, work: &Work) -> Result<Done> {
    if work.state != State::Live {
        return Err(Error::InvalidState(format!(
            "only a live story can be unpublished; this one is `{}`",
            work.state.as_str()
        )));
    }
    off(tx, work, State::Unpublished, "article.unpublished")
}

/// Takes a story off the site at its end. What is scheduled for it goes on waiting.
pub(super) fn expire(tx: &mut Tx, work: &Work) -> Result<()> {
    let mut after = work.clone();
    (after.state, after.state_before) = match work.scheduled_at {
        Some(_) => (State::Scheduled, Some(State::Unpublished)),
        None => (State::Unpublished, None),
    };
    take_off(tx, work, after, "article.expired").map(|_| ())
}

/// Takes a story off the live side, where it is there, into another state. What is scheduled is called off.
pub(super) fn off(tx: &mut Tx, work: &Work, state: State, kind: &'static str) -> Result<Done> {
    let mut after = work.clone();
    let warnings = call_off(tx, &mut after)?.into_iter().collect();
    after.state = state;
    after.state_before = None;
    Ok(Done { work: take_off(tx, work, after, kind)?, warnings })
}

fn take_off(tx: &mut Tx, before: &Work, mut after: Work, kind: &'static str) -> Result<Work> {
    let keys = match live_story(tx, before)? {
        Some(story) => articles::keys_of(tx, before.id, &[&story])?,
        None => BTreeSet::new(),
    };
    after.live_revision = None;
    after.updated_at = tx.now();
    articles::take_down(tx, before.id)?;
    store::update(tx, &after)?;
    let mut change = Change::new(Audience::Public, kind, "article", before.id)
        .version(before.version)
        .key("article", before.id)
        .keys(["corrections".to_owned()])
        .keys(keys);
    if let Some(slug) = &before.published_slug {
        change = change.key("slug", slug);
    }
    tx.record(change);
    Ok(after)
}
