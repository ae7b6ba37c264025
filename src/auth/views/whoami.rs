//! Who asks, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Caller, Role, Scope};
use crate::db::types::Stamp;

/// What kind of caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CallerKind {
    /// A signed-in member of staff.
    User,
    /// An API key.
    Key,
}

/// Who asks, as we know them.
#[derive(Serialize, ToSchema)]
#[schema(as = Whoami)]
pub struct WhoamiView {
    /// What kind of caller.
    pub kind: CallerKind,
    /// The user's or the key's name.
    #[schema(example = "their website")]
    pub name: String,
    /// The surfaces that are open to them.
    pub scopes: Vec<Scope>,
    /// What they may do in the newsroom; null for readers and partners.
    pub role: Option<Role>,
    /// The partner that the key speaks for.
    pub partner: Option<WhoamiPartnerView>,
}

/// The partner that a key speaks for.
#[derive(Serialize, ToSchema)]
#[schema(as = WhoamiPartner)]
pub struct WhoamiPartnerView {
    /// The name in addresses.
    #[schema(example = "the-ferryman")]
    pub slug: String,
    /// `active`, `suspended` or `blocked`.
    #[schema(example = "active")]
    pub state: String,
    /// The version of the terms that the partner accepted; null: none.
    #[schema(example = "2")]
    pub terms_version: Option<String>,
    /// Until when the present terms are to be accepted; null: they are, or none are due.
    pub terms_due: Option<Stamp>,
    /// What is granted to it.
    pub grants: Vec<String>,
    /// Packages of this period; null: no limit.
    pub quota: Option<QuotaView>,
}

/// How many packages a partner may take in a period.
#[derive(Serialize, ToSchema)]
#[schema(as = Quota)]
pub struct QuotaView {
    /// How many.
    #[schema(example = 500)]
    pub limit: i64,
    /// How many were taken.
    #[schema(example = 12)]
    pub used: i64,
    /// When the next period begins.
    pub resets_at: Stamp,
}

impl WhoamiView {
    /// The caller; none where nobody in particular asks.
    pub fn new(caller: Caller) -> Option<Self> {
        let role = caller.role();
        let (kind, name, scopes, partner) = match caller {
            Caller::Anonymous => return None,
            Caller::Staff(staff) => (CallerKind::User, staff.name, staff.role.scopes(), None),
            Caller::Key(key) => (CallerKind::Key, key.name, key.scope.scopes(), key.partner),
        };
        let partner = partner.map(|partner| WhoamiPartnerView {
            slug: partner.slug,
            state: partner.state,
            terms_version: None,
            terms_due: None,
            grants: Vec::new(),
            quota: None,
        });
        Some(WhoamiView { kind, name, scopes: scopes.to_vec(), role, partner })
    }
}
