//! Endpoints and their deliveries as JSON, in and out.

use deserr::{Deserr, ValuePointerRef};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;
use utoipa::ToSchema;

use super::{Delivery, Draft, EVENTS, Webhook};
use crate::db::ids::{DeliveryId, PartnerId, WebhookId};
use crate::db::types::Stamp;
use crate::error::{Error, Result};
use crate::fields::{Faults, WebUrl};
use crate::outbound::Client;

/// An endpoint that is told of changes.
#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookView {
    /// The id.
    pub id: WebhookId,
    /// Where messages go.
    #[schema(example = "https://ferryman.example/hooks/courier")]
    pub url: String,
    /// Of what it is told, by the types of events; null: of everything.
    #[schema(example = json!(["article.corrected", "article.retracted"]))]
    pub events: Option<Vec<String>>,
    /// Whether it is told at all. An answer of 410 sets it to false.
    #[schema(example = true)]
    pub active: bool,
    /// Whose it is; null: the house's own, which is told what is public.
    pub partner: Option<PartnerId>,
    /// The secret that signs, `whsec_` and base64 of its bytes. Shown where it was made or changed, and null ever
    /// after.
    #[schema(example = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfjP1xrVIg=")]
    pub secret: Option<String>,
    /// Until when the secret before this one signs too; null where there was none.
    pub previous_secret_until: Option<Stamp>,
    /// When it was made.
    pub created_at: Stamp,
}

/// An endpoint to make, or the whole of what one is changed to.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields, validate = known -> Faults)]
pub struct WebhookInput {
    /// Where messages go: https, or http to a private network that the settings name. 422 `target_not_allowed`
    /// for a target that we do not ask.
    #[schema(inline, example = "https://ferryman.example/hooks/courier")]
    pub url: WebUrl,
    /// Of what it is told, by the types of events; left out: of everything. 422 `invalid_value` for a type that
    /// there is not.
    #[deserr(default)]
    #[schema(max_items = 50, example = json!(["article.corrected", "article.retracted"]))]
    pub events: Option<Vec<String>>,
    /// Whether it is told at all. Default true.
    #[deserr(default)]
    #[schema(example = true)]
    pub active: Option<bool>,
}

fn known(input: WebhookInput, location: ValuePointerRef) -> std::result::Result<WebhookInput, Faults> {
    let unknown = |event: &&String| !EVENTS.contains(&event.as_str());
    match input.events.iter().flatten().find(unknown) {
        Some(_) => {
            let told = format!("must be among {}", EVENTS.join(", "));
            Err(Faults::one(location.push_key("events"), "invalid_value", told))
        }
        None => Ok(input),
    }
}

impl WebhookInput {
    /// The endpoint to be; 422 where its target is none that we ask, as far as its address tells.
    pub fn draft(self, client: &Client) -> Result<Draft> {
        let url = Url::parse(self.url.as_str());
        if !url.is_ok_and(|url| client.may_post(&url).is_ok()) {
            let told = "must be https, and no address of a private network";
            return Err(Error::body("/url", "target_not_allowed", told));
        }
        Ok(Draft { url: self.url, events: self.events, active: self.active.unwrap_or(true) })
    }
}

impl WebhookView {
    /// An endpoint, with its secret where this is the time to show it.
    pub fn new(webhook: Webhook, secret: Option<String>) -> Self {
        WebhookView {
            id: webhook.id,
            url: webhook.url,
            events: webhook.events.map(|events| events.value),
            active: webhook.active,
            partner: webhook.partner_id,
            secret,
            previous_secret_until: webhook.previous_until,
            created_at: webhook.created_at,
        }
    }

    /// What a merge patch is laid over.
    pub fn form(webhook: &Webhook) -> Value {
        let events = webhook.events.as_ref().map(|events| &events.value);
        json!({ "url": webhook.url, "events": events, "active": webhook.active })
    }
}

/// A message to an endpoint, and what came of it.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub struct DeliveryView {
    /// The id, which each try names in `webhook-id`.
    pub id: DeliveryId,
    /// The type of the event; `webhook.test` where it only tries the endpoint.
    #[serde(rename = "type")]
    #[schema(example = "article.corrected")]
    pub kind: String,
    /// The number of the log that it tells of; null where it only tries the endpoint.
    #[schema(example = 1207)]
    pub sequence: Option<i64>,
    /// `pending`, `delivered` or `failed`.
    #[schema(example = "delivered")]
    pub state: String,
    /// How often it was tried.
    #[schema(example = 1)]
    pub attempts: i32,
    /// The status of the last answer; null where there was none.
    #[schema(example = 204)]
    pub status: Option<i32>,
    /// What kept the last try from an answer: `target_not_allowed`, `unreachable`, `timed_out` or
    /// `secret_retired` (rotate it); null where there was one.
    #[schema(example = json!(null))]
    pub fault: Option<String>,
    /// How long the last try took, in milliseconds.
    #[schema(example = 84)]
    pub duration_ms: Option<i32>,
    /// When it is tried next; null where it is not.
    pub next_try_at: Option<Stamp>,
    /// When it was made.
    pub created_at: Stamp,
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        DeliveryView {
            id: delivery.id,
            kind: delivery.kind,
            sequence: delivery.seq,
            state: delivery.state,
            attempts: delivery.attempts,
            status: delivery.status,
            fault: delivery.fault,
            duration_ms: delivery.duration_ms,
            next_try_at: delivery.next_try_at,
            created_at: delivery.created_at,
        }
    }
}
