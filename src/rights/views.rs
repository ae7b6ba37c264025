//! A verdict as JSON: the answer of `/rights`, and the refusal of a package.
//!
//! One shape for a story asked alone and in a list. Instants are UTC with microseconds; what does
//! not apply is null or an empty list.

use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::{
    AssetDecision, AssetReason, Condition, ConditionCode, PartnerState, Reason, ReasonCode, Ruling, Verdict,
};
use crate::db::types::Stamp;
use crate::error::Error;

/// Whether a story may be republished by the caller, and why.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rights)]
pub struct RightsView {
    /// The story asked about, by its id.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f")]
    pub id: String,
    /// `allow`: no condition applies; `conditional`: may run under the conditions named; `deny`.
    pub verdict: Ruling,
    /// Every reason that applies, in a fixed order; empty unless the verdict is `deny`.
    pub reasons: Vec<ReasonView>,
    /// What a copy must keep to; empty unless the verdict is `conditional`.
    pub conditions: Vec<ConditionView>,
    /// A decision for each asset that the story shows.
    pub assets: Vec<AssetView>,
    /// The first instant (RFC 3339, UTC) at which time alone changes this answer; null where none
    /// does.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-05-01T09:30:00.000000Z")]
    pub next_change_at: Option<Stamp>,
}

/// A reason against republishing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RightsReason)]
pub struct ReasonView {
    /// Stable code.
    pub code: ReasonCode,
    /// The field that it rests on.
    #[schema(example = "embargo_until")]
    pub field: &'static str,
    /// In words, for a person.
    #[schema(example = "The story's embargo ends at 2026-05-01T09:30:00.000000Z.")]
    pub detail: String,
    /// The instant (RFC 3339, UTC) from which it no longer applies; null where time alone does not
    /// end it.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-05-01T09:30:00.000000Z")]
    pub until: Option<Stamp>,
}

/// A condition of republishing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RightsCondition)]
pub struct ConditionView {
    /// Stable code.
    pub code: ConditionCode,
    /// What it asks, for a person.
    #[schema(example = "Keep the counting pixel in the text, as it is and not loaded lazily.")]
    pub text: &'static str,
}

/// The decision about an asset.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RightsAsset)]
pub struct AssetView {
    /// The asset, by its id.
    #[schema(example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e70")]
    pub media: String,
    /// Its key; null where it has none.
    #[schema(example = "harbour-at-dawn")]
    pub key: Option<String>,
    /// Whether it may be run with the story.
    #[schema(example = false)]
    pub allowed: bool,
    /// Why it may not; null where it may.
    pub reason: Option<AssetReason>,
    /// What its credit line says; null where it has none.
    #[schema(example = "Photo by A. Reader")]
    pub credit: Option<String>,
    /// The instant (RFC 3339, UTC) at which the decision changes; null where time alone does not
    /// change it.
    #[schema(value_type = Option<String>, format = DateTime, example = "2026-05-01T09:30:00.000000Z")]
    pub until: Option<Stamp>,
}

impl RightsView {
    /// The answer about a story.
    pub fn of(id: impl ToString, verdict: &Verdict) -> Self {
        RightsView {
            id: id.to_string(),
            verdict: verdict.ruling,
            reasons: verdict.reasons.iter().map(ReasonView::from).collect(),
            conditions: verdict.conditions.iter().map(ConditionView::from).collect(),
            assets: verdict.assets.iter().map(AssetView::from).collect(),
            next_change_at: verdict.next_change_at,
        }
    }

    /// The answer about an id that the caller may not know, also one that never existed.
    pub fn unknown(id: impl ToString) -> Self {
        RightsView {
            id: id.to_string(),
            verdict: Ruling::Deny,
            reasons: vec![ReasonView::from(&Reason::not_live())],
            conditions: Vec::new(),
            assets: Vec::new(),
            next_change_at: None,
        }
    }
}

impl From<&Reason> for ReasonView {
    fn from(reason: &Reason) -> Self {
        ReasonView {
            code: reason.code,
            field: reason.field,
            detail: reason.detail.clone(),
            until: reason.until,
        }
    }
}

impl From<&Condition> for ConditionView {
    fn from(condition: &Condition) -> Self {
        ConditionView { code: condition.code, text: condition.text }
    }
}

impl From<&AssetDecision> for AssetView {
    fn from(asset: &AssetDecision) -> Self {
        AssetView {
            media: asset.media.clone(),
            key: asset.key.clone(),
            allowed: asset.allowed(),
            reason: asset.reason,
            credit: asset.credit.clone(),
            until: asset.until,
        }
    }
}

/// The 403 of a verdict that denies: the first reason's code, all of them in `reasons`, and whom to
/// ask (`{code, name, contact}`, as the asking room shows it) where it is the origin's word. `None`
/// where the verdict does not deny.
pub fn refusal(verdict: &Verdict, origin: Option<Value>, now: Stamp) -> Option<Error> {
    refusal_of(&verdict.reasons, origin, now)
}

/// As `refusal`, of reasons; `None` where there are none.
pub fn refusal_of(reasons: &[Reason], origin: Option<Value>, now: Stamp) -> Option<Error> {
    let first = reasons.first()?;
    let told: Vec<ReasonView> = reasons.iter().map(ReasonView::from).collect();
    let mut members = Map::new();
    members.insert("reasons".to_owned(), json!(told));
    let reserved = reasons.iter().any(|reason| reason.code == ReasonCode::OriginReserved);
    if let Some(origin) = origin.filter(|_| reserved) {
        members.insert("origin".to_owned(), origin);
    }
    Some(Error::Denied {
        code: first.code.as_str(),
        detail: first.detail.clone(),
        members,
        retry_after: wait(reasons, now),
    })
}

/// The 403 of a partner that is suspended or blocked, for all but what it must still learn; `None` for one in good
/// standing.
pub fn turned_away(state: PartnerState) -> Option<Error> {
    let (code, word) = match state {
        PartnerState::Active => return None,
        PartnerState::Suspended => (ReasonCode::PartnerSuspended, "suspended"),
        PartnerState::Blocked => (ReasonCode::PartnerBlocked, "blocked"),
    };
    let detail = format!("This partner is {word}.");
    refusal_of(&[Reason { code, field: "partner.state", detail, until: None }], None, Stamp(0))
}

/// Seconds until no reason applies any more, where time alone ends them all.
fn wait(reasons: &[Reason], now: Stamp) -> Option<u64> {
    let last = reasons.iter().map(|reason| reason.until).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    // Rounded up: a retry must not come a moment too early.
    u64::try_from(Stamp(last.0.saturating_add(999_999)).seconds_since(now)).ok()
}
