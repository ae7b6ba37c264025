//! Stories over HTTP, as readers get them.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::corrections::{self, CorrectionEntry};
use super::list::{self, Choice, ListParameters, Start, judged_for};
use super::views::BodyForm;
use super::{Card, Found, cards, find, related};
use crate::app::App;
use crate::auth::Caller;
use crate::body::Document;
use crate::db::Snapshot;
use crate::db::ids::ArticleId;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Text, Whole};
use crate::http::caller::Anyone;
use crate::http::paging::{Cursors, Paging};
use crate::http::{Answer, Both, Item, Links, List, Meta, Query, Register, Reply, deliver};
use crate::media;
use crate::newsroom;
use crate::pages::{self, Showing, ShownArticle};
use crate::publication;
use crate::republish::partners::buyer;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_articles).service(get_article).service(list_related).service(list_corrections);
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
    let Both(mut asked, showing) = query;
    deliver(&app.clone(), &caller.0.clone(), move |snapshot| {
        asked.buyer = buyer(snapshot, caller.0.partner())?;
        let List { data, meta, links } = page(snapshot, &app, &caller.0, "articles", &asked, links)?;
        let cards = judged_for(snapshot, asked.buyer.as_ref(), data)?;
        Reply::page(&List { data: pages::show(snapshot, cards, &showing, None)?, meta, links })
    })
    .await
}

/// A page of stories, as `surface` names the list that its cursors are bound to.
pub fn page(
    snapshot: &mut Snapshot,
    app: &App,
    caller: &Caller,
    surface: &str,
    asked: &ListParameters,
    links: Links,
) -> Result<List<Card>> {
    check_locales(snapshot, asked)?;
    let cursors = cursors(app, caller, surface, asked, snapshot);
    let mut page = list::list(snapshot, asked, &start(asked, &cursors)?)?;
    let links = neighbours(links, asked, &cursors, &mut page);
    let ids: Vec<ArticleId> = page.places.iter().map(|place| place.id).collect();
    let total = asked.wants_total().then(|| list::count(snapshot, asked)).transpose()?;
    let meta = Meta { limit: Some(asked.limit()), total, missing: page.missing, ..Meta::default() };
    list::note_filters(snapshot, asked);
    Ok(List { data: cards(snapshot, &ids)?, meta, links })
}

/// What the cursors of a list are bound to: the list, whom it is for, and the database's history.
fn cursors(
    app: &App,
    caller: &Caller,
    surface: &str,
    asked: &ListParameters,
    snapshot: &Snapshot,
) -> Cursors {
    let class = caller.partner().map_or("anyone", |partner| partner.id.as_str());
    Cursors::new(&app.auth.secrets, format!("{surface}\n{class}\n{}\n{}", asked.name(), snapshot.epoch()))
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
    let locales = asked.locale.iter().flat_map(Choice::values).map(|locale| ("locale", locale));
    let fallbacks =
        asked.fallback.iter().flat_map(|names| &names.0).map(|locale| ("fallback", locale.as_str()));
    known_locales(snapshot, locales.chain(fallbacks))
}

fn known_locales<'a>(
    snapshot: &Snapshot,
    asked: impl Iterator<Item = (&'static str, &'a str)>,
) -> Result<()> {
    let mut asked = asked.peekable();
    if asked.peek().is_none() {
        return Ok(());
    }
    let settings = publication::settings_at(snapshot)?;
    let known = settings.all_locales();
    let faults: Vec<Fault> = asked
        .filter(|(_, locale)| !known.contains(locale))
        .map(|(name, locale)| {
            let detail = format!("`{locale}` is not a language of this publication: {}", known.join(", "));
            Fault::parameter(name, "invalid_parameter", detail)
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(faults)) }
}

/// In which language, or by which token, a story is read.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StoryParameters {
    /// The live translation in this language, BCP 47, else the story itself; `Content-Language` says which. One
    /// that is not the publication's is 400.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "en")]
    locale: Option<Text<35>>,
    /// A preview token: the story as readers would see it, whatever its state; never kept by a cache. 401 where
    /// the token is not good, 404 where it is another story's.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    preview: Option<Text<300>>,
}

