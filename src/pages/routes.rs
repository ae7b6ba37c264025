//! The page of a story over HTTP.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::fields::Fields;
use super::showing::BodyAsked;
use super::views::PageView;
use super::{Showing, page};
use crate::app::App;
use crate::articles::{Card, Found, find};
use crate::auth::Caller;
use crate::body::Document;
use crate::db::Snapshot;
use crate::error::Result;
use crate::fields::{Faults, Names, Text};
use crate::http::caller::Anyone;
use crate::http::{Answer, Item, Links, Query, Register, Reply, deliver};
use crate::media;
use crate::newsroom;
use crate::republish::Circumstances;
use crate::republish::partners::Client;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(get_page);
}

/// What is wanted of a page.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PageParameters {
    /// The keys of the lists to put on the page, at most 20; one that does not exist is null there.
    #[deserr(default)]
    #[param(value_type = Option<Vec<String>>, nullable = false, style = Form, explode = false, example = json!(["in-case-you-missed-it"]))]
    lists: Option<Names<20>>,
    /// Only these fields of the story, by dot paths; with `-` before one all but it. `id` stays.
    #[deserr(default)]
    #[param(value_type = Option<Vec<String>>, nullable = false, style = Form, explode = false, example = json!(["headline", "body"]))]
    fields: Option<Fields>,
    /// The form of the body: `html` (default) `blocks markdown text`, or `none`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    body: Option<BodyAsked>,
    /// A preview token: the story as readers would see it, whatever its state, beside what is live; never kept
    /// by a cache. 401 where the token is not good, 404 where it is another story's.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    preview: Option<Text<300>>,
}

/// Read everything that a story's page shows
///
/// The story, the appeal in it, what is read most, the lists that are asked for, related stories,
/// whether and how it may be republished, and the head of the page: one answer of fixed cost.
#[utoipa::path(tag = "articles", params(PageParameters), responses((status = 200, body = Item<PageView>)))]
#[get("/v1/articles/{article}/page")]
async fn get_page(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Result<Query<PageParameters>>,
    links: Links,
) -> Result<Answer> {
    deliver(&app.clone(), &caller.0.clone(), move |snapshot| {
        if let Ok(Query(PageParameters { preview: Some(token), .. })) = &query {
            let (card, body) = newsroom::preview::see(snapshot, &app.auth.secrets, token, &article)?;
            let links = links.without("preview");
            return Ok(shown(snapshot, &app, &caller.0, card, body, query?.0, links)?.not_kept());
        }
        let found = find(snapshot, &article);
        if let Ok(Found::Moved(slug)) = found {
            return Ok(Reply::moved(links.at(&slug)));
        }
        let Query(asked) = query?;
        let card = found?.here()?;
        let body = media::body(snapshot, &card)?;
        shown(snapshot, &app, &caller.0, card, body, asked, links)
    })
    .await
}

fn shown(
    snapshot: &mut Snapshot,
    app: &App,
    caller: &Caller,
    card: Card,
    body: Document,
    asked: PageParameters,
    links: Links,
) -> Result<Reply> {
    let locale = card.locale.clone();
    let partner = Client::of(snapshot, caller.partner())?;
    let circumstances = Circumstances::on_the_web(partner, snapshot.now());
    let showing = Showing { fields: asked.fields, include: None, body: asked.body };
    let lists = asked.lists.unwrap_or_default().0;
    let public_url = &app.config.public_url;
    let page = page::page(snapshot, card, body, &lists, &showing, &circumstances, public_url)?;
    Ok(Reply::json(&Item::new(page, links))?.with("content-language", locale))
}
