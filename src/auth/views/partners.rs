//! The partner that a key speaks for, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::partners::PartnerRow;
use crate::db::ids::PartnerId;
use crate::rights::PartnerState;

/// The partner that a key speaks for.
#[derive(Serialize, ToSchema)]
#[schema(as = KeyPartner)]
pub struct KeyPartnerView {
    /// The key.
    pub id: PartnerId,
    /// The name in addresses.
    #[schema(example = "the-ferryman")]
    pub slug: String,
    /// What it is called.
    #[schema(example = "The Ferryman")]
    pub name: String,
    /// Its standing.
    pub state: PartnerState,
}

impl From<PartnerRow> for KeyPartnerView {
    fn from(partner: PartnerRow) -> Self {
        KeyPartnerView { id: partner.id, slug: partner.slug, name: partner.name, state: partner.state }
    }
}
