//! Rows of `media`.

use diesel::prelude::*;

use super::{Asset, Facts, Lease, Syndication};
use crate::articles::cards::Focal;
use crate::db::ids::MediaId;
use crate::db::schema::media;
use crate::db::types::Json;
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = media, treat_none_as_null = true)]
struct Row {
    id: MediaId,
    key: String,
    url: String,
    mime: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
    alt: Option<String>,
    decorative: bool,
    caption: Option<String>,
    credit: Option<String>,
    focal: Option<Json<Focal>>,
    syndication: String,
    leases: Json<Vec<Lease>>,
    words_key: String,
}

impl From<&Asset> for Row {
    fn from(asset: &Asset) -> Self {
        let Asset { id, key, facts, leases } = asset.clone();
        let words = [Some(&key), facts.alt.as_ref(), facts.caption.as_ref(), facts.credit.as_ref()];
        let words: Vec<String> = words.into_iter().flatten().map(|words| sort_key(words)).collect();
        Row {
            id,
            key,
            url: facts.url,
            mime: facts.mime,
            width: facts.width,
            height: facts.height,
            alt: facts.alt,
            decorative: facts.decorative,
            caption: facts.caption,
            credit: facts.credit,
            focal: facts.focal.map(Json::of),
            syndication: facts.syndication.as_str().to_owned(),
            leases: Json::of(leases),
            words_key: words.join("\n"),
        }
    }
}

impl From<Row> for Asset {
    fn from(row: Row) -> Self {
        let facts = Facts {
            url: row.url,
            mime: row.mime,
            width: row.width,
            height: row.height,
            alt: row.alt,
            decorative: row.decorative,
            caption: row.caption,
            credit: row.credit,
            focal: row.focal.map(|focal| focal.value),
            syndication: Syndication::of(&row.syndication),
        };
        Asset { id: row.id, key: row.key, facts, leases: row.leases.value }
    }
}

fn all(rows: Vec<Row>) -> Vec<Asset> {
    rows.into_iter().map(Asset::from).collect()
}

pub fn insert(conn: &mut Conn, asset: &Asset) -> Result<()> {
    diesel::insert_into(media::table).values(Row::from(asset)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, asset: &Asset) -> Result<()> {
    diesel::update(media::table.find(asset.id)).set(Row::from(asset)).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: MediaId) -> Result<()> {
    diesel::delete(media::table.find(id)).execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: MediaId) -> Result<Option<Asset>> {
    let row = media::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Asset::from))
}

pub fn by_key(conn: &mut Conn, key: &str) -> Result<Option<Asset>> {
    let row = media::table.filter(media::key.eq(key)).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Asset::from))
}

pub fn by_ids(conn: &mut Conn, ids: &[MediaId]) -> Result<Vec<Asset>> {
    let rows = media::table.filter(media::id.among(ids)).select(Row::as_select()).load(conn)?;
    Ok(all(rows))
}

pub fn by_urls(conn: &mut Conn, urls: &[String]) -> Result<Vec<Asset>> {
    let found = media::table.filter(media::url.among(urls));
    Ok(all(found.order(media::id).select(Row::as_select()).load(conn)?))
}

pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Asset>> {
    let mut query = media::table.select(Row::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(media::words_key.like(pattern).escape('\\'));
    }
    // A key is one asset's, so no id has to break ties.
    if let Some(Position { key, .. }) = &browse.after {
        query = query.filter(media::key.gt(key));
    }
    Ok(all(query.order(media::key).limit(browse.limit).load(conn)?))
}
