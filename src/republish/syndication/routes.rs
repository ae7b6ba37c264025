//! Stories for partners over HTTP.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use deserr::Deserr;
use utoipa::IntoParams;

use super::shown;
use super::views::SyndicatedView;
use crate::app::App;
use crate::articles::list::ListParameters;
use crate::articles::routes::page;
use crate::articles::views::{ArticleView, BodyForm};
use crate::db::Snapshot;
use crate::error::{Error, Result};
use crate::fields::Faults;
use crate::http::caller::PartnerKey;
use crate::http::{Answer, Item, Links, List, Query, Register, Reply, deliver};
use crate::publication;
use crate::republish::partners::Client;
use crate::republish::routes::{Taking, deliver_to_take, note_taking};
use crate::republish::{Circumstances, Sought, Subject, pixel_url, seek};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_syndicated_articles).service(get_syndicated_article);
}

/// List the stories that you may run
///
/// The grammar of `/v1/articles`; without bodies, which each story's own answer holds. 403 with its reasons where
/// something keeps every story from this partner.
#[utoipa::path(
    tag = "syndication",
    params(ListParameters),
    responses((status = 200, body = List<ArticleView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/articles")]
async fn list_syndicated_articles(
    app: Data<App>,
    partner: PartnerKey,
    query: Query<ListParameters>,
    links: Links,
) -> Result<Answer> {
    let mut asked = query.0;
    let caller = partner.caller().clone();
    deliver(&app.clone(), partner.caller(), move |snapshot| {
        let client = Client::of(snapshot, caller.partner())?.ok_or(Error::InvalidCredential)?;
        let settings = publication::settings_at(snapshot)?;
        client.admitted(&settings, snapshot)?;
        asked.offered_to(client.buyer(&settings, snapshot.now()));
        let List { data: mut cards, meta, links } =
            page(snapshot, &app, &caller, "syndication/articles", &asked, links)?;
        for card in &mut cards {
            card.noted_in(snapshot);
            card.republishable = true;
        }
        let data = cards.into_iter().map(|card| shown(card, None)).collect::<Result<Vec<_>>>()?;
        Reply::page(&List { data, meta, links })
    })
    .await
}

/// In which form a story is read.
#[derive(Clone, Copy, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Reading {
    /// The form of the body: `html` (default) `blocks markdown text`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    body: Option<BodyForm>,
}

/// Read a story that you may run
///
/// With its body as it may be run, the verdict, the credit line, the pixel and the pictures. With access under an
/// embargo also what waits for its end, to be read and not run. The story counts against the quota as its package
/// does. 403 with every reason where the story is live and
/// may not be run by this partner, 404 where it is not live, 410 where it was retracted.
#[utoipa::path(
    tag = "syndication",
    params(Reading),
    responses((status = 200, body = Item<SyndicatedView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/articles/{article}")]
async fn get_syndicated_article(
    app: Data<App>,
    partner: PartnerKey,
    article: Path<String>,
    query: Query<Reading>,
    links: Links,
    request: HttpRequest,
) -> Result<Answer> {
    let (at, caller) = (app.clone(), partner.caller().clone());
    let look = move |snapshot: &mut Snapshot, taking: &Taking| {
        snapshot.depends_on_all("publication");
        let client = Client::of(snapshot, caller.partner())?;
        let circumstances = Circumstances::on_the_web(client, snapshot.now());
        let settings = publication::settings_at(snapshot)?;
        let (story, asked) = match seek(snapshot, &article, &settings, &circumstances)? {
            Sought::Moved(slug) => return Ok(Reply::moved(links.at(&slug))),
            Sought::Found(story, asked) => (story, asked),
        };
        let pixel = pixel_url(&at.config.public_url, &at.auth.secrets, story.card(), &circumstances);
        let form = query.0.body.unwrap_or(BodyForm::Html);
        let changed = story.card().changed_at;
        if let Subject::Live(card) = &story {
            note_taking(taking, &caller, card, &circumstances, &asked);
        }
        let view = super::read(snapshot, story, asked, &settings, &circumstances, form, Some(&pixel))?;
        Ok(Reply::json(&Item::new(view, links.clone()))?.last_modified(changed))
    };
    deliver_to_take(&app, partner.caller(), &request, look).await
}
