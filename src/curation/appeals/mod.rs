//! Appeals: what the publication asks of its readers, on the pages of some sections or of all.
//!
//! An appeal shows while it is active and within its period. Its beginning and end stand on the
//! agenda, so no answer outlives them, and `keep_time` tells the log when one has come.

pub mod routes;
pub mod views;

mod precedence;
mod sections;
mod store;

use serde::{Deserialize, Serialize};

use crate::db::ids::{AppealId, SectionId};
use crate::db::types::Stamp;
use crate::db::{Audience, Browse, Change, Conn, Position, Snapshot, Tx};
use crate::error::{Error, Result};
use crate::fields::{Key, Ref, sort_key};
use crate::taxonomy::{self, sections::Section};

pub use precedence::{appeal_for, appeals_for};
pub use sections::line_of;

/// What an appeal's turns are called on the agenda.
const TURN: &str = "appeal";

/// Something that the publication asks of its readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// The id.
    pub id: AppealId,
    /// The name that staff call it by.
    pub key: String,
    /// The sections on whose pages it shows, with those below them; empty means all pages.
    pub sections: Vec<SectionId>,
    /// What it says, and when.
    pub text: Words,
}

/// What an appeal says, where in a story and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The heading.
    pub title: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// Who asks.
    pub signature: Option<Signature>,
    /// What readers are asked to do.
    pub cta: Option<CallToAction>,
    /// After which top-level block of a story it stands, from 1; none means at the end.
    pub after_block: Option<i32>,
    /// From when on it shows.
    pub starts_at: Option<Stamp>,
    /// Until when it shows.
    pub ends_at: Option<Stamp>,
    /// Whether it shows at all.
    pub active: bool,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The name.
    pub name: String,
    /// The office.
    pub role: Option<String>,
}

/// What readers are asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallToAction {
    /// What the button says.
    pub label: String,
    /// Where it leads: absolute, or a path on the publication's site.
    pub url: String,
}

/// What is to be stored of an appeal.
pub struct Draft {
    /// The name that staff call it by.
    pub key: Key,
    /// The sections on whose pages it shows; empty means all.
    pub sections: Vec<Ref>,
    /// What it says, and when.
    pub text: Words,
}

/// Makes an appeal. 409 `taken`; 422 at `/sections/N` where there is no such section.
pub fn create(tx: &mut Tx, draft: Draft) -> Result<Appeal> {
    let appeal = resolved(tx, AppealId::new(), draft)?;
    store::insert(tx, &appeal)?;
    settle(tx, "appeal.created", &[&appeal])?;
    Ok(appeal)
}

/// Changes an appeal. An identical change is none. 409 and 422 as at its making.
pub fn change(tx: &mut Tx, present: &Appeal, draft: Draft) -> Result<Appeal> {
    let appeal = resolved(tx, present.id, draft)?;
    if appeal == *present {
        return Ok(appeal);
    }
    store::update(tx, &appeal)?;
    settle(tx, "appeal.changed", &[&appeal, present])?;
    Ok(appeal)
}

/// Changes the appeal that has the key of the draft, or makes it.
pub fn put(tx: &mut Tx, draft: Draft) -> Result<Appeal> {
    match store::by_key(tx, draft.key.as_str())? {
        Some(present) => change(tx, &present, draft),
        None => create(tx, draft),
    }
}

/// Deletes an appeal.
pub fn delete(tx: &mut Tx, appeal: &Appeal) -> Result<()> {
    store::delete(tx, appeal.id)?;
    settle(tx, "appeal.deleted", &[appeal])?;
    tx.set_due(TURN, appeal.id, None)
}

/// The appeal by id or key.
pub fn find(conn: &mut Conn, name: &str) -> Result<Appeal> {
    let appeal = match (name.parse(), Key::parse(name.to_owned())) {
        (Ok(id), _) => store::by_id(conn, id)?,
        (Err(_), Ok(key)) => store::by_key(conn, key.as_str())?,
        // What cannot be a key is not asked for: PostgreSQL refuses a query that holds a NUL.
        (Err(_), Err(_)) => None,
    };
    appeal.ok_or(Error::NotFound("appeal"))
}

/// A page of appeals by title.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Appeal>> {
    store::browse(conn, browse)
}

