//! The bodies of stories as readers get them: what they name filled in, what is not live taken out.

use std::collections::HashMap;

use super::by_ids;
use crate::articles::{self, Card};
use crate::body::{Document, Known};
use crate::db::Snapshot;
use crate::db::ids::{ArticleId, MediaId};
use crate::error::Result;

/// Reads and resolves the bodies of stories: a statement for all of them, one for the stories that they
/// name and one for the assets, where they name any.
pub fn bodies(snapshot: &mut Snapshot, cards: &[Card]) -> Result<HashMap<ArticleId, Document>> {
    let ids: Vec<ArticleId> = cards.iter().map(|card| card.id).collect();
    let bodies = articles::bodies(snapshot, &ids)?;
    let known = known(snapshot, &bodies)?;
    Ok(bodies.into_iter().map(|(id, body)| (id, body.resolved(&known))).collect())
}

/// The body of one story.
pub fn body(snapshot: &mut Snapshot, card: &Card) -> Result<Document> {
    Ok(bodies(snapshot, std::slice::from_ref(card))?.remove(&card.id).unwrap_or_default())
}

/// Resolves the body of a story that is not live as if it were.
pub fn body_of(snapshot: &mut Snapshot, id: ArticleId, body: Document) -> Result<Document> {
    let mut bodies = vec![(id, body)];
    let known = known(snapshot, &bodies)?;
    Ok(bodies.pop().map(|(_, body)| body.resolved(&known)).unwrap_or_default())
}

/// Resolves any bodies, each under a key of the caller's.
pub fn resolved<K>(snapshot: &mut Snapshot, bodies: Vec<(K, Document)>) -> Result<Vec<(K, Document)>> {
    let known = known(snapshot, &bodies)?;
    Ok(bodies.into_iter().map(|(key, body)| (key, body.resolved(&known))).collect())
}

fn known<K>(snapshot: &mut Snapshot, bodies: &[(K, Document)]) -> Result<Known> {
    let mut names = Vec::new();
    let mut media: Vec<MediaId> = Vec::new();
    for (_, body) in bodies {
        let mentions = body.mentions();
        names.extend(mentions.articles);
        media.extend(mentions.media.iter().filter_map(|id| id.parse::<MediaId>().ok()));
    }
    let articles = articles::known_articles(snapshot, &names)?;
    for article in articles.values() {
        snapshot.depends_on("article", &article.id);
    }
    // A story that is not live may become so, and is not named before: not even to a cache.
    if names.iter().any(|name| !articles.contains_key(name)) {
        snapshot.depends_on("list", "articles");
    }
    let assets = if media.is_empty() { Vec::new() } else { by_ids(snapshot, &media)? };
    for asset in &assets {
        snapshot.depends_on("media", asset.id);
    }
    let media = assets.iter().map(|asset| (asset.id.to_string(), asset.known())).collect();
    Ok(Known { articles, media })
}
