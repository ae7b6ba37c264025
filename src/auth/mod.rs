//! Who may do what: users with roles, sign-ins, API keys, and the secrets behind them.
//!
//! A credential is never degraded to anonymous: it is good or it is 401. Nothing secret is stored in
//! clear; passwords are argon2id hashes, keys and refresh tokens SHA-256 hashes.

pub mod secrets;

use std::net::IpAddr;

use crate::config::Config;
use crate::db::types::Id;
use crate::db::{Actor, Db};
use crate::error::{Error, Result};

pub use secrets::Secrets;

/// Marks ids of users.
pub enum User {}
/// Marks ids of sign-ins.
pub enum Session {}
/// Marks ids of API keys.
pub enum ApiKey {}
/// Marks ids of partner publications.
pub enum Partner {}

/// What this process knows of credentials: the secrets.
pub struct Auth {
    /// The ring of secrets, with a key derived for each purpose.
    pub secrets: Secrets,
}

impl Auth {
    /// Reads the secrets, or makes them in the data folder.
    pub fn open(config: &Config) -> Result<Self> {
        Ok(Auth { secrets: Secrets::open(config)? })
    }
}

/// What a member of staff may do (API.md §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Own drafts, until approved.
    Contributor,
    /// Own stories.
    Author,
    /// All stories; publishes.
    Editor,
    /// Everything, settings and people too.
    Admin,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Delivery.
    Read,
    /// An editor's rights.
    Write,
    /// An admin's rights.
    Admin,
    /// One partner's rights.
    Partner,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Caller {
    /// Nobody in particular.
    Anonymous,
    /// An API key.
    Key(KeyCaller),
    /// A signed-in member of staff.
    Staff(StaffCaller),
}

/// A key that asks.
#[derive(Clone, Debug)]
pub struct KeyCaller {
    /// Its id.
    pub id: Id<ApiKey>,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// The partner that it speaks for; there is one exactly where the scope is `partner`.
    pub partner: Option<PartnerCaller>,
}

/// The partner behind a key.
#[derive(Clone, Debug)]
pub struct PartnerCaller {
    /// Its id.
    pub id: Id<Partner>,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// `active`, `suspended` or `blocked`.
    pub state: String,
}

/// A member of staff who asks.
#[derive(Clone, Debug)]
pub struct StaffCaller {
    /// The user.
    pub user: Id<User>,
    /// The sign-in.
    pub session: Id<Session>,
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Caller {
    /// The role that the caller's rights amount to on the newsroom's side; none for readers.
    pub fn role(&self) -> Option<Role> {
        match self {
            Caller::Anonymous => None,
            Caller::Staff(staff) => Some(staff.role),
            Caller::Key(key) => match key.scope {
                Scope::Read | Scope::Partner => None,
                Scope::Write => Some(Role::Editor),
                Scope::Admin => Some(Role::Admin),
            },
        }
    }

    /// The partner that asks, where it is one.
    pub fn partner(&self) -> Option<&PartnerCaller> {
        match self {
            Caller::Key(key) => key.partner.as_ref(),
            Caller::Anonymous | Caller::Staff(_) => None,
        }
    }

    /// Whether delivery answers this caller otherwise than it answers nobody in particular.
    pub fn changes_answers(&self) -> bool {
        self.partner().is_some()
    }

    /// As the audit names the caller.
    pub fn actor(&self) -> Actor {
        match self {
            Caller::Anonymous => Actor::new("anonymous", ""),
            Caller::Key(key) => Actor::new("key", key.id),
            Caller::Staff(staff) => Actor::new("user", staff.user),
        }
    }
}

impl Auth {
    /// Whom a credential names: a staff access token or an API key.
    pub async fn identify(&self, _db: &Db, _credential: &str, _address: IpAddr) -> Result<Caller> {
        Err(Error::InvalidCredential)
    }
}
