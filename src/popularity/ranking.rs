//! Rankings: exponentially decayed views of a window, in the order that readers see.
//!
//! A story's score is the sum of its hourly views, each halved for every quarter of the window that
//! has passed since the middle of its hour. Equal scores go by the newest `published_at`, then by id.
//! A ranking is written down only where its order is another than before.

use std::collections::HashMap;

use serde_json::json;

use super::{Window, store};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Actor, Audience, Change, Conn, Db, Tx};
use crate::error::Result;

/// The most stories that a ranking holds.
pub const MOST_RANKED: usize = 1000;
/// How many of the first places an answer without a section can show.
const SHOWN: usize = 50;
const HOUR: i64 = 3600;
const MICROS: f64 = 1_000_000.0;

/// A live story with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The story.
    pub article: ArticleId,
    /// Its decayed views.
    pub score: f64,
    /// The date that readers see.
    pub published_at: Stamp,
}

/// The live stories with views in the window, in order; at most [`MOST_RANKED`].
pub fn standing(conn: &mut Conn, window: Window, now: Stamp) -> Result<Vec<Ranked>> {
    let since = now.plus_seconds(-window.seconds() - HOUR);
    let mut stories: HashMap<ArticleId, Ranked> = HashMap::new();
    // By hour, so that equal views give equal sums to the last bit.
    for views in store::views_between(conn, since, now)? {
        let counted = views.count as f64 * weight(window, views.hour, now);
        stories
            .entry(views.article)
            .or_insert(Ranked { article: views.article, score: 0.0, published_at: views.published_at })
            .score += counted;
    }
    let mut ranking: Vec<Ranked> = stories.into_values().collect();
    ranking.sort_unstable_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| b.published_at.cmp(&a.published_at))
            .then_with(|| a.article.cmp(&b.article))
    });
    ranking.truncate(MOST_RANKED);
    Ok(ranking)
}

/// What a view of an hour counts: 1 now, half after a quarter of the window. Nobody knows when in the
/// hour it was, so it is taken to have been in the middle of what has passed of it.
fn weight(window: Window, hour: Stamp, now: Stamp) -> f64 {
    let end = hour.plus_seconds(HOUR).min(now);
    let middle = (hour.0 as f64 + end.0 as f64) / 2.0;
    let half_life = window.seconds() as f64 / 4.0;
    let age = (now.0 as f64 - middle) / MICROS;
    (-age / half_life).exp2()
}

/// Ranks windows anew, in the caller's transaction: after an import.
pub fn rank(tx: &mut Tx, windows: &[Window]) -> Result<()> {
    let now = tx.now();
    let mut rankings = Vec::with_capacity(windows.len());
    for window in windows {
        rankings.push((*window, standing(tx, *window, now)?));
    }
    put(tx, &rankings)
}

/// Ranks every window anew: a job of every minute, the first time at the server's start.
///
/// The sums are made in snapshots, so that no writer waits for them.
pub fn rank_all(db: &Db) -> Result<()> {
    let mut rankings = Vec::new();
    for window in Window::ALL {
        let (before, ranking) = db.read_now(|snapshot| {
            let now = snapshot.now();
            Ok((store::order(snapshot, window)?, standing(snapshot, window, now)?))
        })?;
        if !same(&before, &ranking) {
            rankings.push((window, ranking));
        }
    }
    if rankings.is_empty() {
        return Ok(());
    }
    db.write_now(Actor::system(), move |tx| put(tx, &rankings)).map(|_| ())
}

/// Writes down the rankings whose order is another than before, with one change for all of them.
fn put(tx: &mut Tx, rankings: &[(Window, Vec<Ranked>)]) -> Result<()> {
    let mut windows = Vec::new();
    let mut keys = Vec::new();
    for (window, ranking) in rankings {
        let before = store::order(tx, *window)?;
        if same(&before, ranking) {
            continue;
        }
        // What stands further down shows only where a section is asked for.
        keys.push("popular:sections".to_owned());
        if !same(before.get(..SHOWN).unwrap_or(&before), ranking.get(..SHOWN).unwrap_or(ranking)) {
            keys.push("popular".to_owned());
        }
        store::put_ranking(tx, *window, ranking)?;
        windows.push(window.as_str());
    }
    if windows.is_empty() {
        return Ok(());
    }
    tx.touch_live();
    let change = Change::new(Audience::Public, "popular.ranked", "popular", "all");
    tx.record(change.keys(keys).detail(json!({"windows": windows})));
    Ok(())
}

fn same(before: &[ArticleId], ranking: &[Ranked]) -> bool {
    before.len() == ranking.len() && before.iter().zip(ranking).all(|(id, story)| *id == story.article)
}
