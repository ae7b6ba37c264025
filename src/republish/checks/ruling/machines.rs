//! What machines are told: the canonical link, and to keep out.

use super::{About, Code, Rule, Ruled};
use crate::articles::paths::is_same_address;
use crate::republish::checks::reading::{Agent, Canonical, Place, Reading, Robots};

/// Exactly one canonical link, where search engines look, and ours. Two that say the same are one.
pub(super) fn canonical(reading: &Reading, about: &About) -> Vec<Ruled> {
    let is_ours = |one: &&Canonical| {
        one.url.as_ref().is_some_and(|url| is_same_address(url.as_str(), &about.canonical_url))
    };
    let (hidden, heeded): (Vec<_>, Vec<_>) =
        reading.canonicals.iter().partition(|one| one.place == Place::Body);
    let ours = heeded.iter().copied().filter(|one| is_ours(one)).count();
    let code = match (heeded.len(), ours) {
        (0, _) if hidden.is_empty() => Code::CanonicalMissing,
        (0, _) => {
            let quotes = hidden.iter().map(|one| one.quote.clone());
            return vec![Ruled::found(Rule::Canonical, Code::CanonicalNotInHead, quotes)];
        }
        (all, ours) if all == ours => return Vec::new(),
        (1, _) => Code::CanonicalOther,
        (_, _) => Code::CanonicalRepeated,
    };
    vec![Ruled::found(Rule::Canonical, code, heeded.iter().map(|one| one.quote.clone()))]
}

/// Kept out of every search engine; of opposite rules the stricter counts.
pub(super) fn noindex(reading: &Reading) -> Vec<Ruled> {
    let (hidden, heeded): (Vec<&Robots>, Vec<&Robots>) =
        reading.robots.iter().partition(|one| one.place == Place::Body);
    let keeps_out = |agent: Agent| heeded.iter().any(|one| one.agent == agent && one.noindex);
    let (code, quoted) = if keeps_out(Agent::All) {
        return Vec::new();
    } else if keeps_out(Agent::Googlebot) {
        (Code::NoindexForGooglebotOnly, &heeded)
    } else if keeps_out(Agent::GooglebotNews) {
        (Code::NoindexForGooglebotNewsOnly, &heeded)
    } else if hidden.iter().any(|one| one.noindex) {
        (Code::NoindexNotInHead, &hidden)
    } else {
        (Code::NoindexMissing, &heeded)
    };
    vec![Ruled::found(Rule::Noindex, code, quoted.iter().map(|one| one.quote.clone()))]
}
