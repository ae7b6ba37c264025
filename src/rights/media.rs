//! The assets that a story shows, with what was agreed about them.
//!
//! An asset is open or closed to others; a lease says otherwise for some time, for a group or for
//! one partner. What comes of them is decided in `assets`.

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::types::Stamp;
use crate::fields::Faults;

/// An asset that a story shows.
#[derive(Clone, Copy, Debug)]
pub struct Media<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its key, where it has one.
    pub key: Option<&'a str>,
    /// What its credit line says.
    pub credit: Option<&'a str>,
    /// Whether others may run it, where no lease says otherwise.
    pub syndication_allowed: bool,
    /// What was agreed for some time or somebody.
    pub leases: &'a [Lease<'a>],
}

/// What was agreed about an asset. A lease that names a group or a partner binds only them.
#[derive(Clone, Copy, Debug)]
pub struct Lease<'a> {
    /// Whether it allows or denies.
    pub effect: LeaseEffect,
    /// The group of partners it is for.
    pub group: Option<&'a str>,
    /// The id of the partner it is for.
    pub partner: Option<&'a str>,
    /// Its beginning, inclusive; none: always.
    pub from: Option<Stamp>,
    /// Its end, exclusive; none: for ever.
    pub to: Option<Stamp>,
}

/// What a lease does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "allow")]
pub enum LeaseEffect {
    /// The asset may be run.
    Allow,
    /// The asset may not be run, whatever else says that it may.
    Deny,
}
