//! Schemas in the forms that generators of clients take without an error or a doubled model.
//!
//! Measured with openapi-typescript, orval, openapi-generator (typescript-fetch, python) and
//! openapi-python-client: what may be null is `type: [x, "null"]` for plain values and
//! `anyOf: [{$ref}, {type: null}]` for named ones; a named schema stands once and is referred to; every
//! field of an answer is required; a merge patch is a schema of its own in which nothing is.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::document::each_operation;
use super::names::{self, REF, named};

/// Brings every schema of the document into these forms.
pub fn normalise(document: &mut Value) {
    names::of_generics(document);
    walk(document, &mut simplify);
    names::of_parts(document);
    make_patches(document);
    require_all_of_answers(document);
}

/// Brings schemas that are added later into these forms.
pub fn simplify_all(schemas: &mut Value) {
    walk(schemas, &mut simplify);
}

/// Calls `work` on every value below, innermost first.
pub fn walk(value: &mut Value, work: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(|value| walk(value, work));
            work(map);
        }
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, work)),
        _ => {}
    }
}

fn simplify(map: &mut Map<String, Value>) {
    merge_words(map);
    describe_kinds(map);
    merge_null(map);
    // An empty schema beside `properties` of its own says nothing; `examples` is the word of 3.1.
    let is_schema =
        ["type", "$ref", "anyOf", "oneOf", "allOf", "enum"].iter().any(|key| map.contains_key(*key));
    if is_schema
        && !map.contains_key("in")
        && let Some(example) = map.remove("example")
    {
        map.insert("examples".into(), json!([example]));
    }
    if let Some(values) = map.get_mut("enum").and_then(Value::as_array_mut) {
        values.retain(|value| !value.is_null());
    }
}

/// The member that tells the forms of a `oneOf` apart comes without words.
fn describe_kinds(map: &mut Map<String, Value>) {
    let forms = map.get_mut("oneOf").and_then(Value::as_array_mut);
    for kind in forms.into_iter().flatten().filter_map(|form| form.pointer_mut("/properties/type")) {
        if let Some(kind) = kind.as_object_mut().filter(|kind| !kind.contains_key("description")) {
            kind.insert("description".into(), "Which of the forms this is.".into());
        }
    }
}

/// `allOf: [schema, {description}]`, which is how words about an inlined type come, as one schema.
fn merge_words(map: &mut Map<String, Value>) {
    let Some([first, words]) = map.get("allOf").and_then(Value::as_array).map(Vec::as_slice) else { return };
    let only_words = |(key, value): (&String, &Value)| {
        matches!(key.as_str(), "description" | "example" | "examples" | "default" | "deprecated")
            || key == "type" && value == "object"
    };
    let (Some(first), Some(words)) = (first.as_object(), words.as_object()) else { return };
    if !words.iter().all(only_words) {
        return;
    }
    let mut merged = first.clone();
    merged.extend(
        words.iter().filter(|(key, _)| *key != "type").map(|(key, value)| (key.clone(), value.clone())),
    );
    map.remove("allOf");
    merged.extend(std::mem::take(map));
    *map = merged;
}

/// One schema or null: by a list of types where it is a plain value, else by `anyOf`.
fn merge_null(map: &mut Map<String, Value>) {
    let is_null = |value: &Value| *value == json!({"type": "null"}) || *value == json!({"default": null});
    let Some((word, values)) =
        ["oneOf", "anyOf"].into_iter().find_map(|word| Some((word, map.get(word)?.as_array()?.clone())))
    else {
        return;
    };
    let others: Vec<&Value> = values.iter().filter(|value| !is_null(value)).collect();
    let ([other], true) = (others.as_slice(), others.len() < values.len()) else { return };
    map.remove(word);
    match other.as_object() {
        Some(plain) if plain.get("type").is_some_and(Value::is_string) && !plain.contains_key("enum") => {
            let mut merged = plain.clone();
            let kind = merged.get("type").cloned().unwrap_or_default();
            merged.insert("type".into(), json!([kind, "null"]));
            merged.extend(std::mem::take(map));
            *map = merged;
        }
        _ => {
            let mut other = (*other).clone();
            let mut words = std::mem::take(map);
            if let Some(said) = other.as_object_mut().and_then(|other| other.remove("description")) {
                words.entry("description").or_insert(said);
            }
            map.insert("anyOf".into(), json!([other, {"type": "null"}]));
            map.extend(words);
        }
    }
}

/// The body of a PATCH: the input with nothing required, under a name of its own, in both media types.
fn make_patches(document: &mut Value) {
    let named = named(document);
    let mut patches = Map::new();
    each_operation(document, |method, _, operation| {
        let Some(content) = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut)
        else {
            return;
        };
        let schema = content.values().next().and_then(|media| media["schema"]["$ref"].as_str());
        let Some(name) = schema.and_then(|to| to.strip_prefix(REF)) else { return };
        if method != "patch" {
            return;
        }
        let patch = format!("{}Patch", name.trim_end_matches("Input"));
        let mut schema = named.get(name).cloned().unwrap_or_default();
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("required");
            let words = "What to change (RFC 7396): what is left out stays, null takes it away.";
            schema.insert("description".into(), words.into());
        }
        let media = json!({"schema": {"$ref": format!("{REF}{patch}")}});
        *content = Map::from_iter([
            ("application/merge-patch+json".to_owned(), media.clone()),
            ("application/json".to_owned(), media),
        ]);
        patches.insert(patch, schema);
    });
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.extend(patches);
    }
}

/// In answers every field is there, null where there is nothing; in bodies a list left out is empty.
fn require_all_of_answers(document: &mut Value) {
    let (mut roots_out, mut roots_in) = (Vec::new(), Vec::new());
    each_operation(document, |_, _, operation| {
        roots_out.push(operation["responses"].clone());
        roots_in.push(operation["requestBody"].clone());
    });
    let named = named(document);
    let (sent, taken) = (reached(&named, &roots_out), reached(&named, &roots_in));
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    for (name, schema) in schemas {
        if taken.contains(name) {
            walk(schema, &mut lists_may_be_left_out);
        } else if sent.contains(name) {
            walk(schema, &mut require_all);
        }
    }
}

fn require_all(map: &mut Map<String, Value>) {
    if map.get("type").is_some_and(|kind| kind == "object")
        && let Some(properties) = map.get("properties").and_then(Value::as_object)
    {
        let all: Vec<Value> = properties.keys().map(|name| name.as_str().into()).collect();
        map.insert("required".into(), all.into());
    }
}

fn lists_may_be_left_out(map: &mut Map<String, Value>) {
    let Some(properties) = map.get("properties").cloned() else { return };
    let needed = |name: &Value| {
        let schema = &properties[name.as_str().unwrap_or_default()];
        schema["type"] != "array" || schema["minItems"].as_u64().is_some_and(|least| least > 0)
    };
    if let Some(required) = map.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(needed);
    }
}

/// The names of the schemas that these values come to refer to.
fn reached(named: &Map<String, Value>, roots: &[Value]) -> BTreeSet<String> {
    let (mut seen, mut open) = (BTreeSet::new(), roots.to_vec());
    while let Some(mut value) = open.pop() {
        walk(&mut value, &mut |map| {
            let name = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(REF));
            if let Some(name) = name
                && seen.insert(name.to_owned())
            {
                open.extend(named.get(name).cloned());
            }
        });
    }
    seen
}
