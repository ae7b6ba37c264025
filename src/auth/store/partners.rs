//! Who a partner is, of the rows of `partners`.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::PartnerId;
use crate::db::schema::partners;
use crate::error::Result;
use crate::rights::PartnerState;

/// A partner publication.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = partners)]
pub struct PartnerRow {
    /// Its id.
    pub id: PartnerId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Its standing.
    #[diesel(deserialize_as = String)]
    pub state: PartnerState,
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
