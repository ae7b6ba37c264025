//! The table of contents of the API: a line a room, in the order of the document.
//!
//! Registering a route documents it. What every operation shares (answers to faults, credentials,
//! examples, the forms of schemas) is laid over the collected document once, by the rooms of this
//! folder: an operation says only what is its own.

mod docs;
mod document;
mod errors;
mod examples;
mod headers;
mod names;
mod operations;
mod schemas;
mod words;

pub use docs::pages;
pub use document::{COMMITTED, Document, finished, print};

use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;

use crate::addresses::redirects;
use crate::curation::{appeals, lists};
use crate::http::Register;
use crate::taxonomy::{sections, series, tags};
use crate::{
    addresses, articles, auth, authors, changes, media, newsroom, ops, pages, popularity, publication,
    republish, webhooks,
};

/// Registers every route, and documents it.
pub fn configure(config: &mut impl Register) {
    auth::routes::configure(config);
    publication::routes::configure(config);
    articles::routes::configure(config);
    articles::updates::routes::configure(config);
    pages::routes::configure(config);
    addresses::routes::configure(config);
    redirects::routes::configure(config);
    authors::routes::configure(config);
    sections::routes::configure(config);
    tags::routes::configure(config);
    series::routes::configure(config);
    media::routes::configure(config);
    newsroom::routes::configure(config);
    lists::routes::configure(config);
    appeals::routes::configure(config);
    popularity::routes::configure(config);
    republish::partners::routes::configure(config);
    republish::checks::routes::configure(config);
    republish::routes::configure(config);
    republish::syndication::routes::configure(config);
    republish::notices::routes::configure(config);
    republish::bulletins::routes::configure(config);
    republish::simulate::routes::configure(config);
    republish::uses::routes::configure(config);
    webhooks::routes::configure(config);
    republish::terms::routes::configure(config);
    republish::compare::routes::configure(config);
    changes::routes::configure(config);
    ops::routes::configure(config);
    docs::configure(config);
}

/// What the routes say of themselves, as it was collected.
pub fn collected() -> OpenApi {
    let (_, collected) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(document::opening())
        .configure(|config| configure(config))
        .split_for_parts();
    collected
}
