//! Whether somebody may republish a story, and why not.
//!
//! `verdict` is the one function that decides it, for every route that hands a body to others. It
//! is pure: all it knows stands in its `Question`, the instant too. It promises every reason that
//! applies, in one fixed order, and that a denial has a reason and a permission none. Who may know
//! that a story exists is not asked here: a route that may not tell answers without asking.

mod assets;
mod channel;
mod conditions;
mod input;
mod media;
mod partner;
mod question;
mod reasons;
mod rules;
mod territory;
pub mod views;

use serde::Serialize;
use utoipa::ToSchema;

use crate::db::types::Stamp;

pub use assets::{AssetDecision, AssetReason};
pub use channel::Channel;
pub use conditions::{Condition, ConditionCode};
pub use media::{Lease, LeaseEffect, Media};
pub use partner::{Duty, Partner, PartnerState, Profile};
pub use question::{ArticleRights, Origin, Policy, Question, State};
pub use reasons::{Reason, ReasonCode};
pub use territory::{TERRITORY_FORM, Territory};
pub use views::{AssetView, ConditionView, ReasonView, RightsView, refusal, refusal_of, turned_away};

/// What a verdict comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "conditional")]
pub enum Ruling {
    /// May be republished; no condition applies.
    Allow,
    /// May be republished under the conditions named.
    Conditional,
    /// May not be republished, for the reasons named.
    Deny,
}

impl Ruling {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Ruling::Allow => "allow",
            Ruling::Conditional => "conditional",
            Ruling::Deny => "deny",
        }
    }
}

/// The answer to a question: the ruling and all that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it comes to.
    pub ruling: Ruling,
    /// Every reason against, in the order of `ReasonCode`; empty unless the ruling is `Deny`.
    pub reasons: Vec<Reason>,
    /// What must be kept to, in the order of `ConditionCode`; empty unless `Conditional`.
    pub conditions: Vec<Condition>,
    /// A decision for each asset, in the order asked.
    pub assets: Vec<AssetDecision>,
    /// The first instant after `now` at which the answer to the same question is another, where
    /// time alone changes it.
    pub next_change_at: Option<Stamp>,
}

impl Verdict {
    /// Whether the story may be republished, under conditions or not.
    pub fn allows(&self) -> bool {
        match self.ruling {
            Ruling::Allow | Ruling::Conditional => true,
            Ruling::Deny => false,
        }
    }

    /// The code that a refusal carries: that of the first reason.
    pub fn first_code(&self) -> Option<ReasonCode> {
        self.reasons.first().map(|reason| reason.code)
    }

    fn differs_from(&self, other: &Verdict) -> bool {
        (self.ruling, &self.reasons, &self.conditions, &self.assets)
            != (other.ruling, &other.reasons, &other.conditions, &other.assets)
    }
}

/// Decides a question.
pub fn verdict(question: &Question<'_>) -> Verdict {
    let now = at(question, question.now);
    let next_change_at = question
        .instants()
        .into_iter()
        .filter(|instant| *instant > question.now)
        .find(|instant| at(question, *instant).differs_from(&now));
    Verdict { next_change_at, ..now }
}

/// The reasons against a partner that no story has a part in: they close whole lists to it.
pub fn against(partner: Partner<'_>, terms_version: &str, now: Stamp) -> Vec<Reason> {
    let question = Question {
        article: ArticleRights {
            state: State::NotLive,
            withheld: false,
            opt_out: false,
            expires_at: None,
            channels: &[],
            territories_in: &[],
            territories_out: &[],
        },
        origin: None,
        partner: Some(partner),
        terms_version,
        media: &[],
        channel: Channel::Web,
        territory: None,
        now,
    };
    rules::of(&question, now).into_iter().filter(|reason| reason.code.closes_lists()).collect()
}

/// The verdict at an instant, without a look ahead.
fn at(question: &Question<'_>, now: Stamp) -> Verdict {
    let reasons = rules::of(question, now);
    let assets = assets::decide(question, !reasons.is_empty(), now);
    let conditions = if reasons.is_empty() { conditions::of(question, &assets) } else { Vec::new() };
    let ruling = match (reasons.is_empty(), conditions.is_empty()) {
        (false, _) => Ruling::Deny,
        (true, false) => Ruling::Conditional,
        (true, true) => Ruling::Allow,
    };
    Verdict { ruling, reasons, conditions, assets, next_change_at: None }
}
