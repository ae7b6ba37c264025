//! Corrections: what was wrong, told where the story stands and at once.
//!
//! On a live story a correction is a version of its own. It never takes a story down: `retract` does.

use super::publish::{PublishOrder, publish};
use super::{Done, State, Work, live_story, store, uses};
use crate::articles::story::{Correction, Story};
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Fault, Result};

/// Adds a correction. On a live story it is published at once, and `with_edits` says whether saved edits that
/// are not live go along: 409 `pending_edits` where there are any and it is left out. In any other state it
/// waits for publish; 409 in the trash, 422 where it is dated into the future.
pub fn correct(tx: &mut Tx, work: &Work, correction: Correction, with_edits: Option<bool>) -> Result<Done> {
    if work.state == State::Trash {
        return Err(Error::InvalidState("the story is in the trash: restore it first".into()));
    }
    if correction.at > tx.now() {
        let fault = Fault::at("/at", "invalid_value", "must not lie in the future");
        return Err(Error::InvalidBody(vec![fault]));
    }
    let live = live_story(tx, work)?;
    let mut after = work.clone();
    let corrected = with(&work.story, &correction);
    let Some(live) = live else {
        save(tx, &mut after, corrected)?;
        tx.record(corrected_change(&after));
        return Ok(Done { work: after, warnings: Vec::new() });
    };
    let has_edits = live != work.story;
    let revision = match (has_edits, with_edits) {
        (true, None) => return Err(Error::PendingEdits),
        (true, Some(false)) => {
            save(tx, &mut after, with(&live, &correction))?;
            let words_of_the_live = after.revision;
            save(tx, &mut after, corrected)?;
            words_of_the_live
        }
        (true, Some(true)) | (false, _) => {
            save(tx, &mut after, corrected)?;
            after.revision
        }
    };
    tx.record(corrected_change(&after));
    let order = PublishOrder { substantive: true, revision: Some(revision), imported: None };
    let published = publish(tx, &after, order)?;
    Ok(Done { work: published.work, warnings: published.warnings })
}

/// The story with one more correction, in the order of their instants.
fn with(story: &Story, correction: &Correction) -> Story {
    let mut story = story.clone();
    let place = story.corrections.partition_point(|earlier| earlier.at <= correction.at);
    story.corrections.insert(place, correction.clone());
    story
}

/// Saves what the story says now as its newest revision.
fn save(tx: &mut Tx, work: &mut Work, story: Story) -> Result<()> {
    work.story = story;
    work.revision += 1;
    work.updated_at = tx.now();
    store::insert_revision(tx, work, None)?;
    store::update(tx, work)?;
    uses::note(tx, work)
}

fn corrected_change(work: &Work) -> Change {
    Change::new(Audience::Staff, "article.correction_added", "article", work.id).version(work.revision)
}
