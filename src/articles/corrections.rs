//! What was corrected and what was taken back, over all stories: the newest first.

use serde::Serialize;
use utoipa::ToSchema;

use super::store::corrections as store;
use super::story::{CorrectionKind, Severity};
use super::{Card, cards};
use crate::addresses::{self, Gone};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Browse, Position, Snapshot};
use crate::error::{Error, Result};

/// A correction, or a retraction, with the story that it is about.
#[derive(Serialize, ToSchema)]
pub struct CorrectionEntry {
    /// The story.
    pub article: CorrectedArticle,
    /// When it was made.
    pub at: Stamp,
    /// What kind it is; `retraction` also where the story was taken back.
    pub kind: CorrectionKind,
    /// How much it matters to those who run a copy.
    pub severity: Severity,
    /// What it says; of a story that was taken back the public reason, null where there is none.
    #[schema(example = "An earlier version gave the wrong year for the lighthouse's opening.")]
    pub text: Option<String>,
}

/// The story that a correction is about.
#[derive(Serialize, ToSchema)]
pub struct CorrectedArticle {
    /// The key.
    pub id: ArticleId,
    /// The slug; null of a story that was taken back for legal reasons.
    #[schema(example = "last-night-at-the-lighthouse")]
    pub slug: Option<String>,
    /// The headline; null of a story that was taken back for legal reasons.
    #[schema(example = "Last night at the lighthouse")]
    pub headline: Option<String>,
    /// The address; null of a story that was taken back.
    #[schema(example = "https://courier.example/last-night-at-the-lighthouse")]
    pub url: Option<String>,
}

/// A page of corrections, each with where it stands. The answer depends on all of them.
pub fn browse(snapshot: &mut Snapshot, browse: &Browse) -> Result<Vec<(Position, CorrectionEntry)>> {
    snapshot.depends_on_all("corrections");
    let after = browse.after.as_ref().map(after).transpose()?;
    let rows = store::newest(snapshot, after.as_ref(), browse.limit)?;
    let live: Vec<ArticleId> = rows.iter().filter(|row| row.place.is_some()).map(|row| row.article).collect();
    let cards = cards(snapshot, &live)?;
    cards.iter().for_each(|card| card.noted_in(snapshot));
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let position = Position { key: row.key(), id: row.article.to_string() };
        let entry = match row.place {
            Some(place) => corrected(&cards, row.article, place),
            None => taken_back(snapshot, row.article)?,
        };
        entries.extend(entry.map(|entry| (position, entry)));
    }
    Ok(entries)
}

fn after(position: &Position) -> Result<store::Row> {
    store::Row::of(&position.key, &position.id).ok_or(Error::InvalidCursor)
}

fn corrected(cards: &[Card], article: ArticleId, place: usize) -> Option<CorrectionEntry> {
    let card = cards.iter().find(|card| card.id == article)?;
    let correction = card.facts.corrections.get(place)?;
    Some(CorrectionEntry {
        article: CorrectedArticle {
            id: card.id,
            slug: Some(card.slug.clone()),
            headline: Some(card.headline.clone()),
            url: Some(card.url.clone()),
        },
        at: correction.at,
        kind: correction.kind,
        severity: correction.severity,
        text: Some(correction.text.clone()),
    })
}

fn taken_back(snapshot: &mut Snapshot, article: ArticleId) -> Result<Option<CorrectionEntry>> {
    let Some(Gone { at, kind, reason }) = addresses::gone(snapshot, article)? else { return Ok(None) };
    snapshot.depends_on("article", article);
    let last = if kind == "legal" { None } else { store::last_version(snapshot, article)? };
    let (slug, headline) = last.map_or((None, None), |story| (Some(story.slug), story.headline));
    let severity = if kind == "kill" { Severity::Kill } else { Severity::Substantive };
    Ok(Some(CorrectionEntry {
        article: CorrectedArticle { id: article, slug, headline, url: None },
        at,
        kind: CorrectionKind::Retraction,
        severity,
        text: reason,
    }))
}
