//! Checks over HTTP: a partner's own, and all of a partner's for the newsroom.

use actix_web::web::{Data, Path, block};
use actix_web::{get, post};
use deserr::Deserr;
use url::Url;
use utoipa::IntoParams;

use super::views::{CheckInput, CheckView, Wanted};
use super::{Check, Judged, Reading, story};
use crate::app::App;
use crate::db::ids::{ArticleId, PartnerId};
use crate::db::{Position, Snapshot};
use crate::error::{Error, Result};
use crate::fields::{Faults, Text};
use crate::http::caller::{Editor, PartnerKey};
use crate::http::paging::Paging;
use crate::http::query::NoParameters;
use crate::http::{Body, Both, Item, Links, List, Once, Query, Register, Saved};
use crate::republish::partners;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_checks).service(create_check).service(get_check).service(list_partner_checks);
}

/// Which checks.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Only of pages that run this story, by id or slug.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "harbour-reopens")]
    article: Option<Text<200>>,
}

/// Check a page
///
/// With `html`, the page is checked at once and forgotten; nothing is fetched. With `url` alone the check is
/// `pending` until the page was fetched, within seconds: from your registered hosts only (else 422
/// `host_not_registered`), one request a host at a time, as robots.txt allows, never past a redirect to another
/// host. The story is told by the page's pixel, else its canonical link, else `article`; 422 `article_unknown`
/// where none of them names one that you may know.
#[utoipa::path(
    tag = "syndication",
    request_body = CheckInput,
    responses((status = 201, body = Item<CheckView>)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/checks")]
async fn create_check(
    app: Data<App>,
    partner: PartnerKey,
    once: Once,
    body: Body<CheckInput>,
    links: Links,
) -> Result<Saved> {
    let (actor, id) = (partner.actor(), partner.0.id);
    let wanted = body.0.wanted()?;
    // A page of a mebibyte takes a moment to read, and no state of the database waits for it.
    let read = block(move || wanted.reading().map(|reading| (wanted, reading))).await;
    let (wanted, reading) = read.map_err(|error| Error::Internal(error.to_string()))??;
    let reader = app.clone();
    let ready = app.db.read(move |snapshot| ready(&reader, snapshot, id, wanted, reading)).await?;
    let made = once.write(&app, actor, move |tx| {
        let check = match ready.judged {
            Some((article, judged)) => super::submit(tx, id, article, ready.url, judged)?,
            None => {
                let url = ready.url.ok_or_else(|| Error::Internal("a check without a page".into()))?;
                super::request(tx, id, ready.article, &url)?
            }
        };
        Ok(Item::new(CheckView::from(check), links))
    });
    made.answer(|made| Saved::created(made, format!("/v1/syndication/checks/{}", made.value.data.id))).await
}

/// What is written down of a check that was asked for.
struct Ready {
    url: Option<Url>,
    article: Option<ArticleId>,
    /// The story and what was ruled; none where the page is to be fetched.
    judged: Option<(ArticleId, Judged)>,
}

/// Looks at what was sent: whose host it is, which story, and what the page keeps to.
fn ready(
    app: &App,
    snapshot: &mut Snapshot,
    partner: PartnerId,
    wanted: Wanted,
    reading: Option<Reading>,
) -> Result<Ready> {
    let unknown = || Error::body("/article", "article_unknown", "the page tells no story that you may know");
    let partner = partners::read(snapshot, partner.as_str())?;
    if let Some(url) = wanted.url.as_ref().filter(|url| !super::is_on_a_host_of(&partner, url)) {
        let host = url.host_str().unwrap_or_default();
        return Err(Error::body("/url", "host_not_registered", format!("`{host}` is none of your hosts")));
    }
    let article = match &wanted.article {
        Some(key) => Some(story::named(snapshot, key)?.ok_or_else(unknown)?),
        None => None,
    };
    let Some(reading) = reading else { return Ok(Ready { url: wanted.url, article, judged: None }) };
    let pixels = super::pixels(&app.config.public_url, &app.auth.secrets);
    let judged = super::hold_against(snapshot, &reading, partner, &pixels, article)?.ok_or_else(unknown)?;
    Ok(Ready { url: wanted.url, article, judged: Some(judged) })
}

/// List your checks
///
/// The newest first, with those that wait: pages on which your copies were seen are looked at again after an
/// hour, a day and a week, and after each notice.
#[utoipa::path(
    tag = "syndication",
    params(Paging, Asked),
    responses((status = 200, body = List<CheckView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/checks")]
async fn list_checks(
    app: Data<App>,
    partner: PartnerKey,
    query: Both<Paging, Asked>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let Both(paging, asked) = query;
    let page =
        db.read(move |snapshot| page(&app, snapshot, partner.0.id, (&paging, &asked), links, "syndication"));
    Ok(Saved::seen(&page.await?))
}

/// Read one of your checks
///
/// By its id.
#[utoipa::path(
    tag = "syndication",
    responses((status = 200, body = Item<CheckView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/checks/{check}")]
async fn get_check(
    app: Data<App>,
    partner: PartnerKey,
    check: Path<String>,
    _: Query<NoParameters>,
    links: Links,
) -> Result<Saved> {
    let check = app.db.read(move |snapshot| super::find(snapshot, partner.0.id, &check)).await?;
    Ok(Saved::seen(&Item::new(CheckView::from(check), links)))
}

/// List the checks of a partner
///
/// Those that it asked for and those that were made by themselves; the newest first.
#[utoipa::path(
    tag = "admin: republishing",
    params(Paging, Asked),
    responses((status = 200, body = List<CheckView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/partners/{partner}/checks")]
async fn list_partner_checks(
    app: Data<App>,
    _: Editor,
    partner: Path<String>,
    query: Both<Paging, Asked>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let Both(paging, asked) = query;
    let page = db.read(move |snapshot| {
        let partner = partners::read(snapshot, &partner)?;
        page(&app, snapshot, partner.id, (&paging, &asked), links, "admin")
    });
    Ok(Saved::seen(&page.await?))
}

fn page(
    app: &App,
    snapshot: &mut Snapshot,
    partner: PartnerId,
    (paging, asked): (&Paging, &Asked),
    links: Links,
    surface: &str,
) -> Result<List<CheckView>> {
    let named = asked.article.as_deref();
    let list = format!("{surface}/checks\n{partner}\n{}", named.unwrap_or_default());
    let page = paging.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
    let browse = page.browse(false, None);
    let article = match named {
        Some(key) => story::named(snapshot, key)?.map(Some),
        None => Some(None),
    };
    // A story that nobody may know has no checks.
    let checks = match article {
        Some(article) => super::browse(snapshot, partner, article, browse.after.as_ref(), browse.limit)?,
        None => Vec::new(),
    };
    let position = |check: &Check| Position::of_id(check.id);
    Ok(page.of(checks, position, CheckView::from))
}
