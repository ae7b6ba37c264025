//! What waits under an embargo, as partners read it who may before its end.

use super::{State, Work, as_live, find, revision, uses};
use crate::articles::Card;
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::MediaId;
use crate::db::types::Stamp;
use crate::error::{Error, Result};

/// A story that goes live when its embargo ends.
pub struct Embargoed {
    /// The story as it will be live.
    pub card: Card,
    /// Its body.
    pub body: Document,
    /// The assets that it shows.
    pub media: Vec<MediaId>,
    /// The end of the embargo.
    pub until: Stamp,
}

/// The story of an id or slug, where it waits under an embargo: in the revision that is pinned. What is only scheduled
/// is nobody's to read.
pub fn under_embargo(snapshot: &mut Snapshot, key: &str) -> Result<Option<Embargoed>> {
    let work = match find(snapshot, key) {
        Err(Error::NotFound(_)) => return Ok(None),
        found => found?,
    };
    let (State::Scheduled, Some(number)) = (work.state, work.scheduled_revision) else { return Ok(None) };
    let story =
        if number == work.revision { work.story.clone() } else { revision(snapshot, work.id, number)? };
    let now = snapshot.now();
    let Some(until) = story.embargo_until.filter(|until| work.scheduled_at == Some(*until) && *until > now)
    else {
        return Ok(None);
    };
    let media = uses::media(&story).into_iter().collect();
    let (card, body) = as_live::as_live(snapshot, Work { story, revision: number, ..work })?;
    Ok(Some(Embargoed { card, body, media, until }))
}
