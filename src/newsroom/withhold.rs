//! Held back from others for a while: live on our own site, denied to partners until it is released.

use serde_json::json;

use super::verdict::judge_anew;
use super::{Done, State, Work, store};
use crate::articles;
use crate::db::{Audience, Change, Tx};
use crate::error::{Error, Result};

/// Holds a story back that is live or waits under an embargo. 409 in any other state, or where it is held
/// back already.
pub fn withhold(tx: &mut Tx, work: &Work, partner_note: Option<&str>) -> Result<Done> {
    refuse_elsewhere(work)?;
    if work.withheld {
        return Err(Error::InvalidState("the story is withheld already".into()));
    }
    put(tx, work, true, "article.withheld", partner_note)
}

/// Lets others have it again. 409 where it is not held back.
pub fn release(tx: &mut Tx, work: &Work, partner_note: Option<&str>) -> Result<Done> {
    refuse_elsewhere(work)?;
    if !work.withheld {
        return Err(Error::InvalidState("the story is not withheld".into()));
    }
    put(tx, work, false, "article.released", partner_note)
}

fn refuse_elsewhere(work: &Work) -> Result<()> {
    match work.state {
        State::Live | State::Scheduled => Ok(()),
        state => Err(Error::InvalidState(format!(
            "only what is live or waits under an embargo is withheld and released; this one is `{}`",
            state.as_str()
        ))),
    }
}

fn put(
    tx: &mut Tx,
    work: &Work,
    withheld: bool,
    kind: &'static str,
    partner_note: Option<&str>,
) -> Result<Done> {
    let work = Work { withheld, updated_at: tx.now(), ..work.clone() };
    store::update(tx, &work)?;
    articles::put_withheld(tx, work.id, withheld)?;
    judge_anew(tx, &work)?;
    let change = Change::new(Audience::Partner, kind, "article", work.id).version(work.version);
    let change = change.key("article", work.id).key("list", "articles");
    tx.record(change.detail(json!({ "partner_note": partner_note })));
    Ok(Done { work, warnings: Vec::new() })
}
