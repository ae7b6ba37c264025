//! The rule of each reason: when it applies, and what it says.
//!
//! Every one that applies is told, not the first alone; a territory that is excluded twice is one
//! reason. A rule looks at the question and the instant and at no other rule.

use super::reasons::NOT_LIVE;
use super::{Origin, Partner, PartnerState, Policy, Question, Reason, ReasonCode, State};
use crate::db::types::Stamp;

/// Where a reason rests, in words, and until when: a reason less its code.
struct Finding {
    field: &'static str,
    detail: String,
    until: Option<Stamp>,
}

impl Finding {
    fn into_reason(self, code: ReasonCode) -> Reason {
        Reason { code, field: self.field, detail: self.detail, until: self.until }
    }
}

fn reason(field: &'static str, detail: impl Into<String>) -> Finding {
    Finding { field, detail: detail.into(), until: None }
}

/// Every reason that applies at an instant.
pub(super) fn of(question: &Question<'_>, now: Stamp) -> Vec<Reason> {
    ReasonCode::ALL
        .into_iter()
        .filter_map(|code| find(code, question, now).map(|found| found.into_reason(code)))
        .collect()
}

fn find(code: ReasonCode, question: &Question<'_>, now: Stamp) -> Option<Finding> {
    let article = &question.article;
    let partner = question.partner.as_ref();
    match code {
        ReasonCode::NotLive => (article.state == State::NotLive).then(|| reason("state", NOT_LIVE)),
        ReasonCode::Retracted => {
            (article.state == State::Retracted).then(|| reason("state", "The story was retracted."))
        }
        ReasonCode::Withheld => article
            .withheld
            .then(|| reason("withheld", "The newsroom holds the story back from republishing for now.")),
        ReasonCode::OriginReserved => question.origin.as_ref().and_then(reserved),
        ReasonCode::OriginUnknown => unknown(question.origin.as_ref()),
        ReasonCode::EmbargoActive => embargo(question, now),
        ReasonCode::RightsExpired => article.expires_at.filter(|end| now >= *end).map(|end| {
            reason("rights.expires_at", format!("The right to republish the story ended at {end}."))
        }),
        ReasonCode::TerritoryExcluded => territory(question),
        ReasonCode::ChannelExcluded => channel(question),
        ReasonCode::PartnerSuspended => standing(partner, PartnerState::Suspended, "suspended"),
        ReasonCode::PartnerBlocked => standing(partner, PartnerState::Blocked, "blocked"),
        ReasonCode::SectionNotGranted => partner
            .filter(|partner| !partner.granted)
            .map(|_| reason("partner.grants", "The story is not among what this partner was granted.")),
        ReasonCode::TermsNotAccepted => partner.and_then(|partner| terms(partner, question.terms_version)),
        ReasonCode::QuotaExhausted => partner
            .and_then(|partner| partner.quota_exhausted_until)
            .filter(|end| now < *end)
            .map(|end| Finding {
                until: Some(end),
                ..reason("partner.quota", "The quota of packages for this period is used up.")
            }),
        ReasonCode::ArticleOptOut => {
            article.opt_out.then(|| reason("rights.opt_out", "The story is not offered for republishing."))
        }
    }
}

fn reserved(origin: &Origin<'_>) -> Option<Finding> {
    let name = origin.name;
    match (origin.policy?, origin.contact) {
        (Policy::Allow, _) => None,
        (Policy::Ask, Some(contact)) => Some(reason(
            "origin.policy",
            format!("The story comes from {name}, which must be asked first: {contact}."),
        )),
        (Policy::Ask, None) => {
            Some(reason("origin.policy", format!("The story comes from {name}, which must be asked first.")))
        }
        (Policy::Deny, _) => Some(reason(
            "origin.policy",
            format!("The story comes from {name}, whose stories may not be republished."),
        )),
    }
}

fn unknown(origin: Option<&Origin<'_>>) -> Option<Finding> {
    match origin {
        None => Some(reason("origin", "It is not known where the story comes from.")),
        Some(Origin { policy: None, name, .. }) => Some(reason(
            "origin.policy",
            format!("It is not known whether stories of {name} may be republished."),
        )),
        Some(Origin { policy: Some(_), .. }) => None,
    }
}

fn embargo(question: &Question<'_>, now: Stamp) -> Option<Finding> {
    let end = question.free_from().filter(|end| now < *end)?;
    let delayed = question.partner.as_ref().is_some_and(|partner| partner.embargo_delay_minutes > 0);
    let (field, of) = if delayed {
        ("partner.embargo_delay_minutes", "The time that this partner waits after publication")
    } else {
        ("embargo_until", "The story's embargo")
    };
    Some(Finding { until: Some(end), ..reason(field, format!("{of} ends at {end}.")) })
}

fn territory(question: &Question<'_>) -> Option<Finding> {
    let place = question.place();
    let article = &question.article;
    if let Some(there) = place.filter(|there| article.territories_out.contains(there)) {
        return Some(reason("rights.territories_out", format!("The story may not be run in {there}.")));
    }
    if article.territories_in.is_empty() {
        return None;
    }
    match place {
        Some(there) if article.territories_in.contains(&there) => None,
        Some(there) => Some(reason("rights.territories_in", format!("The story may not be run in {there}."))),
        None => Some(reason(
            "rights.territories_in",
            "The story may be run in some countries only, and it was not told in which one it would be.",
        )),
    }
}

fn channel(question: &Question<'_>) -> Option<Finding> {
    let (channel, allowed) = (question.channel, question.article.channels);
    (!allowed.is_empty() && !allowed.contains(&channel)).then(|| {
        reason("rights.channels", format!("The story may not be run in the channel `{}`.", channel.as_str()))
    })
}

fn standing(partner: Option<&Partner<'_>>, state: PartnerState, word: &str) -> Option<Finding> {
    partner
        .filter(|partner| partner.state == state)
        .map(|_| reason("partner.state", format!("This partner is {word}.")))
}

fn terms(partner: &Partner<'_>, due: &str) -> Option<Finding> {
    match partner.terms_version {
        Some(accepted) if accepted == due => None,
        Some(accepted) => Some(reason(
            "partner.terms_version",
            format!("Version {due} of the terms is in force, this partner accepted version {accepted}."),
        )),
        None => Some(reason(
            "partner.terms_version",
            format!("This partner has not accepted version {due} of the terms."),
        )),
    }
}
