//! What a copy lacks: told by comparing the corrections of its version with those of the newest.

use std::collections::HashMap;

use super::Placement;
use super::store::versions::{self, Kept};
use crate::articles::story::Severity;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::error::Result;

/// What a copy lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Staleness {
    /// How many versions came after its own.
    pub versions_behind: i32,
    /// How many substantive corrections and retractions came after its version; minor ones never count.
    pub corrections_missed: u32,
    /// The gravest of these.
    pub severity: Option<Severity>,
    /// The instant of the first of these; none where the copy lacks nothing, or was replaced.
    pub stale_since: Option<Stamp>,
}

/// What each of these copies lacks, in their order.
pub fn staleness(conn: &mut Conn, placements: &[Placement]) -> Result<Vec<Staleness>> {
    let articles: Vec<ArticleId> = placements.iter().map(|placement| placement.article).collect();
    let newest: HashMap<ArticleId, i32> = versions::newest(conn, &articles)?.into_iter().collect();
    let mut wanted: Vec<i32> = placements.iter().map(|placement| placement.version).collect();
    wanted.extend(newest.values());
    let kept: HashMap<(ArticleId, i32), Kept> = versions::kept(conn, &articles, &wanted)?;
    let retracted: HashMap<ArticleId, Stamp> = versions::retracted(conn, &articles)?.into_iter().collect();
    let nothing = Kept::default();
    let lack = |placement: &Placement| {
        let newest = newest.get(&placement.article).copied().unwrap_or(placement.version);
        let said = |version| kept.get(&(placement.article, version)).unwrap_or(&nothing);
        let lacks = lacks(said(placement.version), said(newest), retracted.get(&placement.article));
        let stale_since = lacks.stale_since.filter(|_| placement.replaced_at.is_none());
        Staleness { versions_behind: (newest - placement.version).max(0), stale_since, ..lacks }
    };
    Ok(placements.iter().map(lack).collect())
}

fn lacks(shown: &Kept, newest: &Kept, retracted: Option<&Stamp>) -> Staleness {
    let mut lacks = Staleness::default();
    let mut miss = |severity: Severity, at: Stamp| {
        lacks.corrections_missed += 1;
        lacks.severity = if lacks.severity == Some(Severity::Kill) { lacks.severity } else { Some(severity) };
        lacks.stale_since = Some(lacks.stale_since.map_or(at, |since| since.min(at)));
    };
    for correction in &newest.corrections {
        if correction.severity != Severity::Minor && !shown.corrections.contains(correction) {
            miss(correction.severity, correction.at);
        }
    }
    if let Some(at) = retracted {
        miss(Severity::Kill, *at);
    }
    lacks
}
