//! The document: committed as it is made, complete, and true of the parameters that the server reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::harness::{desks, document};

const COMMITTED: &str = include_str!("../../openapi/openapi.json");

#[test]
fn the_committed_document_is_the_one_that_the_code_makes() {
    let told = "openapi/openapi.json is not what the code says. Regenerate it:\n\
        cargo run -- openapi > openapi/openapi.json.new && mv openapi/openapi.json.new openapi/openapi.json";
    assert!(wiredesk::cli::openapi() == COMMITTED, "{told}");
}

/// Every operation as (`METHOD path`, operation).
fn operations() -> Vec<(String, &'static Value)> {
    let paths = document()["paths"].as_object().unwrap();
    let methods = ["get", "post", "put", "patch", "delete"];
    let all = paths.iter().flat_map(|(path, item)| {
        methods.iter().filter_map(move |method| Some((format!("{method} {path}"), item.get(*method)?)))
    });
    all.collect()
}

fn resolve(value: &'static Value) -> &'static Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(to) => document().pointer(&to[1..]).unwrap_or_else(|| panic!("{to} leads nowhere")),
        None => value,
    }
}

fn filled(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// What an operation lacks.
fn faults_of(operation: &'static Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut demand = |holds: bool, words: String| {
        if !holds {
            faults.push(words);
        }
    };
    for word in ["summary", "description"] {
        demand(filled(&operation[word]), format!("no {word}"));
    }
    demand(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "not one tag".into());
    demand(operation["security"].is_array(), "no security".into());
    for parameter in operation["parameters"].as_array().into_iter().flatten().map(resolve) {
        let name = &parameter["name"];
        demand(filled(&parameter["description"]), format!("parameter {name}: no description"));
    }
    let body = operation["requestBody"]["content"].as_object();
    for (kind, media) in body.into_iter().flatten() {
        demand(media.get("example").is_some(), format!("request {kind}: no example"));
    }
    let responses = operation["responses"].as_object().unwrap();
    for (status, response) in responses {
        let response = resolve(response);
        demand(filled(&response["description"]), format!("{status}: no description"));
        for (kind, media) in response["content"].as_object().into_iter().flatten() {
            let binary = media["schema"]["format"] == "binary";
            demand(binary || media.get("example").is_some(), format!("{status} {kind}: no example"));
        }
        if status.starts_with('4') || status.starts_with('5') {
            demand(
                response["content"]["application/problem+json"].is_object(),
                format!("{status}: no problem"),
            );
        }
    }
    let secured = !operation["security"].as_array().unwrap().contains(&serde_json::json!({}));
    let wanted = ["400", "414", "415", "429", "500", "503"].iter().chain(if secured {
        &["401", "403"][..]
    } else {
        &[]
    });
    for status in wanted {
        demand(responses.contains_key(*status), format!("{status} is not documented"));
    }
    faults
}

