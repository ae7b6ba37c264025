//! Secrets of endpoints and signatures of messages (Standard Webhooks 1.0).
//!
//! A secret is derived from the ring, from the endpoint's id and a number: it can be made again to sign, and
//! stands nowhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::store::Webhook;
use crate::auth::secrets::{Purpose, Secrets, mac};
use crate::db::ids::WebhookId;
use crate::db::types::Stamp;

/// The present secret of an endpoint, as it is shown once; none where its entry has left the ring.
pub fn secret(secrets: &Secrets, webhook: &Webhook) -> Option<String> {
    let key = derived(secrets, webhook.id, &webhook.secret_kid, webhook.secret_number)?;
    Some(format!("whsec_{}", STANDARD.encode(key)))
}

/// The signatures of a message, by the present secret and, for a day after it changed, the one before; none where
/// no entry of the ring is left for either.
pub fn signatures(secrets: &Secrets, webhook: &Webhook, id: &str, now: Stamp, body: &str) -> Option<String> {
    let mut keys = Vec::new();
    keys.extend(derived(secrets, webhook.id, &webhook.secret_kid, webhook.secret_number));
    if let (Some(kid), Some(number)) = (&webhook.previous_kid, webhook.previous_number)
        && webhook.previous_until.is_some_and(|until| now < until)
    {
        keys.extend(derived(secrets, webhook.id, kid, number));
    }
    let signed: Vec<String> = keys.iter().map(|key| signature(key, id, seconds(now), body)).collect();
    (!signed.is_empty()).then(|| signed.join(" "))
}

/// An instant as a message has it: whole seconds since 1970.
pub fn seconds(now: Stamp) -> i64 {
    now.0.div_euclid(1_000_000)
}

fn derived(secrets: &Secrets, id: WebhookId, kid: &str, number: i32) -> Option<[u8; 32]> {
    let (_, key) = secrets.verifying_keys(Purpose::Webhook).find(|(known, _)| *known == kid)?;
    Some(mac(&key, &[id.as_str().as_bytes(), &number.to_be_bytes()]))
}

fn signature(key: &[u8; 32], id: &str, seconds: i64, body: &str) -> String {
    // HMAC fills a short key up with zeros: this is the same key.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}
