//! Whole examples of bodies, put together from the examples that the fields of the schemas carry.
//!
//! A field of a request that has none borrows that of the same field in the nearest answer: the
//! schema that shares most fields with it. Nothing is written twice.

use serde_json::{Map, Value, json};

use super::document::{children_mut, each_operation};
use super::names::REF;

/// Adds an example to every body, request and answer, and to every parameter.
pub fn add(document: &mut Value) {
    borrow(document);
    let schemas = document["components"]["schemas"].clone();
    each_operation(document, |_, _, operation| {
        put_examples(operation.pointer_mut("/requestBody/content"), &schemas, "readOnly");
        for (_, response) in children_mut(operation, "responses") {
            put_examples(response.get_mut("content"), &schemas, "writeOnly");
        }
        for (_, parameter) in children_mut(operation, "parameters") {
            let example = of_parameter(&parameter["schema"], &schemas);
            let has_none = parameter["example"].is_null() && parameter["$ref"].is_null();
            if let (true, Some(example), Some(map)) = (has_none, example, parameter.as_object_mut()) {
                map.insert("example".into(), example);
            }
        }
    });
}

/// `hidden` marks the fields that do not go this way: `readOnly` in, `writeOnly` out.
fn put_examples(content: Option<&mut Value>, schemas: &Value, hidden: &str) {
    for (kind, media) in content.and_then(Value::as_object_mut).into_iter().flatten() {
        if is_binary(kind) {
            *media = json!({"schema": {"type": "string", "format": "binary"}});
            continue;
        }
        if media["example"].is_null()
            && media["examples"].is_null()
            && let Some(map) = media.as_object_mut()
            && let Some(schema) = map.get("schema")
        {
            let example = compose(schema, schemas, &[], hidden);
            map.insert("example".into(), example);
        }
    }
}

/// Bytes have no example in JSON.
fn is_binary(kind: &str) -> bool {
    ["image/", "audio/", "video/", "application/octet-stream"].iter().any(|start| kind.starts_with(start))
}

fn of_parameter(schema: &Value, schemas: &Value) -> Option<Value> {
    if schema.is_null() {
        return None;
    }
    let own = schema["examples"].get(0).or(schema.get("default")).cloned();
    own.or_else(|| Some(compose(schema, schemas, &[], "readOnly"))).filter(|example| *example != json!(""))
}

/// An example of a schema.
///
/// `way` names the schemas that it is part of: one that holds itself is cut.
fn compose(schema: &Value, schemas: &Value, way: &[&str], hidden: &str) -> Value {
    if let Some(example) = schema["examples"].get(0).or(schema.get("const")) {
        return example.clone();
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.strip_prefix(REF)) {
        if way.contains(&name) {
            return Value::Null;
        }
        return compose(&schemas[name], schemas, &[way, &[name]].concat(), hidden);
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    if let Some(all) = schema["allOf"].as_array() {
        let parts = all.iter().map(|part| compose(part, schemas, way, hidden));
        let members: Map<String, Value> =
            parts.filter_map(|part| part.as_object().cloned()).flatten().collect();
        return members.into();
    }
    if let Some(first) = schema["anyOf"].get(0).or(schema["oneOf"].get(0)) {
        return compose(first, schemas, way, hidden);
    }
    of_type(schema, schemas, way, hidden)
}

fn of_type(schema: &Value, schemas: &Value, way: &[&str], hidden: &str) -> Value {
    let kind = schema["type"].as_str().or(schema["type"][0].as_str()).unwrap_or_default();
    match kind {
        "object" => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let properties = properties.filter(|(_, inner)| inner[hidden] != true);
            let members =
                properties.map(|(name, inner)| (name.clone(), compose(inner, schemas, way, hidden)));
            members.collect::<Map<_, _>>().into()
        }
        "array" => match compose(&schema["items"], schemas, way, hidden) {
            Value::Null => json!([]),
            Value::String(text) if text.is_empty() => json!([]),
            item => json!([item]),
        },
        "boolean" => false.into(),
        "integer" | "number" => schema.get("default").or(schema.get("minimum")).cloned().unwrap_or(1.into()),
        "string" => of_format(schema["format"].as_str().unwrap_or_default()).into(),
        _ => Value::Null,
    }
}

fn of_format(format: &str) -> &'static str {
    match format {
        "date-time" => "2026-05-01T09:30:00.000000Z",
        "date" => "2026-05-01",
        "uuid" => "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a",
        "uri" => "https://courier.example/",
        "email" => "ines@courier.example",
        "password" => "a long and quiet harbour",
        _ => "",
    }
}

/// Lends examples to the fields that have none.
fn borrow(document: &mut Value) {
    let lenders = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    for (_, schema) in schemas {
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { continue };
        let names: Vec<String> = properties.keys().cloned().collect();
        for (name, property) in properties {
            if !wants(property) {
                continue;
            }
            let lent = lenders.values().filter_map(|other| {
                let example = other["properties"][name].get("examples")?.clone();
                Some((
                    names.iter().filter(|name| other["properties"][name.as_str()].is_object()).count(),
                    example,
                ))
            });
            if let Some((_, example)) = lent.max_by_key(|(shared, _)| *shared)
                && let Some(property) = property.as_object_mut()
            {
                property.insert("examples".into(), example);
            }
        }
    }
}

fn wants(property: &Value) -> bool {
    let kind = property["type"].as_str().or(property["type"][0].as_str());
    let plain = matches!(kind, Some("string" | "integer" | "number" | "boolean"));
    plain && property["examples"].is_null() && property["enum"].is_null()
}
