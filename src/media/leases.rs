//! Leases: what was agreed about an asset for some time, or with somebody.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::partners;
use crate::db::Conn;
use crate::db::ids::PartnerId;
use crate::db::types::Stamp;
use crate::error::{Error, Result};
use crate::fields::{Faults, Ref};
use crate::rights::LeaseEffect;

/// What was agreed about an asset. One that names a group or a partner binds only them; a denial
/// goes before a permission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lease {
    /// Whether it allows or denies.
    pub effect: LeaseEffect,
    /// The group of partners that it is for.
    #[schema(example = "islands")]
    pub group: Option<String>,
    /// The partner that it is for, by id.
    pub partner: Option<PartnerId>,
    /// Its beginning, inclusive; null: always.
    pub from: Option<Stamp>,
    /// Its end, exclusive; null: for ever.
    pub to: Option<Stamp>,
}

/// A lease whose partner is not yet looked up.
#[derive(Clone, Debug)]
pub struct LeaseDraft {
    /// Whether it allows or denies.
    pub effect: LeaseEffect,
    /// The group of partners that it is for.
    pub group: Option<String>,
    /// The partner that it is for, by id or slug.
    pub partner: Option<Ref>,
    /// Its beginning, inclusive.
    pub from: Option<Stamp>,
    /// Its end, exclusive.
    pub to: Option<Stamp>,
}

/// The leases with the partners that they name; 422 at each that names none.
pub fn agreed(conn: &mut Conn, drafts: Vec<LeaseDraft>) -> Result<Vec<Lease>> {
    let mut faults = Faults::default();
    let mut leases = Vec::new();
    for (place, draft) in drafts.into_iter().enumerate() {
        let partner = match &draft.partner {
            Some(named) => match partners::read(conn, named.as_str()) {
                Ok(partner) => Some(partner.id),
                Err(Error::NotFound(_)) => {
                    faults.add(
                        format!("/leases/{place}/partner"),
                        "unknown_reference",
                        "there is no such partner",
                    );
                    None
                }
                Err(error) => return Err(error),
            },
            None => None,
        };
        let LeaseDraft { effect, group, partner: _, from, to } = draft;
        leases.push(Lease { effect, group, partner, from, to });
    }
    faults.into_body_error()?;
    Ok(leases)
}
