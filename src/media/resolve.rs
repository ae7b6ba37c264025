//! A body as readers get it: what it names filled in, what is not live taken out.

use super::by_ids;
use crate::articles::known_articles;
use crate::body::{Document, Known};
use crate::db::Conn;
use crate::db::ids::MediaId;
use crate::error::Result;

/// Fills in the stories and assets that a body names: a statement each, where there are any.
pub fn resolve(conn: &mut Conn, body: &Document) -> Result<Document> {
    let mentions = body.mentions();
    let ids: Vec<MediaId> = mentions.media.iter().filter_map(|id| id.parse().ok()).collect();
    let articles = known_articles(conn, &mentions.articles)?;
    let assets = by_ids(conn, &ids)?;
    let media = assets.iter().map(|asset| (asset.id.to_string(), asset.known())).collect();
    Ok(body.resolved(&Known { articles, media }))
}
