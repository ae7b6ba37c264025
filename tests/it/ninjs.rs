//! Stories as IPTC ninjs: valid by IPTC's own schema, whole, and silent about what may not be told.

use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use wiredesk::addresses::Gone;
use wiredesk::articles::{self, Card};
use wiredesk::db::ids::ArticleId;
use wiredesk::db::types::Stamp;
use wiredesk::feeds::ninjs::{self, Held, Holding, Item, ninjs};
use wiredesk::publication::{self, Origin, Settings};
use wiredesk::republish::partners::Portion;
use wiredesk::rights::ConditionCode;

use crate::harness::{Call, Desk, desks};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let read = |text| serde_json::from_str::<Value>(text).unwrap();
    let places = read(include_str!("fixtures/ninjs/GeoJSON.json"));
    let registry = Registry::new().add("https://geojson.org/schema/GeoJSON.json", &places).unwrap();
    let registry = registry.prepare().unwrap();
    jsonschema::options()
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(&read(include_str!("fixtures/ninjs/ninjs-schema_3.1.json")))
        .unwrap()
});

/// The document, which IPTC's schema takes.
#[track_caller]
fn valid(document: Value) -> Value {
    let faults: Vec<String> =
        SCHEMA.iter_errors(&document).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{document:#}");
    document
}

async fn asset(admin: &Call<'_>, key: &str, syndication: &str) -> String {
    let body = json!({"key": key, "url": format!("https://media.courier.example/{key}.jpg"),
        "mime": "image/jpeg", "width": 1600, "height": 900, "alt": format!("{key} alt"),
        "credit": format!("Photo by {key}"), "syndication": syndication});
    admin.post("/v1/admin/media", body).await.expect(201).at("/data/id").as_str().unwrap().to_owned()
}

/// A story that shows an open and a closed picture and names a draft; the id of the draft besides.
async fn furnished(desk: &Desk) -> (Value, String, Vec<String>) {
    let admin = desk.newsroom().await;
    let topic = json!({"slug": "ferries", "name": "Ferries",
        "uri": "http://cv.iptc.org/newscodes/mediatopic/20000347"});
    admin.post("/v1/admin/tags", topic).await.expect(201);
    let (open, closed) = (asset(&admin, "dawn", "allowed").await, asset(&admin, "zq7dusk", "denied").await);
    let draft = admin.writes(json!({"slug": "zq7draft", "headline": "zq7 in the drawer"})).await;
    let draft = draft["id"].as_str().unwrap().to_owned();
    let blocks = json!([
        {"_type": "block", "_key": "p1", "style": "normal",
         "markDefs": [{"_type": "link", "_key": "m1", "article": draft}],
         "children": [{"_type": "span", "_key": "s1", "text": "The keeper ", "marks": []},
                      {"_type": "span", "_key": "s2", "text": "told more", "marks": ["m1"]}]},
        {"_type": "image", "_key": "i1", "media": open},
        {"_type": "image", "_key": "i2", "media": closed},
        {"_type": "related", "_key": "r1", "articles": [draft]},
        {"_type": "promo", "_key": "r2", "article": draft},
    ]);
    let story = admin
        .publishes(json!({"slug": "lamp", "kicker": "Harbour", "standfirst": "After 140 years.",
            "summary": "The lamp is switched off.", "type": "feature", "lead_media": open,
            "tags": ["lighthouses", "ferries"], "expires_at": "2027-01-01T00:00:00Z",
            "seo": {"title": "Lighthouse lamp switched off"}, "body": {"blocks": blocks}}))
        .await;
    let correction = json!({"kind": "correction", "text": "The lamp was lit in 1886."});
    let id = story["id"].as_str().unwrap();
    admin.post(&format!("/v1/admin/articles/{id}/corrections"), correction).await.expect(200);
    (story, draft, vec![closed, "zq7dusk".to_owned(), "zq7draft".to_owned(), "zq7 in".to_owned()])
}

#[actix_web::test]
async fn a_package_as_ninjs_is_valid_and_holds_the_whole_piece() {
    for desk in desks() {
        let (story, ..) = furnished(&desk).await;
        let uri = "/v1/articles/lamp/republish";
        let answer = desk.anyone().get(&format!("{uri}?format=ninjs")).await.expect(200);
        assert_eq!(
            answer.header("content-type"),
            "application/json; profile=\"http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#\""
        );
        let item = valid(answer.json());
        let package = desk.anyone().get(uri).await.expect(200).data();
        assert_eq!(item["bodies"][0]["value"], package["html"]);
        assert!(item["bodies"][0]["value"].as_str().unwrap().contains("/p/"), "the pixel");
        assert_eq!(item["uri"], format!("urn:uuid:{}", story["id"].as_str().unwrap()));
        assert_eq!((&item["version"], &item["pubStatus"]), (&json!("2"), &json!("usable")));
        assert_eq!(item["representationType"], "full");
        assert_eq!(item["by"], "By Inês Duarte");
        assert_eq!(item["people"][0]["name"], "Inês Duarte");
        assert_eq!(item["people"][0]["uri"], "https://courier.example/author/ines-duarte");
        assert_eq!(
            item["headlines"],
            json!([{"role": "main", "value": "Last night at the lighthouse"}, {"role": "kicker", "value": "Harbour"},
                {"role": "deck", "value": "After 140 years."}, {"role": "seo", "value": "Lighthouse lamp switched off"}])
        );
        assert_eq!(item["descriptions"][0]["value"], "The lamp is switched off.");
        assert_eq!(item["subjects"][2]["uri"], "http://cv.iptc.org/newscodes/mediatopic/20000347");
        assert_eq!(item["genres"][0]["uri"], "http://cv.iptc.org/newscodes/genre/Feature");
        assert_eq!(item["infoSources"][0]["contactInfo"][0]["value"], "republish@courier.example");
        assert_eq!(item["copyrightNotice"], "© 2026 The Harbour Courier");
        let rights = "https://api.courier.example/.well-known/republishing.json";
        assert_eq!(item["rightsInfo"], json!({"linkedRights": rights}));
        let terms = item["usageTerms"].as_str().unwrap();
        for part in [ConditionCode::Noindex.text(), "https://courier.example/republish", "version 1"] {
            assert!(terms.contains(part), "{terms}");
        }
        assert_eq!(item["altIds"][0]["value"], "https://courier.example/lamp");
        assert_eq!(item["expires"], "2027-01-01T00:00:00.000000Z");
        assert!(item["edNote"].as_str().unwrap().ends_with("correction: The lamp was lit in 1886."));
        assert_eq!((&item["language"], &item["embargoedUntil"]), (&json!("en"), &Value::Null));
    }
}

#[actix_web::test]
async fn part_06_a_denied_picture_is_named_nowhere_and_an_allowed_one_is_an_association() {
    for desk in desks() {
        let (.., hidden) = furnished(&desk).await;
        for caller in [desk.anyone(), desk.partner("The Ferryman").await] {
            let answer = caller.get("/v1/articles/lamp/republish?format=ninjs").await.expect(200);
            for trace in &hidden {
                assert!(!answer.text().contains(trace), "{trace} in {}", answer.text());
            }
            let item = valid(answer.json());
            assert_eq!(item["associations"].as_array().unwrap().len(), 1);
            let picture = &item["associations"][0];
            assert_eq!((&picture["name"], &picture["type"]), (&json!("lead-image"), &json!("picture")));
            assert_eq!(picture["by"], "Photo by dawn");
            assert_eq!(picture["renditions"][0]["href"], "https://media.courier.example/dawn.jpg");
            assert_eq!(item["profile"], "text-photo");
        }
    }
}

#[actix_web::test]
async fn leak_09_a_draft_that_the_body_names_is_absent_and_its_links_words_stay() {
    for desk in desks() {
        let (_, draft, hidden) = furnished(&desk).await;
        let item = desk.anyone().get("/v1/articles/lamp/republish?format=ninjs").await.expect(200).text();
        assert!(item.contains("The keeper told more"), "{item}");
        assert!(!item.contains(&draft) && hidden.iter().all(|trace| !item.contains(trace)), "{item}");
    }
}

#[actix_web::test]
async fn ninjs_obeys_the_verdict_the_validators_and_a_look_without_a_pixel() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "wired", "origin": "wire"})).await;
        let story = admin.publishes(json!({"slug": "lamp"})).await;
        let denied = desk.anyone().get("/v1/articles/wired/republish?format=ninjs").await;
        denied.problem(403, "origin_reserved");
        let uri = "/v1/articles/lamp/republish?format=ninjs";
        let first = desk.anyone().get(uri).await.expect(200);
        desk.anyone().header("if-none-match", first.header("etag")).get(uri).await.expect(304);
        let looked = valid(desk.anyone().get(&format!("{uri}&dry=true")).await.expect(200).json());
        assert!(!looked["bodies"][0]["value"].as_str().unwrap().contains("<img"));
        assert_eq!(looked["profile"], "text-only");
        let retract = format!("/v1/admin/articles/{}/retract", story["id"].as_str().unwrap());
        admin.post(&retract, json!({"kind": "legal", "public_reason": "By order."})).await.expect(200);
        desk.anyone().get(uri).await.problem(410, "retracted");
    }
}

