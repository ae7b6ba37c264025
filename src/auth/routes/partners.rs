//! Partner publications, as far as keys must name them.

use actix_web::web::{Data, Path};
use actix_web::{get, post};

use crate::app::App;
use crate::auth::keys::{self, Maker};
use crate::auth::partners::{self, PartnerRow};
use crate::auth::views::{MadeKeyView, PartnerInput, PartnerKeyInput, PartnerView};
use crate::db::Position;
use crate::error::Result;
use crate::fields::sort_key;
use crate::http::caller::Admin;
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Body, Item, Links, List, Once, Query, Register, Saved};

pub fn configure(config: &mut impl Register) {
    config.service(list_partners).service(create_partner).service(get_partner).service(create_partner_key);
}

fn position(partner: &PartnerRow) -> Position {
    Position { key: sort_key(&partner.name), id: partner.id.to_string() }
}

/// List the partners
///
/// By name.
#[utoipa::path(
    tag = "admin: partners",
    params(Browsing),
    responses((status = 200, body = List<PartnerView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/partners")]
async fn list_partners(app: Data<App>, _: Admin, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/partners", snapshot.epoch())?;
        let partners = partners::browse(snapshot, &page.browse(false, query.0.named()))?;
        Ok(page.of(partners, position, PartnerView::from))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a partner
///
/// The slug is made from the name where it is left out. 409 `slug_taken` where another has it.
#[utoipa::path(
    tag = "admin: partners",
    request_body = PartnerInput,
    responses((status = 201, body = Item<PartnerView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/partners")]
async fn create_partner(
    app: Data<App>,
    admin: Admin,
    once: Once,
    body: Body<PartnerInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, admin.actor(), move |tx| {
        let partner = partners::create(tx, body.0.name.into_string(), body.0.slug)?;
        Ok(Item::new(PartnerView::from(partner), links))
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/partners/{}", made.value.data.id))).await
}

/// Read a partner
///
/// By id or slug.
#[utoipa::path(
    tag = "admin: partners",
    responses((status = 200, body = Item<PartnerView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/partners/{partner}")]
async fn get_partner(
    app: Data<App>,
    _: Admin,
    partner: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let partner = app.db.read(move |snapshot| partners::read(snapshot, &partner)).await?;
    Ok(Saved::seen(&Item::new(PartnerView::from(partner), links)))
}

/// Make a key for a partner
///
/// The answer is the one time that it is shown.
#[utoipa::path(
    tag = "admin: partners",
    request_body = PartnerKeyInput,
    responses((status = 201, body = Item<MadeKeyView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/partners/{partner}/keys")]
async fn create_partner_key(
    app: Data<App>,
    admin: Admin,
    partner: Path<String>,
    once: Once,
    body: Body<PartnerKeyInput>,
    links: Links,
) -> Result<Saved> {
    let maker = Maker::of(&admin.0)?;
    let made = once.write(&app, admin.actor(), move |tx| {
        let partner = partners::read(tx, &partner)?;
        Ok(Item::new(MadeKeyView::from(keys::create(tx, &maker, body.0.key(partner.id))?), links))
    });
    made.answer(|made| {
        Saved::created(made, format!("/v1/admin/keys/{}", made.value.data.id))
            .holds_secret_of(made.value.data.id)
    })
    .await
}
