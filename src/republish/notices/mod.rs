//! Notices: what a partner must be told of a story that it fetched, and what it did about it.
//!
//! A retraction or a substantive correction opens a notice for every partner who ever fetched the story, whatever
//! it may run today: exactly one for a partner and a change of the log, which this room follows. A notice is closed by
//! the partner's word, or by a check of its page; one that is not closed in time is overdue, and stays so until
//! it is. Imports open none.

pub mod routes;
pub mod views;

mod follow;
mod store;

use serde_json::json;

use crate::db::ids::{ArticleId, NoticeId, PartnerId};
use crate::db::types::Stamp;
use crate::db::{Actor, Audience, Change, Conn, Db, Tx};
use crate::error::{Error, Result};
use crate::publication;

use super::partners;

pub use follow::FOLLOWER;

/// How many overdue notices are looked at together.
const AT_ONCE: i64 = 100;

/// A notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Its id; later ones sort after earlier ones.
    pub id: NoticeId,
    /// The change of the log that opened it.
    pub seq: i64,
    /// Whom it is for.
    pub partner: PartnerId,
    /// The story.
    pub article: ArticleId,
    /// The version that brought it, or the last one of a story that was retracted.
    pub version: i32,
    /// What it tells of.
    pub kind: NoticeKind,
    /// `substantive` or `kill`.
    pub severity: String,
    /// What it says.
    pub text: String,
    /// When it was opened.
    pub opened_at: Stamp,
    /// Until when it is to be done.
    pub due_at: Stamp,
    /// When the partner first read it.
    pub fetched_at: Option<Stamp>,
    /// When the partner said what it did.
    pub acknowledged_at: Option<Stamp>,
    /// What it did.
    pub outcome: Option<Outcome>,
    /// Where, as it says.
    pub url: Option<String>,
    /// When a page that it submitted showed that it was done.
    pub claimed_at: Option<Stamp>,
    /// When a page that we fetched showed it.
    pub verified_at: Option<Stamp>,
    /// Since when it is overdue.
    pub overdue_at: Option<Stamp>,
}

/// What a notice tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "retraction")]
pub enum NoticeKind {
    /// The story was corrected: run the version that has it.
    Correction,
    /// The story was taken back: take it off.
    Retraction,
}

/// What a partner did about a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, deserr::Deserr, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = crate::fields::Faults, rename_all = lowercase)]
#[schema(example = "removed")]
pub enum Outcome {
    /// It took the story off.
    Removed,
    /// It runs the version that the notice names, or a later one.
    Updated,
    /// It never ran the story.
    #[deserr(rename = "not_used")]
    NotUsed,
}

/// How far a notice has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "sent")]
pub enum NoticeState {
    /// It is there to be read.
    Sent,
    /// The partner has read it.
    Fetched,
    /// Nothing was heard of it in time.
    Overdue,
    /// The partner said what it did.
    Acknowledged,
    /// A page that the partner submitted shows that it is done.
    Claimed,
    /// A page that we fetched shows that it is done.
    Verified,
}

impl Notice {
    /// How far it has come.
    pub fn state(&self) -> NoticeState {
        match self {
            Notice { verified_at: Some(_), .. } => NoticeState::Verified,
            Notice { claimed_at: Some(_), .. } => NoticeState::Claimed,
            Notice { acknowledged_at: Some(_), .. } => NoticeState::Acknowledged,
            Notice { overdue_at: Some(_), .. } => NoticeState::Overdue,
            Notice { fetched_at: Some(_), .. } => NoticeState::Fetched,
            _ => NoticeState::Sent,
        }
    }

    /// Whether nothing is left to be done.
    pub fn is_closed(&self) -> bool {
        match self.state() {
            NoticeState::Sent | NoticeState::Fetched | NoticeState::Overdue => false,
            NoticeState::Acknowledged | NoticeState::Claimed | NoticeState::Verified => true,
        }
    }
}

impl NoticeKind {
    /// The word of the API, and of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            NoticeKind::Correction => "correction",
            NoticeKind::Retraction => "retraction",
        }
    }
}

impl Outcome {
    /// The word of the API, and of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Removed => "removed",
            Outcome::Updated => "updated",
            Outcome::NotUsed => "not_used",
        }
    }
}

/// Which notices; all that is said must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of a story.
    pub article: Option<ArticleId>,
    /// Those of a partner.
    pub partner: Option<PartnerId>,
}

/// Notices below an id, the newest first.
pub fn browse(conn: &mut Conn, filter: &Filter, below: Option<NoticeId>, limit: i64) -> Result<Vec<Notice>> {
    store::page(conn, filter, below, limit)
}

/// Notes that a partner has read these. Unlogged: it changes nothing but what is known of them.
pub fn note_fetched(tx: &mut Tx, ids: &[NoticeId]) -> Result<()> {
    let now = tx.now();
    store::note_fetched(tx, ids, now)
}

/// Takes the partner's word for what it did. Said again it takes the place of what was said before; 404 of another
/// partner's notice.
pub fn acknowledge(
    tx: &mut Tx,
    partner: PartnerId,
    id: &str,
    outcome: Outcome,
    url: Option<String>,
) -> Result<Notice> {
    let id = id.parse().map_err(|_| Error::NotFound("notice"))?;
    let found = store::notice(tx, id)?.filter(|notice| notice.partner == partner);
    let before = found.ok_or(Error::NotFound("notice"))?;
    if before.kind == NoticeKind::Retraction && outcome == Outcome::Updated {
        let words = "a retracted story has no version to run: `removed` or `not_used`";
        return Err(Error::body("/outcome", "invalid_value", words));
    }
    if (before.outcome, &before.url) == (Some(outcome), &url) {
        return Ok(before);
    }
    let notice = Notice { acknowledged_at: Some(tx.now()), outcome: Some(outcome), url, ..before };
    store::update(tx, &notice)?;
    tx.record(told("notice.acknowledged", &notice));
    Ok(notice)
}

/// Says of each notice whose time is over that it is overdue, once, and suspends the partner where that is the
/// publication's rule.
pub fn fall_due(db: &Db) -> Result<()> {
    let due = db.read_now(|snapshot| {
        let now = snapshot.now();
        store::overdue(snapshot, now, AT_ONCE)
    })?;
    for id in due {
        db.write_now(Actor::system(), move |tx| {
            let now = tx.now();
            let Some(notice) = store::notice(tx, id)? else { return Ok(()) };
            if notice.is_closed() || notice.overdue_at.is_some() || notice.due_at > now {
                return Ok(());
            }
            let notice = Notice { overdue_at: Some(now), ..notice };
            store::update(tx, &notice)?;
            tx.record(told("notice.overdue", &notice));
            if publication::settings(tx)?.suspend_overdue {
                let partner = partners::read(tx, notice.partner.as_str())?;
                partners::suspend(tx, &partner)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn told(kind: &'static str, notice: &Notice) -> Change {
    Change::new(Audience::Partner, kind, "notice", notice.id).version(notice.version).detail(json!({
        "partner": notice.partner,
        "article": notice.article,
        "kind": notice.kind.as_str(),
        "severity": notice.severity,
    }))
}
