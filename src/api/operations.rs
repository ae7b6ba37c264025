//! What is the same for operations: credentials, groups and tags, words for parameters.
//!
//! Derived from what the operation says (its security, its path), so that a room writes none of it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::document::{children_mut, each_operation};
use super::words;

/// Completes every operation, and lists the tags that they use.
pub fn complete(document: &mut Value) {
    let mut used = Vec::new();
    let tagged = tagged(document);
    each_operation(document, |method, path, operation| {
        let needs = needs(operation);
        if let Some(role) = &needs {
            describe_needs(operation, role);
        }
        operation["security"] = security(path, needs.as_deref());
        for tag in operation["tags"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !used.iter().any(|known| known == tag) {
                used.push(tag.to_owned());
            }
        }
        name_path_parameters(path, operation);
        describe_parameters(operation);
        add_request_headers(method, path, needs.is_some(), &tagged, operation);
    });
    document["tags"] = used.iter().map(|tag| json!({"name": tag, "description": words::tag(tag)})).collect();
    document["x-tagGroups"] = groups(&used);
    document["components"]["parameters"] = json!({
        "If-Match": if_match(false),
        "Required-If-Match": if_match(true),
        "Idempotency-Key": {
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "A name for this request, 1-255 characters: sent again within 24 hours by the same caller it gives the same answer and does nothing twice. With another address, query or body it is 422 `idempotency_mismatch`; where the answer held a secret (a key, tokens), 409 `not_replayable`, and `made` is the id. What was refused is not kept: it is tried anew.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 255},
            "example": "6f1c2d1e-publish-1",
        },
    });
}

/// The least role, or `partner`, that an operation asks for; empty where any credential will do.
pub fn needs(operation: &Value) -> Option<String> {
    let scopes = operation.pointer("/security/0/bearer")?;
    Some(scopes[0].as_str().unwrap_or_default().to_owned())
}

/// The paths of what staff change by a merge patch: each of these resources has an ETag.
pub fn tagged(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let changed = paths.filter(|(_, item)| item["patch"].is_object()).map(|(path, _)| path.as_str());
    let is_tagged = |path: &&str| {
        let is_kept = ["/v1/admin/", "/v1/syndication/"].iter().any(|surface| path.starts_with(surface));
        is_kept && !path.starts_with("/v1/admin/articles/{article}/")
    };
    changed.filter(is_tagged).map(str::to_owned).collect()
}

/// Whether an operation saves over one of these resources, and so is held against the ETag that is sent.
pub fn saves_over(method: &str, path: &str, tagged: &BTreeSet<String>) -> bool {
    match method {
        "put" | "patch" | "delete" => tagged.contains(path),
        "post" => path.strip_suffix("/merge").is_some_and(|path| tagged.contains(path)),
        _ => false,
    }
}

/// Whether an operation answers with one of these resources as it is now.
pub fn shows_one(method: &str, path: &str, tagged: &BTreeSet<String>) -> bool {
    let is_list = |one: &String| one.rsplit_once('/').is_some_and(|(list, _)| list == path);
    tagged.contains(path)
        || saves_over(method, path, tagged)
        || method == "post" && tagged.iter().any(is_list)
}

/// Whether a credential may be sent to an operation at all.
pub fn takes_credentials(path: &str, needs: Option<&str>) -> bool {
    needs.is_some() || path.starts_with("/v1/") && !is_of_sign_in(path) || is_feed(path)
}

/// Whether this is signing in, staying so or out.
pub fn is_of_sign_in(path: &str) -> bool {
    path.starts_with("/v1/admin/auth/")
}

/// Whether this is a GET whose answer may be kept and asked for again: 304, validators, lifetimes.
pub fn is_cached(method: &str, path: &str, operation: &Value) -> bool {
    let never = ["/v1/admin/", "/v1/whoami", "/healthz", "/readyz", "/metrics", "/p/"];
    let stories = ["/v1/syndication/articles", "/v1/syndication/articles/{article}"];
    let open = needs(operation).is_none() || stories.contains(&path);
    method == "get" && open && !never.iter().any(|start| path.starts_with(start))
}

fn is_feed(path: &str) -> bool {
    path.starts_with("/feeds/")
}

fn security(path: &str, needs: Option<&str>) -> Value {
    match needs {
        Some("") => json!([{"bearer": []}, {"api_key": []}]),
        Some(role) => json!([{"bearer": [role]}, {"api_key": [role]}]),
        None if takes_credentials(path, None) => json!([{}, {"bearer": []}, {"api_key": []}]),
        None => json!([{}]),
    }
}

fn describe_needs(operation: &mut Value, role: &str) {
    let who = match role {
        "contributor" => "Any member of staff, or a write or admin key.",
        "author" => "Authors, editors and admins, or a write or admin key.",
        "editor" => "Editors and admins, or a write or admin key.",
        "admin" => "Admins, or an admin key.",
        "partner" => "A partner's key.",
        _ => "Anyone with a credential.",
    };
    let said = operation["description"].as_str().unwrap_or_default();
    let all = if said.is_empty() { format!("For: {who}") } else { format!("{said}\n\nFor: {who}") };
    operation["description"] = all.into();
}

/// A handler that reads its path by itself leaves the parameters of the path out.
fn name_path_parameters(path: &str, operation: &mut Value) {
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    for name in path.split('{').skip(1).filter_map(|rest| rest.split(['}', ':']).next()) {
        if !parameters.iter().any(|parameter| parameter["in"] == "path" && parameter["name"] == name) {
            let schema = json!({"type": "string"});
            parameters.push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
        }
    }
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
}

fn describe_parameters(operation: &mut Value) {
    for (_, parameter) in children_mut(operation, "parameters") {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        let is_path = parameter["in"] == "path";
        if is_path && parameter["description"].as_str().is_none() {
            let (description, example) = words::path_parameter(&name);
            parameter["description"] = description.into();
            parameter["example"] = example.into();
        }
        // `fields=a,b`: one parameter with commas, as the server reads it.
        if parameter["in"] == "query" && parameter["schema"]["type"] == "array" {
            parameter["style"] = "form".into();
            parameter["explode"] = false.into();
        }
    }
}

fn add_request_headers(
    method: &str,
    path: &str,
    secured: bool,
    tagged: &BTreeSet<String>,
    operation: &mut Value,
) {
    let mut names = BTreeSet::new();
    if saves_over(method, path, tagged) {
        let is_article = path == "/v1/admin/articles/{article}";
        names.insert(if is_article { "Required-If-Match" } else { "If-Match" });
    }
    let only_asks = path.ends_with("/simulate");
    if method == "post" && !only_asks && (secured || is_of_sign_in(path)) {
        names.insert("Idempotency-Key");
    }
    let added = names.iter().map(|name| json!({"$ref": format!("#/components/parameters/{name}")}));
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    parameters.extend(added);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
}

fn if_match(required: bool) -> Value {
    json!({
        "name": "If-Match",
        "in": "header",
        "required": required,
        "description": "The ETag that you read: 412 where it is another by now. `*` saves over whatever is there.",
        "schema": {"type": "string"},
        "example": "\"3\"",
    })
}

fn groups(used: &[String]) -> Value {
    let mut groups = Map::new();
    for tag in used {
        let group = words::group(tag);
        if let Some(tags) = groups.entry(group).or_insert_with(|| json!([])).as_array_mut() {
            tags.push(tag.as_str().into());
        }
    }
    groups.into_iter().map(|(name, tags)| json!({"name": name, "tags": tags})).collect()
}
