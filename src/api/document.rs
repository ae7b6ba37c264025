//! What the document says beside its routes: the introduction, the groups, the credentials.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Info, License, OpenApi, OpenApiBuilder};

/// The document before its routes.
pub fn opening() -> OpenApi {
    let mut info = Info::new("Wiredesk", env!("CARGO_PKG_VERSION"));
    info.description = Some(INTRODUCTION.into());
    info.license = Some(License::new("MIT OR Apache-2.0"));
    OpenApiBuilder::new().info(info).build()
}

const INTRODUCTION: &str = "A headless newsroom: stories, and the rules by which others may republish them.";

/// The document with what all of its operations share.
pub fn finished(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    let api_key = ApiKey::Header(ApiKeyValue::new("X-Api-Key"));
    components.add_security_scheme("api_key", SecurityScheme::ApiKey(api_key));
    document
}
