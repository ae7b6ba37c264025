//! Partners over HTTP: as staff keep them, and the terms as a partner accepts them.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{GrantInput, GrantView, PartnerInput, PartnerView, TermsInput};
use super::{Partner, grants, name_key};
use crate::app::App;
use crate::auth::keys::{self, Maker};
use crate::auth::partners::PartnerRow;
use crate::auth::views::{KeyView, MadeKeyView, PartnerKeyInput};
use crate::db::Position;
use crate::error::{Error, Result};
use crate::http::caller::{Admin, PartnerKey};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Body, Item, Links, List, Once, Patch, Query, Register, Saved};
use crate::publication;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_partners)
        .service(create_partner)
        .service(get_partner)
        .service(change_partner)
        .service(list_grants)
        .service(create_grant)
        .service(delete_grant)
        .service(list_partner_keys)
        .service(create_partner_key)
        .service(revoke_partner_key)
        .service(accept_terms);
}

fn position(partner: &Partner) -> Position {
    Position { key: name_key(partner), id: partner.id.to_string() }
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
        let partners = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        Ok(page.of(partners, position, PartnerView::from))
    });
    Ok(Saved::seen(&page.await?))
}

/// Take a partner on
///
/// The slug is made from the name where it is left out. 409 `slug_taken` where another has it. Until it
/// accepts the terms, or `terms_version` says that it did, every verdict is `terms_not_accepted`.
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
        Ok(Item::new(PartnerView::from(super::create(tx, body.0.into())?), links))
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
    let partner = app.db.read(move |snapshot| super::read(snapshot, &partner)).await?;
    Ok(Saved::seen(&Item::new(PartnerView::from(partner), links)))
}

/// Change a partner
///
/// A merge patch (RFC 7396). What it may do changes with the next request: a suspended partner still
/// reads its notices and the corrections and retractions of what it fetched, a blocked one nothing.
#[utoipa::path(
    tag = "admin: partners",
    request_body(content = PartnerInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<PartnerView>)),
    security(("bearer" = ["admin"]))
)]
#[patch("/v1/admin/partners/{partner}")]
async fn change_partner(
    app: Data<App>,
    admin: Admin,
    partner: Path<String>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(admin.actor(), move |tx| {
        let present = super::read(tx, &partner)?;
        let input: PartnerInput = patch.onto(PartnerView::form(&present))?;
        let partner = super::change(tx, &present, input.into())?;
        Ok(Item::new(PartnerView::from(partner), links))
    });
    Ok(Saved::ok(&changed.await?))
}

/// List what a partner was granted
///
/// Nothing: it may run whatever the rules allow.
#[utoipa::path(
    tag = "admin: partners",
    responses((status = 200, body = List<GrantView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/partners/{partner}/grants")]
async fn list_grants(
    app: Data<App>,
    _: Admin,
    partner: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let partner = app.db.read(move |snapshot| super::read(snapshot, &partner)).await?;
    Ok(Saved::seen(&List::whole(partner.grants.iter().map(GrantView::from).collect(), links)))
}

/// Grant a partner something
///
/// A section with all below it, a tag, an origin or a single story. From its first grant on a partner
/// may run what it was granted and nothing else; what it has already stays as it is.
#[utoipa::path(
    tag = "admin: partners",
    request_body = GrantInput,
    responses((status = 201, body = Item<GrantView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/partners/{partner}/grants")]
async fn create_grant(
    app: Data<App>,
    admin: Admin,
    partner: Path<String>,
    once: Once,
    body: Body<GrantInput>,
    links: Links,
) -> Result<Saved> {
    let grants = format!("/v1/admin/partners/{partner}/grants");
    let made = once.write(&app, admin.actor(), move |tx| {
        let partner = super::read(tx, &partner)?;
        let draft = body.0.draft().ok_or_else(|| Error::Internal("a grant that names nothing".into()))?;
        Ok(Item::new(GrantView::from(&grants::grant(tx, &partner, &draft)?), links))
    });
    made.answer(move |made| Saved::created(made, format!("{grants}/{}", made.value.data.id))).await
}

/// Take a grant back
///
/// With its last one a partner may run whatever the rules allow.
#[utoipa::path(tag = "admin: partners", responses((status = 204)), security(("bearer" = ["admin"])))]
#[delete("/v1/admin/partners/{partner}/grants/{grant}")]
async fn delete_grant(app: Data<App>, admin: Admin, path: Path<(String, String)>) -> Result<Saved> {
    let (partner, grant) = path.into_inner();
    let taken = app.db.write(admin.actor(), move |tx| {
        let partner = super::read(tx, &partner)?;
        grants::take_back(tx, &partner, &grant)
    });
    Ok(Saved::gone(&taken.await?))
}

/// List the keys of a partner
///
/// The newest first, revoked ones too; never the keys themselves.
#[utoipa::path(
    tag = "admin: partners",
    responses((status = 200, body = List<KeyView>)),
    security(("bearer" = ["admin"]))
)]
#[get("/v1/admin/partners/{partner}/keys")]
async fn list_partner_keys(
    app: Data<App>,
    _: Admin,
    partner: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let partner = super::read(snapshot, &partner)?;
        let named = PartnerRow::from(&partner);
        let keys = keys::of_partner(snapshot, partner.id)?;
        Ok(keys.into_iter().map(|key| KeyView::new(key, Some(named.clone()))).collect())
    });
    Ok(Saved::seen(&List::whole(seen.await?, links)))
}

/// Make a key for a partner
///
/// The answer is the one time that it is shown. Several are good at once: make the next one, let the
/// partner change over, then revoke the last.
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
        let partner = super::read(tx, &partner)?;
        Ok(Item::new(MadeKeyView::from(keys::create(tx, &maker, body.0.key(partner.id))?), links))
    });
    made.answer(|made| {
        Saved::created(made, format!("/v1/admin/keys/{}", made.value.data.id))
            .holds_secret_of(made.value.data.id)
    })
    .await
}

/// Revoke a partner's key
///
/// It is 401 from now on, and stays in the list.
#[utoipa::path(tag = "admin: partners", responses((status = 204)), security(("bearer" = ["admin"])))]
#[delete("/v1/admin/partners/{partner}/keys/{key}")]
async fn revoke_partner_key(app: Data<App>, admin: Admin, path: Path<(String, String)>) -> Result<Saved> {
    let (partner, key) = path.into_inner();
    let revoked = app.db.write(admin.actor(), move |tx| {
        let partner = super::read(tx, &partner)?;
        let key = keys::read_of_partner(tx, &key, partner.id)?;
        keys::revoke(tx, key.id)
    });
    Ok(Saved::gone(&revoked.await?))
}

/// Accept the terms
///
/// By the partner itself, and of the version in force alone (422 otherwise): `whoami` names it in
/// `terms_due`. Once more does nothing.
#[utoipa::path(
    tag = "syndication",
    request_body = TermsInput,
    responses((status = 200, body = Item<PartnerView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/terms")]
async fn accept_terms(
    app: Data<App>,
    partner: PartnerKey,
    once: Once,
    body: Body<TermsInput>,
    links: Links,
) -> Result<Saved> {
    let accepted = once.write(&app, partner.actor(), move |tx| {
        let present = super::read(tx, partner.0.id.as_str())?;
        let in_force = publication::settings(tx)?.terms_version;
        let partner = super::accept_terms(tx, &present, &body.0.version, &in_force)?;
        Ok(Item::new(PartnerView::from(partner), links))
    });
    accepted.answer(Saved::ok).await
}
