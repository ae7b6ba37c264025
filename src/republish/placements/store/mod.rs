//! Rows of `placements`.

pub mod versions;

use diesel::prelude::*;
use diesel::upsert::excluded;

use super::{Filter, Placement, Seen};
use crate::both;
use crate::db::ids::{ArticleId, PartnerId, PlacementId};
use crate::db::schema::{gone, live_article_corrections, live_articles, placements};
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::Result;
use crate::readers::Class;
use crate::republish::uses::Use;
use crate::rights::Channel;

/// How long nobody is told again of a copy that outlived its story, in microseconds.
const DAY: i64 = 24 * 3600 * 1_000_000;
/// How many copies are told of at once.
const AT_ONCE: i64 = 500;

/// Notes that a partner fetched a version of a story.
pub fn fetched(tx: &mut Tx, used: &Use) -> Result<()> {
    let now = tx.now();
    let row = (
        placements::id.eq(PlacementId::new()),
        placements::article_id.eq(used.article),
        placements::version.eq(used.version),
        placements::partner_id.eq(used.partner),
        placements::channel.eq(used.channel.as_str()),
        placements::created_at.eq(now),
        placements::first_fetched_at.eq(now),
        placements::last_fetched_at.eq(now),
    );
    let key = (placements::article_id, placements::partner_id, placements::channel, placements::version);
    let fetched = (placements::last_fetched_at.eq(now),);
    both!(&mut **tx, c => diesel::insert_into(placements::table)
        .values(row)
        .on_conflict(key)
        .do_update()
        .set(fetched)
        .execute(c))?;
    Ok(())
}

/// Adds hits to a placement, and ends those of earlier versions that were not seen since.
pub fn seen(
    tx: &mut Tx,
    article: ArticleId,
    version: i32,
    partner: PartnerId,
    channel: Channel,
    seen: &Seen,
) -> Result<()> {
    let (hits, at) = (&seen.hits, seen.hits.last);
    let host = seen.host.as_ref().map(|(_, host)| host.as_str());
    let row = (
        placements::id.eq(PlacementId::new()),
        placements::article_id.eq(article),
        placements::version.eq(version),
        placements::partner_id.eq(partner),
        placements::channel.eq(channel.as_str()),
        placements::created_at.eq(tx.now()),
        placements::last_seen.eq(at),
        placements::host.eq(host),
        placements::counted.eq(hits.of(Class::Counted)),
        placements::repeat.eq(hits.of(Class::Repeat)),
        placements::bot.eq(hits.of(Class::Bot)),
        placements::prefetch.eq(hits.of(Class::Prefetch)),
        placements::undeduped.eq(hits.of(Class::Undeduped)),
    );
    let key = (placements::article_id, placements::partner_id, placements::channel, placements::version);
    let added = (
        placements::last_seen.eq(excluded(placements::last_seen)),
        placements::replaced_at.eq(None::<Stamp>),
        placements::counted.eq(placements::counted + excluded(placements::counted)),
        placements::repeat.eq(placements::repeat + excluded(placements::repeat)),
        placements::bot.eq(placements::bot + excluded(placements::bot)),
        placements::prefetch.eq(placements::prefetch + excluded(placements::prefetch)),
        placements::undeduped.eq(placements::undeduped + excluded(placements::undeduped)),
        host.map(|host| placements::host.eq(host)),
    );
    both!(&mut **tx, c => diesel::insert_into(placements::table)
        .values(row)
        .on_conflict(key)
        .do_update()
        .set(added)
        .execute(c))?;
    let earlier = placements::table
        .filter(placements::article_id.eq(article))
        .filter(placements::partner_id.eq(partner))
        .filter(placements::channel.eq(channel.as_str()))
        .filter(placements::version.lt(version))
        .filter(placements::replaced_at.is_null())
        .filter(placements::last_seen.is_null().or(placements::last_seen.lt(at)));
    diesel::update(earlier).set(placements::replaced_at.eq(at)).execute(&mut **tx)?;
    Ok(())
}

/// A copy that outlived its story.
#[derive(Clone, Debug, Queryable)]
pub struct Alive {
    pub id: PlacementId,
    pub article: ArticleId,
    pub version: i32,
    pub partner: PartnerId,
    pub channel: String,
    pub host: Option<String>,
    pub last_seen: Option<Stamp>,
}