/// The appeals that show somewhere now, by title. The answer depends on them.
pub fn running(snapshot: &mut Snapshot) -> Result<Vec<Appeal>> {
    snapshot.depends_on_all("appeals");
    let now = snapshot.now();
    store::running(snapshot, now)
}

/// The sections that some appeals name, in no order.
pub fn sections_of(conn: &mut Conn, appeals: &[Appeal]) -> Result<Vec<Section>> {
    let ids: Vec<SectionId> = appeals.iter().flat_map(|appeal| appeal.sections.iter().copied()).collect();
    if ids.is_empty() { Ok(Vec::new()) } else { taxonomy::sections::by_ids(conn, &ids) }
}

/// 409 `in_use` where appeals run in a section: one that is to be deleted.
pub fn refuse_section(conn: &mut Conn, section: SectionId) -> Result<()> {
    let count = store::all(conn)?.iter().filter(|appeal| appeal.sections.contains(&section)).count();
    if count == 0 {
        return Ok(());
    }
    let detail = match count {
        1 => "1 appeal runs in this section".to_owned(),
        _ => format!("{count} appeals run in this section"),
    };
    Err(Error::InUse { detail, counts: [("appeals".to_owned(), count.into())].into_iter().collect() })
}

/// Lets the appeals of a section that was merged run in the other.
pub fn follow(tx: &mut Tx, from: SectionId, into: SectionId) -> Result<()> {
    for appeal in store::all(tx)? {
        if !appeal.sections.contains(&from) {
            continue;
        }
        let mut after = appeal.clone();
        after.sections.retain(|section| *section != from && *section != into);
        after.sections.push(into);
        store::update(tx, &after)?;
        settle(tx, "appeal.changed", &[&after, &appeal])?;
    }
    Ok(())
}

/// Where an appeal stands among all by title.
pub fn position(appeal: &Appeal) -> Position {
    Position { key: sort_key(&appeal.text.title), id: appeal.id.to_string() }
}

/// Tells the log of each appeal that began or ended since it was last told; however late, once.
pub fn keep_time(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    for (kind, id) in tx.due()? {
        let Some(id) = id.parse().ok().filter(|_| kind == TURN) else { continue };
        let Some(appeal) = store::by_id(tx, id)? else { continue };
        let kind = if appeal.is_running(now) { "appeal.started" } else { "appeal.ended" };
        tx.set_due(TURN, id, appeal.next_turn(now))?;
        tx.touch_live();
        tx.record(changed(Audience::Public, kind, &appeal));
    }
    Ok(())
}

impl Appeal {
    /// Whether readers see it at an instant.
    pub fn is_running(&self, now: Stamp) -> bool {
        let begun = self.text.starts_at.is_none_or(|start| start <= now);
        let ended = self.text.ends_at.is_some_and(|end| end <= now);
        self.text.active && begun && !ended
    }

    /// When it begins or ends by itself, next after an instant.
    fn next_turn(&self, now: Stamp) -> Option<Stamp> {
        let turns = [self.text.starts_at, self.text.ends_at];
        turns.into_iter().flatten().filter(|turn| self.text.active && *turn > now).min()
    }
}

/// Puts the turns of the first on the agenda and records the change: for all where readers see it
/// or saw it, else for the newsroom alone, so that nobody learns of an appeal before it begins.
fn settle(tx: &mut Tx, kind: &'static str, states: &[&Appeal]) -> Result<()> {
    let Some(appeal) = states.first() else { return Ok(()) };
    let now = tx.now();
    tx.set_due(TURN, appeal.id, appeal.next_turn(now))?;
    if states.iter().any(|appeal| appeal.is_running(now)) {
        tx.touch_live();
        tx.record(changed(Audience::Public, kind, appeal));
    } else {
        tx.record(changed(Audience::Staff, kind, appeal));
    }
    Ok(())
}

/// The appeal that a draft describes, under an id.
fn resolved(tx: &mut Tx, id: AppealId, draft: Draft) -> Result<Appeal> {
    let key = draft.key.into_string();
    if store::by_key(tx, &key)?.is_some_and(|holder| holder.id != id) {
        return Err(Error::Taken(format!("there is an appeal `{key}` already")));
    }
    Ok(Appeal { id, key, sections: sections::resolve(tx, &draft.sections)?, text: draft.text })
}

fn changed(audience: Audience, kind: &'static str, appeal: &Appeal) -> Change {
    Change::new(audience, kind, "appeal", appeal.id).keys(["appeals".to_owned()])
}
