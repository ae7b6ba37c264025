//! What opens and closes notices: lines of the log.

use super::{Notice, NoticeKind, store, told};
use crate::addresses;
use crate::articles;
use crate::articles::story::{Correction, Severity};
use crate::changes::{Entry, Follower};
use crate::db::Tx;
use crate::db::ids::{ArticleId, NoticeId};
use crate::error::{Error, Result};
use crate::publication;
use crate::republish::checks::{self, Done, Source};
use crate::republish::placements;

/// The follower that opens and closes notices.
pub const FOLLOWER: Follower = Follower { name: "notices", act: follow };

fn follow(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    for entry in entries.iter().filter(|entry| !entry.bulk) {
        match entry.kind.as_str() {
            "article.corrected" => corrected(tx, entry)?,
            "article.retracted" => retracted(tx, entry)?,
            "check.done" => checked(tx, entry)?,
            _ => {}
        }
    }
    Ok(())
}

fn corrected(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let severity = [Severity::Substantive, Severity::Kill]
        .into_iter()
        .find(|severity| entry.detail["severity"] == severity.as_str());
    let (Some(severity), Ok(article), Some(version)) = (severity, entry.entity_id.parse(), entry.version)
    else {
        return Ok(());
    };
    let text = words(tx, article, version)?;
    open(tx, entry, article, version, NoticeKind::Correction, severity, text)
}

/// What the corrections say that a version brought.
fn words(tx: &mut Tx, article: ArticleId, version: i32) -> Result<String> {
    let before = corrections(tx, article, version - 1)?;
    let brought = corrections(tx, article, version)?;
    let new = brought.iter().filter(|correction| !before.contains(correction));
    let texts: Vec<&str> = new
        .filter(|correction| correction.severity >= Severity::Substantive)
        .map(|correction| correction.text.as_str())
        .collect();
    Ok(texts.join("\n\n"))
}

/// The corrections of a version; none where there was no such version.
fn corrections(tx: &mut Tx, article: ArticleId, version: i32) -> Result<Vec<Correction>> {
    match articles::version(tx, article, version) {
        Ok(story) => Ok(story.corrections),
        Err(Error::NotFound(_)) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn retracted(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let Ok(article) = entry.entity_id.parse::<ArticleId>() else { return Ok(()) };
    // One that was restored meanwhile is still to be told of: what was handed out was handed out.
    let gone = addresses::gone(tx, article)?;
    let note = addresses::partner_note(tx, article)?;
    let texts: Vec<String> = gone.and_then(|gone| gone.reason).into_iter().chain(note).collect();
    let version = entry.version.unwrap_or_default();
    open(tx, entry, article, version, NoticeKind::Retraction, Severity::Kill, texts.join("\n\n"))
}

fn open(
    tx: &mut Tx,
    entry: &Entry,
    article: ArticleId,
    version: i32,
    kind: NoticeKind,
    severity: Severity,
    text: String,
) -> Result<()> {
    let hours = publication::settings(tx)?.notice_due_hours;
    let hours = if severity == Severity::Kill { hours.kill } else { hours.correction };
    let now = tx.now();
    for (partner, urls) in placements::fetchers(tx, article)? {
        let notice = Notice {
            id: NoticeId::new(),
            seq: entry.seq,
            partner,
            article,
            version,
            kind,
            severity: severity.as_str().to_owned(),
            text: text.clone(),
            opened_at: now,
            due_at: now.plus_seconds(i64::from(hours) * 3600),
            fetched_at: None,
            acknowledged_at: None,
            outcome: None,
            url: None,
            claimed_at: None,
            verified_at: None,
            overdue_at: None,
        };
        if store::insert(tx, &notice)? {
            tx.record(told("notice.opened", &notice));
            for url in urls {
                checks::follow(tx, partner, article, &url)?;
            }
        }
    }
    Ok(())
}

/// A page that was checked closes what it shows to be done: claimed where the partner submitted it, verified where we
/// fetched it.
fn checked(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let Ok(done) = serde_json::from_value::<Done>(entry.detail.clone()) else { return Ok(()) };
    let Some(article) = done.article else { return Ok(()) };
    for notice in store::open_of(tx, done.partner, article)? {
        let is_done = done.removed
            || notice.kind == NoticeKind::Correction
                && done.passed
                && done.version.is_some_and(|version| version >= notice.version);
        let now = tx.now();
        let (kind, after) = match (is_done, done.source) {
            (true, Source::Submitted) if notice.claimed_at.is_none() => {
                ("notice.claimed", Notice { claimed_at: Some(now), ..notice })
            }
            (true, Source::Fetched) => ("notice.verified", Notice { verified_at: Some(now), ..notice }),
            _ => continue,
        };
        store::update(tx, &after)?;
        tx.record(told(kind, &after));
    }
    Ok(())
}