/// The copies that were seen after their story was retracted, and that nobody was told of within a day of it.
pub fn alive(conn: &mut Conn) -> Result<Vec<Alive>> {
    let never = placements::alive_told_at.is_null();
    let again = placements::last_seen.ge(placements::alive_told_at + DAY);
    let rows = placements::table
        .inner_join(gone::table.on(gone::article_id.eq(placements::article_id)))
        .filter(placements::last_seen.ge(gone::at.nullable()))
        .filter(never.or(again.assume_not_null()))
        .order(placements::id)
        .limit(AT_ONCE)
        .select((
            placements::id,
            placements::article_id,
            placements::version,
            placements::partner_id,
            placements::channel,
            placements::host,
            placements::last_seen,
        ));
    Ok(rows.load(conn)?)
}

/// Notes that a copy which outlived its story was told of.
pub fn tell(conn: &mut Conn, copy: &Alive) -> Result<()> {
    let told = placements::alive_told_at.eq(copy.last_seen);
    diesel::update(placements::table.find(copy.id)).set(told).execute(conn)?;
    Ok(())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = placements)]
struct Row {
    id: PlacementId,
    article_id: ArticleId,
    version: i32,
    partner_id: PartnerId,
    channel: String,
    first_fetched_at: Option<Stamp>,
    last_fetched_at: Option<Stamp>,
    last_seen: Option<Stamp>,
    host: Option<String>,
    url: Option<String>,
    replaced_at: Option<Stamp>,
    counted: i64,
    repeat: i64,
    bot: i64,
    prefetch: i64,
    undeduped: i64,
}

impl From<Row> for Placement {
    fn from(row: Row) -> Self {
        Placement {
            id: row.id,
            article: row.article_id,
            version: row.version,
            partner: row.partner_id,
            channel: Channel::parse(&row.channel).unwrap_or_default(),
            first_fetched_at: row.first_fetched_at,
            last_fetched_at: row.last_fetched_at,
            last_seen: row.last_seen,
            host: row.host,
            url: row.url,
            replaced_at: row.replaced_at,
            hits: [row.counted, row.repeat, row.bot, row.prefetch, row.undeduped],
        }
    }
}

/// Placements below an id, the newest first.
pub fn page(
    conn: &mut Conn,
    filter: &Filter,
    below: Option<PlacementId>,
    limit: i64,
) -> Result<Vec<Placement>> {
    let mut query = placements::table.select(Row::as_select()).into_boxed();
    if let Some(article) = filter.article {
        query = query.filter(placements::article_id.eq(article));
    }
    if let Some(partner) = filter.partner {
        query = query.filter(placements::partner_id.eq(partner));
    }
    if filter.suspect {
        let retracted = gone::table.select(gone::article_id);
        let corrected = live_article_corrections::table.select(live_article_corrections::article_id);
        let suspect = placements::article_id.eq_any(retracted).or(placements::article_id.eq_any(corrected));
        query = query.filter(placements::replaced_at.is_null()).filter(suspect);
    }
    if let Some(below) = below {
        query = query.filter(placements::id.lt(below));
    }
    let rows: Vec<Row> = query.order(placements::id.desc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Placement::from).collect())
}

/// Slug and headline of those of these stories that are live.
pub fn live_names(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, String, String)>> {
    let named =
        live_articles::table.select((live_articles::id, live_articles::slug, live_articles::headline));
    Ok(named.filter(live_articles::id.eq_any(ids)).load(conn)?)
}

/// The partners who fetched a story, with the address of each copy, where it is known.
pub fn fetchers(conn: &mut Conn, article: ArticleId) -> Result<Vec<(PartnerId, Option<String>)>> {
    Ok(placements::table
        .filter(placements::article_id.eq(article))
        .filter(placements::first_fetched_at.is_not_null())
        .order((placements::partner_id, placements::id))
        .select((placements::partner_id, placements::url))
        .load(conn)?)
}

/// Which of these stories a partner fetched.
pub fn fetched_by(conn: &mut Conn, partner: PartnerId, articles: &[ArticleId]) -> Result<Vec<ArticleId>> {
    let fetched = placements::table
        .filter(placements::partner_id.eq(partner))
        .filter(placements::article_id.eq_any(articles))
        .filter(placements::first_fetched_at.is_not_null())
        .select(placements::article_id);
    Ok(fetched.distinct().load(conn)?)
}
