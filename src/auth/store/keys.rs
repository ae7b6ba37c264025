//! Rows of `api_keys`.

use diesel::prelude::*;
use ipnet::IpNet;

use super::PartnerRow;
use crate::auth::users::State;
use crate::auth::{Role, Scope};
use crate::db::ids::{KeyId, PartnerId, SectionId, UserId};
use crate::db::schema::{api_keys, partners, users};
use crate::db::types::{Json, Stamp};
use crate::db::{Browse, Conn, Position};
use crate::error::Result;

/// A key, without the key itself.
#[derive(Clone, Insertable, Queryable, Selectable)]
#[diesel(table_name = api_keys)]
pub struct KeyRow {
    /// Its id.
    pub id: KeyId,
    /// What it is called.
    pub name: String,
    pub(in crate::auth) name_key: String,
    /// What it is for.
    #[diesel(serialize_as = String, deserialize_as = String)]
    pub scope: Scope,
    pub(in crate::auth) hash: String,
    /// Its last four characters.
    pub hint: String,
    /// The partner that it speaks for.
    pub partner_id: Option<PartnerId>,
    /// Whose it is.
    pub user_id: Option<UserId>,
    /// Where it may be used from; empty: anywhere.
    pub addresses: Json<Vec<IpNet>>,
    /// When it was made.
    pub created_at: Stamp,
    /// When it ends by itself.
    pub expires_at: Option<Stamp>,
    /// When it was revoked.
    pub revoked_at: Option<Stamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Stamp>,
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

pub fn key(conn: &mut Conn, id: KeyId) -> Result<Option<KeyRow>> {
    Ok(api_keys::table.find(id).select(KeyRow::as_select()).first(conn).optional()?)
}

/// What counts of the user whose key it is.
pub struct KeyOwner {
    /// Whether they may sign in.
    pub state: State,
    /// What they may do now.
    pub role: Role,
    /// The sections that they are limited to.
    pub desks: Vec<SectionId>,
}

type Owned = (KeyRow, Option<PartnerRow>, Option<KeyOwner>);

/// A key with the partner that it speaks for and the state of the user whose it is.
pub fn key_with_owners(conn: &mut Conn, id: KeyId) -> Result<Option<Owned>> {
    let row = api_keys::table
        .left_join(partners::table)
        .left_join(users::table)
        .filter(api_keys::id.eq(id))
        .select((
            KeyRow::as_select(),
            Option::<PartnerRow>::as_select(),
            (users::state, users::role, users::desks).nullable(),
        ))
        .first::<(KeyRow, Option<PartnerRow>, Option<(String, String, Json<Vec<SectionId>>)>)>(conn)
        .optional()?;
    let Some((key, partner, user)) = row else { return Ok(None) };
    let owner = match user {
        Some((state, role, desks)) => {
            Some(KeyOwner { state: state.parse()?, role: role.parse()?, desks: desks.value })
        }
        None => None,
    };
    Ok(Some((key, partner, owner)))
}

/// A page of keys by name, revoked ones too, each with the partner that it speaks for.
pub fn keys(conn: &mut Conn, browse: &Browse) -> Result<Vec<(KeyRow, Option<PartnerRow>)>> {
    let mut query = api_keys::table
        .left_join(partners::table)
        .select((KeyRow::as_select(), Option::<PartnerRow>::as_select()))
        .into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(api_keys::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let same_name = api_keys::name_key.eq(key).and(api_keys::id.gt(id));
        query = query.filter(api_keys::name_key.gt(key).or(same_name));
    }
    Ok(query.order((api_keys::name_key, api_keys::id)).limit(browse.limit).load(conn)?)
}

/// The keys of a partner, the newest first, revoked ones too.
pub fn keys_of_partner(conn: &mut Conn, partner: PartnerId) -> Result<Vec<KeyRow>> {
    let keys = api_keys::table.filter(api_keys::partner_id.eq(partner)).select(KeyRow::as_select());
    Ok(keys.order(api_keys::id.desc()).load(conn)?)
}

/// Notes that a key was used, unless that was noted since `before`.
pub fn note_use(conn: &mut Conn, id: KeyId, now: Stamp, before: Stamp) -> Result<()> {
    let is_due = api_keys::last_used_at.is_null().or(api_keys::last_used_at.lt(before));
    diesel::update(api_keys::table.find(id).filter(is_due))
        .set(api_keys::last_used_at.eq(now))
        .execute(conn)?;
    Ok(())
}

pub fn revoke_key(conn: &mut Conn, id: KeyId, now: Stamp) -> Result<()> {
    diesel::update(api_keys::table.find(id)).set(api_keys::revoked_at.eq(now)).execute(conn)?;
    Ok(())
}
