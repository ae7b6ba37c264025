//! The form of an item in the OpenAPI document: what every item has; for the rest IPTC's schema is named there
//! and not repeated.

use std::borrow::Cow;

use serde_json::json;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Ninjs, SCHEMA};

impl PartialSchema for Ninjs {
    fn schema() -> RefOr<Schema> {
        let example = json!({
            "standard": { "name": "ninjs", "version": "3.1", "schema": SCHEMA },
            "uri": "urn:uuid:01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f",
            "type": "text",
            "representationType": "full",
            "version": "2",
            "pubStatus": "usable",
            "headlines": [{ "role": "main", "value": "Harbour reopens after the storm" }],
            "bodies": [{ "role": "main", "contentType": "text/html", "value": "<article></article>" }],
        });
        let text = |words: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(words));
        let status = text("Whether it may be run: `canceled` is taken back for good.");
        let extent = text("`full` with the body, else `partial`.");
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(format!("A news item by IPTC ninjs 3.1: valid by `{SCHEMA}`.")))
            .property("uri", text("The story, by `urn:uuid:` and its id.").examples([example["uri"].clone()]))
            .property("type", text("What it is.").enum_values(Some(["text"])))
            .property("representationType", extent.enum_values(Some(["full", "partial"])))
            .property("pubStatus", status.enum_values(Some(["usable", "withheld", "canceled"])))
            .additional_properties(Some(AdditionalProperties::FreeForm(true)))
            .examples([example])
            .into()
    }
}

impl ToSchema for Ninjs {
    fn name() -> Cow<'static, str> {
        "Ninjs".into()
    }
}
