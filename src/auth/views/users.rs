//! Users as JSON, in and out.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::Role;
use crate::auth::fields::NewPassword;
use crate::auth::users::{Account, State, UserFields};
use crate::db::ids::UserId;
use crate::db::types::Stamp;
use crate::fields::{Email, Faults, Name};

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
