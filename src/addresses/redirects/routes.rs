//! Redirects over HTTP, for the newsroom alone: readers meet them in `/v1/resolve`.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{RedirectInput, RedirectView};
use super::{Redirect, position, warnings};
use crate::app::App;
use crate::db::Conn;
use crate::error::Result;
use crate::http::caller::Editor;
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, List, Once, Patch, Query, Register, Saved};
use crate::publication;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_redirects)
        .service(create_redirect)
        .service(get_redirect)
        .service(change_redirect)
        .service(delete_redirect);
}

fn item(conn: &mut Conn, redirect: Redirect, links: Links) -> Result<Item<RedirectView>> {
    let warnings = warnings(conn, &redirect)?;
    let form = RedirectView::form(&redirect);
    Ok(Item::new(RedirectView::new(redirect), links).of_form(&form).warned(warnings))
}

/// List the redirects
///
/// By path. `q` is looked for in the path, decoded.
#[utoipa::path(
    tag = "admin: redirects",
    params(Browsing),
    responses((status = 200, body = List<RedirectView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/redirects")]
async fn list_redirects(app: Data<App>, _: Editor, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/redirects", snapshot.epoch())?;
        let redirects = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        Ok(page.of(redirects, position, RedirectView::new))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a redirect
///
/// `/v1/resolve` answers with it at once. 409 `taken` where there is one from this path; 422 `redirect_loop`
/// at `/to` where it would lead back to itself, over other redirects, addresses of the site in full, or the
/// old address of a story. Where a live story has the path, the story is shown for as long as it is live:
/// `meta.warnings` says so.
#[utoipa::path(
    tag = "admin: redirects",
    request_body = RedirectInput,
    responses((status = 201, body = Item<RedirectView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/redirects")]
async fn create_redirect(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<RedirectInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let base_url = publication::settings(tx)?.base_url;
        let redirect = super::create(tx, &base_url, body.0.into())?;
        item(tx, redirect, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/redirects/{}", made.value.data.id))).await
}

/// Read a redirect
#[utoipa::path(
    tag = "admin: redirects",
    responses((status = 200, body = Item<RedirectView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/redirects/{redirect}")]
async fn get_redirect(
    app: Data<App>,
    _: Editor,
    redirect: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let redirect = super::find(snapshot, &redirect)?;
        item(snapshot, redirect, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change a redirect
///
/// A merge patch (RFC 7396). `/v1/resolve` answers with the change at once. 409 and 422 as at its making.
#[utoipa::path(
    tag = "admin: redirects",
    request_body(content = RedirectInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<RedirectView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/redirects/{redirect}")]
async fn change_redirect(
    app: Data<App>,
    editor: Editor,
    redirect: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &redirect)?;
        let form = RedirectView::form(&present);
        if_match.check_form(tx, &form)?;
        let input: RedirectInput = patch.onto(form)?;
        let base_url = publication::settings(tx)?.base_url;
        let redirect = super::change(tx, &base_url, &present, input.into())?;
        item(tx, redirect, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete a redirect
///
/// Its path is as if there had been none.
#[utoipa::path(tag = "admin: redirects", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/redirects/{redirect}")]
async fn delete_redirect(
    app: Data<App>,
    editor: Editor,
    redirect: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let redirect = super::find(tx, &redirect)?;
        if_match.check_form(tx, &RedirectView::form(&redirect))?;
        super::delete(tx, &redirect)
    });
    Ok(Saved::gone(&deleted.await?))
}