/// Read a story
///
/// By id or slug. An old slug, or one with capitals, is a 301 to the present one, with whatever
/// follows it. What was retracted is 410 with `retracted`; what is not public is 404, as if it had
/// never been.
#[utoipa::path(
    tag = "articles",
    params(StoryParameters, Showing),
    responses((status = 200, body = Item<ShownArticle>))
)]
#[get("/v1/articles/{article}")]
async fn get_article(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Result<Both<StoryParameters, Showing>>,
    links: Links,
) -> Result<Answer> {
    deliver(&app.clone(), &caller.0.clone(), move |snapshot| {
        if let Ok(Both(StoryParameters { preview: Some(token), .. }, showing)) = &query {
            return preview(snapshot, &app, &article, token, showing, links);
        }
        let found = find(snapshot, &article);
        if let Ok(Found::Moved(slug)) = found {
            return Ok(Reply::moved(links.at(&slug)));
        }
        let Both(asked, showing) = query?;
        known_locales(snapshot, asked.locale.as_deref().map(|locale| ("locale", locale)).into_iter())?;
        let card = translated(snapshot, found?.here()?, asked.locale.as_deref())?;
        let (id, locale, changed_at) = (card.id, card.locale.clone(), card.changed_at);
        let buyer = buyer(snapshot, caller.0.partner())?;
        let cards = judged_for(snapshot, buyer.as_ref(), vec![card])?;
        let shown = pages::show(snapshot, cards, &showing, Some(BodyForm::Html))?;
        let shown = shown.into_iter().next().ok_or(Error::NotFound("article"))?;
        let reply = Reply::json(&Item::new(shown, links))?.with("content-language", locale);
        Ok(if shows_itself_alone(snapshot, id) { reply.last_modified(changed_at) } else { reply })
    })
    .await
}

/// The live translation of a story, else the story. The answer depends on both.
fn translated(snapshot: &mut Snapshot, card: Card, locale: Option<&str>) -> Result<Card> {
    let Some(locale) = locale.filter(|locale| *locale != card.locale) else { return Ok(card) };
    card.noted_in(snapshot);
    let translation = card.facts.translations.iter().find(|other| other.locale == locale);
    match translation {
        Some(other) => Ok(cards(snapshot, &[other.id])?.pop().unwrap_or(card)),
        None => Ok(card),
    }
}

/// A story as readers would see it, for who has a token of it.
fn preview(
    snapshot: &mut Snapshot,
    app: &App,
    article: &str,
    token: &str,
    showing: &Showing,
    links: Links,
) -> Result<Reply> {
    let (card, body) = newsroom::preview::see(snapshot, &app.auth.secrets, token, article)?;
    let locale = card.locale.clone();
    let bodies = [(card.id, body)].into();
    let shown = pages::show_with(snapshot, vec![card], bodies, showing, Some(BodyForm::Html))?;
    let shown = shown.into_iter().next().ok_or(Error::NotFound("article"))?;
    let reply = Reply::json(&Item::new(shown, links.without("preview")))?;
    Ok(reply.with("content-language", locale).not_kept())
}

/// Whether the answer shows nothing that changes without the story: no other story, nothing of the
/// publication, no updates. What it names by id (authors, tags, pictures) moves its instant when that changes.
fn shows_itself_alone(snapshot: &Snapshot, id: ArticleId) -> bool {
    let own = format!("article:{id}");
    let of_others = |key: &String| {
        key == "publication"
            || key.starts_with("list:")
            || key.starts_with("updates:")
            || (key.starts_with("article:") && *key != own)
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
    deliver(&app, &caller.0.clone(), move |snapshot| {
        let found = find(snapshot, &article);
        if let Ok(Found::Moved(slug)) = found {
            return Ok(Reply::moved(links.at(&slug)));
        }
        let Both(asked, showing) = query?;
        let card = found?.here()?;
        let limit = asked.limit.map_or(5, |limit| limit.0);
        let body = media::body(snapshot, &card)?;
        let related = related_to(snapshot, &card, &body, limit)?;
        let buyer = buyer(snapshot, caller.0.partner())?;
        let related = judged_for(snapshot, buyer.as_ref(), related)?;
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

/// List corrections
///
/// Those of live stories and the retractions, the newest first. Of a story that was taken back for legal reasons
/// the id, the instant and the public reason alone are told.
#[utoipa::path(
    tag = "articles",
    params(Paging),
    responses((status = 200, body = List<CorrectionEntry>))
)]
#[get("/v1/corrections")]
async fn list_corrections(
    app: Data<App>,
    caller: Anyone,
    query: Query<Paging>,
    links: Links,
) -> Result<Answer> {
    deliver(&app.clone(), &caller.0, move |snapshot| {
        let page = query.0.page(&app.auth.secrets, links, "corrections", snapshot.epoch())?;
        let rows = corrections::browse(snapshot, &page.browse(false, None))?;
        Reply::page(&page.of(rows, |(position, _)| position.clone(), |(_, entry)| entry))
    })
    .await
}
