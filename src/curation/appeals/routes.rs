//! Appeals over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::{AppealInput, AppealView};
use super::{Appeal, appeals_for, line_of, position, running, sections_of};
use crate::app::App;
use crate::db::{Conn, Snapshot};
use crate::error::Result;
use crate::fields::{Faults, Text};
use crate::http::caller::{Anyone, Editor, Staff};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{
    Answer, Body, IfMatch, Item, Links, List, Once, Patch, Query, Register, Reply, Saved, deliver,
};
use crate::publication;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_appeals)
        .service(list_staff_appeals)
        .service(create_appeal)
        .service(get_staff_appeal)
        .service(change_appeal)
        .service(delete_appeal);
}

/// Where the appeals are to show.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AppealsQuery {
    /// Only those that a page of this section (id or slug) could show, the one that it does show
    /// first. A section that does not exist gives an empty list.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub section: Option<Text<200>>,
}

/// List the appeals
///
/// Those that are active and within their period, by title; for a `section` by precedence: that of the
/// deepest section first, then the latest `starts_at`, then the key.
#[utoipa::path(tag = "lists", params(AppealsQuery), responses((status = 200, body = List<AppealView>)))]
#[get("/v1/appeals")]
async fn list_appeals(
    app: Data<App>,
    caller: Anyone,
    query: Query<AppealsQuery>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        let appeals = wanted(snapshot, query.0.section.as_deref())?;
        let sections = sections_of(snapshot, &appeals)?;
        for section in &sections {
            snapshot.depends_on("section", section.id);
        }
        snapshot.depends_on_all("publication");
        let site = publication::site(snapshot)?;
        let view = |appeal| AppealView::for_readers(&site, &sections, appeal);
        Reply::json(&List::whole(appeals.into_iter().map(view).collect(), links))
    })
    .await
}

fn wanted(snapshot: &mut Snapshot, section: Option<&str>) -> Result<Vec<Appeal>> {
    let appeals = running(snapshot)?;
    let Some(name) = section else { return Ok(appeals) };
    snapshot.depends_on_all("sections");
    let line = line_of(snapshot, name)?;
    Ok(if line.is_empty() { Vec::new() } else { appeals_for(appeals, &line) })
}

/// List all appeals
///
/// Also those that do not show now, by title.
#[utoipa::path(
    tag = "admin: appeals",
    params(Browsing),
    responses((status = 200, body = List<AppealView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/appeals")]
async fn list_staff_appeals(app: Data<App>, _: Staff, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/appeals", snapshot.epoch())?;
        let appeals = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let sections = sections_of(snapshot, &appeals)?;
        Ok(page.of(appeals, position, |appeal| AppealView::new(&sections, appeal)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make an appeal
///
/// It shows from `starts_at` on, without that at once. 409 `taken` where another has its key; 422
/// `unknown_reference` at `/sections/N` where there is no such section.
#[utoipa::path(
    tag = "admin: appeals",
    request_body = AppealInput,
    responses((status = 201, body = Item<AppealView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/appeals")]
async fn create_appeal(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<AppealInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let appeal = super::create(tx, body.0.into())?;
        item(tx, appeal, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/appeals/{}", made.value.data.id))).await
}

fn item(conn: &mut Conn, appeal: Appeal, links: Links) -> Result<Item<AppealView>> {
    let sections = sections_of(conn, std::slice::from_ref(&appeal))?;
    let form = AppealView::form(&appeal);
    Ok(Item::new(AppealView::new(&sections, appeal), links).of_form(&form))
}

/// Read an appeal
///
/// By id or key, whether it shows now or not.
#[utoipa::path(
    tag = "admin: appeals",
    responses((status = 200, body = Item<AppealView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/appeals/{appeal}")]
async fn get_staff_appeal(
    app: Data<App>,
    _: Staff,
    appeal: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let appeal = super::find(snapshot, &appeal)?;
        item(snapshot, appeal, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change an appeal
///
/// A merge patch (RFC 7396). Readers see the change at once.
#[utoipa::path(
    tag = "admin: appeals",
    request_body(content = AppealInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<AppealView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/appeals/{appeal}")]
async fn change_appeal(
    app: Data<App>,
    editor: Editor,
    appeal: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &appeal)?;
        let form = AppealView::form(&present);
        if_match.check_form(tx, &form)?;
        let input: AppealInput = patch.onto(form)?;
        let appeal = super::change(tx, &present, input.into())?;
        item(tx, appeal, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete an appeal
#[utoipa::path(tag = "admin: appeals", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/appeals/{appeal}")]
async fn delete_appeal(
    app: Data<App>,
    editor: Editor,
    appeal: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let appeal = super::find(tx, &appeal)?;
        if_match.check_form(tx, &AppealView::form(&appeal))?;
        super::delete(tx, &appeal)
    });
    Ok(Saved::gone(&deleted.await?))
}
