//! Placements as JSON.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Placement, Staleness, live_names};
use crate::articles::story::Severity;
use crate::db::Conn;
use crate::db::ids::{ArticleId, PartnerId, PlacementId};
use crate::db::types::Stamp;
use crate::error::Result;
use crate::readers::Class;
use crate::republish::partners;
use crate::rights::Channel;

/// The story of a placement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PlacedArticle)]
pub struct PlacedArticleView {
    /// The key.
    pub id: ArticleId,
    /// The slug; null where the story is not live.
    #[schema(example = "last-night-at-the-lighthouse")]
    pub slug: Option<String>,
    /// The headline; null where the story is not live.
    #[schema(example = "Last night at the lighthouse")]
    pub headline: Option<String>,
}

/// The partner of a placement.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PlacedPartner)]
pub struct PlacedPartnerView {
    /// The key.
    pub id: PartnerId,
    /// The slug; null of a partner that is not known here.
    #[schema(example = "the-northern-echo")]
    pub slug: Option<String>,
    /// What it is called; null of a partner that is not known here.
    #[schema(example = "The Northern Echo")]
    pub name: Option<String>,
}

/// The hits of a placement's pixel, by class.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = PlacementHits)]
pub struct HitsView {
    /// Readers.
    #[schema(example = 3120)]
    pub counted: i64,
    /// The same readers within 30 minutes.
    #[schema(example = 214)]
    pub repeat: i64,
    /// Programs that say so.
    #[schema(example = 88)]
    pub bot: i64,
    /// Pages that were fetched ahead.
    #[schema(example = 12)]
    pub prefetch: i64,
    /// Readers who ask not to be tracked, each hit of theirs.
    #[schema(example = 301)]
    pub undeduped: i64,
}

impl From<[i64; Class::ALL.len()]> for HitsView {
    fn from([counted, repeat, bot, prefetch, undeduped]: [i64; Class::ALL.len()]) -> Self {
        HitsView { counted, repeat, bot, prefetch, undeduped }
    }
}

/// Where a partner's copy of a story runs, and what it shows.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Placement)]
pub struct PlacementView {
    /// The key.
    pub id: PlacementId,
    /// The story.
    pub article: PlacedArticleView,
    /// The partner.
    pub partner: PlacedPartnerView,
    /// Where it runs.
    pub channel: Channel,
    /// The version that the copy shows.
    #[schema(example = 1)]
    pub version: i32,
    /// How many versions came after it.
    #[schema(example = 2)]
    pub versions_behind: i32,
    /// How many substantive corrections and retractions came after it; minor ones never count.
    #[schema(example = 1)]
    pub corrections_missed: u32,
    /// The gravest of these, `kill` of a retracted story; null where it misses none.
    pub severity: Option<Severity>,
    /// The instant of the first of these; null where the copy is not stale, or was replaced.
    pub stale_since: Option<Stamp>,
    /// Since when a later version is seen in its place; null while it is not.
    pub replaced_at: Option<Stamp>,
    /// When the partner first fetched it; null where it is known by its pixel alone.
    pub first_fetched_at: Option<Stamp>,
    /// When the partner last fetched it.
    pub last_fetched_at: Option<Stamp>,
    /// When its pixel was last hit; null before the first time.
    pub last_seen: Option<Stamp>,
    /// The host of the page that showed it last; null where no page said, `other` where it was no name.
    #[schema(example = "northern-echo.example")]
    pub host: Option<String>,
    /// The address of the page, where it is known.
    #[schema(example = "https://northern-echo.example/lighthouse")]
    pub url: Option<String>,
    /// The hits of its pixel.
    pub hits: HitsView,
}

/// A copy that lacks a correction, or shows what was retracted.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StaleCopy)]
pub struct StaleView {
    /// The partner.
    pub partner: PlacedPartnerView,
    /// The story.
    pub article: PlacedArticleView,
    /// The placement, by its key.
    pub placement: PlacementId,
    /// The version that the copy shows.
    #[schema(example = 1)]
    pub version: i32,
    /// How many versions came after it.
    #[schema(example = 2)]
    pub versions_behind: i32,
    /// How many substantive corrections and retractions came after it.
    #[schema(example = 1)]
    pub corrections_missed: u32,
    /// The gravest of these, `kill` of a retracted story.
    pub severity: Option<Severity>,
    /// The instant of the first of these.
    pub stale_since: Option<Stamp>,
    /// When its pixel was last hit; null before the first time.
    pub last_seen: Option<Stamp>,
    /// The address of the page, where it is known.
    #[schema(example = "https://northern-echo.example/lighthouse")]
    pub url: Option<String>,
}

impl PlacementView {
    /// A placement with what it lacks and the names of what it names.
    pub fn new(placement: Placement, staleness: Staleness, names: &Names) -> Self {
        PlacementView {
            id: placement.id,
            article: names.article(placement.article),
            partner: names.partner(placement.partner),
            channel: placement.channel,
            version: placement.version,
            versions_behind: staleness.versions_behind,
            corrections_missed: staleness.corrections_missed,
            severity: staleness.severity,
            stale_since: staleness.stale_since,
            replaced_at: placement.replaced_at,
            first_fetched_at: placement.first_fetched_at,
            last_fetched_at: placement.last_fetched_at,
            last_seen: placement.last_seen,
            host: placement.host,
            url: placement.url,
            hits: placement.hits.into(),
        }
    }
}

impl StaleView {
    /// A stale placement with the names of what it names.
    pub fn new(placement: Placement, staleness: Staleness, names: &Names) -> Self {
        StaleView {
            partner: names.partner(placement.partner),
            article: names.article(placement.article),
            placement: placement.id,
            version: placement.version,
            versions_behind: staleness.versions_behind,
            corrections_missed: staleness.corrections_missed,
            severity: staleness.severity,
            stale_since: staleness.stale_since,
            last_seen: placement.last_seen,
            url: placement.url,
        }
    }
}

/// What the stories and partners of some placements are called.
pub struct Names {
    articles: HashMap<ArticleId, (String, String)>,
    partners: HashMap<PartnerId, (String, String)>,
}

impl Names {
    /// The names of these placements.
    pub fn of<'p>(conn: &mut Conn, placements: impl Iterator<Item = &'p Placement>) -> Result<Self> {
        let (articles, partners): (Vec<ArticleId>, Vec<PartnerId>) =
            placements.map(|placement| (placement.article, placement.partner)).unzip();
        let articles = live_names(conn, &articles)?.into_iter();
        let partners = partners::names(conn, &partners)?.into_iter();
        Ok(Names {
            articles: articles.map(|(id, slug, headline)| (id, (slug, headline))).collect(),
            partners: partners.map(|(id, slug, name)| (id, (slug, name))).collect(),
        })
    }

    fn article(&self, id: ArticleId) -> PlacedArticleView {
        let (slug, headline) = self.articles.get(&id).cloned().unzip();
        PlacedArticleView { id, slug, headline }
    }

    fn partner(&self, id: PartnerId) -> PlacedPartnerView {
        let (slug, name) = self.partners.get(&id).cloned().unzip();
        PlacedPartnerView { id, slug, name }
    }
}
