//! Partner publications, as far as a key and the pixel must name them: a name and a slug.
//!
//! Their grants, terms and quotas are the room `republish`'s.

use serde_json::json;

use super::PartnerCaller;
use super::store;
use crate::db::ids::PartnerId;
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::{Slug, sort_key};

pub use store::PartnerRow;

impl PartnerRow {
    /// The partner as a key speaks for it.
    pub(super) fn into_caller(self) -> PartnerCaller {
        PartnerCaller { id: self.id, slug: self.slug, name: self.name, state: self.state }
    }
}

/// Makes a partner, active. Its slug is the typed one (409 where another has it), or made of the name.
pub fn create(tx: &mut Tx, name: String, typed: Option<Slug>) -> Result<PartnerRow> {
    let id = PartnerId::new();
    let slug = free_slug(tx, id, typed, &name)?;
    let row = PartnerRow {
        id,
        slug: slug.into(),
        name_key: sort_key(&name),
        name,
        state: "active".to_owned(),
        created_at: tx.now(),
    };
    store::insert_partner(tx, &row)?;
    tx.record(
        Change::new(Audience::Staff, "partner.created", "partner", id).detail(json!({ "slug": row.slug })),
    );
    Ok(row)
}

fn free_slug(tx: &mut Tx, id: PartnerId, typed: Option<Slug>, name: &str) -> Result<Slug> {
    if let Some(slug) = typed {
        return match store::partner(tx, slug.as_str())? {
            Some(_) => Err(Error::SlugTaken(slug.into())),
            None => Ok(slug),
        };
    }
    let made = Slug::from_words(name).unwrap_or_else(|| Slug::from_id("partner", &id));
    let mut slug = made.clone();
    let mut number = 2;
    while store::partner(tx, slug.as_str())?.is_some() {
        slug = made.with_suffix(number);
        number += 1;
    }
    Ok(slug)
}

/// The partner with an id or slug, if there is one.
pub fn find(conn: &mut Conn, key: &str) -> Result<Option<PartnerRow>> {
    store::partner(conn, key)
}

/// The partner with an id or slug; 404 where there is none.
pub fn read(conn: &mut Conn, key: &str) -> Result<PartnerRow> {
    store::partner(conn, key)?.ok_or(Error::NotFound("partner"))
}

/// A page of partners by name.
pub fn browse(conn: &mut Conn, browse: &Browse) -> Result<Vec<PartnerRow>> {
    store::partners(conn, browse)
}

/// Calls a partner something else; the same name is no change. Its slug stays.
pub fn rename(tx: &mut Tx, partner: &PartnerRow, name: String) -> Result<PartnerRow> {
    if partner.name == name {
        return Ok(partner.clone());
    }
    let row = PartnerRow { name_key: sort_key(&name), name, ..partner.clone() };
    store::rename_partner(tx, &row)?;
    tx.record(Change::new(Audience::Staff, "partner.renamed", "partner", row.id));
    Ok(row)
}
