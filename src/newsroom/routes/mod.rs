//! Stories over HTTP, as the newsroom works on them.

mod actions;
mod desk;
mod list;
mod previews;
mod revisions;
mod updates;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, delete, get, patch, post};

use super::input::{ArticleInput, BodyInput};
use super::views::StaffArticleView;
use super::{Names, Work, access, form, lock};
use crate::app::App;
use crate::auth::Caller;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Conn, Tx, Written};
use crate::error::{Error, Result};
use crate::fields::Warning;
use crate::http::caller::Staff;
use crate::http::query::NoParameters;
use crate::http::{Body, IfMatch, Item, Links, Once, Patch, Query, Register, Saved};
use crate::publication;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    list::configure(config);
    config.service(create_article).service(get_staff_article).service(change_article).service(trash_article);
    actions::configure(config);
    revisions::configure(config);
    previews::configure(config);
    updates::configure(config);
    desk::configure(config);
}

/// Stories as the newsroom sees them, each with the address that it has or had and who works on it.
fn views(conn: &mut Conn, works: Vec<Work>, now: Stamp) -> Result<Vec<StaffArticleView>> {
    let names = Names::of_all(conn, &works)?;
    let ids: Vec<ArticleId> = works.iter().map(|work| work.id).collect();
    let mut locks = lock::held_all(conn, &ids, now)?;
    let site = publication::site(conn)?;
    let with_names = works.into_iter().zip(names);
    Ok(with_names
        .map(|(work, names)| {
            let url = work.path.as_ref().map(|path| site.url(path));
            let lock = locks.remove(&work.id);
            StaffArticleView::new(work, names, url, lock)
        })
        .collect())
}

/// A story as the newsroom sees it after a write.
fn view(tx: &mut Tx, work: Work) -> Result<StaffArticleView> {
    let now = tx.now();
    views(tx, vec![work], now)?.pop().ok_or(Error::NotFound("article"))
}

/// The story by id or slug, if the caller may see it.
fn found(conn: &mut Conn, caller: &Caller, key: &str) -> Result<Work> {
    let work = super::find(conn, key)?;
    access::see(conn, caller, &work)?;
    Ok(work)
}

/// The story by id or slug, if the caller may do this with it.
fn permitted(conn: &mut Conn, caller: &Caller, key: &str, action: &str) -> Result<Work> {
    let work = super::find(conn, key)?;
    access::may(conn, caller, &work, action)?;
    Ok(work)
}

fn item(tx: &mut Tx, work: Work, links: Links, warnings: Vec<Warning>) -> Result<Item<StaffArticleView>> {
    Ok(Item::new(view(tx, work)?, links).warned(warnings))
}

/// Take a story on
///
/// As a draft, which may be incomplete. What was removed from an HTML body is told in
/// `meta.warnings`.
#[utoipa::path(
    tag = "admin: articles",
    request_body = ArticleInput,
    responses((status = 201, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles")]
async fn create_article(
    app: Data<App>,
    staff: Staff,
    once: Once,
    body: Body<ArticleInput>,
    links: Links,
) -> Result<Saved> {
    let draft = body.0.read()?;
    let owner = staff.0.user();
    let made = once.write(&app, staff.actor(), move |tx| {
        let (work, warnings) = super::create(tx, owner, draft)?;
        access::keep(tx, &staff.0, &work)?;
        item(tx, work, links, warnings)
    });
    made.answer(created).await
}

/// The answer to the making of a story.
fn created(made: &Written<Item<StaffArticleView>>) -> Saved {
    let data = &made.value.data;
    Saved::created(made, format!("/v1/admin/articles/{}", data.id)).etag(etag(data.revision))
}

fn etag(revision: i32) -> String {
    format!("\"{revision}\"")
}

/// Read a story as the newsroom sees it
///
/// By id or slug, with its newest revision; the ETag is that revision's number.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}")]
async fn get_staff_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let now = snapshot.now();
        let view = views(snapshot, vec![work], now)?.pop().ok_or(Error::NotFound("article"))?;
        Ok(Item::new(view, links))
    });
    let seen = seen.await?;
    Ok(Saved::seen(&seen).etag(etag(seen.data.revision)))
}

/// Change a story
///
/// A merge patch (RFC 7396) over what a GET gives, less its read-only fields. `If-Match` names the
/// revision that was read: 428 without, 412 where another save came first, `*` to force. An identical
/// patch makes no revision. What is live stays as it is until the next publish.
#[utoipa::path(
    tag = "admin: articles",
    request_body(content = ArticleInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[patch("/v1/admin/articles/{article}")]
async fn change_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    request: HttpRequest,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let if_match = IfMatch::of(&request).required()?;
    let (patch, body) = patch.without::<BodyInput>("body")?;
    let body = body.map(|body| body.map_or(Ok(Default::default()), BodyInput::read)).transpose()?;
    let changed = app.db.write(staff.actor(), move |tx| {
        let present = permitted(tx, &staff.0, &article, "change")?;
        if_match.check_revision(present.revision)?;
        if_match.tell(tx);
        let input: ArticleInput = patch.onto(form::of(&present))?;
        let (work, warnings) = super::change(tx, &present, input.with_body(body))?;
        access::keep(tx, &staff.0, &work)?;
        item(tx, work, links, warnings)
    });
    let changed = changed.await?;
    Ok(Saved::ok(&changed).etag(etag(changed.value.data.revision)))
}

/// Throw a story away
///
/// Into the trash, restorable. 409 where it is live: unpublish it first.
#[utoipa::path(tag = "admin: articles", responses((status = 204)), security(("bearer" = ["contributor"])))]
#[delete("/v1/admin/articles/{article}")]
async fn trash_article(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    request: HttpRequest,
) -> Result<Saved> {
    let if_match = IfMatch::of(&request).required()?;
    let gone = app.db.write(staff.actor(), move |tx| {
        let work = permitted(tx, &staff.0, &article, "trash")?;
        if_match.check_revision(work.revision)?;
        if_match.tell(tx);
        super::trash(tx, &work)
    });
    Ok(Saved::gone(&gone.await?))
}
