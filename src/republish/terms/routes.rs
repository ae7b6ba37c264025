//! The terms for machines over HTTP.

use actix_web::get;
use actix_web::web::Data;

use super::views::TermsView;
use super::{RSL_TYPE, rsl, tdm_rep};
use crate::app::App;
use crate::auth::Caller;
use crate::error::{Error, Result};
use crate::http::query::NoParameters;
use crate::http::{Answer, Query, Register, Reply, deliver};
use crate::publication;

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config.service(get_terms).service(get_tdm_rep).service(get_rsl);
}

/// Read the terms of republishing
///
/// The licence and the rules, the origins that are reserved, whom to write to, and where everything is: what a
/// partner's system needs to begin.
#[utoipa::path(tag = "republishing", responses((status = 200, body = TermsView)))]
#[get("/.well-known/republishing.json")]
async fn get_terms(app: Data<App>, _: Query<NoParameters>) -> Result<Answer> {
    let public_url = app.config.public_url.clone();
    deliver(&app, &Caller::Anonymous, move |snapshot| {
        snapshot.depends_on_all("publication");
        snapshot.depends_on_all("origins");
        let settings = publication::settings_at(snapshot)?;
        let reserved = publication::reserved_origins(snapshot)?;
        Reply::json(&TermsView::new(settings, reserved, &public_url))
    })
    .await
}

/// Read whether mining is reserved
///
/// TDMRep: whether text and data mining is reserved, and under which policy it is licensed. To be served at the
/// same path of the publication's site. 404 where the publication has not said it.
#[utoipa::path(
    tag = "republishing",
    responses(
        (
            status = 200,
            body = Vec<HashMap<String, Value>>,
            example = json!([{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://courier.example/mining"}])
        ),
        (status = 404)
    )
)]
#[get("/.well-known/tdmrep.json")]
async fn get_tdm_rep(app: Data<App>, _: Query<NoParameters>) -> Result<Answer> {
    deliver(&app, &Caller::Anonymous, |snapshot| {
        snapshot.depends_on_all("publication");
        let said = tdm_rep(&publication::settings_at(snapshot)?);
        Reply::json(&said.ok_or(Error::NotFound("reservation"))?)
    })
    .await
}

/// Read the licence of crawlers
///
/// RSL 1.0: which uses by search engines and models are permitted and which are not. Name it in the site's
/// `robots.txt` by a line `License:`. 404 where the publication has not said it.
#[utoipa::path(
    tag = "republishing",
    responses(
        (
            status = 200,
            body = String,
            content_type = "application/rsl+xml",
            example = "<rsl xmlns=\"https://rslstandard.org/rsl\"><content url=\"https://courier.example/\"><license><prohibits type=\"usage\">ai-train</prohibits></license></content></rsl>"
        ),
        (status = 404)
    )
)]
#[get("/rsl.xml")]
async fn get_rsl(app: Data<App>, _: Query<NoParameters>) -> Result<Answer> {
    deliver(&app, &Caller::Anonymous, |snapshot| {
        snapshot.depends_on_all("publication");
        let said = rsl(&publication::settings_at(snapshot)?).ok_or(Error::NotFound("licence"))?;
        Ok(Reply::bytes(RSL_TYPE, said.into_bytes()))
    })
    .await
}
