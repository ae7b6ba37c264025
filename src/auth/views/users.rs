//! Users as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::fields::NewPassword;
use crate::auth::permissions::{Reach, TABLE, reach};
use crate::auth::users::{Account, State, UserFields};
use crate::auth::{Role, Scope};
use crate::db::ids::{AuthorId, SectionId, UserId};
use crate::db::types::Stamp;
use crate::fields::{Email, Faults, Name, Ref};

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
    /// The sections that an editor is limited to, with all below them; empty: none, they edit everything.
    pub desks: Vec<DeskView>,
    /// Whether an author may publish what is their own.
    #[schema(example = false)]
    pub may_publish: bool,
    /// The author that they write as.
    pub author: Option<OwnAuthorView>,
    /// Whether they may sign in.
    pub state: State,
    /// When they last signed in; null: never.
    pub last_sign_in_at: Option<Stamp>,
}

/// A section that an editor is limited to.
#[derive(Serialize, ToSchema)]
#[schema(as = UserDesk)]
pub struct DeskView {
    /// The key.
    pub id: SectionId,
    /// The slug.
    #[schema(example = "harbour")]
    pub slug: String,
    /// The name.
    #[schema(example = "Harbour")]
    pub name: String,
}

/// The author that a user writes as.
#[derive(Serialize, ToSchema)]
#[schema(as = UserAuthor)]
pub struct OwnAuthorView {
    /// The key.
    pub id: AuthorId,
    /// The slug.
    #[schema(example = "ines-duarte")]
    pub slug: String,
    /// The printed name.
    #[schema(example = "Inês Duarte")]
    pub name: String,
}

/// What a user may change of themselves.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct OwnInput {
    /// What they are called, 1-200 characters.
    #[schema(inline, example = "Inês Duarte")]
    pub name: Name<200>,
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
    /// The author that they write as.
    #[deserr(default)]
    #[schema(inline, example = json!("ines-duarte"))]
    pub author: Option<Ref>,
    /// The sections that an editor is limited to, with all below them, at most 50. Default: everything.
    #[deserr(default)]
    #[schema(inline, max_items = 50, example = json!(["harbour"]))]
    pub desks: Option<Vec<Ref>>,
    /// A password to set, 12-256 characters; their sign-ins end. Left out, it stays as it is: a new
    /// user without one cannot sign in.
    #[deserr(default)]
    #[schema(inline, example = "a long and quiet harbour")]
    pub password: Option<NewPassword>,
}

impl UserView {
    /// A user with the author that they write as and the sections that they are limited to.
    pub fn new(account: Account, author: Option<OwnAuthorView>, desks: Vec<DeskView>) -> Self {
        UserView {
            id: account.id,
            email: account.email,
            name: account.name,
            role: account.role,
            desks,
            may_publish: account.may_publish,
            author,
            state: account.state,
            last_sign_in_at: account.last_sign_in_at,
        }
    }

    /// The form that a patch is laid over: what can be sent, as it stands.
    pub fn form(account: &Account) -> serde_json::Value {
        serde_json::json!({
            "email": account.email,
            "name": account.name,
            "role": account.role,
            "state": account.state,
            "may_publish": account.may_publish,
            "author": account.author,
            "desks": account.desks,
        })
    }
}

impl UserInput {
    /// What is stored of it beside the password, with the author and the sections that it names.
    pub fn fields(&self, author: Option<AuthorId>, desks: Vec<SectionId>) -> UserFields {
        UserFields {
            email: self.email.0.clone(),
            name: self.name.to_string(),
            role: self.role,
            state: self.state.unwrap_or_default(),
            may_publish: self.may_publish.unwrap_or_default(),
            author,
            desks,
        }
    }
}

/// What a role may do.
#[derive(Serialize, ToSchema)]
#[schema(as = RolePermissions)]
pub struct RoleView {
    /// The role.
    pub role: Role,
    /// What it may do in the words that keys have for it.
    pub scopes: Vec<Scope>,
    /// What it may do with stories.
    pub may: Vec<PermissionView>,
}

/// What a role may do with which stories.
#[derive(Serialize, ToSchema)]
#[schema(as = RolePermission)]
pub struct PermissionView {
    /// What is done.
    #[schema(example = "publish")]
    pub action: &'static str,
    /// With which stories.
    #[schema(example = "own_where_may_publish")]
    pub reach: Reach,
}

impl RoleView {
    /// What a role may do, by the table that is asked at each request.
    pub fn of(role: Role) -> Self {
        let permission =
            |(action, _): &(&'static str, _)| PermissionView { action, reach: reach(role, action) };
        RoleView { role, scopes: role.scopes().to_vec(), may: TABLE.iter().map(permission).collect() }
    }
}
