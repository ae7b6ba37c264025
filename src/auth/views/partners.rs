//! Partner publications as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::partners::PartnerRow;
use crate::db::ids::PartnerId;
use crate::fields::{Faults, Name, Slug};

/// A partner publication.
#[derive(Serialize, ToSchema)]
#[schema(as = Partner)]
pub struct PartnerView {
    /// The key.
    pub id: PartnerId,
    /// The name in addresses.
    #[schema(example = "the-ferryman")]
    pub slug: String,
    /// What it is called.
    #[schema(example = "The Ferryman")]
    pub name: String,
    /// `active`, `suspended` or `blocked`.
    #[schema(example = "active")]
    pub state: String,
}

/// A partner to make.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PartnerInput {
    /// What it is called, 1-200 characters.
    #[schema(inline, example = "The Ferryman")]
    pub name: Name<200>,
    /// The name in addresses; made from the name where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "the-ferryman")]
    pub slug: Option<Slug>,
}

impl From<PartnerRow> for PartnerView {
    fn from(partner: PartnerRow) -> Self {
        PartnerView { id: partner.id, slug: partner.slug, name: partner.name, state: partner.state }
    }
}
