//! The OpenAPI 3.1 document: the introduction, and what is laid over the collected routes, in order.
//!
//! Printed once a process; what `wiredesk openapi` prints, `/openapi.json` serves and the repository
//! holds are the same bytes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use utoipa::openapi::{ComponentsBuilder, Info, License, OpenApi, OpenApiBuilder, Server};

use super::{errors, examples, headers, operations, schemas, words};
use crate::pages::Include;
use crate::republish::package::PackageView;

/// The document as it is served: the one of the repository, which the tests hold to the code. To make it of the
/// code at each start would take longer than all the rest of it, and more memory than serving.
pub const COMMITTED: &str = include_str!("../../openapi/openapi.json");

/// The served document with its ETag.
pub struct Document {
    /// The JSON.
    pub text: &'static str,
    /// A strong ETag of it.
    pub etag: String,
}

impl Document {
    /// The document of the repository.
    pub fn committed() -> Self {
        let digest = Sha256::digest(COMMITTED.as_bytes());
        Document { text: COMMITTED, etag: format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..15])) }
    }
}

/// The document as it is committed: printed from what the code makes.
pub fn print(document: &Value) -> String {
    // A tree of JSON values cannot fail to print.
    serde_json::to_string_pretty(document).unwrap_or_default() + "\n"
}

/// The document before its routes.
pub fn opening() -> OpenApi {
    let mut info = Info::new("Wiredesk", env!("CARGO_PKG_VERSION"));
    info.description = Some(words::INTRODUCTION.into());
    let mut license = License::new("MIT OR Apache-2.0");
    license.identifier = Some("MIT OR Apache-2.0".into());
    info.license = Some(license);
    let mut here = Server::new("/");
    here.description = Some("This installation".into());
    // A schema that only a parameter names is not collected with the routes, nor one behind several forms.
    let named = ComponentsBuilder::new().schema_from::<Include>().schema_from::<PackageView>().build();
    OpenApiBuilder::new().components(Some(named)).info(info).servers(Some([here])).build()
}

/// The document with what all of its operations share.
pub fn finished(collected: &OpenApi) -> Value {
    // The collected document is a tree of maps with text keys: it cannot fail to print.
    let mut document = serde_json::to_value(collected).unwrap_or_default();
    schemas::normalise(&mut document);
    errors::add(&mut document);
    headers::add(&mut document);
    operations::complete(&mut document);
    examples::add(&mut document);
    drop_unused(&mut document);
    document["components"]["securitySchemes"] = json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A staff access token from `POST /v1/admin/auth/login`, or an API key.",
        },
        "api_key": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Api-Key",
            "description": "An API key: read, partner, write or admin.",
        },
    });
    document
}

/// The values of an array or object under a key; none where nothing stands there.
pub fn children_mut<'v>(value: &'v mut Value, key: &str) -> Vec<(&'v str, &'v mut Value)> {
    match value.get_mut(key) {
        Some(Value::Array(values)) => values.iter_mut().map(|value| ("", value)).collect(),
        Some(Value::Object(map)) => map.iter_mut().map(|(name, value)| (name.as_str(), value)).collect(),
        _ => Vec::new(),
    }
}

/// Drops shared parts that nothing refers to.
fn drop_unused(document: &mut Value) {
    // A part may have been referred to by another unused one alone.
    for kind in ["parameters", "responses", "headers", "schemas"] {
        let text = document.to_string();
        let used = |name: &str| text.contains(&format!("\"#/components/{kind}/{name}\""));
        if let Some(parts) = document["components"][kind].as_object_mut() {
            parts.retain(|name, _| used(name));
        }
    }
}

/// Every operation of the document, with its method and path.
pub fn each_operation(document: &mut Value, mut work: impl FnMut(&str, &str, &mut Value)) {
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for (path, item) in paths {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(operation) = item.get_mut(method) {
                work(method, path, operation);
            }
        }
    }
}
