//! Series over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{SeriesInput, SeriesView};
use super::{Series, title_key};
use crate::app::App;
use crate::db::{Conn, Position};
use crate::error::Result;
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
        .service(list_series)
        .service(get_series)
        .service(list_staff_series)
        .service(create_series)
        .service(get_staff_series)
        .service(change_series)
        .service(delete_series);
}

fn position(series: &Series) -> Position {
    Position { key: title_key(series), id: series.id.to_string() }
}

fn item(conn: &mut Conn, series: Series, links: Links) -> Result<Item<SeriesView>> {
    let form = SeriesView::form(&series);
    let site = publication::site(conn)?;
    Ok(Item::new(SeriesView::new(&site, series), links).of_form(&form))
}

/// List the series
///
/// Those of which a live story is a part, by title.
#[utoipa::path(tag = "series", params(Browsing), responses((status = 200, body = List<SeriesView>)))]
#[get("/v1/series")]
async fn list_series(app: Data<App>, caller: Anyone, query: Query<Browsing>, links: Links) -> Result<Answer> {
    deliver(&app.clone(), &caller.0, move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "series", snapshot.epoch())?;
        let series = super::browse(snapshot, &page.browse(true, query.0.named()))?;
        let site = publication::site(snapshot)?;
        snapshot.depends_on_all("series");
        Reply::page(&page.of(series, position, |series| SeriesView::new(&site, series)))
    })
    .await
}

/// Read a series
///
/// By id or slug; an old slug leads to the present one. Only what a live story is a part of is public.
#[utoipa::path(tag = "series", responses((status = 200, body = Item<SeriesView>)))]
#[get("/v1/series/{series}")]
async fn get_series(
    app: Data<App>,
    caller: Anyone,
    series: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        snapshot.depends_on("series", &series);
        let found = super::find_live(snapshot, &series)?;
        snapshot.depends_on("series", found.id);
        if let Some(location) = links.moved(&series, &found.slug) {
            return Ok(Reply::moved(location));
        }
        let site = publication::site(snapshot)?;
        Reply::json(&Item::new(SeriesView::new(&site, found), links))
    })
    .await
}

/// List all series
///
/// Also those of which no live story is a part, by title.
#[utoipa::path(
    tag = "admin: series",
    params(Browsing),
    responses((status = 200, body = List<SeriesView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/series")]
async fn list_staff_series(app: Data<App>, _: Staff, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/series", snapshot.epoch())?;
        let series = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let site = publication::site(snapshot)?;
        Ok(page.of(series, position, |series| SeriesView::new(&site, series)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Begin a series
///
/// The slug is made from the title where it is left out. 409 `slug_taken` where another has it.
#[utoipa::path(
    tag = "admin: series",
    request_body = SeriesInput,
    responses((status = 201, body = Item<SeriesView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/series")]
async fn create_series(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<SeriesInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let series = super::create(tx, body.0.into())?;
        item(tx, series, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/series/{}", made.value.data.id))).await
}

/// Read a series as the newsroom sees it
#[utoipa::path(
    tag = "admin: series",
    responses((status = 200, body = Item<SeriesView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/series/{series}")]
async fn get_staff_series(
    app: Data<App>,
    _: Staff,
    series: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let series = super::find(snapshot, &series)?;
        item(snapshot, series, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change a series
///
/// A merge patch (RFC 7396). Live stories that are parts of it show the change at once.
#[utoipa::path(
    tag = "admin: series",
    request_body(content = SeriesInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<SeriesView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/series/{series}")]
async fn change_series(
    app: Data<App>,
    editor: Editor,
    series: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &series)?;
        let form = SeriesView::form(&present);
        if_match.check_form(tx, &form)?;
        let input: SeriesInput = patch.onto(form)?;
        let series = super::change(tx, &present, input.into())?;
        item(tx, series, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete a series
///
/// 409 `in_use`, with the counts, where a story in any state is a part of it.
#[utoipa::path(tag = "admin: series", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/series/{series}")]
async fn delete_series(
    app: Data<App>,
    editor: Editor,
    series: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let series = super::find(tx, &series)?;
        if_match.check_form(tx, &SeriesView::form(&series))?;
        super::delete(tx, &series)
    });
    Ok(Saved::gone(&deleted.await?))
}
