//! Sign-ins, users, keys and partners as JSON, in and out.

use deserr::Deserr;
use ipnet::IpNet;
use serde::Serialize;
use utoipa::ToSchema;

use super::fields::{Network, NewPassword, TypedPassword};
use super::keys::{KeyRow, MadeKey, NewKey};
use super::partners::PartnerRow;
use super::sessions::SignedIn;
use super::users::{Account, State, UserFields};
use super::{Caller, Role, Scope};
use crate::db::ids::{KeyId, PartnerId, UserId};
use crate::db::types::Stamp;
use crate::fields::{Email, Faults, Name, Ref, Slug, Text};

/// What a member of staff signs in with.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct SignInInput {
    /// The e-mail address; case does not count.
    #[schema(inline, example = "ines@courier.example")]
    pub email: Text<320>,
    /// The password.
    #[schema(inline, example = "a long and quiet harbour")]
    pub password: TypedPassword,
}

/// A refresh token, to be used.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct RefreshInput {
    /// The refresh token of the last sign-in or refresh.
    #[schema(inline, example = "wdr_01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a_word_seal")]
    pub refresh_token: Text<512>,
}

/// A change of one's own password.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct PasswordInput {
    /// The present password.
    #[schema(inline, example = "a long and quiet harbour")]
    pub current: TypedPassword,
    /// The next one, 12-256 characters.
    #[schema(inline, example = "the tide table of last May")]
    pub new: NewPassword,
}

/// The tokens of a sign-in.
#[derive(Serialize, ToSchema)]
#[schema(as = SignedIn)]
pub struct SignedInView {
    /// For `Authorization: Bearer`.
    #[schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.e30.c2ln")]
    pub access_token: String,
    /// Seconds that the access token lives.
    #[schema(example = 900)]
    pub expires_in: i64,
    /// For the next refresh, once. It lives 14 days, and 90 with all that come of it.
    #[schema(example = "wdr_01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a_word_seal")]
    pub refresh_token: String,
    /// Who signed in.
    pub user: UserView,
}

/// A member of the newsroom.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserView {
    /// The key.
    pub id: UserId,
    /// What they sign in with.
    #[schema(example = "ines@courier.example")]
    pub email: String,
    /// What they are called.
    #[schema(example = "Inês Duarte")]
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The sections that an editor is limited to; empty: none, they edit everything. Read-only so far.
    pub desks: Vec<String>,
    /// Whether an author may publish what is their own.
    #[schema(example = false)]
    pub may_publish: bool,
    /// The author that they write as. Read-only so far.
    #[schema(example = json!(null))]
    pub author: Option<String>,
    /// Whether they may sign in.
    pub state: State,
    /// When they last signed in; null: never.
    pub last_sign_in_at: Option<Stamp>,
}

/// A user to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct UserInput {
    /// What they sign in with; no other user has it.
    #[schema(inline, example = "ines@courier.example")]
    pub email: Email,
    /// What they are called, 1-200 characters.
    #[schema(inline, example = "Inês Duarte")]
    pub name: Name<200>,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in. Default `active`.
    #[deserr(default)]
    pub state: Option<State>,
    /// Whether an author may publish what is their own. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub may_publish: Option<bool>,
    /// A password to set, 12-256 characters; their sign-ins end. Left out, it stays as it is: a new
    /// user without one cannot sign in.
    #[deserr(default)]
    #[schema(inline, example = "a long and quiet harbour")]
    pub password: Option<NewPassword>,
}

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
    pub partner: Option<PartnerView>,
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

impl From<SignedIn> for SignedInView {
    fn from(signed_in: SignedIn) -> Self {
        let SignedIn { access_token, expires_in, refresh_token, account } = signed_in;
        SignedInView { access_token, expires_in, refresh_token, user: account.into() }
    }
}

impl From<Account> for UserView {
    fn from(account: Account) -> Self {
        UserView {
            id: account.id,
            email: account.email,
            name: account.name,
            role: account.role,
            desks: Vec::new(),
            may_publish: account.may_publish,
            author: None,
            state: account.state,
            last_sign_in_at: account.last_sign_in_at,
        }
    }
}

impl UserView {
    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(account: &Account) -> serde_json::Value {
        serde_json::json!({
            "email": account.email,
            "name": account.name,
            "role": account.role,
            "state": account.state,
            "may_publish": account.may_publish,
        })
    }
}

impl UserInput {
    /// What is stored of it beside the password.
    pub fn fields(&self) -> UserFields {
        UserFields {
            email: self.email.0.clone(),
            name: self.name.to_string(),
            role: self.role,
            state: self.state.unwrap_or_default(),
            may_publish: self.may_publish.unwrap_or_default(),
        }
    }
}

impl KeyView {
    /// The key with the partner that it speaks for.
    pub fn new(key: KeyRow, partner: Option<PartnerRow>) -> Self {
        KeyView {
            id: key.id,
            name: key.name,
            scope: key.scope,
            hint: key.hint,
            partner: partner.map(PartnerView::from),
            user: key.user_id,
            addresses: key.addresses.value,
            created_at: key.created_at,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
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

impl From<PartnerRow> for PartnerView {
    fn from(partner: PartnerRow) -> Self {
        PartnerView { id: partner.id, slug: partner.slug, name: partner.name, state: partner.state }
    }
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
