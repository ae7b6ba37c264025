//! Assets over HTTP, for the newsroom alone: readers see them in the stories that show them.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{MediaInput, StaffMediaView};
use super::{Asset, position};
use crate::app::App;
use crate::error::Result;
use crate::http::caller::{Editor, Staff};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, List, Once, Patch, Query, Register, Saved};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_media)
        .service(create_media)
        .service(get_media)
        .service(change_media)
        .service(delete_media);
}

fn item(asset: Asset, links: Links) -> Item<StaffMediaView> {
    let form = StaffMediaView::form(&asset);
    Item::new(StaffMediaView::new(asset), links).of_form(&form)
}

/// List the assets
///
/// By key. `q` is looked for in key, alternative text, caption and credit.
#[utoipa::path(
    tag = "admin: media",
    params(Browsing),
    responses((status = 200, body = List<StaffMediaView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/media")]
async fn list_media(app: Data<App>, _: Staff, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/media", snapshot.epoch())?;
        let assets = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        Ok(page.of(assets, position, StaffMediaView::new))
    });
    Ok(Saved::seen(&page.await?))
}

/// Take an asset in
///
/// What is known of it; its bytes stay where they are. The key is made from the name of its file
/// where it is left out. 409 `taken` where another has it.
#[utoipa::path(
    tag = "admin: media",
    request_body = MediaInput,
    responses((status = 201, body = Item<StaffMediaView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/media")]
async fn create_media(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<MediaInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let asset = super::create(tx, body.0.into())?;
        Ok(item(asset, links))
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/media/{}", made.value.data.id))).await
}

/// Read an asset
///
/// By id or key.
#[utoipa::path(
    tag = "admin: media",
    responses((status = 200, body = Item<StaffMediaView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/media/{media}")]
async fn get_media(
    app: Data<App>,
    _: Staff,
    media: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let asset = super::find(snapshot, &media)?;
        Ok(item(asset, links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change an asset
///
/// A merge patch (RFC 7396). Live stories that show it show the change at once.
#[utoipa::path(
    tag = "admin: media",
    request_body(content = MediaInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<StaffMediaView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/media/{media}")]
async fn change_media(
    app: Data<App>,
    editor: Editor,
    media: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &media)?;
        let form = StaffMediaView::form(&present);
        if_match.check_form(tx, &form)?;
        let input: MediaInput = patch.onto(form)?;
        let asset = super::change(tx, &present, input.into())?;
        Ok(item(asset, links))
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete an asset
///
/// 409 `in_use`, with the counts, where a story in any state shows it.
#[utoipa::path(tag = "admin: media", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/media/{media}")]
async fn delete_media(
    app: Data<App>,
    editor: Editor,
    media: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let asset = super::find(tx, &media)?;
        if_match.check_form(tx, &StaffMediaView::form(&asset))?;
        super::delete(tx, &asset)
    });
    Ok(Saved::gone(&deleted.await?))
}
