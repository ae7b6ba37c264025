//! Lines of the log become deliveries.

use std::collections::BTreeSet;

use super::events::{Addressed, event};
use super::new_delivery;
use super::store::{self, Delivery, Webhook};
use crate::articles::{self, events::STILL_TOLD};
use crate::changes::{Entry, Follower};
use crate::db::Tx;
use crate::db::ids::ArticleId;
use crate::error::Result;
use crate::rights::PartnerState;

/// The follower that makes deliveries.
pub const FOLLOWER: Follower = Follower { name: "webhooks", act: enqueue };

/// An import is no news: what it did is told to nobody.
fn enqueue(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    let told = entries.iter().filter(|entry| !entry.bulk);
    let events: Vec<_> = told.filter_map(|entry| event(entry).map(|event| (entry, event))).collect();
    if events.is_empty() {
        return Ok(());
    }
    let stories: BTreeSet<ArticleId> = events.iter().filter_map(|(entry, _)| story(entry)).collect();
    let public = articles::ever_public(tx, &stories.into_iter().collect::<Vec<_>>())?;
    let webhooks = store::listening(tx)?;
    let now = tx.now();
    let mut deliveries: Vec<Delivery> = Vec::new();
    for (entry, (kind, addressed)) in events {
        if is_story(entry) && !story(entry).is_some_and(|story| public.contains(&story)) {
            continue;
        }
        let hearing = webhooks.iter().filter(|(webhook, state)| hears(webhook, *state, kind, addressed));
        deliveries.extend(hearing.map(|(webhook, _)| new_delivery(webhook.id, Some(entry.seq), kind, now)));
    }
    store::insert_deliveries(tx, &deliveries)
}

fn is_story(entry: &Entry) -> bool {
    entry.entity == "article"
}

fn story(entry: &Entry) -> Option<ArticleId> {
    entry.entity_id.parse().ok().filter(|_| is_story(entry))
}

fn hears(webhook: &Webhook, state: Option<PartnerState>, kind: &str, addressed: Addressed) -> bool {
    let wants = webhook.events.as_ref().is_none_or(|events| events.value.iter().any(|event| event == kind));
    let may = match state {
        None | Some(PartnerState::Active) => true,
        Some(PartnerState::Suspended) => STILL_TOLD.contains(&kind),
        Some(PartnerState::Blocked) => false,
    };
    let is_meant = match addressed {
        Addressed::All => true,
        Addressed::Partners => webhook.partner_id.is_some(),
        Addressed::Partner(partner) => webhook.partner_id == Some(partner),
    };
    wants && may && is_meant
}
