//! Going live by itself: at an instant that the desk names, or at the end of an embargo.
//!
//! A story has one such instant at a time, with the revision that it pins; what is saved afterwards is not
//! published by it. What was done or called off never happens again.

use serde_json::json;

use super::publish::{PublishOrder, publish, ready};
use super::{Done, State, Work, store};
use crate::articles;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Conn, Tx};
use crate::error::{Error, Fault, Result};
use crate::fields::Warning;

/// The agenda's word for a story that goes live by itself.
const SCHEDULE: &str = "article.schedule";

/// Lets a revision, the newest where none is named, go live at an instant to come, in place of whatever was
/// scheduled before. 422 with everything that is missing; 409 where the story was retracted or thrown away.
pub fn schedule(tx: &mut Tx, work: &Work, at: Stamp, revision: Option<i32>) -> Result<Done> {
    if at <= tx.now() {
        let fault = Fault::at("/at", "invalid_value", "must be an instant to come: publish it in its place");
        return Err(Error::InvalidBody(vec![fault]));
    }
    let ready = ready(tx, work, PublishOrder { revision, ..PublishOrder::default() })?;
    if ready.story.expires_at.is_some_and(|expiry| expiry <= at) {
        let fault = Fault::at("/at", "invalid_value", "must be earlier than the story's expires_at");
        return Err(Error::InvalidBody(vec![fault]));
    }
    let mut after = work.clone();
    let mut warnings = ready.warnings;
    warnings.extend(call_off(tx, &mut after)?);
    pin(tx, &mut after, ready.revision, at)?;
    store::update(tx, &after)?;
    tx.record(
        Change::new(Audience::Staff, "article.scheduled", "article", work.id)
            .version(ready.revision)
            .detail(json!({ "at": at })),
    );
    Ok(Done { work: after, warnings })
}

/// Calls off what is scheduled, or the wait for an embargo: the story is in the state before again. 409 where
/// nothing is.
pub fn unschedule(tx: &mut Tx, work: &Work) -> Result<Done> {
    if work.scheduled_at.is_none() {
        return Err(Error::InvalidState("nothing is scheduled for this story".into()));
    }
    let mut after = work.clone();
    call_off(tx, &mut after)?;
    after.updated_at = tx.now();
    store::update(tx, &after)?;
    Ok(Done { work: after, warnings: Vec::new() })
}

/// Puts a revision on the agenda. A live story stays live; any other is `scheduled` until then.
pub(super) fn pin(tx: &mut Tx, work: &mut Work, revision: i32, at: Stamp) -> Result<()> {
    if !matches!(work.state, State::Live | State::Scheduled) {
        work.state_before = Some(work.state);
    }
    if work.state != State::Live {
        work.state = State::Scheduled;
    }
    work.scheduled_at = Some(at);
    work.scheduled_revision = Some(revision);
    work.updated_at = tx.now();
    tx.set_due(SCHEDULE, work.id, Some(at))
}

/// Takes what is scheduled off the agenda, and the story back to the state before; says so where there was
/// anything.
pub(super) fn call_off(tx: &mut Tx, work: &mut Work) -> Result<Option<Warning>> {
    let (Some(at), Some(revision)) = (work.scheduled_at, work.scheduled_revision) else { return Ok(None) };
    unpin(tx, work)?;
    if work.state == State::Scheduled {
        let before = if work.first_published_at.is_some() { State::Unpublished } else { State::Draft };
        work.state = work.state_before.take().unwrap_or(before);
    }
    tx.record(
        Change::new(Audience::Staff, "article.unscheduled", "article", work.id)
            .version(revision)
            .detail(json!({ "at": at })),
    );
    let words = format!("revision {revision} was to go live at {at}: that was called off");
    Ok(Some(Warning::about("scheduled_at", "schedule_cancelled", words)))
}

fn unpin(tx: &mut Tx, work: &mut Work) -> Result<()> {
    work.scheduled_at = None;
    work.scheduled_revision = None;
    tx.set_due(SCHEDULE, work.id, None)
}

/// The stories for which something is due by now, each with what it is.
pub fn due(conn: &mut Conn, now: Stamp) -> Result<Vec<(String, ArticleId)>> {
    let due = crate::db::log::due(conn, now)?;
    let ours = due.into_iter().filter(|(kind, _)| kind.starts_with("article."));
    Ok(ours.filter_map(|(kind, id)| Some((kind, id.parse().ok()?))).collect())
}

/// Does what is due for one story, once, however late it is and however many nodes try: embargoes that ended
/// and schedules go live, stories that expired go off, rights that ended are judged anew.
pub fn fall_due(tx: &mut Tx, kind: &str, id: ArticleId) -> Result<()> {
    if !tx.is_due(kind, id)? {
        return Ok(());
    }
    let Some(mut work) = store::work(tx, id)? else { return Ok(()) };
    match kind {
        SCHEDULE => {
            let order = PublishOrder { revision: work.scheduled_revision, ..PublishOrder::default() };
            unpin(tx, &mut work)?;
            publish(tx, &work, order)?;
        }
        "article.expires" => super::unpublish::expire(tx, &work)?,
        "article.rights" => {
            tx.set_due("article.rights", id, None)?;
            if super::verdict::judge_anew(tx, &work)? {
                tx.record(articles::rights_changed(work.id));
            }
        }
        _ => {}
    }
    Ok(())
}

/// Where a story could not go live by itself after all, it is in the state before again, and the audit says
/// why: it is not tried for ever.
pub fn miss(tx: &mut Tx, id: ArticleId, why: &Error) -> Result<()> {
    let Some(mut work) = store::work(tx, id)? else { return Ok(()) };
    if work.scheduled_at.is_none() || !tx.is_due(SCHEDULE, id)? {
        return Ok(());
    }
    call_off(tx, &mut work)?;
    work.updated_at = tx.now();
    store::update(tx, &work)?;
    tx.record(
        Change::new(Audience::Staff, "article.schedule_missed", "article", id)
            .version(work.revision)
            .detail(json!({ "code": why.code(), "detail": why.to_string() })),
    );
    Ok(())
}
