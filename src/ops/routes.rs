//! Health and readiness over HTTP.

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};

use crate::app::App;
use crate::error::Result;
use crate::http::query::NoParameters;
use crate::http::{Query, Register};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(get_health).service(get_readiness);
}

/// Ask whether the process lives
///
/// `ok`, as long as it can answer at all; the database is not asked.
#[utoipa::path(
    tag = "installation",
    responses((status = 200, body = String, content_type = "text/plain", example = "ok"))
)]
#[get("/healthz")]
async fn get_health(_: Query<NoParameters>) -> HttpResponse {
    word("ok")
}

/// Ask whether it can work
///
/// `ready` where the database answers; 503 where it does not.
#[utoipa::path(
    tag = "installation",
    responses((status = 200, body = String, content_type = "text/plain", example = "ready"))
)]
#[get("/readyz")]
async fn get_readiness(app: Data<App>, _: Query<NoParameters>) -> Result<HttpResponse> {
    super::ready(&app.db).await?;
    Ok(word("ready"))
}

fn word(word: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(word)
}
