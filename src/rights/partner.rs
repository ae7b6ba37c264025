//! The partner who asks, as far as a verdict depends on one.
//!
//! Its standing, terms, territory, embargo, quota and profile, borrowed from the room that keeps
//! partners. Whether its grants cover the story and its quota is used up was decided there.

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Territory;
use crate::db::types::Stamp;
use crate::error::Error;
use crate::fields::Faults;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "active")]
pub enum PartnerState {
    /// In good standing.
    #[default]
    Active,
    /// Held off until it is settled: it still learns of corrections and retractions.
    Suspended,
    /// Shut out.
    Blocked,
}

impl PartnerState {
    /// The word of the API, and of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            PartnerState::Active => "active",
            PartnerState::Suspended => "suspended",
            PartnerState::Blocked => "blocked",
        }
    }
}

impl From<PartnerState> for String {
    fn from(state: PartnerState) -> Self {
        state.as_str().to_owned()
    }
}

impl TryFrom<String> for PartnerState {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        [PartnerState::Active, PartnerState::Suspended, PartnerState::Blocked]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| Error::Internal(format!("`{text}` is no state of a partner")))
    }
}

/// A rule that a partner's copy has to keep, and that a check of its page looks for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Deserr, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "credit")]
pub enum Duty {
    /// Credit us and link to the story.
    Credit,
    /// Name the author.
    Author,
    /// Keep the pixel.
    Pixel,
    /// Point the canonical link at the story.
    Canonical,
    /// Keep the copy out of search engines.
    Noindex,
    /// Run no image that is not allowed.
    Images,
    /// Run the words of a published version as they are.
    Text,
    /// Take the copy down where the story was retracted.
    Live,
}

impl Duty {
    /// Every rule, in the order of answers: what is asked of a partner unless it was agreed otherwise.
    pub const ALL: [Duty; 8] = [
        Duty::Credit,
        Duty::Author,
        Duty::Pixel,
        Duty::Canonical,
        Duty::Noindex,
        Duty::Images,
        Duty::Text,
        Duty::Live,
    ];
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

    /// The conditions among the rules that are asked of a partner.
    pub fn of(duties: &[Duty]) -> Self {
        let asked = |duty| duties.contains(&duty);
        Profile {
            credit: asked(Duty::Credit),
            pixel: asked(Duty::Pixel),
            canonical: asked(Duty::Canonical),
            noindex: asked(Duty::Noindex),
            images: asked(Duty::Images),
        }
    }
}