/// A live story with what an item needs of it.
async fn live(desk: &Desk) -> (Card, Origin, Settings) {
    let (story, ..) = furnished(desk).await;
    let id: ArticleId = story["id"].as_str().unwrap().parse().unwrap();
    let read = desk.app().db.read(move |snapshot| {
        let card = articles::cards(snapshot, &[id])?.remove(0);
        let origin = publication::find_origin(snapshot, "own")?;
        Ok((card, origin, publication::settings(snapshot)?))
    });
    read.await.unwrap()
}

#[actix_web::test]
async fn an_entry_of_a_list_and_a_story_under_embargo_are_valid_items() {
    for desk in desks() {
        let (card, origin, settings) = live(&desk).await;
        let entry = Item {
            card: &card,
            origin: &origin,
            settings: &settings,
            terms_url: "https://api.courier.example/.well-known/republishing.json",
            conditions: &[],
            package: None,
            portion: Portion::Full,
            embargoed_until: None,
        };
        let listed = valid(json!(ninjs(&entry)));
        assert_eq!((&listed["representationType"], &listed["bodies"]), (&json!("partial"), &Value::Null));
        let until = Stamp::parse("2026-06-01T06:00:00Z").unwrap();
        let waits = valid(json!(ninjs(&Item { embargoed_until: Some(until), ..entry })));
        assert_eq!(waits["pubStatus"], "withheld");
        assert_eq!(waits["embargoedUntil"], "2026-06-01T06:00:00.000000Z");
    }
}

