//! The table of contents of the API: a line a room, in the order of the document.

mod document;

use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::curation::{appeals, lists};
use crate::taxonomy::{sections, series, tags};
use crate::{auth, authors, media, newsroom, publication, republish};

/// Registers every route, and documents it.
pub fn configure(config: &mut ServiceConfig) {
    auth::routes::configure(config);
    publication::routes::configure(config);
    authors::routes::configure(config);
    sections::routes::configure(config);
    tags::routes::configure(config);
    series::routes::configure(config);
    media::routes::configure(config);
    newsroom::routes::configure(config);
    lists::routes::configure(config);
    appeals::routes::configure(config);
    republish::routes::configure(config);
}

/// The OpenAPI document of every route.
pub fn document() -> OpenApi {
    let (_, document) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(document::opening())
        .configure(configure)
        .split_for_parts();
    document::finished(document)
}
