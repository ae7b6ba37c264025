//! Webhooks: who is told of changes, of which, and what came of the telling.
//!
//! The log is the outbox. A follower turns changes into deliveries, one for each endpoint and number of the log;
//! a job makes them, signed by Standard Webhooks, one at a time to an endpoint and to many endpoints at once. What
//! is told is thin: ids, version, address and number, never a word of a story, and by its state when it is told.
//! A partner's endpoint hears of what was public and of what is that partner's own; an endpoint of the house hears
//! what is public. Knows nothing of what a story is but whether it is live.

pub mod routes;
pub mod views;

mod deliver;
mod events;
mod follow;
mod message;
mod signing;
mod store;

use serde_json::json;

use crate::db::ids::{DeliveryId, PartnerId, WebhookId};
use crate::db::types::{Json, Stamp};
use crate::db::{Audience, Browse, Change, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::WebUrl;

pub use deliver::deliver;
pub use events::EVENTS;
pub use follow::FOLLOWER;
pub use signing::secret;
pub use store::{Delivery, Webhook};

/// How many endpoints a partner may have, and the house.
const MOST: i64 = 20;
/// How long the secret before the present one signs too, in seconds.
const OVERLAP: i64 = 24 * 3600;
/// How long the log of deliveries is kept, in seconds.
const KEPT: i64 = 30 * 24 * 3600;
/// What a delivery that only tries the endpoint is called.
const TEST: &str = "webhook.test";

/// Whose endpoints somebody may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All.
    House,
    /// One partner's; another's are as if they were not there.
    Partner(PartnerId),
}

/// An endpoint as it is to be.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where messages go.
    pub url: WebUrl,
    /// Of what it is told; none: of everything.
    pub events: Option<Vec<String>>,
    /// Whether it is told at all.
    pub active: bool,
}

/// Makes an endpoint, a partner's or the house's own. 409 where there are too many. `kid` names the entry of the
/// ring that its secret is made of.
pub fn create(tx: &mut Tx, partner: Option<PartnerId>, draft: Draft, kid: String) -> Result<Webhook> {
    if store::count(tx, partner)? >= MOST {
        return Err(Error::InvalidState(format!("there are {MOST} endpoints already: delete one first")));
    }
    let webhook = Webhook {
        id: WebhookId::new(),
        partner_id: partner,
        url: draft.url.into_string(),
        events: draft.events.map(Json::of),
        active: draft.active,
        secret_kid: kid,
        secret_number: 1,
        previous_kid: None,
        previous_number: None,
        previous_until: None,
        created_at: tx.now(),
    };
    store::insert(tx, &webhook)?;
    record(tx, "webhook.created", &webhook);
    Ok(webhook)
}

/// An endpoint within reach; 404 where there is none.
pub fn find(conn: &mut Conn, reach: Reach, id: &str) -> Result<Webhook> {
    let id = id.parse().map_err(|_| Error::NotFound("webhook"))?;
    store::webhook(conn, reach, id)?.ok_or(Error::NotFound("webhook"))
}

/// A page of the endpoints within reach, the oldest first.
pub fn browse(conn: &mut Conn, reach: Reach, browse: &Browse) -> Result<Vec<Webhook>> {
    store::webhooks(conn, reach, browse)
}

/// Changes an endpoint; what waits for it goes to the new address.
pub fn change(tx: &mut Tx, present: &Webhook, draft: Draft) -> Result<Webhook> {
    let webhook = Webhook {
        url: draft.url.into_string(),
        events: draft.events.map(Json::of),
        active: draft.active,
        ..present.clone()
    };
    store::update(tx, &webhook)?;
    record(tx, "webhook.changed", &webhook);
    Ok(webhook)
}

/// Deletes an endpoint with its deliveries.
pub fn delete(tx: &mut Tx, webhook: &Webhook) -> Result<()> {
    store::delete(tx, webhook.id)?;
    record(tx, "webhook.deleted", webhook);
    Ok(())
}

/// Gives an endpoint a new secret. The one before signs too for a day, so that the receiver may change over.
pub fn rotate(tx: &mut Tx, present: &Webhook, kid: String) -> Result<Webhook> {
    let webhook = Webhook {
        secret_kid: kid,
        secret_number: present.secret_number + 1,
        previous_kid: Some(present.secret_kid.clone()),
        previous_number: Some(present.secret_number),
        previous_until: Some(tx.now().plus_seconds(OVERLAP)),
        ..present.clone()
    };
    store::update(tx, &webhook)?;
    record(tx, "webhook.secret_rotated", &webhook);
    Ok(webhook)
}

/// Has a message delivered that only tries the endpoint. 409 where it is not active.
pub fn test(tx: &mut Tx, webhook: &Webhook) -> Result<Delivery> {
    if !webhook.active {
        return Err(Error::InvalidState("the endpoint is not active: activate it first".into()));
    }
    let delivery = new_delivery(webhook.id, None, TEST, tx.now());
    store::insert_deliveries(tx, std::slice::from_ref(&delivery))?;
    Ok(delivery)
}

fn new_delivery(webhook_id: WebhookId, seq: Option<i64>, kind: &str, now: Stamp) -> Delivery {
    Delivery {
        id: DeliveryId::new(),
        webhook_id,
        seq,
        kind: kind.to_owned(),
        state: "pending".into(),
        attempts: 0,
        status: None,
        fault: None,
        duration_ms: None,
        next_try_at: Some(now),
        created_at: now,
    }
}

/// A page of an endpoint's deliveries, the newest first.
pub fn deliveries(conn: &mut Conn, webhook: &Webhook, browse: &Browse) -> Result<Vec<Delivery>> {
    store::deliveries(conn, webhook.id, browse)
}

/// Has a delivery made again, with all its tries and under the same id: it tells the state of now.
pub fn replay(tx: &mut Tx, webhook: &Webhook, id: &str) -> Result<Delivery> {
    let id = id.parse().map_err(|_| Error::NotFound("delivery"))?;
    let present = store::delivery(tx, webhook.id, id)?.ok_or(Error::NotFound("delivery"))?;
    let delivery = Delivery { state: "pending".into(), attempts: 0, next_try_at: Some(tx.now()), ..present };
    store::update_delivery(tx, &delivery)?;
    Ok(delivery)
}

/// Drops the deliveries of more than thirty days ago.
pub fn forget_old(tx: &mut Tx) -> Result<()> {
    let now = tx.now();
    store::delete_deliveries_until(tx, now.plus_seconds(-KEPT))
}

fn record(tx: &mut Tx, kind: &'static str, webhook: &Webhook) {
    let detail = json!({ "url": webhook.url, "partner": webhook.partner_id });
    tx.record(Change::new(Audience::Staff, kind, "webhook", webhook.id).detail(detail));
}
