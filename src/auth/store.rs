//! Rows of `users`, `sessions`, `api_keys` and `partners`.

use diesel::prelude::*;
use ipnet::IpNet;

use super::passwords::{self, PasswordHash};
use super::users::State;
use super::{ApiKey, Partner, Role, Scope, Session, User};
use crate::db::Conn;
use crate::db::schema::{api_keys, log_counter, partners, sessions, users};
use crate::db::types::{Id, Json, Stamp};
use crate::error::Result;

/// A user.
#[derive(Clone)]
pub struct Account {
    /// Its id.
    pub id: Id<User>,
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
    /// None until one is set.
    pub(super) password: Option<PasswordHash>,
    /// Counts what made the access tokens before it worthless.
    pub(super) epoch: i64,
    /// When it was made.
    pub created_at: Stamp,
    /// When they last signed in.
    pub last_sign_in_at: Option<Stamp>,
}

type AccountColumns = (
    users::id,
    users::email,
    users::name,
    users::role,
    users::state,
    users::may_publish,
    users::password_hash,
    users::epoch,
    users::created_at,
    users::last_sign_in_at,
);

const ACCOUNT: AccountColumns = (
    users::id,
    users::email,
    users::name,
    users::role,
    users::state,
    users::may_publish,
    users::password_hash,
    users::epoch,
    users::created_at,
    users::last_sign_in_at,
);

type AccountRow = (Id<User>, String, String, String, String, bool, Option<String>, i64, Stamp, Option<Stamp>);

fn account_of(row: AccountRow) -> Result<Account> {
    let (id, email, name, role, state, may_publish, hash, epoch, created_at, last_sign_in_at) = row;
    Ok(Account {
        id,
        email,
        name,
        role: role.parse()?,
        state: state.parse()?,
        may_publish,
        password: hash.map(passwords::stored),
        epoch,
        created_at,
        last_sign_in_at,
    })
}

pub fn account(conn: &mut Conn, id: Id<User>) -> Result<Option<Account>> {
    let row = users::table.find(id).select(ACCOUNT).first::<AccountRow>(conn).optional()?;
    row.map(account_of).transpose()
}

pub fn account_by_email(conn: &mut Conn, key: &str) -> Result<Option<Account>> {
    let row =
        users::table.filter(users::email_key.eq(key)).select(ACCOUNT).first::<AccountRow>(conn).optional()?;
    row.map(account_of).transpose()
}

pub fn accounts(conn: &mut Conn) -> Result<Vec<Account>> {
    let rows = users::table.order((users::name, users::id)).select(ACCOUNT).load::<AccountRow>(conn)?;
    rows.into_iter().map(account_of).collect()
}

