//! Rows of `views` and `popular`.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::{Ranked, Window};
use crate::both;
use crate::db::Conn;
use crate::db::ids::{ArticleId, SectionId};
use crate::db::schema::{live_article_sections, live_articles, popular, slugs, views};
use crate::db::types::Stamp;
use crate::error::Result;

/// How many names one statement asks for.
const AT_ONCE: usize = 1000;

/// The live stories among these ids and slugs, old slugs included.
pub fn live_ids(conn: &mut Conn, names: &[String]) -> Result<HashMap<String, ArticleId>> {
    let mut live = HashMap::new();
    for names in names.chunks(AT_ONCE) {
        let mut named: Vec<(String, ArticleId)> = slugs::table
            .filter(slugs::kind.eq("article"))
            .filter(slugs::slug.eq_any(names))
            .select((slugs::slug, slugs::entity_id))
            .load(conn)?;
        named.extend(names.iter().filter_map(|name| Some((name.clone(), name.parse().ok()?))));
        let ids: Vec<ArticleId> = named.iter().map(|(_, id)| *id).collect();
        let rows = live_articles::table.filter(live_articles::id.eq_any(&ids)).select(live_articles::id);
        let found: HashSet<ArticleId> = rows.load(conn)?.into_iter().collect();
        live.extend(named.into_iter().filter(|(_, id)| found.contains(id)));
    }
    Ok(live)
}

/// Adds counted views, in the order of the key, so that two nodes never wait for each other.
pub fn add(conn: &mut Conn, counts: &BTreeMap<(Stamp, ArticleId), i64>) -> Result<()> {
    for ((hour, article), count) in counts {
        add_row(conn, *hour, *article, false, *count)?;
    }
    Ok(())
}

/// Adds imported views.
pub fn add_imported(conn: &mut Conn, article: ArticleId, hour: Stamp, count: i64) -> Result<()> {
    add_row(conn, hour, article, true, count)
}

fn add_row(conn: &mut Conn, hour: Stamp, article: ArticleId, imported: bool, count: i64) -> Result<()> {
    let row = (
        views::hour.eq(hour),
        views::article_id.eq(article),
        views::imported.eq(imported),
        views::count.eq(count),
    );
    both!(conn, c => diesel::insert_into(views::table)
        .values(row)
        .on_conflict((views::hour, views::article_id, views::imported))
        .do_update()
        .set(views::count.eq(views::count + excluded(views::count)))
        .execute(c))?;
    Ok(())
}

/// Takes away the imported views of a story.
pub fn forget_imported(conn: &mut Conn, article: ArticleId) -> Result<()> {
    let imported = views::table.filter(views::article_id.eq(article)).filter(views::imported.eq(true));
    diesel::delete(imported).execute(conn)?;
    Ok(())
}

/// The views of a live story within an hour, counted and imported together.
pub struct HourOfViews {
    /// The hour.
    pub hour: Stamp,
    /// The story.
    pub article: ArticleId,
    /// How many.
    pub count: i64,
    /// The date of the story that readers see.
    pub published_at: Stamp,
}

/// The views of live stories in the hours that begin after one instant and not after another, by hour.
pub fn views_between(conn: &mut Conn, after: Stamp, until: Stamp) -> Result<Vec<HourOfViews>> {
    let rows = views::table
        .inner_join(live_articles::table.on(live_articles::id.eq(views::article_id)))
        .filter(views::hour.gt(after))
        .filter(views::hour.le(until))
        .filter(views::count.gt(0))
        .order((views::hour, views::article_id))
        .select((views::hour, views::article_id, views::count, live_articles::published_at))
        .load::<(Stamp, ArticleId, i64, Stamp)>(conn)?;
    let mut hours: Vec<HourOfViews> = Vec::with_capacity(rows.len());
    for (hour, article, count, published_at) in rows {
        match hours.last_mut() {
            Some(last) if last.hour == hour && last.article == article => last.count += count,
            Some(_) | None => hours.push(HourOfViews { hour, article, count, published_at }),
        }
    }
    Ok(hours)
}

/// The ranking of a window as it stands, whatever has gone off since.
pub fn order(conn: &mut Conn, window: Window) -> Result<Vec<ArticleId>> {
    let rows = popular::table.filter(popular::span.eq(window.as_str())).order(popular::rank);
    Ok(rows.select(popular::article_id).load(conn)?)
}

/// Writes a ranking down in place of the one before.
pub fn put_ranking(conn: &mut Conn, window: Window, ranking: &[Ranked]) -> Result<()> {
    diesel::delete(popular::table.filter(popular::span.eq(window.as_str()))).execute(conn)?;
    let rows: Vec<_> = (1..)
        .zip(ranking)
        .map(|(rank, story)| {
            (
                popular::span.eq(window.as_str()),
                popular::rank.eq(rank),
                popular::article_id.eq(story.article),
                popular::score.eq(story.score),
            )
        })
        .collect();
    both!(conn, c => diesel::insert_into(popular::table).values(&rows).execute(c))?;
    Ok(())
}

/// The first of a ranking that are live, and in a section where one is named, each with its rank.
pub fn most_popular(
    conn: &mut Conn,
    window: Window,
    section: Option<SectionId>,
    limit: i64,
) -> Result<Vec<(i32, ArticleId)>> {
    let live = live_articles::table.on(live_articles::id.eq(popular::article_id));
    let mut query = popular::table
        .inner_join(live)
        .filter(popular::span.eq(window.as_str()))
        .order(popular::rank)
        .limit(limit)
        .select((popular::rank, popular::article_id))
        .into_boxed();
    if let Some(section) = section {
        let within = live_article_sections::table
            .filter(live_article_sections::section_id.eq(section))
            .filter(live_article_sections::article_id.eq(popular::article_id));
        query = query.filter(diesel::dsl::exists(within));
    }
    Ok(query.load(conn)?)
}

/// Whether a story that would stand among these first ones, or behind them within the limit, has gone
/// off since it was ranked.
pub fn is_outdated(conn: &mut Conn, window: Window, first: &[(i32, ArticleId)], limit: u32) -> Result<bool> {
    let last = first.last().map_or(0, |(rank, _)| *rank);
    if usize::try_from(last).is_ok_and(|last| last > first.len()) {
        return Ok(true);
    }
    if first.len() >= limit as usize {
        return Ok(false);
    }
    let behind = popular::table.filter(popular::span.eq(window.as_str())).filter(popular::rank.gt(last));
    Ok(diesel::select(diesel::dsl::exists(behind)).get_result(conn)?)
}
