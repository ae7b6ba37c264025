//! The publication's settings and its origins over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};
use serde_json::json;

use super::Origin;
use super::views::{OriginInput, OriginView, PublicationView, SettingsInput};
use crate::app::App;
use crate::db::Position;
use crate::error::Result;
use crate::fields::sort_key;
use crate::http::caller::{Admin, Anyone, Staff};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Answer, Body, Item, Links, List, Once, Patch, Query, Register, Reply, Saved, deliver};
use crate::republish::partners::grants;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(get_publication)
        .service(get_settings)
        .service(change_settings)
        .service(list_origins)
        .service(create_origin)
        .service(get_origin)
        .service(change_origin)
        .service(delete_origin);
}

fn position(origin: &Origin) -> Position {
    Position { key: sort_key(&origin.name), id: origin.id.to_string() }
}

/// Read what the publication says about itself
///
/// Its name, its languages, how its addresses are made, its menu, and the rules of republishing.
#[utoipa::path(tag = "publication", responses((status = 200, body = Item<PublicationView>)))]
#[get("/v1/publication")]
async fn get_publication(
    app: Data<App>,
    caller: Anyone,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        snapshot.depends_on_all("publication");
        let settings = super::settings(snapshot)?;
        Reply::json(&Item::new(PublicationView::new(settings), links))
    })
    .await
}

/// Read the settings
#[utoipa::path(
    tag = "admin: settings",
    responses((status = 200, body = Item<PublicationView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/settings")]
async fn get_settings(app: Data<App>, _: Staff, _: Query<NoParameters>, links: Links) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let settings = super::settings(snapshot)?;
        Ok(Item::new(PublicationView::new(settings), links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change the settings
///
/// A merge patch (RFC 7396); null brings a default back. Every answer shows the change at once. A new
/// `base_url` or template counts for what is published from then on, and for the pages of sections,
/// tags, authors and series: the address of a story that was ever live is fixed, and stays.
#[utoipa::path(
    tag = "admin: settings",
    request_body(content = SettingsInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<PublicationView>)),
    security(("bearer" = ["admin"]))
)]
#[patch("/v1/admin/settings")]
async fn change_settings(app: Data<App>, admin: Admin, patch: Patch, links: Links) -> Result<Saved> {
    let changed = app.db.write(admin.actor(), move |tx| {
        let present = super::settings(tx)?;
        let input: SettingsInput = patch.onto(json!(present))?;
        let settings = super::change_settings(tx, input.into())?;
        Ok(Item::new(PublicationView::new(settings), links))
    });
    Ok(Saved::ok(&changed.await?))
}

/// List the origins
///
/// By name.
#[utoipa::path(
    tag = "admin: origins",
    params(Browsing),
    responses((status = 200, body = List<OriginView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/origins")]
async fn list_origins(app: Data<App>, _: Staff, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/origins", snapshot.epoch())?;
        let origins = super::browse_origins(snapshot, &page.browse(false, query.0.named()))?;
        Ok(page.of(origins, position, OriginView::new))
    });
    Ok(Saved::seen(&page.await?))
}

/// Take an origin on
///
/// 409 `taken` where another has the code.
#[utoipa::path(
    tag = "admin: origins",
    request_body = OriginInput,
    responses((status = 201, body = Item<OriginView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/origins")]
async fn create_origin(
    app: Data<App>,
    admin: Admin,
    once: Once,
    body: Body<OriginInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, admin.actor(), move |tx| {
        let origin = super::create_origin(tx, body.0.into())?;
        Ok(Item::new(OriginView::new(origin), links))
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/origins/{}", made.value.data.id))).await
}

/// Read an origin
///
/// By code or id.
#[utoipa::path(
    tag = "admin: origins",
    responses((status = 200, body = Item<OriginView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/origins/{code}")]
async fn get_origin(
    app: Data<App>,
    _: Staff,
    code: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let origin = super::find_origin(snapshot, &code)?;
        Ok(Item::new(OriginView::new(origin), links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change an origin
///
/// A merge patch (RFC 7396). What may be republished changes at once in all of its live stories.
#[utoipa::path(
    tag = "admin: origins",
    request_body(content = OriginInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<OriginView>)),
    security(("bearer" = ["admin"]))
)]
#[patch("/v1/admin/origins/{code}")]
async fn change_origin(
    app: Data<App>,
    admin: Admin,
    code: Path<String>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(admin.actor(), move |tx| {
        let present = super::find_origin(tx, &code)?;
        let input: OriginInput = patch.onto(OriginView::form(&present))?;
        let origin = super::change_origin(tx, &present, input.into())?;
        Ok(Item::new(OriginView::new(origin), links))
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete an origin
///
/// 409 `in_use`, with the counts, where a story in any state comes from it.
#[utoipa::path(tag = "admin: origins", responses((status = 204)), security(("bearer" = ["admin"])))]
#[delete("/v1/admin/origins/{code}")]
async fn delete_origin(app: Data<App>, admin: Admin, code: Path<String>) -> Result<Saved> {
    let deleted = app.db.write(admin.actor(), move |tx| {
        let origin = super::find_origin(tx, &code)?;
        grants::refuse(tx, "origin", origin.id.as_str())?;
        super::delete_origin(tx, &origin)
    });
    Ok(Saved::gone(&deleted.await?))
}
