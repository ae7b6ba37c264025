//! Views and rankings over HTTP.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::{PopularView, ViewInput};
use super::{Window, most_popular};
use crate::addresses::{self, Kind};
use crate::app::App;
use crate::articles;
use crate::articles::list::judged_for;
use crate::db::Snapshot;
use crate::db::ids::ArticleId;
use crate::error::Result;
use crate::fields::{Faults, Text, Whole};
use crate::http::caller::Anyone;
use crate::http::{Answer, BeaconBody, By, Links, List, Query, Register, Reply, deliver};
use crate::republish::partners::buyer;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(count_view).service(list_most_popular);
}

/// Count a view
///
/// Also as `text/plain`, which is what `navigator.sendBeacon` sends; at most 8 KiB. The answer is the
/// same whether the story is live or not, and only live ones are counted. Views of a story from one
/// address and user agent within 30 minutes count once; with `Sec-GPC: 1` or `DNT: 1` readers are not
/// told apart at all, and each view counts. Programs that say so, and browsers that fetch ahead
/// (`Sec-Purpose: prefetch`), are not counted. Nothing of the reader is stored.
#[utoipa::path(
    tag = "most popular",
    request_body(content((ViewInput = "application/json"), (String = "text/plain"))),
    responses((status = 204))
)]
#[post("/v1/views")]
async fn count_view(
    app: Data<App>,
    _: Anyone,
    By(reader): By,
    body: BeaconBody<ViewInput>,
) -> Result<HttpResponse> {
    app.views.note(body.0.article.as_str(), &reader, app.db.now());
    Ok(HttpResponse::NoContent().insert_header((header::CACHE_CONTROL, "no-store")).finish())
}

/// Which ranking is wanted.
#[derive(Clone, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PopularQuery {
    /// How far back the ranking looks; a view counts half after a quarter of it. Default `24h`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub window: Option<Window>,
    /// Only stories of this section (id or slug) and those below it. One that does not exist gives an
    /// empty list.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub section: Option<Text<200>>,
    /// How many, 1-50. Default 5.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    pub limit: Option<Whole<1, 50>>,
}

/// List the most popular stories
///
/// By views that decay with time; equal ones by the newest. Stories without a view are not listed.
#[utoipa::path(
    tag = "most popular",
    params(PopularQuery),
    responses((status = 200, body = List<PopularView>))
)]
#[get("/v1/most-popular")]
async fn list_most_popular(
    app: Data<App>,
    caller: Anyone,
    query: Query<PopularQuery>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0.clone(), move |snapshot| {
        let limit = query.0.limit.map_or(5, |limit| limit.0);
        let ids = wanted(snapshot, &query.0, limit)?;
        let cards = articles::cards(snapshot, &ids)?;
        for card in &cards {
            card.noted_in(snapshot);
        }
        let buyer = buyer(snapshot, caller.0.partner())?;
        let cards = judged_for(snapshot, buyer.as_ref(), cards)?;
        let mut list = List::whole(PopularView::ranked(cards), links);
        list.meta.limit = Some(limit);
        Reply::json(&list)
    })
    .await
}

fn wanted(snapshot: &mut Snapshot, query: &PopularQuery, limit: u32) -> Result<Vec<ArticleId>> {
    let window = query.window.unwrap_or_default();
    let Some(name) = query.section.as_deref() else { return most_popular(snapshot, window, None, limit) };
    snapshot.depends_on("section", name);
    match addresses::id_of(snapshot, Kind::Section, name)? {
        Some(section) => most_popular(snapshot, window, Some(section), limit),
        None => Ok(Vec::new()),
    }
}
