//! Endpoints as the newsroom sees them: its own, and those of partners.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use crate::app::App;
use crate::error::Result;
use crate::http::caller::Admin;
use crate::http::paging::Paging;
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, List, MinSequence, Once, Patch, Query, Register, Saved};
use crate::webhooks::Reach;
use crate::webhooks::views::{DeliveryView, WebhookInput, WebhookView};

pub fn configure(config: &mut impl Register) {
    config
        .service(list_webhooks)
        .service(create_webhook)
        .service(get_webhook)
        .service(change_webhook)
        .service(delete_webhook)
        .service(rotate_webhook_secret)
        .service(test_webhook)
        .service(list_deliveries)
        .service(replay_delivery);
}

/// List all webhooks
///
/// The house's own and those of partners, the oldest first.
#[utoipa::path(
    tag = "admin: webhooks",
    params(Paging),
    responses((status = 200, body = List<WebhookView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/webhooks")]
async fn list_webhooks(app: Data<App>, _: Admin, query: Query<Paging>, links: Links) -> Result<Saved> {
    super::list(app, Reach::House, query.0, links).await
}

/// Make a webhook
///
/// An endpoint of the house: it is told what is public. Messages are signed as Standard Webhooks has it, by the secret that this answer shows, once. A message is
/// `{type, timestamp, data}`; `data` names ids, version, address and `sequence`, which works as
/// `Wiredesk-Min-Sequence`. 2xx alone is success, 410 ends the endpoint, a redirect is a failure; it is tried at
/// once, after 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 6 h and 12 h, always under the same `webhook-id`. 409
/// `invalid_state` where there are 20 already.
#[utoipa::path(
    tag = "admin: webhooks",
    request_body = WebhookInput,
    responses((status = 201, body = Item<WebhookView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/webhooks")]
async fn create_webhook(
    app: Data<App>,
    admin: Admin,
    once: Once,
    body: Body<WebhookInput>,
    links: Links,
) -> Result<Saved> {
    super::create(app, (admin.actor(), None), once, body.0, links).await
}

/// Read a webhook
///
/// Without its secret.
#[utoipa::path(
    tag = "admin: webhooks",
    responses((status = 200, body = Item<WebhookView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/webhooks/{webhook}")]
async fn get_webhook(
    app: Data<App>,
    _: Admin,
    webhook: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    super::get(app, Reach::House, webhook.into_inner(), links).await
}

/// Change a webhook
///
/// A merge patch (RFC 7396). What waits for it goes to its new address.
#[utoipa::path(
    tag = "admin: webhooks",
    request_body(content = WebhookInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<WebhookView>)),
    security(("bearer" = ["admin"]))
)]
#[patch("/v1/admin/webhooks/{webhook}")]
async fn change_webhook(
    app: Data<App>,
    admin: Admin,
    webhook: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    super::change(app, (admin.actor(), Reach::House), webhook.into_inner(), (if_match, patch), links).await
}

/// Delete a webhook
///
/// With its deliveries; what waits is told no more.
#[utoipa::path(tag = "admin: webhooks", responses((status = 204)), security(("bearer" = ["admin"])))]
#[delete("/v1/admin/webhooks/{webhook}")]
async fn delete_webhook(
    app: Data<App>,
    admin: Admin,
    webhook: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    super::delete(app, (admin.actor(), Reach::House), webhook.into_inner(), if_match).await
}

/// Give a webhook a new secret
///
/// This answer shows it, once. For 24 hours the one before signs too: each message has two signatures.
#[utoipa::path(
    tag = "admin: webhooks",
    responses((status = 200, body = Item<WebhookView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/webhooks/{webhook}/rotate")]
async fn rotate_webhook_secret(
    app: Data<App>,
    admin: Admin,
    webhook: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    super::rotate(app, (admin.actor(), Reach::House), webhook.into_inner(), once, links).await
}

/// Try a webhook
///
/// A message of type `webhook.test`, delivered like any other: its outcome stands among the deliveries.
#[utoipa::path(
    tag = "admin: webhooks",
    responses((status = 200, body = Item<DeliveryView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/webhooks/{webhook}/test")]
async fn test_webhook(
    app: Data<App>,
    admin: Admin,
    webhook: Path<String>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    super::test(app, (admin.actor(), Reach::House), webhook.into_inner(), once, links).await
}

/// List the deliveries of a webhook
///
/// The newest first, for thirty days: what was told, how often it was tried, and what came of the last try.
#[utoipa::path(
    tag = "admin: webhooks",
    params(Paging),
    responses((status = 200, body = List<DeliveryView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/webhooks/{webhook}/deliveries")]
async fn list_deliveries(
    app: Data<App>,
    _: Admin,
    webhook: Path<String>,
    query: Query<Paging>,
    min_sequence: MinSequence,
    links: Links,
) -> Result<Saved> {
    super::deliveries(app, Reach::House, webhook.into_inner(), (query.0, min_sequence), links).await
}

/// Have a delivery made again
///
/// Under the same id and with all its tries. It tells the state of now: a story that was retracted since is told
/// as that.
#[utoipa::path(
    tag = "admin: webhooks",
    responses((status = 200, body = Item<DeliveryView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/webhooks/{webhook}/deliveries/{delivery}/replay")]
async fn replay_delivery(
    app: Data<App>,
    admin: Admin,
    path: Path<(String, String)>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    super::replay(app, (admin.actor(), Reach::House), path.into_inner(), once, links).await
}
