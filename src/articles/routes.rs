//! Stories over HTTP, as readers get them.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::list::{self, ListParameters, Start};
use super::views::BodyForm;
use super::{Card, Found, cards, find, related};
use crate::app::App;
use crate::auth::Caller;
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::ArticleId;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Whole};
use crate::http::caller::Anyone;
use crate::http::paging::Cursors;
use crate::http::{Answer, Both, Item, Links, List, Meta, Query, Reply, deliver};
use crate::pages::{self, Showing, ShownArticle};
use crate::publication;

/// Registers the routes of this room.
pub fn configure(config: &mut ServiceConfig) {
    config.service(list_articles).service(get_article).service(list_related);
}

/// List stories
///
/// The newest first, and as many filters as you like. A page is read by `limit` and then by the
/// `cursor` in `links.next`, which loses and repeats no story, or as a numbered archive by `page`.
#[utoipa::path(
    tag = "articles",
    params(ListParameters, Showing),
    responses((status = 200, body = List<ShownArticle>))
)]
#[get("/v1/articles")]
async fn list_articles(
    app: Data<App>,
    caller: Anyone,
    query: Both<ListParameters, Showing>,
    links: Links,
) -> Result<Answer> {
    let Both(asked, showing) = query;
    deliver(&app.clone(), &caller.0.clone(), move |snapshot| {
        check_locales(snapshot, &asked)?;
        let cursors = cursors(&app, &caller.0, &asked, snapshot);
        let mut page = list::list(snapshot, &asked, &start(&asked, &cursors)?)?;
        let links = neighbours(links, &asked, &cursors, &mut page);
        let ids: Vec<ArticleId> = page.places.iter().map(|place| place.id).collect();
        let total = asked.wants_total().then(|| list::count(snapshot, &asked)).transpose()?;
        let meta = Meta { limit: Some(asked.limit()), total, missing: page.missing, ..Meta::default() };
        list::note_filters(snapshot, &asked);
        let cards = cards(snapshot, &ids)?;
        Reply::page(&List { data: pages::show(snapshot, cards, &showing, None)?, meta, links })
    })
    .await
}

/// What the cursors of a list are bound to: the list, whom it is for, and the database's history.
fn cursors(app: &App, caller: &Caller, asked: &ListParameters, snapshot: &Snapshot) -> Cursors {
    let class = if caller.partner().is_some() { "partner" } else { "anyone" };
    Cursors::new(&app.auth.secrets, format!("articles\n{class}\n{}\n{}", asked.name(), snapshot.epoch()))
}

fn start(asked: &ListParameters, cursors: &Cursors) -> Result<Start> {
    match (&asked.cursor, asked.page) {
        (Some(cursor), _) => cursors.read(cursor).map(Start::After),
        (None, Some(page)) => Ok(Start::At(i64::from((page.0 - 1) * asked.limit()))),
        (None, None) => Ok(Start::At(0)),
    }
}

/// The links to the pages beside this one, which is cut to its length.
fn neighbours(mut links: Links, asked: &ListParameters, cursors: &Cursors, page: &mut list::Page) -> Links {
    let limit = asked.limit();
    let more = page.places.len() > limit as usize;
    page.places.truncate(limit as usize);
    if let Some(number) = asked.page.map(|page| page.0) {
        let next = (more && asked.reaches(number + 1)).then(|| links.with("page", &(number + 1).to_string()));
        links.prev = (number > 1).then(|| links.with("page", &(number - 1).to_string()));
        links.next = next;
    } else if let Some(last) = page.places.last().filter(|_| more) {
        links.next = Some(links.with("cursor", &cursors.after(&last.position)));
    }
    links
}

/// 400 where a locale is none of the publication's.
fn check_locales(snapshot: &Snapshot, asked: &ListParameters) -> Result<()> {
    let Some(asked) = &asked.locale else { return Ok(()) };
    let settings = publication::settings_at(snapshot)?;
    let known = settings.all_locales();
    let unknown = asked.values().filter(|locale| !known.contains(locale));
    let faults: Vec<Fault> = unknown
        .map(|locale| {
            let detail = format!("`{locale}` is not a language of this publication: {}", known.join(", "));
            Fault::parameter("locale", "invalid_parameter", detail)
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(faults)) }
}

/// Read a story
///
/// By id or slug. An old slug, or one with capitals, is a 301 to the present one, with whatever
/// follows it. What was retracted is 410 with `retracted`; what is not public is 404, as if it had
/// never been.
#[utoipa::path(tag = "articles", params(Showing), responses((status = 200, body = Item<ShownArticle>)))]
#[get("/v1/articles/{article}")]
async fn get_article(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Result<Query<Showing>>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        let found = find(snapshot, &article);
        if let Ok(Found::Moved(slug)) = found {
            return Ok(Reply::moved(links.at(&slug)));
        }
        let Query(showing) = query?;
        let card = found?.here()?;
        let (id, locale, changed_at) = (card.id, card.locale.clone(), card.changed_at);
        let shown = pages::show(snapshot, vec![card], &showing, Some(BodyForm::Html))?;
        let shown = shown.into_iter().next().ok_or(Error::NotFound("article"))?;
        let reply = Reply::json(&Item::new(shown, links))?.with("content-language", locale);
        Ok(if shows_itself_alone(snapshot, id) { reply.last_modified(changed_at) } else { reply })
    })
    .await
}

/// Whether the answer shows nothing that changes without the story: no other story, nothing of the
/// publication. What it names by id (authors, tags, pictures) moves its instant when that changes.
fn shows_itself_alone(snapshot: &Snapshot, id: ArticleId) -> bool {
    let own = format!("article:{id}");
    let of_others = |key: &String| {
        key == "publication" || key.starts_with("list:") || (key.starts_with("article:") && *key != own)
    };
    !snapshot.keys().iter().any(of_others)
}

/// How many stories to read next.
#[derive(Clone, Copy, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RelatedParameters {
    /// How many, 1-20. Default 5.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 20>>,
}

/// List what to read next
///
/// First the stories that the body's `related` blocks name, then those that share tags, of which the
/// primary tag counts two, or where there are none those of the section; by score, then the newest.
/// Never the story itself or its translations.
#[utoipa::path(
    tag = "articles",
    params(RelatedParameters, Showing),
    responses((status = 200, body = List<ShownArticle>))
)]
#[get("/v1/articles/{article}/related")]
async fn list_related(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Result<Both<RelatedParameters, Showing>>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0, move |snapshot| {
        let found = find(snapshot, &article);
        if let Ok(Found::Moved(slug)) = found {
            return Ok(Reply::moved(links.at(&slug)));
        }
        let Both(asked, showing) = query?;
        let card = found?.here()?;
        let limit = asked.limit.map_or(5, |limit| limit.0);
        let body = pages::body(snapshot, &card)?;
        let related = related_to(snapshot, &card, &body, limit)?;
        let meta = Meta { limit: Some(limit), ..Meta::default() };
        Reply::page(&List { data: pages::show(snapshot, related, &showing, None)?, meta, links })
    })
    .await
}

/// The stories to read next; any that goes live may become one.
fn related_to(snapshot: &mut Snapshot, card: &Card, body: &Document, limit: u32) -> Result<Vec<Card>> {
    card.noted_in(snapshot);
    snapshot.depends_on("list", "articles");
    related(snapshot, card, body, limit as usize)
}
