//! Authors over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{AuthorInput, AuthorView, StaffAuthorView};
use super::{Author, name_key};
use crate::app::App;
use crate::auth::users;
use crate::db::{Conn, Position};
use crate::error::Result;
use crate::http::caller::{Anyone, Editor, Staff};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{
    Answer, Body, IfMatch, Item, Links, List, MergeInput, Once, Patch, Query, Register, Reply, Saved, deliver,
};
use crate::publication;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_authors)
        .service(get_author)
        .service(list_staff_authors)
        .service(create_author)
        .service(get_staff_author)
        .service(change_author)
        .service(delete_author)
        .service(merge_author);
}

fn position(author: &Author) -> Position {
    Position { key: name_key(author), id: author.id.to_string() }
}

fn item(conn: &mut Conn, author: Author, links: Links) -> Result<Item<StaffAuthorView>> {
    let form = StaffAuthorView::form(&author);
    let site = publication::site(conn)?;
    Ok(Item::new(StaffAuthorView::new(&site, author), links).of_form(&form))
}

/// List the authors
///
/// Those whom a live story names, by name.
#[utoipa::path(tag = "authors", params(Browsing), responses((status = 200, body = List<AuthorView>)))]
#[get("/v1/authors")]
async fn list_authors(
    app: Data<App>,
    caller: Anyone,
    query: Query<Browsing>,
    links: Links,
) -> Result<Answer> {
    deliver(&app.clone(), &caller.0, move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "authors", snapshot.epoch())?;
        let authors = super::browse(snapshot, &page.browse(true, query.0.named()))?;
        let site = publication::site(snapshot)?;
        snapshot.depends_on_all("authors");
        Reply::page(&page.of(authors, position, |author| AuthorView::new(&site, author)))
    })
    .await
}

/// Read an author
///
/// By id or slug; an old slug leads to the present one. Only whom a live story names is public.
#[utoipa::path(tag = "authors", responses((status = 200, body = Item<AuthorView>)))]
#[get("/v1/authors/{author}")]
async fn get_author(
    app: Data<App>,
    caller: Anyone,
    author: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        snapshot.depends_on("author", &author);
        let found = super::find_live(snapshot, &author)?;
        snapshot.depends_on("author", found.id);
        if let Some(location) = links.moved(&author, &found.slug) {
            return Ok(Reply::moved(location));
        }
        let site = publication::site(snapshot)?;
        Reply::json(&Item::new(AuthorView::new(&site, found), links))
    })
    .await
}

/// List all authors
///
/// Also those whom no live story names, by name.
#[utoipa::path(
    tag = "admin: authors",
    params(Browsing),
    responses((status = 200, body = List<StaffAuthorView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/authors")]
async fn list_staff_authors(app: Data<App>, _: Staff, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/authors", snapshot.epoch())?;
        let authors = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let site = publication::site(snapshot)?;
        Ok(page.of(authors, position, |author| StaffAuthorView::new(&site, author)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Take an author on
///
/// The slug is made from the name where it is left out. 409 `slug_taken` where another has it.
#[utoipa::path(
    tag = "admin: authors",
    request_body = AuthorInput,
    responses((status = 201, body = Item<StaffAuthorView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/authors")]
async fn create_author(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<AuthorInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let author = super::create(tx, body.0.into())?;
        item(tx, author, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/authors/{}", made.value.data.id))).await
}

/// Read an author as the newsroom sees them
#[utoipa::path(
    tag = "admin: authors",
    responses((status = 200, body = Item<StaffAuthorView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/authors/{author}")]
async fn get_staff_author(
    app: Data<App>,
    _: Staff,
    author: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let author = super::find(snapshot, &author)?;
        item(snapshot, author, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change an author
///
/// A merge patch (RFC 7396). Live stories that name them show the change at once.
#[utoipa::path(
    tag = "admin: authors",
    request_body(content = AuthorInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<StaffAuthorView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/authors/{author}")]
async fn change_author(
    app: Data<App>,
    editor: Editor,
    author: Path<String>,
    if_match: IfMatch,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &author)?;
        let form = StaffAuthorView::form(&present);
        if_match.check_form(tx, &form)?;
        let input: AuthorInput = patch.onto(form)?;
        let author = super::change(tx, &present, input.into())?;
        item(tx, author, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete an author
///
/// 409 `in_use`, with the counts, where a story in any state names them: merge them then.
#[utoipa::path(tag = "admin: authors", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/authors/{author}")]
async fn delete_author(
    app: Data<App>,
    editor: Editor,
    author: Path<String>,
    if_match: IfMatch,
) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let author = super::find(tx, &author)?;
        if_match.check_form(tx, &StaffAuthorView::form(&author))?;
        users::refuse_author(tx, author.id)?;
        super::delete(tx, &author)
    });
    Ok(Saved::gone(&deleted.await?))
}

/// Merge an author into another
///
/// Every story names the other from now on, without a new revision; the old addresses lead there.
#[utoipa::path(
    tag = "admin: authors",
    request_body = MergeInput,
    responses((status = 200, body = Item<StaffAuthorView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/authors/{author}/merge")]
async fn merge_author(
    app: Data<App>,
    editor: Editor,
    author: Path<String>,
    once: Once,
    if_match: IfMatch,
    body: Body<MergeInput>,
    links: Links,
) -> Result<Saved> {
    let merged = once.write(&app, editor.actor(), move |tx| {
        let author = super::find(tx, &author)?;
        if_match.check_form(tx, &StaffAuthorView::form(&author))?;
        let into = body.0.other(|key| super::find(tx, key))?;
        super::merge(tx, &author, &into)?;
        item(tx, into, links)
    });
    merged.answer(Saved::ok).await
}
