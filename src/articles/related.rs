//! Stories to read next.
//!
//! First those that the body's `related` blocks name, then those that share tags, the primary tag
//! counting two, or where none does those of the same section; by score, then the newest. Of a tag the
//! newest stories are looked at, so that it costs the same however large the tag is.

use std::collections::HashMap;

use super::store::related as store;
use super::{Card, cards};
use crate::body::{Content, Document};
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::Result;

/// How many stories of each tag are looked at, for one story and for each of several.
const LOOKED_AT: (i64, i64) = (200, 20);

/// The stories to read after one, whose body is resolved.
pub fn related(conn: &mut Conn, card: &Card, body: &Document, limit: usize) -> Result<Vec<Card>> {
    let mut related = related_of(conn, &[(card, body)], limit)?;
    Ok(related.remove(&card.id).unwrap_or_default())
}

/// The stories to read after each of several, whose bodies are resolved: a statement to find them all,
/// one to read them. Never a story itself or its translations.
pub fn related_of(
    conn: &mut Conn,
    stories: &[(&Card, &Document)],
    limit: usize,
) -> Result<HashMap<ArticleId, Vec<Card>>> {
    let passed_over = stories.iter().map(|(card, body)| named(body).count() + card.facts.translations.len());
    let most = limit + passed_over.max().unwrap_or_default();
    let ids: Vec<ArticleId> = stories.iter().map(|(card, _)| card.id).collect();
    let depth = if ids.len() > 1 { LOOKED_AT.1 } else { LOOKED_AT.0 };
    let alike = store::alike(conn, &ids, depth, i64::try_from(most).unwrap_or(i64::MAX))?;
    let chosen: Vec<(ArticleId, Vec<ArticleId>)> =
        stories.iter().map(|(card, body)| (card.id, chosen(card, body, &alike, limit))).collect();
    let mut all: Vec<ArticleId> = chosen.iter().flat_map(|(_, ids)| ids).copied().collect();
    all.sort();
    all.dedup();
    let all: HashMap<ArticleId, Card> = cards(conn, &all)?.into_iter().map(|card| (card.id, card)).collect();
    let read = |ids: Vec<ArticleId>| ids.iter().filter_map(|id| all.get(id)).cloned().collect();
    Ok(chosen.into_iter().map(|(id, ids)| (id, read(ids))).collect())
}

/// The stories that a resolved body names in its `related` blocks.
fn named(body: &Document) -> impl Iterator<Item = ArticleId> {
    let blocks = body.blocks.iter().filter_map(|block| match &block.content {
        Content::Related(related) => Some(related),
        Content::Text(_) | Content::Image(_) | Content::Gallery(_) | Content::Embed(_) => None,
        Content::Quote(_) | Content::Table(_) | Content::Code(_) | Content::Divider => None,
        Content::Promo(_) => None,
    });
    blocks.flat_map(|related| &related.items).filter_map(|item| item.id.parse().ok())
}

fn chosen(card: &Card, body: &Document, alike: &[store::Alike], limit: usize) -> Vec<ArticleId> {
    let own: Vec<&store::Alike> = alike.iter().filter(|alike| alike.story == card.id).collect();
    let shares_tags = own.iter().any(|alike| alike.score > 0);
    let others = own.into_iter().filter(|alike| !shares_tags || alike.score > 0).map(|alike| alike.other);
    let is_translation = |id: &ArticleId| card.facts.translations.iter().any(|other| other.id == *id);
    let mut chosen: Vec<ArticleId> = Vec::new();
    for id in named(body).chain(others) {
        if chosen.len() < limit && id != card.id && !is_translation(&id) && !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    chosen
}
