//! Rows of `partners`.

use diesel::prelude::*;

use crate::db::ids::PartnerId;
use crate::db::schema::partners;
use crate::db::types::Stamp;
use crate::db::{Browse, Conn, Position};
use crate::error::Result;

/// A partner publication.
#[derive(Clone, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = partners)]
pub struct PartnerRow {
    /// Its id.
    pub id: PartnerId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    pub(in crate::auth) name_key: String,
    /// `active`, `suspended` or `blocked`.
    pub state: String,
    /// When it was made.
    pub created_at: Stamp,
}

pub fn insert_partner(conn: &mut Conn, row: &PartnerRow) -> Result<()> {
    diesel::insert_into(partners::table).values(row).execute(conn)?;
    Ok(())
}

pub fn rename_partner(conn: &mut Conn, row: &PartnerRow) -> Result<()> {
    diesel::update(partners::table.find(row.id))
        .set((partners::name.eq(&row.name), partners::name_key.eq(&row.name_key)))
        .execute(conn)?;
    Ok(())
}

/// The partner with an id or slug.
pub fn partner(conn: &mut Conn, key: &str) -> Result<Option<PartnerRow>> {
    let found = match key.parse::<PartnerId>() {
        Ok(id) => partners::table.find(id).select(PartnerRow::as_select()).first(conn),
        Err(_) => {
            let slug = key.to_lowercase();
            partners::table.filter(partners::slug.eq(slug)).select(PartnerRow::as_select()).first(conn)
        }
    };
    Ok(found.optional()?)
}

/// A page of partners by name.
pub fn partners(conn: &mut Conn, browse: &Browse) -> Result<Vec<PartnerRow>> {
    let mut query = partners::table.select(PartnerRow::as_select()).into_boxed();
    if let Some(pattern) = browse.pattern() {
        query = query.filter(partners::name_key.like(pattern).escape('\\'));
    }
    if let Some(Position { key, id }) = &browse.after {
        let same_name = partners::name_key.eq(key).and(partners::id.gt(id));
        query = query.filter(partners::name_key.gt(key).or(same_name));
    }
    Ok(query.order((partners::name_key, partners::id)).limit(browse.limit).load(conn)?)
}
