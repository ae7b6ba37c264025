//! Who asks, as JSON.

use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{Caller, Role, Scope};
use crate::db::types::Stamp;
use crate::rights::PartnerState;

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
    /// Its standing.
    pub state: PartnerState,
    /// The version of the terms that the partner accepted; null: none.
    #[schema(example = "2")]
    pub terms_version: Option<String>,
    /// The version of the terms that it has yet to accept, before it may run anything; null: none.
    #[schema(example = "3")]
    pub terms_due: Option<String>,
    /// What is granted to it: `section:`, `tag:`, `origin:` or `article:` and an id. Empty: whatever the rules
    /// allow.
    #[schema(example = json!(["section:01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f"]))]
    pub grants: Vec<String>,
    /// Packages of this period; null: no limit.
    pub quota: Option<QuotaView>,
}

/// How many packages a partner may take in a period.
#[derive(Serialize, ToSchema)]
#[schema(as = Quota)]
pub struct QuotaView {
    /// How many packages, each of another story.
    #[schema(example = 500)]
    pub limit: u32,
    /// How many were taken in this period.
    #[schema(example = 12)]
    pub used: i32,
    /// When the next period begins.
    pub resets_at: Stamp,
}

impl WhoamiView {
    /// The caller; none where nobody in particular asks.
    pub fn new(caller: Caller, partner: Option<WhoamiPartnerView>) -> Option<Self> {
        let role = caller.role();
        let (kind, name, scopes) = match caller {
            Caller::Anonymous => return None,
            Caller::Staff(staff) => (CallerKind::User, staff.name, staff.role.scopes()),
            Caller::Key(key) => (CallerKind::Key, key.name, key.scope.scopes()),
        };
        Some(WhoamiView { kind, name, scopes: scopes.to_vec(), role, partner })
    }
}
