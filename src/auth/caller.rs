//! Who asks, and what rights that amounts to.

use std::fmt;
use std::str::FromStr;

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::db::Actor;
use crate::db::ids::{KeyId, PartnerId, SectionId, SessionId, UserId};
use crate::error::Error;
use crate::fields::Faults;
use crate::rights::PartnerState;

/// What a member of staff may do (API.md §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserr, ToSchema)]
#[serde(rename_all = "lowercase")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(as = StaffRole)]
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

impl Role {
    /// Its name in tables, answers and commands.
    pub fn name(self) -> &'static str {
        match self {
            Role::Contributor => "contributor",
            Role::Author => "author",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// What its holder may do, in the words that keys have for it.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Role::Contributor | Role::Author | Role::Editor => &[Scope::Read, Scope::Write],
            Role::Admin => &[Scope::Read, Scope::Write, Scope::Admin],
        }
    }
}

impl FromStr for Role {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        [Role::Contributor, Role::Author, Role::Editor, Role::Admin]
            .into_iter()
            .find(|role| role.name() == text)
            .ok_or_else(|| Error::Internal(format!("`{text}` is not a role")))
    }
}

impl TryFrom<String> for Role {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[serde(rename_all = "lowercase")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(as = KeyScope)]
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

impl Scope {
    /// Its name in tables, answers and commands, and in the key itself.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Write => "write",
            Scope::Admin => "admin",
            Scope::Partner => "partner",
        }
    }

    /// The role that its rights amount to on the newsroom's side; none for readers.
    pub fn role(self) -> Option<Role> {
        match self {
            Scope::Read | Scope::Partner => None,
            Scope::Write => Some(Role::Editor),
            Scope::Admin => Some(Role::Admin),
        }
    }

    /// All that a key of this scope may do.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Scope::Read => &[Scope::Read],
            Scope::Write => &[Scope::Read, Scope::Write],
            Scope::Admin => &[Scope::Read, Scope::Write, Scope::Admin],
            Scope::Partner => &[Scope::Read, Scope::Partner],
        }
    }
}

impl FromStr for Scope {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        [Scope::Read, Scope::Write, Scope::Admin, Scope::Partner]
            .into_iter()
            .find(|scope| scope.name() == text)
            .ok_or_else(|| Error::Internal(format!("`{text}` is not a scope")))
    }
}

impl TryFrom<String> for Scope {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
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
    pub id: KeyId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub scope: Scope,
    /// Whose key it is: it stops with them. None for a key of the house, and for a partner's.
    pub user: Option<UserId>,
    /// What its user may do now: a key never has more rights than whoever it belongs to.
    pub owner_role: Option<Role>,
    /// The sections that its user is limited to.
    pub desks: Vec<SectionId>,
    /// The partner that it speaks for; there is one exactly where the scope is `partner`.
    pub partner: Option<PartnerCaller>,
}

/// The partner behind a key.
#[derive(Clone, Debug)]
pub struct PartnerCaller {
    /// Its id.
    pub id: PartnerId,
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its standing.
    pub state: PartnerState,
}

/// A member of staff who asks.
#[derive(Clone, Debug)]
pub struct StaffCaller {
    /// The user.
    pub user: UserId,
    /// The sign-in.
    pub session: SessionId,
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether an author may publish what is their own.
    pub may_publish: bool,
    /// The sections that an editor is limited to.
    pub desks: Vec<SectionId>,
}

impl Caller {
    /// The role that the caller's rights amount to on the newsroom's side; none for readers.
    pub fn role(&self) -> Option<Role> {
        match self {
            Caller::Anonymous => None,
            Caller::Staff(staff) => Some(staff.role),
            Caller::Key(key) => {
                let role = key.scope.role()?;
                Some(key.owner_role.map_or(role, |owner| owner.min(role)))
            }
        }
    }

    /// The user that asks or whose key asks.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Caller::Anonymous => None,
            Caller::Staff(staff) => Some(staff.user),
            Caller::Key(key) => key.user,
        }
    }

    /// The sections that an editor is limited to, with all below them; none: they edit everything.
    pub fn desks(&self) -> &[SectionId] {
        match self {
            Caller::Staff(staff) if staff.role == Role::Editor => &staff.desks,
            Caller::Key(key) if self.role() == Some(Role::Editor) => &key.desks,
            Caller::Anonymous | Caller::Staff(_) | Caller::Key(_) => &[],
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
            Caller::Anonymous => Actor::anonymous(),
            Caller::Key(key) => Actor::new("key", key.id),
            Caller::Staff(staff) => Actor::new("user", staff.user),
        }
    }
}