#[test]
fn every_operation_is_documented_whole() {
    let faults: Vec<String> = operations()
        .into_iter()
        .flat_map(|(name, operation)| {
            faults_of(operation).into_iter().map(move |fault| format!("{name}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_operation_has_a_name_of_its_own_in_snake_case() {
    let mut seen = BTreeSet::new();
    for (name, operation) in operations() {
        let id = operation["operationId"].as_str().unwrap();
        let words: Vec<&str> = id.split('_').collect();
        let plain = |word: &&str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        assert!(words.iter().all(plain), "{name}: {id}");
        assert!(words.len() > 1, "{name}: {id} is not verb_noun");
        assert!(seen.insert(id), "{name}: {id} is there twice");
    }
    for tag in document()["tags"].as_array().unwrap() {
        assert!(filled(&tag["description"]), "{} has no words in src/api/words.rs", tag["name"]);
    }
}

/// Every Rust file below a folder.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// The document keeps one of two schemas of one name, without a word.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut seen = BTreeMap::new();
    for text in &files {
        for item in text.split("ToSchema").skip(1).filter_map(|rest| rest.split_once("\npub ")) {
            let (attributes, item) = item;
            // The first public item after it, where nothing but attributes and words stand between.
            if attributes.lines().skip(1).any(|line| !line.trim_start().starts_with(['#', '/', ')'])) {
                continue;
            }
            let named = attributes.split_once("schema(as = ").map(|(_, name)| name);
            let name = named.or_else(|| item.split_once(' ').map(|(_, name)| name)).unwrap();
            let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
            *seen.entry(name).or_insert(0) += 1;
        }
    }
    assert!(seen.len() > 50, "the sources are not read as they are written: {seen:?}");
    seen.retain(|_, times| *times > 1);
    assert!(seen.is_empty(), "give one of them another name, by #[schema(as = …)]: {seen:?}");
}

/// Calls `look` on every schema below a value, with the way to it.
fn each_schema(value: &'static Value, way: &str, look: &mut impl FnMut(&str, &'static Value)) {
    look(way, value);
    match value {
        Value::Object(map) => map.iter().filter(|(key, _)| *key != "examples").for_each(|(key, inner)| {
            each_schema(inner, &format!("{way}/{key}"), look);
        }),
        Value::Array(values) => values.iter().for_each(|inner| each_schema(inner, way, look)),
        _ => {}
    }
}

#[test]
fn schemas_have_the_forms_that_generators_of_clients_take() {
    let mut faults = Vec::new();
    each_schema(document(), "", &mut |way, value| {
        if let Some(to) = value.get("$ref").and_then(Value::as_str)
            && document().pointer(&to[1..]).is_none()
        {
            faults.push(format!("{way}: {to} leads nowhere"));
        }
    });
    each_schema(&document()["components"]["schemas"], "", &mut |way, schema| {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let told = filled(&property["description"]) || filled(&resolve(property)["description"]);
            if !told {
                faults.push(format!("{way}: {name} is not described"));
            }
            if property["type"] == "object" && property["properties"].is_object() {
                faults.push(format!("{way}: {name} is an object without a name"));
            }
        }
        if schema["enum"].as_array().is_some_and(|values| values.contains(&Value::Null)) {
            faults.push(format!("{way}: null among the values"));
        }
        let null = serde_json::json!({"type": "null"});
        if schema["oneOf"].as_array().is_some_and(|forms| forms.contains(&null)) {
            faults.push(format!("{way}: oneOf with null"));
        }
        if schema.get("example").is_some() && schema.get("type").is_some() {
            faults.push(format!("{way}: `example`, which 3.1 calls `examples`"));
        }
    });
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A path with something in the place of each parameter.
fn filled_path(path: &str) -> String {
    let part = |part: &str| match (part.split_once('{'), part.split_once('}')) {
        (Some((before, _)), Some((_, after))) => format!("{before}x1{after}"),
        _ => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[actix_web::test]
async fn the_server_reads_the_documented_parameters_and_no_other() {
    for desk in desks() {
        for (name, operation) in operations() {
            let Some(path) = name.strip_prefix("get ").map(filled_path) else { continue };
            let open = operation["security"].as_array().unwrap().contains(&serde_json::json!({}));
            // The pixel is a picture, whatever is asked of it.
            if !open || path.starts_with("/p/") {
                continue;
            }
            let unknown = desk.anyone().get(&format!("{path}?zq7=1")).await;
            assert_eq!((unknown.status, unknown.at("/code")), (400, "unknown_parameter".into()), "{name}");
            assert_eq!(unknown.faults()[0].0, "zq7", "{name}");
            for parameter in operation["parameters"].as_array().into_iter().flatten().map(resolve) {
                if parameter["in"] != "query" {
                    continue;
                }
                let parameter = parameter["name"].as_str().unwrap();
                // Given twice and broken: whatever it means, it is not right, and not unknown.
                let asked = format!("{path}?{parameter}=%00&{parameter}=%00&zq7=1");
                let answer = desk.anyone().get(&asked).await.expect(400);
                let unknown = answer.faults().into_iter().filter(|(_, code)| code == "unknown_parameter");
                let unknown: Vec<String> = unknown.map(|(place, _)| place).collect();
                assert_eq!(unknown, ["zq7"], "{name}: {parameter}");
            }
        }
    }
}

#[actix_web::test]
async fn the_document_and_its_page_are_served_from_here_alone() {
    for desk in desks() {
        let served = desk.anyone().get("/openapi.json").await.expect(200);
        assert_eq!(served.text(), COMMITTED);
        let again = desk.anyone().header("if-none-match", served.header("etag")).get("/openapi.json").await;
        again.expect(304);
        let lead = desk.anyone().get("/docs").await.expect(308);
        assert_eq!(lead.header("location"), "/docs/");
        for evil in ["", "?url=https://evil.example/o.json", "?configUrl=https://evil.example/c.json"] {
            let page = desk.anyone().get(&format!("/docs/{evil}")).await.expect(200);
            assert!(page.header("content-type").starts_with("text/html"));
            let policy = page.header("content-security-policy");
            assert!(
                policy.contains("script-src 'self';") && policy.contains("default-src 'none'"),
                "{policy}"
            );
            assert!(!page.text().contains("evil") && !page.text().contains("https://"));
        }
        let start = desk.anyone().get("/docs/swagger-initializer.js").await.expect(200).text();
        assert!(start.contains("\"/openapi.json\"") && !start.contains("petstore"), "{start}");
        assert!(start.contains("\"queryConfigEnabled\": false"), "{start}");
        for other in ["../Cargo.toml", "..%2fCargo.toml", "%2e%2e/Cargo.toml", "nothing.js"] {
            desk.anyone().get(&format!("/docs/{other}")).await.problem(404, "not_found");
        }
    }
}

#[actix_web::test]
async fn health_and_readiness_are_words() {
    for desk in desks() {
        assert_eq!(desk.anyone().get("/healthz").await.expect(200).text(), "ok");
        assert_eq!(desk.anyone().get("/readyz").await.expect(200).text(), "ready");
        desk.anyone().head("/healthz").await.expect(200);
    }
}
