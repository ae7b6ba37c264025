//! The headers of answers, documented where they are sent.

use serde_json::{Value, json};

use super::document::{children_mut, each_operation};
use super::operations::{is_cached, shows_one, tagged};

/// Documents the headers of every operation's good answers.
pub fn add(document: &mut Value) {
    document["components"]["headers"] = json!({
        "ETag": text("A strong validator: send it back in `If-None-Match`, or in `If-Match` with a save.", "\"Wm4s5Tq2mCw9Jv1xkq0b\""),
        "Last-Modified": text("The instant of the last change that touched the answer.", "Fri, 01 May 2026 09:30:00 GMT"),
        "Cache-Control": text("How long the answer may be kept.", "public, max-age=30, s-maxage=300, stale-while-revalidate=60, stale-if-error=300"),
        "Link": text("The neighbours of a page (RFC 8288), as in `links`.", "<https://api.courier.example/v1/articles?cursor=eyJr>; rel=\"next\""),
        "Location": text("Where it is.", "/v1/articles/harbour-bridge-closed"),
        "Wiredesk-Sequence": {
            "description": "The number of the log after this write; send it as `Wiredesk-Min-Sequence` to read what was written.",
            "schema": {"type": "integer", "format": "int64", "minimum": 0},
            "example": 1207,
        },
        "Retry-After": {
            "description": "Seconds to wait before the next try.",
            "schema": {"type": "integer", "minimum": 0},
            "example": 1,
        },
        "WWW-Authenticate": text("The scheme to sign in by.", "Bearer"),
    });
    let tagged = tagged(document);
    each_operation(document, |method, path, operation| {
        let secured = operation["security"].is_array();
        let delivery = is_cached(method, path, operation);
        let responses = children_mut(operation, "responses").into_iter();
        for (status, response) in responses.filter(|(status, _)| status.starts_with('2')) {
            let is_list = response
                .pointer("/content/application~1json/schema/$ref")
                .and_then(Value::as_str)
                .is_some_and(|name| name.ends_with("List"));
            let mut names = Vec::new();
            if delivery {
                names.extend(["ETag", "Last-Modified", "Cache-Control"]);
                names.extend(is_list.then_some("Link"));
            }
            if method != "get" && secured {
                names.push("Wiredesk-Sequence");
            }
            if status == "201" {
                names.push("Location");
            }
            if shows_one(method, path, &tagged) && status != "204" {
                names.push("ETag");
            }
            put(response, &names);
        }
    });
}

/// Refers a response to shared headers.
pub fn put(response: &mut Value, names: &[&str]) {
    for name in names {
        if response["headers"][name].is_null() {
            response["headers"][name] = json!({"$ref": format!("#/components/headers/{name}")});
        }
    }
    if response["headers"].is_null()
        && let Some(response) = response.as_object_mut()
    {
        response.remove("headers");
    }
}

fn text(description: &str, example: &str) -> Value {
    json!({"description": description, "schema": {"type": "string"}, "example": example})
}
