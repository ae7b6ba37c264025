//! Bulletins: what happened to stories, as a partner follows it.
//!
//! The log, read forwards from a number, less what is none of this partner's business: stories that were never public
//! are in it for those alone who may read them under an embargo, and a suspended partner learns of corrections and
//! retractions of what it fetched. Each line is told at least once and in order, whoever writes meanwhile, for its
//! numbers have no gap and are committed in order.

pub mod routes;
pub mod views;

use std::collections::{BTreeMap, BTreeSet};

use crate::articles::events::{self, STILL_TOLD};
use crate::articles::{self, Card};
use crate::changes::{self, Entry};
use crate::db::Snapshot;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::publication::Settings;
use crate::rights::PartnerState;

use super::partners::Client;
use super::{Circumstances, Sought, placements, seek};

/// The lines of the log that are told.
const KINDS: [&str; 11] = [
    "article.published",
    "article.updated",
    "article.corrected",
    "article.unpublished",
    "article.expired",
    "article.retracted",
    "article.restored",
    "article.withheld",
    "article.released",
    "article.rights_changed",
    "article.embargoed",
];
/// How many lines are looked at together.
const AT_ONCE: i64 = 200;
/// How long the log tells a partner what happened, in seconds.
const KEPT: i64 = 90 * 24 * 3600;

/// One line as a partner reads it.
#[derive(Clone, Debug)]
pub struct Bulletin {
    /// The number of the log.
    pub seq: i64,
    /// What happened.
    pub kind: &'static str,
    /// How much it matters to those who run a copy.
    pub severity: Option<String>,
    /// The story.
    pub article: ArticleId,
    /// The version that it made.
    pub version: Option<i32>,
    /// When.
    pub at: Stamp,
    /// The story's address, while it is live.
    pub url: Option<String>,
}

/// Some bulletins, and the number up to which the log was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The bulletins, the oldest first.
    pub bulletins: Vec<Bulletin>,
    /// Where to go on.
    pub upto: i64,
    /// Whether there is more.
    pub more: bool,
}

/// Where the log begins for a partner.
pub fn beginning(snapshot: &mut Snapshot) -> Result<i64> {
    let since = snapshot.now().plus_seconds(-KEPT);
    changes::last_before(snapshot, since)
}

/// What happened after a number of the log, at most so many bulletins.
pub fn read(
    snapshot: &mut Snapshot,
    client: &Client,
    settings: &Settings,
    after: i64,
    limit: usize,
) -> Result<Read> {
    let mut read = Read { upto: after, ..Read::default() };
    loop {
        let entries = changes::of_kinds(snapshot, &KINDS, read.upto, AT_ONCE)?;
        let is_last = (entries.len() as i64) < AT_ONCE;
        let told = told(snapshot, client, settings, &entries)?;
        for entry in &entries {
            if read.bulletins.len() == limit {
                read.more = true;
                return Ok(read);
            }
            read.upto = entry.seq;
            read.bulletins.extend(told.get(&entry.seq).cloned());
        }
        if is_last {
            read.upto = read.upto.max(snapshot.seq());
            return Ok(read);
        }
    }
}

/// Of these lines those that the partner may know of, as they are told.
fn told(
    snapshot: &mut Snapshot,
    client: &Client,
    settings: &Settings,
    entries: &[Entry],
) -> Result<BTreeMap<i64, Bulletin>> {
    let ids: BTreeSet<ArticleId> = entries.iter().filter_map(|entry| entry.entity_id.parse().ok()).collect();
    let ids: Vec<ArticleId> = ids.into_iter().collect();
    let public: BTreeSet<ArticleId> = articles::ever_public(snapshot, &ids)?.into_iter().collect();
    let live: BTreeMap<ArticleId, Card> =
        articles::cards(snapshot, &ids)?.into_iter().map(|card| (card.id, card)).collect();
    let mut known = public.clone();
    for id in ids.iter().filter(|id| !public.contains(id)) {
        if reads_before_its_end(snapshot, client, settings, *id)? {
            known.insert(*id);
        }
    }
    if client.partner.state != PartnerState::Active {
        let known_ids: Vec<ArticleId> = known.into_iter().collect();
        known = placements::fetched_by(snapshot, client.partner.id, &known_ids)?.into_iter().collect();
    }
    let mut told = BTreeMap::new();
    for entry in entries {
        let (Ok(article), Some(kind)) =
            (entry.entity_id.parse::<ArticleId>(), KINDS.iter().find(|own| **own == entry.kind))
        else {
            continue;
        };
        let event = events::event(kind);
        let is_cut = client.partner.state != PartnerState::Active && !STILL_TOLD.contains(&event);
        if is_cut || !known.contains(&article) {
            continue;
        }
        // Of what was under an embargo and is public now, the embargo is nobody's business.
        if event == "article.embargoed" && public.contains(&article) {
            continue;
        }
        told.insert(
            entry.seq,
            bulletin(entry, article, event.trim_start_matches("article."), live.get(&article)),
        );
    }
    Ok(told)
}

fn bulletin(entry: &Entry, article: ArticleId, kind: &'static str, live: Option<&Card>) -> Bulletin {
    let severity = match kind {
        "retracted" => Some("kill".to_owned()),
        _ => entry.detail["severity"].as_str().map(str::to_owned),
    };
    Bulletin {
        seq: entry.seq,
        kind,
        severity,
        article,
        version: entry.version,
        at: entry.at,
        url: live.map(|card| card.url.clone()),
    }
}

fn reads_before_its_end(
    snapshot: &mut Snapshot,
    client: &Client,
    settings: &Settings,
    id: ArticleId,
) -> Result<bool> {
    if !client.partner.agreement.embargo_access {
        return Ok(false);
    }
    let now = snapshot.now();
    let circumstances = Circumstances::on_the_web(Some(client.clone()), now);
    Ok(matches!(seek(snapshot, id.as_str(), settings, &circumstances), Ok(Sought::Found(..))))
}
