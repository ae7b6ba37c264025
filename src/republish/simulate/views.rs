//! A simulation as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use super::Flip;
use crate::db::ids::{ArticleId, PartnerId};
use crate::rights::{ReasonView, Ruling};

/// What a change of an origin would do.
#[derive(Serialize, ToSchema)]
#[schema(as = Simulation)]
pub struct SimulationView {
    /// The stories whose verdict for nobody in particular would be another, by id: this page of them.
    pub articles: Vec<FlipView>,
    /// The partners who could run other stories than today, and how many.
    pub partners: Vec<AffectedPartnerView>,
    /// How many stories there are over all pages.
    #[schema(example = 214)]
    pub total: usize,
}

/// A story whose verdict would be another.
#[derive(Serialize, ToSchema)]
#[schema(as = SimulatedArticle)]
pub struct FlipView {
    /// The key.
    pub id: ArticleId,
    /// The slug.
    #[schema(example = "harbour-reopens")]
    pub slug: String,
    /// The verdict today.
    pub from: Ruling,
    /// The verdict that it would have.
    pub to: Ruling,
    /// The reasons that it would have.
    pub reasons: Vec<ReasonView>,
}

/// A partner who could run other stories.
#[derive(Serialize, ToSchema)]
#[schema(as = SimulatedPartner)]
pub struct AffectedPartnerView {
    /// The key.
    pub id: PartnerId,
    /// How many stories it could run that it cannot today, or no longer could.
    #[schema(example = 12)]
    pub articles: usize,
}

impl From<Flip> for FlipView {
    fn from(flip: Flip) -> Self {
        FlipView {
            id: flip.article,
            slug: flip.slug,
            from: flip.from.ruling,
            to: flip.to.ruling,
            reasons: flip.to.reasons.iter().map(ReasonView::from).collect(),
        }
    }
}
