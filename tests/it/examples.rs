//! The schemas of the pure rooms: each field has a description, each scalar an example.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use utoipa::{OpenApi, ToSchema};
use wiredesk::republish::package::PackageView;
use wiredesk::rights::RightsView;
use wiredesk::seo::Seo;

#[derive(OpenApi)]
#[openapi(components(schemas(
    PackageView,
    RightsView,
    Seo,
    wiredesk::fields::Slug,
    wiredesk::rights::Territory
)))]
struct Document;

#[test]
fn every_field_is_described_and_every_scalar_has_an_example() {
    let document = serde_json::to_value(Document::openapi()).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    assert!(schemas.contains_key(&*PackageView::name()) && schemas.contains_key("RightsReason"));
    for (name, schema) in schemas {
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            // An optional object: its description stands beside the reference.
            let described = property["oneOf"]
                .as_array()
                .is_some_and(|of| of.iter().any(|one| one.get("description").is_some()));
            let referenced = property.get("$ref").is_some() || property.get("oneOf").is_some();
            let listed = property["items"].get("$ref").is_some();
            let has = |what: &str| property.get(what).is_some_and(|value| *value != Value::Null);
            assert!(has("description") || described, "{name}.{field} has no description");
            assert!(
                referenced || listed || has("example") || has("examples"),
                "{name}.{field} has no example: {property}"
            );
        }
    }
}
