//! Live coverage over HTTP, as the newsroom writes it.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::{found, permitted};
use crate::app::App;
use crate::articles::updates as coverage;
use crate::auth::Caller;
use crate::db::types::Stamp;
use crate::db::{Conn, Position};
use crate::error::{Error, Result};
use crate::http::caller::Staff;
use crate::http::paging::Paging;
use crate::http::query::NoParameters;
use crate::http::{Body, Item, Links, List, Once, Patch, Query, Register, Saved};
use crate::newsroom::input::{BodyInput, UpdateInput};
use crate::newsroom::views::{StaffUpdateView, update_form};
use crate::newsroom::{State, Work, access, updates};

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_staff_updates)
        .service(create_update)
        .service(get_update)
        .service(change_update)
        .service(delete_update);
}

/// The story, if the caller may write its coverage: they may change it and, where it is live, publish it, since
/// what they write is public at once.
fn writable(conn: &mut Conn, caller: &Caller, article: &str) -> Result<Work> {
    let work = permitted(conn, caller, article, "change")?;
    if work.state == State::Live {
        access::may(conn, caller, &work, "publish")?;
    }
    Ok(work)
}

/// List the entries of live coverage as the newsroom sees them
///
/// The newest first, whatever the state of the story.
#[utoipa::path(
    tag = "admin: articles",
    params(Paging),
    responses((status = 200, body = List<StaffUpdateView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}/updates")]
async fn list_staff_updates(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    query: Query<Paging>,
    links: Links,
) -> Result<Saved> {
    let shared = app.clone();
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let list = format!("staff updates\n{}", work.id);
        let page = query.0.page(&shared.auth.secrets, links, &list, snapshot.epoch())?;
        let browse = page.browse(false, None);
        let at = browse.after.as_ref().map(|after| after.key.parse().map(Stamp)).transpose();
        let at = at.map_err(|_| Error::InvalidCursor)?;
        let after = at.zip(browse.after.as_ref()).map(|(at, after)| (at, after.id.as_str()));
        let rows = coverage::newest(snapshot, work.id, after, browse.limit)?;
        let place =
            |update: &coverage::Update| Position { key: update.at.0.to_string(), id: update.id.to_string() };
        Ok(page.of(rows, place, StaffUpdateView::new))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Add an entry of live coverage
///
/// Public at once where the story is live, else with the story; for that, whoever adds it to a live story may
/// publish it. 409 where the story is in the trash or was retracted.
#[utoipa::path(
    tag = "admin: articles",
    request_body = UpdateInput,
    responses((status = 201, body = Item<StaffUpdateView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles/{article}/updates")]
async fn create_update(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    once: Once,
    body: Body<UpdateInput>,
    links: Links,
) -> Result<Saved> {
    let (draft, warnings) = body.0.read()?;
    let made = once.write(&app, staff.actor(), move |tx| {
        let work = writable(tx, &staff.0, &article)?;
        let update = updates::add(tx, &work, draft)?;
        Ok(Item::new(StaffUpdateView::new(update), links).warned(warnings))
    });
    made.answer(|made| {
        let data = &made.value.data;
        Saved::created(made, format!("/v1/admin/articles/{}/updates/{}", data.article, data.id))
    })
    .await
}

/// Read an entry of live coverage as the newsroom sees it
///
/// 404 where it is another story's or was taken out.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffUpdateView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}/updates/{update}")]
async fn get_update(
    app: Data<App>,
    staff: Staff,
    path: Path<(String, String)>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let (article, update) = path.into_inner();
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let update = updates::find(snapshot, &work, &update)?;
        Ok(Item::new(StaffUpdateView::new(update), links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change an entry of live coverage
///
/// A merge patch (RFC 7396) over what a GET gives, less its read-only fields. It keeps its id, and its `at` where
/// that is not sent. An identical patch changes nothing. 409 as for a new one.
#[utoipa::path(
    tag = "admin: articles",
    request_body(content = UpdateInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<StaffUpdateView>)),
    security(("bearer" = ["contributor"]))
)]
#[patch("/v1/admin/articles/{article}/updates/{update}")]
async fn change_update(
    app: Data<App>,
    staff: Staff,
    path: Path<(String, String)>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let (article, update) = path.into_inner();
    let (patch, body) = patch.without::<BodyInput>("body")?;
    let body = body.map(|body| body.map_or(Ok(Default::default()), BodyInput::read)).transpose()?;
    let (body, warnings) = body.map_or((None, Vec::new()), |(body, warnings)| (Some(body), warnings));
    let changed = app.db.write(staff.actor(), move |tx| {
        let work = writable(tx, &staff.0, &article)?;
        let present = updates::find(tx, &work, &update)?;
        let input: UpdateInput = patch.onto(update_form(&present))?;
        let update = updates::change(tx, &work, &present, input.with_body(body))?;
        Ok(Item::new(StaffUpdateView::new(update), links).warned(warnings))
    });
    Ok(Saved::ok(&changed.await?))
}

/// Take out an entry of live coverage
///
/// For good: its words are gone, and whoever follows the coverage is told that it was removed.
#[utoipa::path(tag = "admin: articles", responses((status = 204)), security(("bearer" = ["contributor"])))]
#[delete("/v1/admin/articles/{article}/updates/{update}")]
async fn delete_update(app: Data<App>, staff: Staff, path: Path<(String, String)>) -> Result<Saved> {
    let (article, update) = path.into_inner();
    let gone = app.db.write(staff.actor(), move |tx| {
        let work = writable(tx, &staff.0, &article)?;
        let update = updates::find(tx, &work, &update)?;
        updates::remove(tx, &work, &update)
    });
    Ok(Saved::gone(&gone.await?))
}
