//! What an endpoint is told: a thin message, by the state of now.

use serde_json::{Map, Value, json};

use super::store::{Delivery, Webhook};
use crate::articles::{self, Found};
use crate::changes::{self, Entry};
use crate::db::Snapshot;
use crate::error::{Error, Result};

/// What is told of the detail of a change: names of things and of states, never words of a story.
const TOLD: [&str; 6] = ["article", "notice", "severity", "kind", "state", "due_at"];

/// The body of a message.
pub fn body(snapshot: &mut Snapshot, webhook: &Webhook, delivery: &Delivery) -> Result<String> {
    let (at, data) = match delivery.seq {
        None => (delivery.created_at, json!({ "id": webhook.id })),
        Some(seq) => {
            let entry = changes::at(snapshot, seq)?;
            (entry.at, data(snapshot, entry)?)
        }
    };
    Ok(json!({ "type": delivery.kind, "timestamp": at, "data": data }).to_string())
}

fn data(snapshot: &mut Snapshot, entry: Entry) -> Result<Value> {
    let mut data = Map::new();
    data.insert("id".into(), entry.entity_id.as_str().into());
    data.insert("version".into(), entry.version.into());
    data.insert("sequence".into(), entry.seq.into());
    for name in TOLD {
        if let Some(value) = entry.detail.get(name) {
            data.insert(name.into(), value.clone());
        }
    }
    if entry.entity == "article" {
        data.extend(present(snapshot, &entry.entity_id)?);
    }
    Ok(data.into())
}

/// What a story is now, as anyone may know it.
fn present(snapshot: &mut Snapshot, id: &str) -> Result<Map<String, Value>> {
    let told = match articles::find(snapshot, id).and_then(Found::here) {
        Ok(card) => json!({ "state": "live", "url": card.url, "present_version": card.version }),
        Err(Error::Retracted { kind, .. }) => json!({ "state": "retracted", "url": null, "kind": kind }),
        Err(Error::NotFound(_)) => json!({ "state": "unpublished", "url": null }),
        Err(error) => return Err(error),
    };
    Ok(told.as_object().cloned().unwrap_or_default())
}
