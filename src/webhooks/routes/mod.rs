//! Endpoints over HTTP: the newsroom's side and a partner's, which differ in whose endpoints they reach.

mod admin;
mod partner;

use actix_web::web::Data;

use super::views::{DeliveryView, WebhookInput, WebhookView};
use super::{Delivery, FOLLOWER, Reach, Webhook};
use crate::app::App;
use crate::auth::secrets::Purpose;
use crate::db::ids::PartnerId;
use crate::db::{Actor, Position, Snapshot};
use crate::error::Result;
use crate::http::paging::{Page, Paging};
use crate::http::{IfMatch, Item, Links, List, MinSequence, Once, Patch, Register, Saved};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    partner::configure(config);
    admin::configure(config);
}

fn page(app: &App, snapshot: &Snapshot, list: String, query: &Paging, links: Links) -> Result<Page> {
    query.page(&app.auth.secrets, links, &list, snapshot.epoch())
}

async fn list(app: Data<App>, reach: Reach, query: Paging, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let listed = db.read(move |snapshot| {
        let page = page(&app, snapshot, format!("webhooks {reach:?}"), &query, links)?;
        let webhooks = super::browse(snapshot, reach, &page.browse(false, None))?;
        let position = |row: &Webhook| Position::of_id(row.id);
        Ok(page.of(webhooks, position, |webhook| WebhookView::new(webhook, None)))
    });
    Ok(Saved::seen(&listed.await?))
}

async fn create(
    app: Data<App>,
    sender: (Actor, Option<PartnerId>),
    once: Once,
    input: WebhookInput,
    links: Links,
) -> Result<Saved> {
    let (actor, partner) = sender;
    let draft = input.draft(&app.outbound)?;
    let surface = if partner.is_some() { "syndication" } else { "admin" };
    let inner = app.clone();
    let made = once.write(&app, actor, move |tx| {
        let kid = inner.auth.secrets.signing_key(Purpose::Webhook).0.to_owned();
        let webhook = super::create(tx, partner, draft, kid)?;
        Ok(with_secret(&inner, webhook, links))
    });
    made.answer(move |made| {
        let id = made.value.data.id;
        Saved::created(made, format!("/v1/{surface}/webhooks/{id}")).holds_secret_of(id)
    })
    .await
}

fn with_secret(app: &App, webhook: Webhook, links: Links) -> Item<WebhookView> {
    let secret = super::secret(&app.auth.secrets, &webhook);
    item(webhook, secret, links)
}

fn item(webhook: Webhook, secret: Option<String>, links: Links) -> Item<WebhookView> {
    let form = WebhookView::form(&webhook);
    Item::new(WebhookView::new(webhook, secret), links).of_form(&form)
}

async fn get(app: Data<App>, reach: Reach, id: String, links: Links) -> Result<Saved> {
    let webhook = app.db.read(move |snapshot| super::find(snapshot, reach, &id)).await?;
    Ok(Saved::seen(&item(webhook, None, links)))
}

async fn change(
    app: Data<App>,
    sender: (Actor, Reach),
    id: String,
    (if_match, patch): (IfMatch, Patch),
    links: Links,
) -> Result<Saved> {
    let (actor, reach) = sender;
    let inner = app.clone();
    let changed = app.db.write(actor, move |tx| {
        let present = super::find(tx, reach, &id)?;
        let form = WebhookView::form(&present);
        if_match.check_form(tx, &form)?;
        let input: WebhookInput = patch.onto(form)?;
        let webhook = super::change(tx, &present, input.draft(&inner.outbound)?)?;
        Ok(item(webhook, None, links))
    });
    Ok(Saved::ok(&changed.await?))
}

async fn delete(app: Data<App>, sender: (Actor, Reach), id: String, if_match: IfMatch) -> Result<Saved> {
    let (actor, reach) = sender;
    let deleted = app.db.write(actor, move |tx| {
        let webhook = super::find(tx, reach, &id)?;
        if_match.check_form(tx, &WebhookView::form(&webhook))?;
        super::delete(tx, &webhook)
    });
    Ok(Saved::gone(&deleted.await?))
}

async fn rotate(
    app: Data<App>,
    sender: (Actor, Reach),
    id: String,
    once: Once,
    links: Links,
) -> Result<Saved> {
    let (actor, reach) = sender;
    let inner = app.clone();
    let rotated = once.write(&app, actor, move |tx| {
        let present = super::find(tx, reach, &id)?;
        let kid = inner.auth.secrets.signing_key(Purpose::Webhook).0.to_owned();
        let webhook = super::rotate(tx, &present, kid)?;
        Ok(with_secret(&inner, webhook, links))
    });
    rotated.answer(|rotated| Saved::ok(rotated).holds_secret_of(rotated.value.data.id)).await
}

async fn test(app: Data<App>, sender: (Actor, Reach), id: String, once: Once, links: Links) -> Result<Saved> {
    let (actor, reach) = sender;
    let tested = once.write(&app, actor, move |tx| {
        let webhook = super::find(tx, reach, &id)?;
        Ok(Item::new(DeliveryView::from(super::test(tx, &webhook)?), links))
    });
    tested.answer(Saved::ok).await
}

async fn deliveries(
    app: Data<App>,
    reach: Reach,
    id: String,
    asked: (Paging, MinSequence),
    links: Links,
) -> Result<Saved> {
    let (query, min_sequence) = asked;
    min_sequence.passed_by(&FOLLOWER, &app.db).await?;
    let db = app.db.clone();
    let listed = db.read(move |snapshot| {
        let webhook = super::find(snapshot, reach, &id)?;
        let page = page(&app, snapshot, format!("deliveries {}", webhook.id), &query, links)?;
        let deliveries = super::deliveries(snapshot, &webhook, &page.browse(false, None))?;
        let position = |row: &Delivery| Position { key: String::new(), id: row.id.to_string() };
        Ok::<List<DeliveryView>, _>(page.of(deliveries, position, DeliveryView::from))
    });
    Ok(Saved::seen(&listed.await?))
}

async fn replay(
    app: Data<App>,
    sender: (Actor, Reach),
    path: (String, String),
    once: Once,
    links: Links,
) -> Result<Saved> {
    let ((actor, reach), (id, delivery)) = (sender, path);
    let replayed = once.write(&app, actor, move |tx| {
        let webhook = super::find(tx, reach, &id)?;
        Ok(Item::new(DeliveryView::from(super::replay(tx, &webhook, &delivery)?), links))
    });
    replayed.answer(Saved::ok).await
}
