//! What endpoints may be told of, and which lines of the log that is.

use crate::articles::events;
use crate::changes::Entry;
use crate::db::Audience;
use crate::db::ids::PartnerId;

/// The types of events, as messages and filters name them.
pub const EVENTS: [&str; 18] = [
    "article.published",
    "article.updated",
    "article.corrected",
    "article.unpublished",
    "article.retracted",
    "article.withheld",
    "article.released",
    "article.restored",
    "rights.changed",
    "media.rights.changed",
    "notice.opened",
    "notice.acknowledged",
    "notice.claimed",
    "notice.verified",
    "notice.overdue",
    "partner.suspended",
    "partner.activated",
    "placement.live_after_kill",
];

/// Whom an event is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressed {
    /// Everybody.
    All,
    /// Every partner.
    Partners,
    /// This partner.
    Partner(PartnerId),
}

/// The type of event that a line of the log is, and whom it is for; none where nobody is told of it.
pub fn event(entry: &Entry) -> Option<(&'static str, Addressed)> {
    let kind = events::event(&entry.kind);
    let kind = EVENTS.into_iter().find(|event| *event == kind)?;
    let partner = match entry.entity.as_str() {
        "partner" => Some(entry.entity_id.as_str()),
        _ => entry.detail["partner"].as_str(),
    };
    let addressed = match (partner, entry.audience) {
        (Some(partner), _) => Addressed::Partner(partner.parse().ok()?),
        (None, Audience::Public) => Addressed::All,
        (None, Audience::Partner) => Addressed::Partners,
        (None, Audience::Staff) => return None,
    };
    Some((kind, addressed))
}
