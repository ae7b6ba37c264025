//! Placements: where partners' copies of a story run, and which version they show.
//!
//! A placement is made by the fetch of a package, by a hit of its pixel or by a partner's own word, one for
//! each version in each channel. Whether a copy is stale is asked of the story's versions when it is looked
//! at, so that it is stale from the instant of a correction on, and no job can be late.

pub mod routes;
pub mod views;

mod staleness;
mod store;

use serde_json::json;

use crate::articles::story::Severity;
use crate::db::ids::{ArticleId, PartnerId, PlacementId};
use crate::db::types::Stamp;
use crate::db::{Actor, Audience, Change, Conn, Db, Tx};
use crate::error::Result;
use crate::readers::Class;
use crate::rights::Channel;

use super::pixel::Hits;
use super::uses::{self, Use};

/// How many placements are looked at together for stale ones.
const AT_ONCE: i64 = 200;

pub use staleness::{Staleness, staleness};

/// A copy of a story at a partner.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Its id; later ones sort after earlier ones.
    pub id: PlacementId,
    /// The story.
    pub article: ArticleId,
    /// The version that the copy shows.
    pub version: i32,
    /// The partner.
    pub partner: PartnerId,
    /// Where it runs.
    pub channel: Channel,
    /// When the partner first fetched it; none where it is known by its pixel alone.
    pub first_fetched_at: Option<Stamp>,
    /// When the partner last fetched it.
    pub last_fetched_at: Option<Stamp>,
    /// When its pixel was last hit.
    pub last_seen: Option<Stamp>,
    /// The host of the page that showed it last.
    pub host: Option<String>,
    /// The address of the page, where it is known.
    pub url: Option<String>,
    /// Since when a later version is seen in its place.
    pub replaced_at: Option<Stamp>,
    /// The hits of its pixel, in the order of the classes.
    pub hits: [i64; Class::ALL.len()],
}

/// Which placements; all that is said must hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Those of a story.
    pub article: Option<ArticleId>,
    /// Those of a partner.
    pub partner: Option<PartnerId>,
    /// Those that may be stale: not replaced, and of a story that was corrected or retracted.
    pub suspect: bool,
}

/// Placements below an id, the newest first.
pub fn browse(
    conn: &mut Conn,
    filter: &Filter,
    below: Option<PlacementId>,
    limit: i64,
) -> Result<Vec<Placement>> {
    store::page(conn, filter, below, limit)
}

/// The stale placements below an id, the newest first, each with what it lacks; of one severity where it is
/// named.
pub fn stale(
    conn: &mut Conn,
    severity: Option<Severity>,
    below: Option<PlacementId>,
    limit: i64,
) -> Result<Vec<(Placement, Staleness)>> {
    let filter = Filter { suspect: true, ..Filter::default() };
    let (mut stale, mut below) = (Vec::new(), below);
    loop {
        let batch = store::page(conn, &filter, below, AT_ONCE)?;
        let is_last = (batch.len() as i64) < AT_ONCE;
        below = batch.last().map(|placement| placement.id);
        let found = staleness(conn, &batch)?;
        let told = batch.into_iter().zip(found).filter(|(_, staleness)| {
            staleness.stale_since.is_some()
                && severity.is_none_or(|wanted| staleness.severity == Some(wanted))
        });
        stale.extend(told);
        if is_last || stale.len() as i64 >= limit {
            stale.truncate(usize::try_from(limit).unwrap_or_default());
            return Ok(stale);
        }
    }
}

/// Slug and headline of those of these stories that are live.
pub fn live_names(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, String, String)>> {
    store::live_names(conn, ids)
}

/// Writes down that a partner fetched a package: its placement, and a line of the ledger. Unlogged; also for
/// what the partner had already.
pub fn fetched(tx: &mut Tx, used: &Use) -> Result<()> {
    store::fetched(tx, used)?;
    uses::note_package(tx, used).map(|_| ())
}

/// What hits tell of a copy.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The hits, over all hosts.
    pub hits: Hits,
    /// The host that was named last, and when.
    pub host: Option<(Stamp, String)>,
}

/// Writes down that a copy was seen. It shows this version, so one that showed an earlier is replaced; and
/// one that was replaced and is seen again is there again.
pub fn seen(
    tx: &mut Tx,
    article: ArticleId,
    version: i32,
    partner: PartnerId,
    channel: Channel,
    seen: &Seen,
) -> Result<()> {
    store::seen(tx, article, version, partner, channel, seen)
}

/// Tells of the copies that were seen after their story was retracted: once a day each.
pub fn tell_alive(db: &Db) -> Result<()> {
    if db.read_now(|snapshot| store::alive(snapshot))?.is_empty() {
        return Ok(());
    }
    let told = db.write_now(Actor::system(), |tx| {
        for copy in store::alive(tx)? {
            store::tell(tx, &copy)?;
            let change = Change::new(Audience::Partner, "placement.live_after_kill", "placement", copy.id);
            tx.record(change.version(copy.version).detail(json!({
                "partner": copy.partner,
                "placement": copy.id,
                "article": copy.article,
                "channel": copy.channel,
                "host": copy.host,
                "last_seen": copy.last_seen,
            })));
        }
        Ok(())
    });
    told.map(|_| ())
}

/// Which of these stories a partner ever fetched.
pub fn fetched_by(conn: &mut Conn, partner: PartnerId, articles: &[ArticleId]) -> Result<Vec<ArticleId>> {
    if articles.is_empty() { Ok(Vec::new()) } else { store::fetched_by(conn, partner, articles) }
}

/// The partners who ever fetched a story, each with the addresses at which its copies are known to run.
pub fn fetchers(conn: &mut Conn, article: ArticleId) -> Result<Vec<(PartnerId, Vec<String>)>> {
    let mut fetchers: Vec<(PartnerId, Vec<String>)> = Vec::new();
    for (partner, url) in store::fetchers(conn, article)? {
        match fetchers.last_mut().filter(|(last, _)| *last == partner) {
            Some((_, urls)) => urls.extend(url),
            None => fetchers.push((partner, url.into_iter().collect())),
        }
    }
    Ok(fetchers)
}