pub fn insert_account(conn: &mut Conn, account: &Account, email_key: &str) -> Result<()> {
    diesel::insert_into(users::table)
        .values((
            users::id.eq(account.id),
            users::email.eq(&account.email),
            users::email_key.eq(email_key),
            users::name.eq(&account.name),
            users::role.eq(account.role.name()),
            users::state.eq(account.state.name()),
            users::may_publish.eq(account.may_publish),
            users::password_hash.eq(account.password.as_ref().map(PasswordHash::as_str)),
            users::epoch.eq(account.epoch),
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
            users::role.eq(account.role.name()),
            users::state.eq(account.state.name()),
            users::may_publish.eq(account.may_publish),
            users::password_hash.eq(account.password.as_ref().map(PasswordHash::as_str)),
            users::epoch.eq(account.epoch),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn set_password(conn: &mut Conn, id: Id<User>, hash: &PasswordHash, epoch: i64) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((users::password_hash.eq(hash.as_str()), users::epoch.eq(epoch)))
        .execute(conn)?;
    Ok(())
}

pub fn set_last_sign_in(conn: &mut Conn, id: Id<User>, at: Stamp) -> Result<()> {
    diesel::update(users::table.find(id)).set(users::last_sign_in_at.eq(at)).execute(conn)?;
    Ok(())
}

/// How many active admins there are beside one user.
pub fn other_admins(conn: &mut Conn, id: Id<User>) -> Result<i64> {
    let others = users::table
        .filter(users::role.eq(Role::Admin.name()))
        .filter(users::state.eq(State::Active.name()))
        .filter(users::id.ne(id));
    Ok(others.count().get_result(conn)?)
}

/// The name of this database's history, as access tokens carry it.
pub fn installation(conn: &mut Conn) -> Result<String> {
    Ok(log_counter::table.select(log_counter::epoch).first(conn)?)
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    pub id: Id<Session>,
    pub user_id: Id<User>,
    pub refresh_hash: String,
    pub previous_hash: Option<String>,
    pub rotated_at: Stamp,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
}

impl SessionRow {
    pub fn new(id: Id<Session>, user_id: Id<User>, refresh_hash: String, now: Stamp) -> Self {
        SessionRow {
            id,
            user_id,
            refresh_hash,
            previous_hash: None,
            rotated_at: now,
            created_at: now,
            ended_at: None,
        }
    }
}

pub fn insert_session(conn: &mut Conn, row: &SessionRow) -> Result<()> {
    diesel::insert_into(sessions::table).values(row).execute(conn)?;
    Ok(())
}

pub fn session(conn: &mut Conn, id: Id<Session>) -> Result<Option<SessionRow>> {
    Ok(sessions::table.find(id).select(SessionRow::as_select()).first(conn).optional()?)
}

/// When a sign-in ended, and whose it is.
pub fn standing(conn: &mut Conn, id: Id<Session>) -> Result<Option<(Option<Stamp>, Account)>> {
    let row = sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq(id))
        .select((sessions::ended_at, ACCOUNT))
        .first::<(Option<Stamp>, AccountRow)>(conn)
        .optional()?;
    row.map(|(ended_at, row)| Ok((ended_at, account_of(row)?))).transpose()
}

/// Puts the next refresh token in the place of the one that was sent; false where it is not the present one.
pub fn rotate_session(
    conn: &mut Conn,
    id: Id<Session>,
    sent: &str,
    next: String,
    now: Stamp,
) -> Result<bool> {
    let present =
        sessions::table.find(id).filter(sessions::refresh_hash.eq(sent)).filter(sessions::ended_at.is_null());
    let rotated = diesel::update(present)
        .set((
            sessions::refresh_hash.eq(next),
            sessions::previous_hash.eq(sent),
            sessions::rotated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(rotated == 1)
}

/// Gives a sign-in another refresh token; false where it has ended.
pub fn replace_refresh(conn: &mut Conn, id: Id<Session>, next: String, now: Stamp) -> Result<bool> {
    match session(conn, id)? {
        Some(row) => rotate_session(conn, id, &row.refresh_hash, next, now),
        None => Ok(false),
    }
}

/// Ends a sign-in; false where it had ended.
pub fn end_session(conn: &mut Conn, id: Id<Session>, now: Stamp) -> Result<bool> {
    let open = sessions::table.find(id).filter(sessions::ended_at.is_null());
    Ok(diesel::update(open).set(sessions::ended_at.eq(now)).execute(conn)? == 1)
}

/// Ends the sign-ins of a user, but for one.
pub fn end_sessions(conn: &mut Conn, user: Id<User>, except: Option<Id<Session>>, now: Stamp) -> Result<()> {
    let open = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::ended_at.is_null());
    match except {
        Some(id) => {
            diesel::update(open.filter(sessions::id.ne(id))).set(sessions::ended_at.eq(now)).execute(conn)?
        }
        None => diesel::update(open).set(sessions::ended_at.eq(now)).execute(conn)?,
    };
    Ok(())
}

/// A key, without the key itself.
#[derive(Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = api_keys)]
pub struct KeyRow {
    /// Its id.
    pub id: Id<ApiKey>,
    /// What it is called.
    pub name: String,
    /// What it is for.
    #[diesel(serialize_as = String, deserialize_as = String)]
    pub scope: Scope,
    pub(super) hash: String,
    /// Its last four characters.
    pub hint: String,
    /// The partner that it speaks for.
    pub partner_id: Option<Id<Partner>>,
    /// Whose it is.
    pub user_id: Option<Id<User>>,
    /// Where it may be used from; empty: anywhere.
    pub addresses: Json<Vec<IpNet>>,
    /// When it was made.
    pub created_at: Stamp,
    /// When it ends by itself.
    pub expires_at: Option<Stamp>,
    /// When it was revoked.
    pub revoked_at: Option<Stamp>,
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.name().to_owned()
    }
}

pub fn insert_key(conn: &mut Conn, row: KeyRow) -> Result<()> {
    diesel::insert_into(api_keys::table).values(row).execute(conn)?;
    Ok(())
}

pub fn key(conn: &mut Conn, id: Id<ApiKey>) -> Result<Option<KeyRow>> {
    Ok(api_keys::table.find(id).select(KeyRow::as_select()).first(conn).optional()?)
}

/// A key with the partner that it speaks for and the state of the user whose it is.
pub fn key_with_owners(
    conn: &mut Conn,
    id: Id<ApiKey>,
) -> Result<Option<(KeyRow, Option<PartnerRow>, Option<State>)>> {
    let row = api_keys::table
        .left_join(partners::table)
        .left_join(users::table)
        .filter(api_keys::id.eq(id))
        .select((KeyRow::as_select(), Option::<PartnerRow>::as_select(), users::state.nullable()))
        .first::<(KeyRow, Option<PartnerRow>, Option<String>)>(conn)
        .optional()?;
    row.map(|(key, partner, state)| Ok((key, partner, state.map(|state| state.parse()).transpose()?)))
        .transpose()
}

pub fn keys(conn: &mut Conn) -> Result<Vec<KeyRow>> {
    let all = api_keys::table.order((api_keys::name, api_keys::id));
    Ok(all.select(KeyRow::as_select()).load(conn)?)
}

pub fn revoke_key(conn: &mut Conn, id: Id<ApiKey>, now: Stamp) -> Result<()> {
    diesel::update(api_keys::table.find(id)).set(api_keys::revoked_at.eq(now)).execute(conn)?;
    Ok(())
}

/// A partner publication.
#[derive(Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = partners)]
pub struct PartnerRow {
    /// Its id.
    pub id: Id<Partner>,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    pub(super) name_key: String,
    /// `active`, `suspended` or `blocked`.
    pub state: String,
    /// When it was made.
    pub created_at: Stamp,
}

pub fn insert_partner(conn: &mut Conn, row: &PartnerRow) -> Result<()> {
    diesel::insert_into(partners::table).values(row).execute(conn)?;
    Ok(())
}

/// The partner with an id or slug.
pub fn partner(conn: &mut Conn, key: &str) -> Result<Option<PartnerRow>> {
    let found = match key.parse::<Id<Partner>>() {
        Ok(id) => partners::table.find(id).select(PartnerRow::as_select()).first(conn),
        Err(_) => {
            let slug = key.to_lowercase();
            partners::table.filter(partners::slug.eq(slug)).select(PartnerRow::as_select()).first(conn)
        }
    };
    Ok(found.optional()?)
}

pub fn partners(conn: &mut Conn) -> Result<Vec<PartnerRow>> {
    let all = partners::table.order((partners::name_key, partners::id));
    Ok(all.select(PartnerRow::as_select()).load(conn)?)
}
