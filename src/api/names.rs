//! Names for schemas: what has one is referred to by it, and parts that are written out get one.
//!
//! A generator of clients makes a model of each schema that it meets; what is written out twice is a
//! doubled model, what has no name a nameless one.

use serde_json::{Map, Value, json};

use super::schemas::walk;

/// Where named schemas stand.
pub const REF: &str = "#/components/schemas/";

/// Refers to what generic answers hold by name, and names the answers as a person would.
pub fn of_generics(document: &mut Value) {
    refer_to_named(document);
    rename_generics(document);
}

/// Names references, and the forms of things that have several.
pub fn of_parts(document: &mut Value) {
    name_references(document);
    name_variants(document);
}

/// All named schemas.
pub fn named(document: &Value) -> Map<String, Value> {
    document["components"]["schemas"].as_object().cloned().unwrap_or_default()
}

/// A generic answer holds its thing in full: where that thing has a name, by its name instead.
fn refer_to_named(document: &mut Value) {
    let named = named(document);
    let mut refer = |map: &mut Map<String, Value>| {
        let inner = map.iter_mut().filter(|(key, _)| *key == "items" || *key == "properties");
        for (key, value) in inner {
            let places: Vec<&mut Value> = match value {
                Value::Object(properties) if key == "properties" => properties.values_mut().collect(),
                value => vec![value],
            };
            for place in places {
                let same =
                    |(_, schema): &(&String, &Value)| place["properties"].is_object() && *schema == place;
                if let Some((name, _)) = named.iter().find(same) {
                    *place = json!({"$ref": format!("{REF}{name}")});
                }
            }
        }
    };
    walk(document, &mut refer);
}

/// `Item_Author` and `List_Author` as a person would name them.
fn rename_generics(document: &mut Value) {
    let better = |name: &str| match name.split_once('_') {
        Some(("Item", thing)) => format!("{thing}Item"),
        Some(("List", thing)) => format!("{thing}List"),
        _ => name.replace('_', ""),
    };
    let renamed: Map<String, Value> =
        named(document).into_iter().map(|(name, schema)| (better(&name), schema)).collect();
    document["components"]["schemas"] = renamed.into();
    walk(document, &mut |map| {
        if let Some(name) = map.get("$ref").and_then(Value::as_str).and_then(|to| to.strip_prefix(REF)) {
            map.insert("$ref".into(), format!("{REF}{}", better(name)).into());
        }
    });
}

/// How a body names another thing is written out wherever it does: by its name instead.
fn name_references(document: &mut Value) {
    let mut found = None;
    walk(document, &mut |map| {
        let is_reference = map.get("oneOf").and_then(Value::as_array).is_some_and(|forms| {
            forms.len() == 2 && forms[0]["type"] == "string" && forms[1]["properties"]["slug"].is_object()
        });
        if is_reference {
            let words = map.get("description").cloned();
            found = Some(std::mem::take(map));
            map.insert("$ref".into(), format!("{REF}Reference").into());
            map.extend(words.map(|words| ("description".to_owned(), words)));
        }
    });
    let Some(mut reference) = found else { return };
    reference.insert("description".into(), "An id, a slug, or an object that holds either.".into());
    let schemas = &mut document["components"]["schemas"];
    if let Some(object) = reference.get_mut("oneOf").and_then(|forms| forms.get_mut(1)) {
        schemas["ReferenceObject"] =
            std::mem::replace(object, json!({"$ref": format!("{REF}ReferenceObject")}));
    }
    schemas["Reference"] = reference.into();
}

/// The forms of a thing that says in one field which of them it has: each by the value of that field.
fn name_variants(document: &mut Value) {
    let mut variants = Map::new();
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    for (name, schema) in schemas.iter_mut() {
        let Some(forms) = schema.get_mut("oneOf").and_then(Value::as_array_mut) else { continue };
        let Some(field) = forms.first().and_then(telling_field) else { continue };
        let values: Vec<String> = forms.iter().filter_map(|form| value_of(form, &field)).collect();
        if values.len() != forms.len() {
            continue;
        }
        let mut mapping = Map::new();
        for (form, value) in forms.iter_mut().zip(values) {
            let own = format!("{name}{}", pascal(&value));
            let to = format!("{REF}{own}");
            variants.insert(own, std::mem::replace(form, json!({"$ref": to})));
            mapping.insert(value, to.into());
        }
        schema["discriminator"] = json!({"propertyName": field, "mapping": mapping});
    }
    schemas.extend(variants);
}

fn telling_field(form: &Value) -> Option<String> {
    let properties = form["properties"].as_object()?;
    properties.keys().find(|field| value_of(form, field).is_some()).cloned()
}

fn value_of(form: &Value, field: &str) -> Option<String> {
    match form["properties"][field]["enum"].as_array().map(Vec::as_slice) {
        Some([Value::String(value)]) => Some(value.clone()),
        _ => None,
    }
}

fn pascal(value: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    value.split('_').map(word).collect()
}
