//! Partner publications, as far as a key must name them: a name, a slug and a standing.
//!
//! What was agreed with them, their grants and quotas are the room `republish`'s.

use super::PartnerCaller;
use super::store;
use crate::db::Conn;
use crate::error::{Error, Result};

pub use store::PartnerRow;

impl PartnerRow {
    /// The partner as a key speaks for it.
    pub(super) fn into_caller(self) -> PartnerCaller {
        PartnerCaller { id: self.id, slug: self.slug, name: self.name, state: self.state }
    }
}

/// The partner with an id or slug, if there is one.
pub fn find(conn: &mut Conn, key: &str) -> Result<Option<PartnerRow>> {
    store::partner(conn, key)
}

/// The partner with an id or slug; 404 where there is none.
pub fn read(conn: &mut Conn, key: &str) -> Result<PartnerRow> {
    store::partner(conn, key)?.ok_or(Error::NotFound("partner"))
}
