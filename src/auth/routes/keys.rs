//! API keys.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, post};

use crate::app::App;
use crate::auth::keys::{self, KeyRow, Maker};
use crate::auth::partners::{self, PartnerRow};
use crate::auth::views::{KeyInput, KeyView, MadeKeyView};
use crate::db::{Conn, Position};
use crate::error::{Error, Result};
use crate::fields::{Ref, sort_key};
use crate::http::caller::Admin;
use crate::http::paging::Browsing;
use crate::http::{Body, Item, Links, List, Once, Query, Register, Saved};

pub fn configure(config: &mut impl Register) {
    config.service(list_keys).service(create_key).service(revoke_key);
}

fn position((key, _): &(KeyRow, Option<PartnerRow>)) -> Position {
    Position { key: sort_key(&key.name), id: key.id.to_string() }
}

fn named(conn: &mut Conn, partner: Option<&Ref>) -> Result<Option<PartnerRow>> {
    let Some(partner) = partner else { return Ok(None) };
    match partners::find(conn, partner.as_str())? {
        Some(partner) => Ok(Some(partner)),
        None => Err(Error::body("/partner", "invalid_value", "there is no such partner")),
    }
}

/// List the keys
///
/// By name, revoked ones and partners' too; never the keys themselves.
#[utoipa::path(
    tag = "admin: keys",
    params(Browsing),
    responses((status = 200, body = List<KeyView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/keys")]
async fn list_keys(app: Data<App>, _: Admin, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/keys", snapshot.epoch())?;
        let keys = keys::browse(snapshot, &page.browse(false, query.0.named()))?;
        Ok(page.of(keys, position, |(key, partner)| KeyView::new(key, partner)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a key
///
/// The answer is the one time that it is shown. A key has no more rights than its maker, and stops
/// while they are disabled; a partner's key is the partner's.
#[utoipa::path(
    tag = "admin: keys",
    request_body = KeyInput,
    responses((status = 201, body = Item<MadeKeyView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/keys")]
async fn create_key(
    app: Data<App>,
    admin: Admin,
    once: Once,
    body: Body<KeyInput>,
    links: Links,
) -> Result<Saved> {
    let maker = Maker::of(&admin.0)?;
    let made = once.write(&app, admin.actor(), move |tx| {
        let partner = named(tx, body.0.partner.as_ref())?;
        let made = keys::create(tx, &maker, body.0.key(partner.map(|partner| partner.id)))?;
        Ok(Item::new(MadeKeyView::from(made), links))
    });
    made.answer(|made| {
        Saved::created(made, format!("/v1/admin/keys/{}", made.value.data.id))
            .holds_secret_of(made.value.data.id)
    })
    .await
}

/// Revoke a key
///
/// It is 401 from now on, and stays in the list.
#[utoipa::path(tag = "admin: keys", responses((status = 204)), security(("bearer" = ["admin"])))]
#[delete("/v1/admin/keys/{key}")]
async fn revoke_key(app: Data<App>, admin: Admin, key: Path<String>) -> Result<Saved> {
    let id = key.parse().map_err(|_| Error::NotFound("key"))?;
    Ok(Saved::gone(&app.db.write(admin.actor(), move |tx| keys::revoke(tx, id)).await?))
}
