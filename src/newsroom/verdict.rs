//! The verdict that a story gets as it goes live: what `republishable` says to nobody in particular.

use std::collections::HashMap;

use super::{Work, revision, uses};
use crate::articles;
use crate::articles::story::Story;
use crate::body::{Known, KnownAsset};
use crate::db::ids::MediaId;
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::Result;
use crate::media::{self, Asset};
use crate::publication::{self, Asked, Origin, Settings, judge};
use crate::rights::Verdict;

/// What anybody who is no partner may do with a story, were it live now.
pub fn for_anyone(
    conn: &mut Conn,
    work: &Work,
    story: &Story,
    origin: &Origin,
    settings: &Settings,
    now: Stamp,
) -> Result<Verdict> {
    let ids: Vec<MediaId> = uses::media(story).into_iter().collect();
    let assets = media::by_ids(conn, &ids)?;
    let leases: Vec<Vec<_>> = assets.iter().map(Asset::leases_for_rights).collect();
    let media: Vec<_> = assets.iter().zip(&leases).map(|(asset, leases)| asset.for_rights(leases)).collect();
    let asked = Asked::by_anyone(&story.rights, work.withheld, origin, now);
    Ok(judge(Asked { media: &media, ..asked }, settings))
}

/// Judges a live story anew after time or the newsroom changed what may be done with it; says whether lists
/// have it elsewhere now.
pub fn judge_anew(tx: &mut Tx, work: &Work) -> Result<bool> {
    let Some(live) = work.live_revision else { return Ok(false) };
    let story = if live == work.revision { work.story.clone() } else { revision(tx, work.id, live)? };
    let Some(origin) = story.origin else { return Ok(false) };
    let origin = publication::find_origin(tx, origin.as_str())?;
    let settings = publication::settings(tx)?;
    let now = tx.now();
    let verdict = for_anyone(tx, work, &story, &origin, &settings, now)?;
    articles::put_offer(tx, work.id, publication::offer(&verdict))
}

/// The assets that a story's body names, by id, as its renderer takes them.
pub fn known_media(conn: &mut Conn, story: &Story) -> Result<Known> {
    let ids: Vec<MediaId> = uses::media(story).into_iter().collect();
    let assets = media::by_ids(conn, &ids)?;
    let media: HashMap<String, KnownAsset> =
        assets.into_iter().map(|asset| (asset.id.to_string(), asset.known())).collect();
    Ok(Known { media, ..Known::default() })
}
