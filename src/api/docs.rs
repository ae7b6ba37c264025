//! The document over HTTP, and the page that shows it: Swagger UI out of this program, no CDN.
//!
//! The page may load nothing but its own files and our document, whatever its address says.

use std::sync::{Arc, LazyLock};

use actix_web::http::header;
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, get};
use utoipa_swagger_ui::Config;

use super::Document;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::query::NoParameters;
use crate::http::{Query, Register, not_modified};

/// How long the document may be kept without asking: it changes with the program alone.
const KEPT: &str = "public, max-age=300";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static PAGE: LazyLock<Arc<Config<'static>>> = LazyLock::new(|| {
    let config = Config::from("/openapi.json")
        // Else `?url=` and `?configUrl=` would show the document of a stranger.
        .query_config_enabled(false)
        // Else the page would send our address to the validator of its makers.
        .validator_url("none")
        .display_operation_id(true)
        .doc_expansion("none")
        .filter(true);
    Arc::new(config)
});

/// Registers the document, which is an operation of the API.
pub fn configure(config: &mut impl Register) {
    config.service(get_openapi);
}

/// Registers the page that shows it, which is none.
pub fn pages(config: &mut web::ServiceConfig) {
    config.service(lead_to_docs).service(show_docs);
}

/// Read this document
///
/// OpenAPI 3.1, as JSON.
#[utoipa::path(
    tag = "installation",
    responses((status = 200, body = serde_json::Value, example = json!({"openapi": "3.1.0"})))
)]
#[get("/openapi.json")]
async fn get_openapi(
    app: Data<App>,
    request: HttpRequest,
    _: Query<NoParameters>,
    document: Data<Document>,
) -> Result<HttpResponse> {
    let fresh = not_modified(&request, &document.etag, None, app.db.now());
    let mut response = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, document.etag.as_str()));
    response.insert_header((header::CACHE_CONTROL, KEPT));
    if fresh {
        return Ok(response.finish());
    }
    Ok(response.content_type("application/json").body(document.text))
}

#[get("/docs")]
async fn lead_to_docs() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/docs/")).finish()
}

#[get("/docs/{file:.*}")]
async fn show_docs(file: Path<String>) -> Result<HttpResponse> {
    let found = utoipa_swagger_ui::serve(&file, PAGE.clone());
    let found = found.map_err(|error| Error::Internal(error.to_string()))?;
    let found = found.ok_or(Error::NotFound("page"))?;
    let mut response = HttpResponse::Ok();
    if found.gzpipped {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
    }
    response.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    response.insert_header((header::CACHE_CONTROL, KEPT));
    Ok(response.content_type(found.content_type).body(found.bytes.into_owned()))
}
