//! Tags over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{TagInput, TagView};
use super::{Tag, name_key};
use crate::app::App;
use crate::db::Position;
use crate::error::Result;
use crate::http::caller::{Anyone, Editor, Staff};
use crate::http::paging::Browsing;
use crate::http::query::NoParameters;
use crate::http::{
    Answer, Body, Item, Links, List, MergeInput, Once, Patch, Query, Register, Reply, Saved, deliver,
};
use crate::publication;
use crate::republish::partners::grants;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config
        .service(list_tags)
        .service(get_tag)
        .service(list_staff_tags)
        .service(create_tag)
        .service(get_staff_tag)
        .service(change_tag)
        .service(delete_tag)
        .service(merge_tag);
}

fn position(tag: &Tag) -> Position {
    Position { key: name_key(tag), id: tag.id.to_string() }
}

/// List the tags
///
/// Those that a live story has, by name.
#[utoipa::path(tag = "tags", params(Browsing), responses((status = 200, body = List<TagView>)))]
#[get("/v1/tags")]
async fn list_tags(app: Data<App>, caller: Anyone, query: Query<Browsing>, links: Links) -> Result<Answer> {
    deliver(&app.clone(), &caller.0, move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "tags", snapshot.epoch())?;
        let tags = super::browse(snapshot, &page.browse(true, query.0.named()))?;
        let site = publication::site(snapshot)?;
        snapshot.depends_on_all("tags");
        Reply::page(&page.of(tags, position, |tag| TagView::new(&site, tag)))
    })
    .await
}

/// Read a tag
///
/// By id or slug; an old slug leads to the present one. Only what a live story has is public.
#[utoipa::path(tag = "tags", responses((status = 200, body = Item<TagView>)))]
#[get("/v1/tags/{tag}")]
async fn get_tag(
    app: Data<App>,
    caller: Anyone,
    tag: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        snapshot.depends_on("tag", &tag);
        let found = super::find_live(snapshot, &tag)?;
        snapshot.depends_on("tag", found.id);
        if let Some(location) = links.moved(&tag, &found.slug) {
            return Ok(Reply::moved(location));
        }
        let site = publication::site(snapshot)?;
        Reply::json(&Item::new(TagView::new(&site, found), links))
    })
    .await
}

/// List all tags
///
/// Also those that no live story has, by name.
#[utoipa::path(
    tag = "admin: tags",
    params(Browsing),
    responses((status = 200, body = List<TagView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/tags")]
async fn list_staff_tags(app: Data<App>, _: Staff, query: Query<Browsing>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/tags", snapshot.epoch())?;
        let tags = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let site = publication::site(snapshot)?;
        Ok(page.of(tags, position, |tag| TagView::new(&site, tag)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a tag
///
/// The slug is made from the name where it is left out. 409 `slug_taken` where another has it.
#[utoipa::path(
    tag = "admin: tags",
    request_body = TagInput,
    responses((status = 201, body = Item<TagView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/tags")]
async fn create_tag(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<TagInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let tag = super::create(tx, body.0.into())?;
        let site = publication::site(tx)?;
        Ok(Item::new(TagView::new(&site, tag), links))
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/tags/{}", made.value.data.id))).await
}

/// Read a tag as the newsroom sees it
#[utoipa::path(
    tag = "admin: tags",
    responses((status = 200, body = Item<TagView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/tags/{tag}")]
async fn get_staff_tag(
    app: Data<App>,
    _: Staff,
    tag: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let tag = super::find(snapshot, &tag)?;
        let site = publication::site(snapshot)?;
        Ok(Item::new(TagView::new(&site, tag), links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change a tag
///
/// A merge patch (RFC 7396). Live stories that have it show the change at once.
#[utoipa::path(
    tag = "admin: tags",
    request_body(content = TagInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<TagView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/tags/{tag}")]
async fn change_tag(
    app: Data<App>,
    editor: Editor,
    tag: Path<String>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &tag)?;
        let input: TagInput = patch.onto(TagView::form(&present))?;
        let tag = super::change(tx, &present, input.into())?;
        let site = publication::site(tx)?;
        Ok(Item::new(TagView::new(&site, tag), links))
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete a tag
///
/// 409 `in_use`, with the counts, where a story in any state has it: merge it then.
#[utoipa::path(tag = "admin: tags", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/tags/{tag}")]
async fn delete_tag(app: Data<App>, editor: Editor, tag: Path<String>) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let tag = super::find(tx, &tag)?;
        grants::refuse(tx, "tag", tag.id.as_str())?;
        super::delete(tx, &tag)
    });
    Ok(Saved::gone(&deleted.await?))
}

/// Merge a tag into another
///
/// Every story has the other from now on, without a new revision; the old addresses lead there.
#[utoipa::path(
    tag = "admin: tags",
    request_body = MergeInput,
    responses((status = 200, body = Item<TagView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/tags/{tag}/merge")]
async fn merge_tag(
    app: Data<App>,
    editor: Editor,
    tag: Path<String>,
    once: Once,
    body: Body<MergeInput>,
    links: Links,
) -> Result<Saved> {
    let merged = once.write(&app, editor.actor(), move |tx| {
        let tag = super::find(tx, &tag)?;
        let into = body.0.other(|key| super::find(tx, key))?;
        super::merge(tx, &tag, &into)?;
        let site = publication::site(tx)?;
        Ok(Item::new(TagView::new(&site, into), links))
    });
    merged.answer(Saved::ok).await
}
