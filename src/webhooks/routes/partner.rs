//! Endpoints as a partner sees them: that partner's own.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use crate::app::App;
use crate::error::Result;
use crate::http::caller::PartnerKey;
use crate::http::paging::Paging;
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, List, MinSequence, Once, Patch, Query, Register, Saved};
use crate::webhooks::Reach;
use crate::webhooks::views::{DeliveryView, WebhookInput, WebhookView};

pub fn configure(config: &mut impl Register) {
    config
        .service(list_own_webhooks)
        .service(create_own_webhook)
        .service(get_own_webhook)
        .service(change_own_webhook)
        .service(delete_own_webhook)
        .service(rotate_own_webhook_secret)
        .service(test_own_webhook)
        .service(list_own_deliveries)
        .service(replay_own_delivery);
}

/// What a partner may see.
fn own(partner: &PartnerKey) -> Reach {
    Reach::Partner(partner.0.id)
}

/// List your own webhooks
///
/// The oldest first. Another partner's are as if they were not there.
#[utoipa::path(
    tag = "syndication: webhooks",
    params(Paging),
    responses((status = 200, body = List<WebhookView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/webhooks")]
async fn list_own_webhooks(
    app: Data<App>,
    partner: PartnerKey,
    query: Query<Paging>,
    links: Links,
) -> Result<Saved> {
    super::list(app, own(&partner), query.0, links).await
}

/// Make a webhook
///
/// It is told of stories that are or were public, and of what is yours. Messages are signed as Standard Webhooks has it, by the secret that this answer shows, once. A message is
/// `{type, timestamp, data}`; `data` names ids, version, address and `sequence`, which works as
/// `Wiredesk-Min-Sequence`. 2xx alone is success, 410 ends the endpoint, a redirect is a failure; it is tried at
/// once, after 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 6 h and 12 h, always under the same `webhook-id`. 409
/// `invalid_state` where there are 20 already.
#[utoipa::path(
    tag = "syndication: webhooks",
    request_body = WebhookInput,
    responses((status = 201, body = Item<WebhookView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/webhooks")]
async fn create_own_webhook(
    app: Data<App>,
    partner: PartnerKey,
    once: Once,
    body: Body<WebhookInput>,
    links: Links,
) -> Result<Saved> {
    super::create(app, (partner.actor(), Some(partner.0.id)), once, body.0, links).await
}

/// Read a webhook
///
/// Without its secret.
#[utoipa::path(
    tag = "syndication: webhooks",
    responses((status = 200, body = Item<WebhookView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/webhooks/{webhook}")]
async fn get_own_webhook(
    app: Data<App>,
    partner: PartnerKey,
    webhook: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    super::get(app, own(&partner), webhook.into_inner(), links).await
}

/// Change a webhook
///
/// A merge patch (RFC 7396). What waits for it goes to its new address.
#[utoipa::path(
    tag = "syndication: webhooks",
    request_body(content = WebhookInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<WebhookView>)),
    security(("bearer" = ["partner"]))
)]
#[patch("/v1/syndication/webhooks/{webhook}")]
async fn change_own_webhook(
    app: Data<App>,
    partner: PartnerKey,
    webhook: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    super::change(app, (partner.actor(), own(&partner)), webhook.into_inner(), (if_match, patch), links).await
}

/// Delete a webhook
///
/// With its deliveries; what waits is told no more.
#[utoipa::path(tag = "syndication: webhooks", responses((status = 204)), security(("bearer" = ["partner"])))]
#[delete("/v1/syndication/webhooks/{webhook}")]
async fn delete_own_webhook(
    app: Data<App>,
    partner: PartnerKey,
    webhook: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    super::delete(app, (partner.actor(), own(&partner)), webhook.into_inner(), if_match).await
}

/// Give a webhook a new secret
///
/// This answer shows it, once. For 24 hours the one before signs too: each message has two signatures.
#[utoipa::path(
    tag = "syndication: webhooks",
    responses((status = 200, body = Item<WebhookView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/webhooks/{webhook}/rotate")]
async fn rotate_own_webhook_secret(
    app: Data<App>,
    partner: PartnerKey,
    webhook: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    super::rotate(app, (partner.actor(), own(&partner)), webhook.into_inner(), once, links).await
}

/// Try a webhook
///
/// A message of type `webhook.test`, delivered like any other: its outcome stands among the deliveries.
#[utoipa::path(
    tag = "syndication: webhooks",
    responses((status = 200, body = Item<DeliveryView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/webhooks/{webhook}/test")]
async fn test_own_webhook(
    app: Data<App>,
    partner: PartnerKey,
    webhook: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    super::test(app, (partner.actor(), own(&partner)), webhook.into_inner(), once, links).await
}

/// List the deliveries of a webhook
///
/// The newest first, for thirty days: what was told, how often it was tried, and what came of the last try.
#[utoipa::path(
    tag = "syndication: webhooks",
    params(Paging),
    responses((status = 200, body = List<DeliveryView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/webhooks/{webhook}/deliveries")]
async fn list_own_deliveries(
    app: Data<App>,
    partner: PartnerKey,
    webhook: Path<String>,
    query: Query<Paging>,
    min_sequence: MinSequence,
    links: Links,
) -> Result<Saved> {
    super::deliveries(app, own(&partner), webhook.into_inner(), (query.0, min_sequence), links).await
}

/// Have a delivery made again
///
/// Under the same id and with all its tries. It tells the state of now: a story that was retracted since is told
/// as that.
#[utoipa::path(
    tag = "syndication: webhooks",
    responses((status = 200, body = Item<DeliveryView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/webhooks/{webhook}/deliveries/{delivery}/replay")]
async fn replay_own_delivery(
    app: Data<App>,
    partner: PartnerKey,
    path: Path<(String, String)>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    super::replay(app, (partner.actor(), own(&partner)), path.into_inner(), once, links).await
}
