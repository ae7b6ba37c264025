//! The people of the newsroom: who they are, what they may do, and that one admin is always left.

use std::collections::HashMap;
use std::str::FromStr;

use deserr::Deserr;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::Role;
use super::passwords::PasswordHash;
use super::store;
use super::throttle::email_key;
use crate::db::ids::{AuthorId, SectionId, UserId};
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::Faults;

pub use store::Account;

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserr, ToSchema)]
#[serde(rename_all = "lowercase")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(as = UserState)]
pub enum State {
    /// They may.
    #[default]
    Active,
    /// They may not, and what they held is nothing: tokens, keys.
    Disabled,
}

impl State {
    /// Its name in tables and answers.
    pub fn name(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Disabled => "disabled",
        }
    }
}

impl FromStr for State {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        [State::Active, State::Disabled]
            .into_iter()
            .find(|state| state.name() == text)
            .ok_or_else(|| Error::Internal(format!("`{text}` is not a state of a user")))
    }
}

impl TryFrom<String> for State {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        text.parse()
    }
}

impl Account {
    /// Whether the user may sign in.
    pub fn is_active(&self) -> bool {
        self.state == State::Active
    }
}

/// What is said of a user when one is made or changed.
#[derive(Clone)]
pub struct UserFields {
    /// Where they are written to, and what they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub state: State,
    /// Whether an author may publish what is their own.
    pub may_publish: bool,
    /// The author that they write as.
    pub author: Option<AuthorId>,
    /// The sections that an editor is limited to.
    pub desks: Vec<SectionId>,
}

impl From<Account> for UserFields {
    fn from(account: Account) -> Self {
        UserFields {
            email: account.email,
            name: account.name,
            role: account.role,
            state: account.state,
            may_publish: account.may_publish,
            author: account.author,
            desks: account.desks,
        }
    }
}

/// Makes a user. Without a password nobody can sign in as them until one is set. 409 where the e-mail
/// address is another's.
pub fn create(tx: &mut Tx, new: UserFields, password: Option<PasswordHash>) -> Result<Account> {
    let key = free_email(tx, &new.email, None)?;
    let account = Account {
        id: UserId::new(),
        email: new.email,
        name: new.name,
        role: new.role,
        state: new.state,
        may_publish: new.may_publish,
        author: new.author,
        desks: new.desks,
        password,
        epoch: 1,
        created_at: tx.now(),
        last_sign_in_at: None,
    };
    store::insert_account(tx, &account, &key)?;
    tx.record(
        Change::new(Audience::Staff, "user.created", "user", account.id)
            .detail(json!({ "role": account.role })),
    );
    Ok(account)
}

/// Changes a user, and sets their password where one is given. What lessens or alters their rights
/// ends the access tokens that they hold; being disabled, or given a password by another, ends their
/// sign-ins. 409 `last_admin` where no admin would be left.
pub fn update(
    tx: &mut Tx,
    id: UserId,
    fields: UserFields,
    password: Option<PasswordHash>,
) -> Result<Account> {
    let before = read(tx, id)?;
    let key = free_email(tx, &fields.email, Some(id))?;
    let was_admin = before.is_active() && before.role == Role::Admin;
    let stays_admin = fields.state == State::Active && fields.role == Role::Admin;
    if was_admin && !stays_admin && store::other_admins(tx, id)? == 0 {
        return Err(Error::LastAdmin);
    }
    let mut after = Account {
        email: fields.email,
        name: fields.name,
        role: fields.role,
        state: fields.state,
        may_publish: fields.may_publish,
        author: fields.author,
        desks: fields.desks,
        ..before.clone()
    };
    let changed = changed_fields(&before, &after, password.is_some());
    if changed.is_empty() {
        return Ok(before);
    }
    let is_shut_out = password.is_some() || !after.is_active();
    if is_shut_out || before.role != after.role {
        after.epoch += 1;
    }
    if let Some(password) = password {
        after.password = Some(password);
    }
    store::update_account(tx, &after, &key)?;
    if is_shut_out {
        let now = tx.now();
        store::end_sessions(tx, id, None, now)?;
    }
    tx.record(Change::new(Audience::Staff, "user.updated", "user", id).detail(json!({ "fields": changed })));
    Ok(after)
}

fn changed_fields(before: &Account, after: &Account, password: bool) -> Vec<&'static str> {
    [
        ("email", before.email != after.email),
        ("name", before.name != after.name),
        ("role", before.role != after.role),
        ("state", before.state != after.state),
        ("may_publish", before.may_publish != after.may_publish),
        ("author", before.author != after.author),
        ("desks", before.desks != after.desks),
        ("password", password),
    ]
    .into_iter()
    .filter_map(|(name, is_changed)| is_changed.then_some(name))
    .collect()
}

/// Sets the password of the user with an e-mail address and ends their sign-ins: for the command line.
pub fn set_password(tx: &mut Tx, email: &str, password: PasswordHash) -> Result<Account> {
    let account = store::account_by_email(tx, &email_key(email))?.ok_or(Error::NotFound("user"))?;
    let id = account.id;
    update(tx, id, account.into(), Some(password))
}

/// Changes what somebody may say of themselves.
pub fn update_own(tx: &mut Tx, id: UserId, name: String) -> Result<Account> {
    let fields = UserFields { name, ..read(tx, id)?.into() };
    update(tx, id, fields, None)
}

/// A user of any state.
pub fn read(conn: &mut Conn, id: UserId) -> Result<Account> {
    store::account(conn, id)?.ok_or(Error::NotFound("user"))
}

/// A page of users by name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<Account>> {
    store::accounts(conn, browse)
}

/// The key of an e-mail address that nobody else has; 409 where somebody has it.
fn free_email(tx: &mut Tx, email: &str, own: Option<UserId>) -> Result<String> {
    let key = email_key(email);
    match store::account_by_email(tx, &key)? {
        Some(holder) if Some(holder.id) != own => {
            Err(Error::Taken("another user has this e-mail address".into()))
        }
        Some(_) | None => Ok(key),
    }
}

/// 409 `in_use` where a user writes as an author who is to be deleted.
pub fn refuse_author(conn: &mut Conn, author: AuthorId) -> Result<()> {
    refuse(store::users_of_author(conn, author)?, "writes as this author", "write as this author")
}

/// 409 `in_use` where an editor is limited to a section that is to be deleted.
pub fn refuse_section(conn: &mut Conn, section: SectionId) -> Result<()> {
    refuse(store::users_of_desk(conn, section)?, "has this section as a desk", "have this section as a desk")
}

fn refuse(count: i64, of_one: &str, of_many: &str) -> Result<()> {
    let detail = match count {
        0 => return Ok(()),
        1 => format!("1 user {of_one}"),
        _ => format!("{count} users {of_many}"),
    };
    Err(Error::InUse { detail, counts: [("users".to_owned(), count.into())].into_iter().collect() })
}

/// The names of users by id; who is not there has none.
pub fn names(conn: &mut Conn, ids: &[UserId]) -> Result<HashMap<UserId, String>> {
    if ids.is_empty() { Ok(HashMap::new()) } else { Ok(store::user_names(conn, ids)?.into_iter().collect()) }
}
