//! Sections over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{delete, get, patch, post};

use super::views::{SectionInput, SectionView};
use super::{Section, position};
use crate::app::App;
use crate::auth::users;
use crate::curation::appeals;
use crate::db::Conn;
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
        .service(list_sections)
        .service(get_section)
        .service(list_staff_sections)
        .service(create_section)
        .service(get_staff_section)
        .service(change_section)
        .service(delete_section)
        .service(merge_section);
}

fn item(conn: &mut Conn, section: Section, links: Links) -> Result<Item<SectionView>> {
    let family = super::family(conn, std::slice::from_ref(&section))?;
    let site = publication::site(conn)?;
    Ok(Item::new(SectionView::new(&site, &family, section), links))
}

/// List the sections
///
/// All of them, those at the top and those below others, by position, then name.
#[utoipa::path(tag = "sections", params(Browsing), responses((status = 200, body = List<SectionView>)))]
#[get("/v1/sections")]
async fn list_sections(
    app: Data<App>,
    caller: Anyone,
    query: Query<Browsing>,
    links: Links,
) -> Result<Answer> {
    deliver(&app.clone(), &caller.0, move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "sections", snapshot.epoch())?;
        let sections = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let family = super::family(snapshot, &sections)?;
        let site = publication::site(snapshot)?;
        snapshot.depends_on_all("sections");
        Reply::page(&page.of(sections, position, |section| SectionView::new(&site, &family, section)))
    })
    .await
}

/// Read a section
///
/// By id or slug; an old slug leads to the present one.
#[utoipa::path(tag = "sections", responses((status = 200, body = Item<SectionView>)))]
#[get("/v1/sections/{section}")]
async fn get_section(
    app: Data<App>,
    caller: Anyone,
    section: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        snapshot.depends_on("section", &section);
        let found = super::find(snapshot, &section)?;
        snapshot.depends_on("section", found.id);
        if let Some(location) = links.moved(&section, &found.slug) {
            return Ok(Reply::moved(location));
        }
        snapshot.depends_on_all("sections");
        Reply::json(&item(snapshot, found, links)?)
    })
    .await
}

/// List all sections
///
/// By position, then name.
#[utoipa::path(
    tag = "admin: sections",
    params(Browsing),
    responses((status = 200, body = List<SectionView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/sections")]
async fn list_staff_sections(
    app: Data<App>,
    _: Staff,
    query: Query<Browsing>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "admin/sections", snapshot.epoch())?;
        let sections = super::browse(snapshot, &page.browse(false, query.0.named()))?;
        let family = super::family(snapshot, &sections)?;
        let site = publication::site(snapshot)?;
        Ok(page.of(sections, position, |section| SectionView::new(&site, &family, section)))
    });
    Ok(Saved::seen(&page.await?))
}

/// Make a section
///
/// It is public at once. The slug is made from the name where it is left out. 409 `slug_taken` where
/// another has it; 422 at `/parent` where there is no such section or the tree would be too deep.
#[utoipa::path(
    tag = "admin: sections",
    request_body = SectionInput,
    responses((status = 201, body = Item<SectionView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/sections")]
async fn create_section(
    app: Data<App>,
    editor: Editor,
    once: Once,
    body: Body<SectionInput>,
    links: Links,
) -> Result<Saved> {
    let made = once.write(&app, editor.actor(), move |tx| {
        let section = super::create(tx, body.0.into())?;
        item(tx, section, links)
    });
    made.answer(|made| Saved::created(made, format!("/v1/admin/sections/{}", made.value.data.id))).await
}

/// Read a section as the newsroom sees it
#[utoipa::path(
    tag = "admin: sections",
    responses((status = 200, body = Item<SectionView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/sections/{section}")]
async fn get_staff_section(
    app: Data<App>,
    _: Staff,
    section: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let seen = app.db.read(move |snapshot| {
        let section = super::find(snapshot, &section)?;
        item(snapshot, section, links)
    });
    Ok(Saved::seen(&seen.await?))
}

/// Change a section
///
/// A merge patch (RFC 7396). With another slug or parent the paths of all that stand below it
/// change, and live stories show it at once; their own addresses stay. 422 at `/parent` where it
/// would stand below itself.
#[utoipa::path(
    tag = "admin: sections",
    request_body(content = SectionInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<SectionView>)),
    security(("bearer" = ["editor"]))
)]
#[patch("/v1/admin/sections/{section}")]
async fn change_section(
    app: Data<App>,
    editor: Editor,
    section: Path<String>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let changed = app.db.write(editor.actor(), move |tx| {
        let present = super::find(tx, &section)?;
        let input: SectionInput = patch.onto(SectionView::form(&present))?;
        let section = super::change(tx, &present, input.into())?;
        item(tx, section, links)
    });
    Ok(Saved::ok(&changed.await?))
}

/// Delete a section
///
/// 409 `in_use`, with the counts, where a story in any state runs in it or a section stands below it.
#[utoipa::path(tag = "admin: sections", responses((status = 204)), security(("bearer" = ["editor"])))]
#[delete("/v1/admin/sections/{section}")]
async fn delete_section(app: Data<App>, editor: Editor, section: Path<String>) -> Result<Saved> {
    let deleted = app.db.write(editor.actor(), move |tx| {
        let section = super::find(tx, &section)?;
        appeals::refuse_section(tx, section.id)?;
        users::refuse_section(tx, section.id)?;
        grants::refuse(tx, "section", section.id.as_str())?;
        super::delete(tx, &section)
    });
    Ok(Saved::gone(&deleted.await?))
}

/// Merge a section into another
///
/// Its stories run in the other from now on, without a new revision, and what stood below it stands below the
/// other; the old addresses lead there, and appeals follow. 422 where the other stands below it.
#[utoipa::path(
    tag = "admin: sections",
    request_body = MergeInput,
    responses((status = 200, body = Item<SectionView>)),
    security(("bearer" = ["editor"]))
)]
#[post("/v1/admin/sections/{section}/merge")]
async fn merge_section(
    app: Data<App>,
    editor: Editor,
    section: Path<String>,
    once: Once,
    body: Body<MergeInput>,
    links: Links,
) -> Result<Saved> {
    let merged = once.write(&app, editor.actor(), move |tx| {
        let section = super::find(tx, &section)?;
        let into = body.0.other(|key| super::find(tx, key))?;
        super::merge(tx, &section, &into)?;
        appeals::follow(tx, section.id, into.id)?;
        item(tx, into, links)
    });
    merged.answer(Saved::ok).await
}
