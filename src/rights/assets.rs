//! Which of a story's assets may be run.
//!
//! A denial beats a permission: the story's own, the partner's lack of a right to images, a lease
//! that denies, in this order. An asset that nobody has cleared is denied. A lease for a group or
//! a partner never speaks of an anonymous caller.

use utoipa::ToSchema;

use super::{Lease, LeaseEffect, Media, Question};
use crate::db::types::Stamp;

/// Why an asset may not be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "not_cleared")]
pub enum AssetReason {
    /// The story itself may not be republished.
    StoryDenied,
    /// This partner has text only.
    ImagesNotIncluded,
    /// A lease in force denies it.
    LeaseDenied,
    /// Nobody has cleared it for others.
    NotCleared,
}

impl AssetReason {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            AssetReason::StoryDenied => "story_denied",
            AssetReason::ImagesNotIncluded => "images_not_included",
            AssetReason::LeaseDenied => "lease_denied",
            AssetReason::NotCleared => "not_cleared",
        }
    }
}

/// What was decided about one asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetDecision {
    /// Its id.
    pub media: String,
    /// Its key, where it has one.
    pub key: Option<String>,
    /// Why it may not be run; `None` where it may.
    pub reason: Option<AssetReason>,
    /// What its credit line says.
    pub credit: Option<String>,
    /// The instant at which a lease changes the decision, where one does.
    pub until: Option<Stamp>,
}

impl AssetDecision {
    /// Whether it may be run.
    pub fn allowed(&self) -> bool {
        self.reason.is_none()
    }
}

/// A decision for each asset of a question.
pub(super) fn decide(question: &Question<'_>, denied: bool, now: Stamp) -> Vec<AssetDecision> {
    question.media.iter().map(|asset| one(question, asset, denied, now)).collect()
}

fn one(question: &Question<'_>, asset: &Media<'_>, denied: bool, now: Stamp) -> AssetDecision {
    let barred = if denied {
        Some(AssetReason::StoryDenied)
    } else if question.partner.as_ref().is_some_and(|partner| !partner.images) {
        Some(AssetReason::ImagesNotIncluded)
    } else {
        None
    };
    let reason = barred.or_else(|| by_lease(question, asset, now));
    // A bar that is not of the asset does not end with a lease.
    let until = if barred.is_some() { None } else { turn(question, asset, reason, now) };
    AssetDecision {
        media: asset.id.to_owned(),
        key: asset.key.map(str::to_owned),
        reason,
        credit: asset.credit.map(str::to_owned),
        until,
    }
}

fn by_lease(question: &Question<'_>, asset: &Media<'_>, now: Stamp) -> Option<AssetReason> {
    let holds = |effect: LeaseEffect| {
        asset
            .leases
            .iter()
            .any(|lease| lease.effect == effect && concerns(lease, question) && in_force(lease, now))
    };
    if holds(LeaseEffect::Deny) {
        Some(AssetReason::LeaseDenied)
    } else if asset.syndication_allowed || holds(LeaseEffect::Allow) {
        None
    } else {
        Some(AssetReason::NotCleared)
    }
}

/// The first instant at which the leases decide otherwise than now.
fn turn(
    question: &Question<'_>,
    asset: &Media<'_>,
    reason: Option<AssetReason>,
    now: Stamp,
) -> Option<Stamp> {
    let mut turns: Vec<Stamp> = asset
        .leases
        .iter()
        .flat_map(|lease| [lease.from, lease.to])
        .flatten()
        .filter(|instant| *instant > now)
        .collect();
    turns.sort_unstable();
    turns.into_iter().find(|instant| by_lease(question, asset, *instant) != reason)
}

fn concerns(lease: &Lease<'_>, question: &Question<'_>) -> bool {
    let partner = question.partner.as_ref();
    let named = |wanted: Option<&str>, has: Option<&str>| wanted.is_none() || wanted == has;
    named(lease.group, partner.and_then(|partner| partner.group))
        && named(lease.partner, partner.map(|partner| partner.id))
}

fn in_force(lease: &Lease<'_>, now: Stamp) -> bool {
    lease.from.is_none_or(|from| from <= now) && lease.to.is_none_or(|to| now < to)
}