#[test]
fn a_story_that_may_no_longer_be_run_is_an_item_without_its_words() {
    let at = Stamp::parse("2026-05-02T08:00:00Z").unwrap();
    let gone = |kind: &str| Gone { at, kind: kind.into(), reason: Some("By order.".into()) };
    let id = ArticleId::new();
    let held = |why: Holding<'_>| {
        valid(json!(ninjs::held(&Held { id, version: Some(3), headline: Some("Lamp lit"), why })))
    };
    let waits = held(Holding::Withheld(at));
    assert_eq!((&waits["pubStatus"], &waits["edNote"]), (&json!("withheld"), &Value::Null));
    assert_eq!(waits["headlines"][0]["value"], "Lamp lit");
    let killed = held(Holding::Retracted(&gone("kill")));
    assert_eq!((&killed["pubStatus"], &killed["edNote"]), (&json!("canceled"), &json!("By order.")));
    assert_eq!((&killed["version"], &killed["versionCreated"]), (&json!("3"), &json!(at)));
    assert_eq!(killed["headlines"][0]["value"], "Lamp lit");
    let ordered = held(Holding::Retracted(&gone("legal")));
    assert_eq!((&ordered["pubStatus"], &ordered["headlines"]), (&json!("canceled"), &Value::Null));
    assert_eq!(ordered["bodies"], Value::Null);
}

#[test]
fn the_schema_takes_neither_null_nor_an_unknown_member() {
    for wrong in [json!({}), json!({"uri": "urn:x", "licence": "x"}), json!({"uri": "urn:x", "by": null})] {
        assert!(!SCHEMA.is_valid(&wrong), "{wrong}");
    }
    assert!(SCHEMA.is_valid(&json!({"uri": "urn:x"})));
}
