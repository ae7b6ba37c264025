//! Each answer against `openapi.json`, and what every answer must have: each test is a contract test.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use serde_json::{Value, json};

use super::answer::Answer;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(&wiredesk::cli::openapi()).unwrap());

static VALIDATORS: LazyLock<Mutex<HashMap<String, std::sync::Arc<jsonschema::Validator>>>> =
    LazyLock::new(Mutex::default);

/// The document.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// Panics where an answer is not what the document says, or lacks what all answers have.
pub fn check(method: &str, uri: &str, answer: &Answer) {
    assert!(answer.headers.get("set-cookie").is_none(), "a cookie");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(!answer.header("x-request-id").is_empty());
    if answer.status >= 400 {
        check_problem(method, answer);
    }
    let path = uri.split('?').next().unwrap();
    let asked = if method == "HEAD" { "GET" } else { method };
    if let Some((template, operation)) = operation(asked, path) {
        check_operation(method, &template, &operation, answer);
    }
}

fn check_problem(method: &str, answer: &Answer) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    if method == "HEAD" {
        return;
    }
    let problem = answer.json();
    assert_eq!(problem["status"], answer.status);
    assert!(problem["code"].is_string() && problem["title"].is_string() && problem["detail"].is_string());
    assert_eq!(problem["request_id"], answer.header("x-request-id"));
    let control = answer.header("cache-control");
    if !matches!(answer.status, 404 | 410) {
        assert_eq!(control, "no-store", "{}", answer.status);
    }
    assert!(!control.contains("stale"), "{control}");
}

fn operation(method: &str, path: &str) -> Option<(String, Value)> {
    let paths = document()["paths"].as_object()?;
    let matches = |template: &str| {
        let (a, b): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(t, p)| t == p || (t.starts_with('{') && !p.is_empty()))
    };
    // A path without a parameter goes before one with.
    let mut found: Vec<_> = paths.iter().filter(|(template, _)| matches(template)).collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    let (template, item) = found.first()?;
    let operation = item.get(method.to_lowercase())?;
    Some(((*template).clone(), operation.clone()))
}

fn check_operation(method: &str, template: &str, operation: &Value, answer: &Answer) {
    let status = answer.status.to_string();
    let response = operation["responses"].get(&status);
    let response = response
        .unwrap_or_else(|| panic!("{method} {template} answers {status}, undocumented: {}", answer.text()));
    let response = resolve(response);
    if method == "HEAD" || answer.bytes.is_empty() {
        assert!(method == "HEAD" || response["content"].is_null(), "{method} {template} {status}: no body");
        return;
    }
    let kind = answer.header("content-type");
    let kind = kind.split(';').next().unwrap_or_default();
    let Some(media) = response["content"].get(kind) else {
        panic!("{method} {template} answers {status} as {kind}, undocumented");
    };
    if kind != "application/json" && !kind.ends_with("+json") {
        return;
    }
    let schema = media["schema"].clone();
    let key = format!("{method} {template} {status}");
    let validator = VALIDATORS.lock().unwrap().entry(key).or_insert_with(|| compile(&schema)).clone();
    let body = answer.json();
    let faults: Vec<String> =
        validator.iter_errors(&body).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(faults.is_empty(), "{method} {template} {status}: {faults:#?}\n{}", answer.text());
}

fn resolve(value: &Value) -> &Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(pointer) => document().pointer(pointer.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

fn compile(schema: &Value) -> std::sync::Arc<jsonschema::Validator> {
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": document()["components"],
        "allOf": [schema],
    });
    std::sync::Arc::new(jsonschema::options().should_validate_formats(true).build(&whole).unwrap())
}
