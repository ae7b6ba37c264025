//! The partner who asks, as far as a verdict depends on one.
//!
//! Its standing, terms, territory, embargo, quota and profile, borrowed from the room that keeps
//! partners. Whether its grants cover the story and its quota is used up was decided there.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Territory;
use crate::db::types::Stamp;

/// A partner who asks.
#[derive(Clone, Copy, Debug)]
pub struct Partner<'a> {
    /// Its id, as leases name it.
    pub id: &'a str,
    /// Its group, as leases name it.
    pub group: Option<&'a str>,
    /// Its standing.
    pub state: PartnerState,
    /// The version of the terms it accepted.
    pub terms_version: Option<&'a str>,
    /// The country it publishes in.
    pub territory: Option<Territory>,
    /// Whether it may read a story before the end of its embargo.
    pub embargo_access: bool,
    /// Minutes it must wait after a story went live; 0 for none. It goes before `embargo_access`.
    pub embargo_delay_minutes: u32,
    /// Whether its grants cover this story; a partner without grants is granted everything.
    pub granted: bool,
    /// The instant its quota begins anew, where it is used up (exclusive).
    pub quota_exhausted_until: Option<Stamp>,
    /// The conditions that it must keep.
    pub profile: Profile,
    /// Whether it may run images at all.
    pub images: bool,
}

/// A partner's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "active")]
pub enum PartnerState {
    /// In good standing.
    Active,
    /// Held off until it is settled.
    Suspended,
    /// Shut out.
    Blocked,
}

/// Which of the conditions of a verdict are required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Credit us and link to the story.
    pub credit: bool,
    /// Keep the pixel.
    pub pixel: bool,
    /// Point the canonical link at the story.
    pub canonical: bool,
    /// Keep the copy out of search engines.
    pub noindex: bool,
    /// Run no image that is not allowed.
    pub images: bool,
}

impl Profile {
    /// Every condition: what anonymous callers, and partners by default, must keep.
    pub const ALL: Profile =
        Profile { credit: true, pixel: true, canonical: true, noindex: true, images: true };
}
