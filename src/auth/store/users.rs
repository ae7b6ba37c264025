//! Rows of `users`.

use diesel::prelude::*;

use crate::auth::Role;
use crate::auth::passwords::{self, PasswordHash};
use crate::auth::users::State;
use crate::db::ids::{AuthorId, SectionId, UserId};
use crate::db::schema::users;
use crate::db::types::{Json, Stamp};
use crate::db::{AmongThese, Browse, Conn, Position};
use crate::error::Result;
use crate::fields::sort_key;

/// A user.
#[derive(Clone)]
pub struct Account {
    /// Its id.
    pub id: UserId,
    /// As it was typed.
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
    /// The sections that an editor is limited to; of none it is none.
    pub desks: Vec<SectionId>,
    /// None until one is set.
    pub(in crate::auth) password: Option<PasswordHash>,
    /// Counts what made the access tokens before it worthless.
    pub(in crate::auth) epoch: i64,
    /// When it was made.
    pub created_at: Stamp,
    /// When they last signed in.
    pub last_sign_in_at: Option<Stamp>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct AccountRow {
    id: UserId,
    email: String,
    name: String,
    role: String,
    state: String,
    may_publish: bool,
    password_hash: Option<String>,
    epoch: i64,
    created_at: Stamp,
    last_sign_in_at: Option<Stamp>,
    author_id: Option<AuthorId>,
    desks: Json<Vec<SectionId>>,
}

impl AccountRow {
    pub fn account(self) -> Result<Account> {
        Ok(Account {
            id: self.id,
            email: self.email,
            name: self.name,
            role: self.role.parse()?,
            state: self.state.parse()?,
            may_publish: self.may_publish,
            author: self.author_id,
            desks: self.desks.value,
            password: self.password_hash.map(passwords::stored),
            epoch: self.epoch,
            created_at: self.created_at,
            last_sign_in_at: self.last_sign_in_at,
        })
    }
}

pub fn account(conn: &mut Conn, id: UserId) -> Result<Option<Account>> {
    let row = users::table.find(id).select(AccountRow::as_select()).first(conn).optional()?;
    row.map(AccountRow::account).transpose()
}

pub fn account_by_email(conn: &mut Conn, key: &str) -> Result<Option<Account>> {
    let row = users::table
        .filter(users::email_key.eq(key))
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?;
    row.map(AccountRow::account).transpose()
}

/// A page of users by name.
pub fn accounts(conn: &mut Conn, browse: &Browse) -> Result<Vec<Account>> {
    let mut query = users::table.select(AccountRow::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(users::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        query = query.filter(users::name_key.gt(key).or(users::name_key.eq(key).and(users::id.gt(id))));
    }
    let rows: Vec<AccountRow> = query.order((users::name_key, users::id)).limit(browse.limit).load(conn)?;
    rows.into_iter().map(AccountRow::account).collect()
}

pub fn insert_account(conn: &mut Conn, account: &Account, email_key: &str) -> Result<()> {
    diesel::insert_into(users::table)
        .values((
            users::id.eq(account.id),
            users::email.eq(&account.email),
            users::email_key.eq(email_key),
            users::name.eq(&account.name),
            users::name_key.eq(sort_key(&account.name)),
            users::role.eq(account.role.name()),
            users::state.eq(account.state.name()),
            users::may_publish.eq(account.may_publish),
            users::password_hash.eq(account.password.as_ref().map(PasswordHash::as_str)),
            users::epoch.eq(account.epoch),
            users::author_id.eq(account.author),
            users::desks.eq(Json::of(&account.desks)),
            users::created_at.eq(account.created_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn update_account(conn: &mut Conn, account: &Account, email_key: &str) -> Result<()> {
    diesel::update(users::table.find(account.id))
        .set((
            users::email.eq(&account.email),
            users::email_key.eq(email_key),
            users::name.eq(&account.name),
            users::name_key.eq(sort_key(&account.name)),
            users::role.eq(account.role.name()),
            users::state.eq(account.state.name()),
            users::may_publish.eq(account.may_publish),
            users::password_hash.eq(account.password.as_ref().map(PasswordHash::as_str)),
            users::epoch.eq(account.epoch),
            users::author_id.eq(account.author),
            users::desks.eq(Json::of(&account.desks)),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn set_password(conn: &mut Conn, id: UserId, hash: &PasswordHash, epoch: i64) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((users::password_hash.eq(hash.as_str()), users::epoch.eq(epoch)))
        .execute(conn)?;
    Ok(())
}

pub fn set_last_sign_in(conn: &mut Conn, id: UserId, at: Stamp) -> Result<()> {
    diesel::update(users::table.find(id)).set(users::last_sign_in_at.eq(at)).execute(conn)?;
    Ok(())
}

/// How many active admins there are beside one user.
pub fn other_admins(conn: &mut Conn, id: UserId) -> Result<i64> {
    let others = users::table
        .filter(users::role.eq(Role::Admin.name()))
        .filter(users::state.eq(State::Active.name()))
        .filter(users::id.ne(id));
    Ok(others.count().get_result(conn)?)
}

pub fn user_names(conn: &mut Conn, ids: &[UserId]) -> Result<Vec<(UserId, String)>> {
    Ok(users::table.filter(users::id.among(ids)).select((users::id, users::name)).load(conn)?)
}

/// How many users write as an author.
pub fn users_of_author(conn: &mut Conn, author: AuthorId) -> Result<i64> {
    Ok(users::table.filter(users::author_id.eq(author)).count().get_result(conn)?)
}

/// How many users have a section as a desk.
pub fn users_of_desk(conn: &mut Conn, section: SectionId) -> Result<i64> {
    Ok(users::table.filter(users::desks.like(format!("%\"{section}\"%"))).count().get_result(conn)?)
}
