//! API keys as JSON, in and out.

use deserr::Deserr;
use ipnet::IpNet;
use serde::Serialize;
use utoipa::ToSchema;

use super::KeyPartnerView;
use crate::auth::Scope;
use crate::auth::fields::Network;
use crate::auth::keys::{KeyRow, MadeKey, NewKey};
use crate::auth::partners::PartnerRow;
use crate::db::ids::{KeyId, PartnerId, UserId};
use crate::db::types::Stamp;
use crate::fields::{Faults, Name, Ref};

/// An API key, without the key itself.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct KeyView {
    /// The key's id.
    pub id: KeyId,
    /// What it is called.
    #[schema(example = "website")]
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// Its last four characters.
    #[schema(example = "x7Qa")]
    pub hint: String,
    /// The partner that it speaks for; null but for scope `partner`.
    pub partner: Option<KeyPartnerView>,
    /// Whose key it is: it stops while they are disabled. Null for a key of the house or of a partner.
    pub user: Option<UserId>,
    /// Where it may be used from: addresses and networks; empty: anywhere.
    #[schema(value_type = Vec<String>, example = json!(["203.0.113.0/24"]))]
    pub addresses: Vec<IpNet>,
    /// When it was made.
    pub created_at: Stamp,
    /// When it ends by itself; null: never.
    pub expires_at: Option<Stamp>,
    /// When it was revoked; null: it was not.
    pub revoked_at: Option<Stamp>,
    /// When it was last used, to the minute; null: never.
    pub last_used_at: Option<Stamp>,
}

/// A key to make.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct KeyInput {
    /// What it is called, 1-100 characters.
    #[schema(inline, example = "website")]
    pub name: Name<100>,
    /// What it is for.
    pub scope: Scope,
    /// The partner that it speaks for; for scope `partner` alone, and needed there.
    #[deserr(default)]
    #[schema(inline, example = "the-ferryman")]
    pub partner: Option<Ref>,
    /// Where it may be used from: addresses and networks, at most 50; left out: anywhere.
    #[deserr(default)]
    #[schema(inline, example = json!(["203.0.113.0/24"]))]
    pub addresses: Vec<Network>,
    /// When it ends by itself; left out: never.
    #[deserr(default)]
    #[schema(inline)]
    pub expires_at: Option<Stamp>,
}

/// A partner's key to make.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PartnerKeyInput {
    /// What it is called, 1-100 characters.
    #[schema(inline, example = "their website")]
    pub name: Name<100>,
    /// Where it may be used from: addresses and networks, at most 50; left out: anywhere.
    #[deserr(default)]
    #[schema(inline, example = json!(["203.0.113.0/24"]))]
    pub addresses: Vec<Network>,
    /// When it ends by itself; left out: never.
    #[deserr(default)]
    #[schema(inline)]
    pub expires_at: Option<Stamp>,
}

/// A key that was made: the one time that it is shown.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeKey)]
pub struct MadeKeyView {
    /// The key's id.
    pub id: KeyId,
    /// The key, for `Authorization: Bearer` or `X-Api-Key`. Keep it: only its hash is stored.
    #[schema(example = "wd_read_01938f5e7c1a7b6e9a553c2f1d0e4b8a_secret")]
    pub key: String,
    /// Its last four characters.
    #[schema(example = "x7Qa")]
    pub hint: String,
}

impl KeyView {
    /// The key with the partner that it speaks for.
    pub fn new(key: KeyRow, partner: Option<PartnerRow>) -> Self {
        KeyView {
            id: key.id,
            name: key.name,
            scope: key.scope,
            hint: key.hint,
            partner: partner.map(KeyPartnerView::from),
            user: key.user_id,
            addresses: key.addresses.value,
            created_at: key.created_at,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
            last_used_at: key.last_used_at,
        }
    }
}

impl KeyInput {
    /// The key to be made, for a partner where it names one.
    pub fn key(self, partner: Option<PartnerId>) -> NewKey {
        NewKey {
            name: self.name.into_string(),
            scope: self.scope,
            partner,
            addresses: self.addresses.into_iter().map(|network| network.0).collect(),
            expires_at: self.expires_at,
        }
    }
}

impl PartnerKeyInput {
    /// The key to be made for a partner.
    pub fn key(self, partner: PartnerId) -> NewKey {
        NewKey {
            name: self.name.into_string(),
            scope: Scope::Partner,
            partner: Some(partner),
            addresses: self.addresses.into_iter().map(|network| network.0).collect(),
            expires_at: self.expires_at,
        }
    }
}

impl From<MadeKey> for MadeKeyView {
    fn from(made: MadeKey) -> Self {
        MadeKeyView { id: made.id, key: made.key, hint: made.hint }
    }
}
