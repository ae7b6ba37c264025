//! The reasons against republishing a story: their codes, order and form.
//!
//! The order of the codes is the order of every answer. A reason is added by adding a code here and
//! its rule in `rules`; the compiler names each place that has to know it.

use utoipa::ToSchema;

use crate::db::types::Stamp;

/// Why a story may not be republished, in the fixed order of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "embargo_active")]
pub enum ReasonCode {
    /// The story is not live, or not one that the caller may know of.
    NotLive,
    /// The story was taken back.
    Retracted,
    /// The story is held back from others for the moment.
    Withheld,
    /// The story's origin keeps its stories to itself, or must be asked.
    OriginReserved,
    /// Nobody has said what the story's origin allows.
    OriginUnknown,
    /// The embargo has not ended yet, or this partner's delay has not.
    EmbargoActive,
    /// The right to republish the story is over.
    RightsExpired,
    /// Not in this country.
    TerritoryExcluded,
    /// Not in this channel.
    ChannelExcluded,
    /// The partner is suspended.
    PartnerSuspended,
    /// The partner is blocked.
    PartnerBlocked,
    /// The partner's grants do not cover the story.
    SectionNotGranted,
    /// The partner has not accepted the terms in force.
    TermsNotAccepted,
    /// The partner has used up its quota.
    QuotaExhausted,
    /// The story is never to be republished.
    ArticleOptOut,
}

impl ReasonCode {
    /// Every code, in the fixed order.
    pub const ALL: [ReasonCode; 15] = [
        ReasonCode::NotLive,
        ReasonCode::Retracted,
        ReasonCode::Withheld,
        ReasonCode::OriginReserved,
        ReasonCode::OriginUnknown,
        ReasonCode::EmbargoActive,
        ReasonCode::RightsExpired,
        ReasonCode::TerritoryExcluded,
        ReasonCode::ChannelExcluded,
        ReasonCode::PartnerSuspended,
        ReasonCode::PartnerBlocked,
        ReasonCode::SectionNotGranted,
        ReasonCode::TermsNotAccepted,
        ReasonCode::QuotaExhausted,
        ReasonCode::ArticleOptOut,
    ];

    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            ReasonCode::NotLive => "not_live",
            ReasonCode::Retracted => "retracted",
            ReasonCode::Withheld => "withheld",
            ReasonCode::OriginReserved => "origin_reserved",
            ReasonCode::OriginUnknown => "origin_unknown",
            ReasonCode::EmbargoActive => "embargo_active",
            ReasonCode::RightsExpired => "rights_expired",
            ReasonCode::TerritoryExcluded => "territory_excluded",
            ReasonCode::ChannelExcluded => "channel_excluded",
            ReasonCode::PartnerSuspended => "partner_suspended",
            ReasonCode::PartnerBlocked => "partner_blocked",
            ReasonCode::SectionNotGranted => "section_not_granted",
            ReasonCode::TermsNotAccepted => "terms_not_accepted",
            ReasonCode::QuotaExhausted => "quota_exhausted",
            ReasonCode::ArticleOptOut => "article_opt_out",
        }
    }

    /// Whether it tells of the partner alone and not of the story, so that it denies a whole list at
    /// once. A quota does not: lists cost none.
    pub fn closes_lists(self) -> bool {
        match self {
            ReasonCode::PartnerSuspended | ReasonCode::PartnerBlocked | ReasonCode::TermsNotAccepted => true,
            ReasonCode::NotLive
            | ReasonCode::Retracted
            | ReasonCode::Withheld
            | ReasonCode::OriginReserved
            | ReasonCode::OriginUnknown
            | ReasonCode::EmbargoActive
            | ReasonCode::RightsExpired
            | ReasonCode::TerritoryExcluded
            | ReasonCode::ChannelExcluded
            | ReasonCode::SectionNotGranted
            | ReasonCode::QuotaExhausted
            | ReasonCode::ArticleOptOut => false,
        }
    }
}

/// What is said of a story that is not live.
pub(super) const NOT_LIVE: &str = "The story is not live.";

/// One reason against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which.
    pub code: ReasonCode,
    /// The field that it rests on, as `rights.expires_at`.
    pub field: &'static str,
    /// In words, for a person.
    pub detail: String,
    /// The instant from which it no longer applies, where time alone ends it.
    pub until: Option<Stamp>,
}

impl Reason {
    /// The one answer about a story that the caller may not know of, or that never was.
    pub fn not_live() -> Self {
        Reason { code: ReasonCode::NotLive, field: "state", detail: NOT_LIVE.to_owned(), until: None }
    }
}
