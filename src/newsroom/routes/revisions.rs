//! The revisions of a story over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{get, post};
use deserr::Deserr;
use utoipa::IntoParams;

use super::{etag, found, item, permitted};
use crate::app::App;
use crate::db::{Conn, Position};
use crate::error::{Error, Result};
use crate::fields::{Faults, Whole};
use crate::http::caller::Staff;
use crate::http::paging::Paging;
use crate::http::query::NoParameters;
use crate::http::{IfMatch, Item, Links, List, Once, Query, Register, Saved};
use crate::newsroom::revisions::{self, Revision};
use crate::newsroom::views::{DifferenceView, RevisionView, StaffArticleView};
use crate::newsroom::{Names, Work};

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config.service(list_revisions).service(get_revision).service(restore_revision).service(diff_revisions);
}

/// Which two revisions.
#[derive(Clone, Copy, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Between {
    /// The earlier one, by number.
    #[param(inline, example = 1)]
    from: Whole<1, 2_000_000_000>,
    /// The later one, by number.
    #[param(inline, example = 2)]
    to: Whole<1, 2_000_000_000>,
}

fn number(whole: u32) -> i32 {
    i32::try_from(whole).unwrap_or(i32::MAX)
}

/// The story and the number of a revision; what is no number names none.
fn numbered(path: Path<(String, String)>) -> Result<(String, i32)> {
    let (article, number) = path.into_inner();
    Ok((article, number.parse().map_err(|_| Error::NotFound("revision"))?))
}

/// Revisions with what they name; who saved them by name where that is known.
fn views(conn: &mut Conn, work: &Work, saves: Vec<Revision>) -> Result<Vec<RevisionView>> {
    let works: Vec<Work> =
        saves.iter().map(|save| Work { story: save.story.clone(), ..work.clone() }).collect();
    let names = Names::of_all(conn, &works)?;
    let mut views = Vec::new();
    for ((save, names), work) in saves.into_iter().zip(names).zip(works) {
        views.push(RevisionView::new(save, work, names));
    }
    RevisionView::name_savers(conn, &mut views)?;
    Ok(views)
}

/// List the revisions of a story
///
/// Every save that changed what readers can come to see, the newest first; none is ever altered.
#[utoipa::path(
    tag = "admin: articles",
    params(Paging),
    responses((status = 200, body = List<RevisionView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}/revisions")]
async fn list_revisions(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    query: Query<Paging>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let list = format!("admin/revisions\n{}", work.id);
        let page = query.0.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
        let saves = revisions::browse(snapshot, work.id, &page.browse(false, None))?;
        let rows = views(snapshot, &work, saves)?;
        let position = |view: &RevisionView| Position { key: view.revision.to_string(), id: String::new() };
        Ok(page.of(rows, position, |view| view))
    });
    Ok(Saved::seen(&page.await?))
}

/// Read a revision of a story
///
/// What the story said after that save.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<RevisionView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}/revisions/{revision}")]
async fn get_revision(
    app: Data<App>,
    staff: Staff,
    path: Path<(String, String)>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let (article, number) = numbered(path)?;
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let save = revisions::read(snapshot, work.id, number)?;
        let view = views(snapshot, &work, vec![save])?.remove(0);
        Ok(Item::new(view, links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// Restore a revision of a story
///
/// What it says becomes the newest revision; what is live stays as it is until the next publish. What it names
/// that was deleted since is left out, and told in `meta.warnings`.
#[utoipa::path(
    tag = "admin: articles",
    responses((status = 200, body = Item<StaffArticleView>)),
    security(("bearer" = ["contributor"]))
)]
#[post("/v1/admin/articles/{article}/revisions/{revision}/restore")]
async fn restore_revision(
    app: Data<App>,
    staff: Staff,
    path: Path<(String, String)>,
    once: Once,
    links: Links,
) -> Result<Saved> {
    let if_match = IfMatch::of(once.request());
    let (article, number) = numbered(path)?;
    let done = once.write(&app, staff.actor(), move |tx| {
        let work = permitted(tx, &staff.0, &article, "change")?;
        if_match.check_revision(work.revision)?;
        let done = revisions::restore(tx, &work, number)?;
        item(tx, done.work, links, done.warnings)
    });
    done.answer(|done| Saved::ok(done).etag(etag(done.value.data.revision))).await
}

/// Compare two revisions of a story
///
/// Field by field, and block by block of the body: added, removed, changed or moved. Blocks are known by their
/// `_key`, which a save keeps wherever the text is unchanged.
#[utoipa::path(
    tag = "admin: articles",
    params(Between),
    responses((status = 200, body = Item<DifferenceView>)),
    security(("bearer" = ["contributor"]))
)]
#[get("/v1/admin/articles/{article}/diff")]
async fn diff_revisions(
    app: Data<App>,
    staff: Staff,
    article: Path<String>,
    query: Result<Query<Between>>,
    links: Links,
) -> Result<Saved> {
    let Query(asked) = query?;
    let seen = app.db.read(move |snapshot| {
        let work = found(snapshot, &staff.0, &article)?;
        let (from, to) = (number(asked.from.0), number(asked.to.0));
        let difference = revisions::diff(snapshot, work.id, from, to)?;
        Ok(Item::new(DifferenceView::new(from, to, difference), links))
    });
    Ok(Saved::seen(&seen.await?))
}
