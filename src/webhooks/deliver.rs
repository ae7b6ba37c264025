//! The job that makes deliveries: outside of any transaction, to many endpoints at once, one at a time to each.
//!
//! A node claims an endpoint by a conditional update with a lease, and makes what is due for it in its order. What
//! waits for another try does not hold up what came after it.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::sleep;
use url::Url;

use super::signing::{seconds, signatures};
use super::store::{self, Delivery, Webhook};
use super::{message, record};
use crate::auth::Secrets;
use crate::db::ids::WebhookId;
use crate::db::types::Stamp;
use crate::db::{Actor, Db};
use crate::error::Result;
use crate::outbound::{Client, Failure};

/// How many endpoints are told at once.
const MOST_AT_ONCE: usize = 32;
/// How long an endpoint is a node's, in seconds: longer than a message may take.
const LEASE: i64 = 60;
/// How often others are looked for while some are slow.
const LOOK: Duration = Duration::from_millis(200);
/// How long after each failed try the next one is made, in seconds, give or take a fifth.
const PAUSES: [i64; 8] = [5, 30, 120, 600, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600];

/// Makes what is due, until nothing is.
pub async fn deliver(db: &Db, secrets: &Secrets, client: &Client) -> Result<()> {
    let post = Post { db, secrets, client };
    let mut running = FuturesUnordered::new();
    loop {
        for webhook in post.claim(MOST_AT_ONCE - running.len()).await? {
            running.push(post.serve(webhook));
        }
        if running.is_empty() {
            return Ok(());
        }
        tokio::select! {
            Some(served) = running.next() => {
                if let Err(error) = served {
                    tracing::error!("deliveries of a webhook: {error:?}");
                }
            }
            () = sleep(LOOK) => {}
        }
    }
}

struct Post<'a> {
    db: &'a Db,
    secrets: &'a Secrets,
    client: &'a Client,
}

/// What is to be told next to an endpoint.
struct Due {
    webhook: Webhook,
    delivery: Delivery,
    body: String,
}

impl Post<'_> {
    /// Endpoints for which something is due, claimed for this node.
    async fn claim(&self, most: usize) -> Result<Vec<WebhookId>> {
        let free = self.db.read(move |snapshot| {
            let now = snapshot.now();
            store::waiting(snapshot, now, most as i64)
        });
        let mut claimed = Vec::new();
        for id in free.await? {
            let claim = self.db.write_unlogged(move |tx| {
                let now = tx.now();
                store::claim(tx, id, now, now.plus_seconds(LEASE))
            });
            if claim.await? {
                claimed.push(id);
            }
        }
        Ok(claimed)
    }

    /// Tells an endpoint all that is due, then lets it go.
    async fn serve(&self, id: WebhookId) -> Result<()> {
        while let Some(due) = self.next(id).await? {
            let began = Instant::now();
            let outcome = self.tell(&due).await;
            let took = i32::try_from(began.elapsed().as_millis()).unwrap_or(i32::MAX);
            self.note(due, outcome, took).await?;
        }
        self.db.write_unlogged(move |tx| store::release(tx, id)).await
    }

    async fn next(&self, id: WebhookId) -> Result<Option<Due>> {
        let next = self.db.read(move |snapshot| {
            let now = snapshot.now();
            let Some((webhook, delivery)) = store::next_due(snapshot, id, now)? else { return Ok(None) };
            let body = message::body(snapshot, &webhook, &delivery)?;
            Ok(Some(Due { webhook, delivery, body }))
        });
        next.await
    }

    /// One try: the status, or the code of what kept it from one.
    async fn tell(&self, due: &Due) -> std::result::Result<u16, &'static str> {
        let Due { webhook, delivery, body } = due;
        let (now, id) = (self.db.now(), delivery.id.to_string());
        let signed = signatures(self.secrets, webhook, &id, now, body).ok_or("secret_retired")?;
        let url = Url::parse(&webhook.url).map_err(|_| Failure::NotAllowed.code())?;
        let headers = vec![
            ("webhook-id", id),
            ("webhook-timestamp", seconds(now).to_string()),
            ("webhook-signature", signed),
        ];
        self.client.post(&url, headers, body.clone()).await.map_err(Failure::code)
    }

    /// Writes down what came of a try. An endpoint that is gone for good is told nothing more.
    async fn note(&self, due: Due, outcome: std::result::Result<u16, &'static str>, took: i32) -> Result<()> {
        let Due { webhook, delivery, .. } = due;
        if outcome == Ok(410) {
            let gone = self.db.write(Actor::system(), move |tx| {
                let delivery = tried(delivery, outcome, took, tx.now());
                store::update_delivery(tx, &delivery)?;
                store::deactivate(tx, webhook.id)?;
                record(tx, "webhook.disabled", &webhook);
                Ok(())
            });
            return gone.await.map(|_| ());
        }
        let noted = self.db.write_unlogged(move |tx| {
            let now = tx.now();
            store::update_delivery(tx, &tried(delivery, outcome, took, now))?;
            store::hold(tx, webhook.id, now.plus_seconds(LEASE))
        });
        noted.await
    }
}

/// A delivery after a try.
fn tried(
    delivery: Delivery,
    outcome: std::result::Result<u16, &'static str>,
    took: i32,
    now: Stamp,
) -> Delivery {
    let attempts = delivery.attempts + 1;
    let is_delivered = outcome.is_ok_and(|status| (200..300).contains(&status));
    let pause = usize::try_from(attempts - 1).ok().and_then(|place| PAUSES.get(place));
    let next = pause.filter(|_| !is_delivered && outcome != Ok(410)).map(|pause| {
        let spread = 0.8 + 0.4 * rand::random::<f64>();
        Stamp(now.0 + (*pause as f64 * spread * 1_000_000.0) as i64)
    });
    let state = match (is_delivered, next) {
        (true, _) => "delivered",
        (false, Some(_)) => "pending",
        (false, None) => "failed",
    };
    Delivery {
        state: state.into(),
        attempts,
        status: outcome.ok().map(i32::from),
        fault: outcome.err().map(str::to_owned),
        duration_ms: Some(took),
        next_try_at: next,
        ..delivery
    }
}
