//! The answers to faults: shared responses, and which of them an operation can give.
//!
//! Derived from the operation: a credential can be bad, a path can name nothing, a body can be too
//! large. What a room documents itself stays. The examples are problems as the server prints them.

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

use super::document::{children_mut, each_operation};
use super::headers;
use super::operations::{is_cached, is_of_sign_in, needs, saves_over, tagged, takes_credentials};
use crate::error::{Error, Fault};
use crate::http::problem::{PROBLEM_JSON, Problem, document as problem_document};

const REQUEST_ID: &str = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a";

/// Status, name among the components, words, a problem of this kind, headers.
type Row = (u16, &'static str, &'static str, Error, &'static [&'static str]);

fn rows() -> [Row; 18] {
    let limit = Fault::parameter("limit", "invalid_parameter", "must be a whole number from 1 to 100");
    let name = Fault::at("/name", "too_long", "must be at most 200 characters");
    let retracted =
        Error::Retracted { at: "2026-05-01T09:30:00.000000Z".into(), kind: "withdraw".into(), reason: None };
    let wait: &[&str] = &["Retry-After"];
    [
        (
            400,
            "BadRequest",
            "A parameter, a header or the body cannot be read: every fault.",
            Error::InvalidQuery(vec![limit]),
            &[],
        ),
        (
            401,
            "Unauthorized",
            "A credential is missing, or is not good.",
            Error::InvalidCredential,
            &["WWW-Authenticate"],
        ),
        (
            403,
            "Forbidden",
            "Known, and not allowed to.",
            Error::Forbidden("this needs an editor, or a write key".into()),
            &[],
        ),
        (404, "NotFound", "Not there, or not for this caller.", Error::NotFound("story"), &[]),
        (408, "RequestTimeout", "The body did not arrive in time.", Error::RequestTimeout, &[]),
        (
            409,
            "Conflict",
            "Not in this state, or taken, or in use.",
            Error::SlugTaken("harbour-bridge-closed".into()),
            &[],
        ),
        (410, "Gone", "It was public and was taken back, or the cursor is too old.", retracted, &[]),
        (412, "PreconditionFailed", "It was changed since you read it.", Error::StaleRevision(4), &[]),
        (413, "ContentTooLarge", "The body is larger than is read.", Error::BodyTooLarge(1024 * 1024), &[]),
        (414, "UriTooLong", "The address is longer than is read.", Error::UriTooLong(8192), &[]),
        (
            415,
            "UnsupportedMediaType",
            "A body of a kind or coding that is not taken.",
            Error::UnsupportedMediaType("application/json"),
            &[],
        ),
        (
            416,
            "RangeNotSatisfiable",
            "The range is not in the file.",
            Error::InvalidHeader("no such range".into()),
            &[],
        ),
        (421, "MisdirectedRequest", "This host is not served here.", Error::UnknownHost, &[]),
        (
            422,
            "UnprocessableContent",
            "Read, and found wrong: every fault.",
            Error::InvalidBody(vec![name]),
            &[],
        ),
        (
            428,
            "PreconditionRequired",
            "A save must name what it was made from.",
            Error::PreconditionRequired,
            &[],
        ),
        (429, "TooManyRequests", "Too often.", Error::RateLimited { retry_after: 7 }, wait),
        (
            500,
            "InternalServerError",
            "A fault of ours; the request id finds it in the log.",
            Error::Internal(String::new()),
            &[],
        ),
        (503, "ServiceUnavailable", "Not now: try again.", Error::NotCaughtUp, wait),
    ]
}

/// Adds the shared answers, and to every operation those that it can give.
pub fn add(document: &mut Value) {
    let mut parts = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut parts);
    for (name, schema) in parts {
        document["components"]["schemas"][name] = serde_json::to_value(schema).unwrap_or_default();
    }
    super::schemas::simplify_all(&mut document["components"]["schemas"]);
    let rows = rows();
    document["components"]["responses"] = rows.iter().map(response).collect::<Map<_, _>>().into();
    document["components"]["responses"]["NotModified"] =
        json!({"description": "What you have is still what you would be sent."});
    let mut moved = json!({"description": "It is at another address now: the same with the present slug."});
    headers::put(&mut moved, &["Location"]);
    document["components"]["responses"]["MovedPermanently"] = moved;
    let tagged = tagged(document);
    each_operation(document, |method, path, operation| {
        let given = given(method, path, saves_over(method, path, &tagged), operation);
        for (status, response) in children_mut(operation, "responses") {
            if response["description"].as_str().unwrap_or_default().is_empty() {
                response["description"] = good_words(status).into();
            }
        }
        let responses = &mut operation["responses"];
        for status in given {
            let name = match status {
                301 => "MovedPermanently",
                304 => "NotModified",
                _ => rows.iter().find(|row| row.0 == status).map_or("InternalServerError", |row| row.1),
            };
            let said = &responses[status.to_string()];
            if said.is_null() || (status >= 400 && said["content"].is_null()) {
                responses[status.to_string()] = json!({"$ref": format!("#/components/responses/{name}")});
            }
        }
        sort_by_status(responses);
    });
}

fn response((status, name, words, error, names): &Row) -> (String, Value) {
    let mut example = problem_document(error, REQUEST_ID);
    example["status"] = (*status).into();
    let mut response = json!({
        "description": words,
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    });
    headers::put(&mut response, names);
    ((*name).to_owned(), response)
}

/// The statuses beside its own that an operation can answer with.
fn given(method: &str, path: &str, saves_over: bool, operation: &Value) -> Vec<u16> {
    let needs = needs(operation);
    let secured = needs.is_some();
    let writes = method != "get";
    let has_key = path.contains('{');
    let has_body = operation["requestBody"].is_object();
    let cached = is_cached(method, path, operation);
    let of_an_article = path.contains("/articles/{article}");
    let by_slug =
        ["{article}", "{author}", "{section}", "{tag}", "{series}"].iter().any(|key| path.contains(key));
    let declared = operation["responses"].as_object().into_iter().flat_map(|all| all.keys());
    let mut given: Vec<u16> =
        declared.filter_map(|status| status.parse().ok()).filter(|s| *s >= 400).collect();
    // Whatever is asked, its head can be wrong, the house busy or broken.
    given.extend([400, 414, 415, 421, 429, 500, 503]);
    let rules: [(bool, &[u16]); 10] = [
        (takes_credentials(path, needs.as_deref()) || is_of_sign_in(path), &[401, 403]),
        (has_key, &[404]),
        (has_key && of_an_article && !path.starts_with("/v1/admin"), &[410]),
        (cached, &[304]),
        (cached && by_slug, &[301]),
        (secured && writes || is_of_sign_in(path), &[409]),
        (saves_over || writes && has_key && path.starts_with("/v1/admin/articles/{article}"), &[412]),
        (matches!(method, "patch" | "delete") && path == "/v1/admin/articles/{article}", &[428]),
        (has_body, &[408, 413, 422]),
        (secured && matches!(method, "post" | "put" | "patch"), &[422]),
    ];
    given.extend(rules.iter().filter(|(holds, _)| *holds).flat_map(|(_, statuses)| *statuses));
    given.sort_unstable();
    given.dedup();
    given
}

fn good_words(status: &str) -> &'static str {
    match status {
        "200" => "What was asked for.",
        "201" => "What was made.",
        "202" => "It will be done.",
        "204" => "Done; there is nothing to show.",
        "206" => "The part that was asked for.",
        _ => "As its status says.",
    }
}

fn sort_by_status(responses: &mut Value) {
    if let Some(map) = responses.as_object_mut() {
        map.sort_keys();
    }
}
