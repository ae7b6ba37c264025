//! Rows of `sessions`.

use diesel::prelude::*;

use super::{Account, AccountRow};
use crate::db::Conn;
use crate::db::ids::{SessionId, UserId};
use crate::db::schema::{log_counter, sessions, users};
use crate::db::types::Stamp;
use crate::error::Result;

/// The name of this database's history, as access tokens carry it.
pub fn installation(conn: &mut Conn) -> Result<String> {
    Ok(log_counter::table.select(log_counter::epoch).first(conn)?)
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    pub id: SessionId,
    pub user_id: UserId,
    pub refresh_hash: String,
    pub previous_hash: Option<String>,
    pub rotated_at: Stamp,
    pub created_at: Stamp,
    pub ended_at: Option<Stamp>,
}

impl SessionRow {
    pub fn new(id: SessionId, user_id: UserId, refresh_hash: String, now: Stamp) -> Self {
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

pub fn session(conn: &mut Conn, id: SessionId) -> Result<Option<SessionRow>> {
    Ok(sessions::table.find(id).select(SessionRow::as_select()).first(conn).optional()?)
}

/// When a sign-in ended, and whose it is.
pub fn standing(conn: &mut Conn, id: SessionId) -> Result<Option<(Option<Stamp>, Account)>> {
    let row = sessions::table
        .inner_join(users::table)
        .filter(sessions::id.eq(id))
        .select((sessions::ended_at, AccountRow::as_select()))
        .first::<(Option<Stamp>, AccountRow)>(conn)
        .optional()?;
    row.map(|(ended_at, row)| Ok((ended_at, row.account()?))).transpose()
}

/// Puts the next refresh token in the place of the one that was sent; false where it is not the present one.
pub fn rotate_session(conn: &mut Conn, id: SessionId, sent: &str, next: String, now: Stamp) -> Result<bool> {
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
pub fn replace_refresh(conn: &mut Conn, id: SessionId, next: String, now: Stamp) -> Result<bool> {
    match session(conn, id)? {
        Some(row) => rotate_session(conn, id, &row.refresh_hash, next, now),
        None => Ok(false),
    }
}

/// Ends a sign-in; false where it had ended.
pub fn end_session(conn: &mut Conn, id: SessionId, now: Stamp) -> Result<bool> {
    let open = sessions::table.find(id).filter(sessions::ended_at.is_null());
    Ok(diesel::update(open).set(sessions::ended_at.eq(now)).execute(conn)? == 1)
}

/// Ends the sign-ins of a user, but for one.
pub fn end_sessions(conn: &mut Conn, user: UserId, except: Option<SessionId>, now: Stamp) -> Result<()> {
    let open = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::ended_at.is_null());
    match except {
        Some(id) => {
            diesel::update(open.filter(sessions::id.ne(id))).set(sessions::ended_at.eq(now)).execute(conn)?
        }
        None => diesel::update(open).set(sessions::ended_at.eq(now)).execute(conn)?,
    };
    Ok(())
}
