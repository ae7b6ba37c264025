//! All that a verdict is made of.
//!
//! The structs here hold borrowed facts that the asking room has read: the story's own rights, its
//! origin, the partner who asks (none for an anonymous caller), the publication's terms, the
//! assets, channel, territory and instant. Nothing else may come to bear on a verdict.

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Channel, Media, Partner, Territory};
use crate::db::types::Stamp;
use crate::fields::Faults;

/// A question: may this story be republished by this caller, there, now?
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The story's own side.
    pub article: ArticleRights<'a>,
    /// Where the story comes from; `None` where that is not known.
    pub origin: Option<Origin<'a>>,
    /// The partner who asks; `None` for an anonymous caller.
    pub partner: Option<Partner<'a>>,
    /// The version of the publication's terms that partners must have accepted.
    pub terms_version: &'a str,
    /// The assets that the story shows: its lead image and those of the body.
    pub media: &'a [Media<'a>],
    /// Where it would be used.
    pub channel: Channel,
    /// In which country it would be used, told by an anonymous caller; a partner's own stands in
    /// `partner`.
    pub territory: Option<Territory>,
    /// The instant that the verdict is for.
    pub now: Stamp,
}

impl Question<'_> {
    /// The country of use: a partner's own, else what the caller told.
    pub(super) fn place(&self) -> Option<Territory> {
        self.partner.as_ref().map_or(self.territory, |partner| partner.territory)
    }

    /// The instant from which this caller may have the story, where it has one: the end of the
    /// embargo, or, for a partner who must wait, so long after it went live.
    pub(super) fn free_from(&self) -> Option<Stamp> {
        let (public_from, embargoed) = match self.article.state {
            State::Live { since } => (since, false),
            State::Embargoed { until } => (until, true),
            State::NotLive | State::Retracted => return None,
        };
        match &self.partner {
            Some(partner) if partner.embargo_delay_minutes > 0 => {
                Some(public_from.plus_seconds(i64::from(partner.embargo_delay_minutes) * 60))
            }
            Some(_) | None => embargoed.then_some(public_from),
        }
    }

    /// Each instant at which the verdict could change, in order.
    pub(super) fn instants(&self) -> Vec<Stamp> {
        let mut instants: Vec<Stamp> = self
            .media
            .iter()
            .flat_map(|asset| asset.leases.iter())
            .flat_map(|lease| [lease.from, lease.to])
            .chain([
                self.free_from(),
                self.article.expires_at,
                self.partner.as_ref().and_then(|partner| partner.quota_exhausted_until),
            ])
            .flatten()
            .collect();
        instants.sort_unstable();
        instants.dedup();
        instants
    }
}

/// Where a story stands, as far as republishing asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Live on our own site.
    Live {
        /// When it went live: what a partner's delay counts from.
        since: Stamp,
    },
    /// Waiting under an embargo for its instant; it is live from then on.
    Embargoed {
        /// The end of the embargo.
        until: Stamp,
    },
    /// A draft, unpublished, expired or in the trash.
    NotLive,
    /// Taken back after it was public.
    Retracted,
}

/// The story's own side of a question.
#[derive(Clone, Copy, Debug)]
pub struct ArticleRights<'a> {
    /// Where it stands.
    pub state: State,
    /// Held back from everybody but our own readers until released.
    pub withheld: bool,
    /// Never to be republished.
    pub opt_out: bool,
    /// The end of the right to republish it (exclusive); it stays on our own site.
    pub expires_at: Option<Stamp>,
    /// The channels it may run in; empty binds nothing.
    pub channels: &'a [Channel],
    /// The only countries it may run in; empty binds nothing.
    pub territories_in: &'a [Territory],
    /// Countries it may not run in.
    pub territories_out: &'a [Territory],
}

/// Where a story comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Its code, as `jta`.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What its stories may be used for; `None` is not known and denies.
    pub policy: Option<Policy>,
    /// Whom to ask, as a person reads it: an e-mail address, a page or a name.
    pub contact: Option<&'a str>,
}

/// What an origin lets others do with its stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "allow")]
pub enum Policy {
    /// They may be republished by our rules.
    Allow,
    /// They may not, unless the origin agrees: its contact is told.
    Ask,
    /// They may not.
    Deny,
}

impl Policy {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Policy::Allow => "allow",
            Policy::Ask => "ask",
            Policy::Deny => "deny",
        }
    }

    /// The policy of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [Policy::Allow, Policy::Ask, Policy::Deny].into_iter().find(|policy| policy.as_str() == word)
    }
}
