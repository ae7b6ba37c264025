//! Lists and appeals.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wiredesk::auth::Role;
use wiredesk::curation::appeals;
use wiredesk::db::Actor;

use crate::harness::{Answer, Call, Desk, desks};

fn id(story: &Value) -> String {
    story["id"].as_str().unwrap().to_owned()
}

async fn draft(editor: &Call<'_>, headline: &str) -> String {
    id(&editor.writes(json!({"headline": headline})).await)
}

async fn live(editor: &Call<'_>, headline: &str) -> String {
    id(&editor.publishes(json!({"headline": headline})).await)
}

async fn act(editor: &Call<'_>, id: &str, verb: &str) {
    let editor = editor.clone().header("if-match", "*");
    editor.act(&format!("/v1/admin/articles/{id}/{verb}")).await.expect(200);
}

fn stories(list: &Answer) -> Vec<String> {
    let items = list.at("/data/items");
    let slugs = items.as_array().unwrap().iter().filter_map(|item| item.pointer("/article/slug"));
    slugs.map(|slug| slug.as_str().unwrap().to_owned()).collect()
}

fn keys(answer: &Answer) -> Vec<String> {
    let items = answer.data();
    items.as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect()
}

fn turn(desk: &Desk) {
    let db = &desk.app().db;
    std::thread::scope(|scope| {
        scope.spawn(|| db.write_now(Actor::system(), appeals::keep_time).unwrap()).join().unwrap()
    });
}

#[actix_web::test]
async fn leak_08_a_list_shows_what_is_live_without_a_gap_and_follows_what_comes_and_goes() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let (one, two) = (live(&editor, "Lamp out").await, live(&editor, "Nets in").await);
        let hidden = draft(&editor, "Quay to close").await;
        let list = json!({"key": "picks", "title": "Picks", "items": [
            {"type": "article", "article": one}, {"article": "quay-to-close"}, {"article": {"id": two}},
        ]});
        editor.post("/v1/admin/lists", list).await.expect(201);
        let reader = desk.anyone();
        let before = reader.get("/v1/lists/picks").await.expect(200);
        assert_eq!(stories(&before), ["lamp-out", "nets-in"]);
        assert_eq!(before.at("/meta/total"), Value::Null);
        let page = reader.get("/v1/articles/lamp-out/page?lists=picks,nobody").await.expect(200);
        assert_eq!(page.at("/data/lists/picks/items/1/article/slug"), "nets-in");
        assert_eq!(page.at("/data/lists/picks/items/2"), Value::Null);
        assert!(page.data()["lists"].as_object().unwrap().contains_key("nobody"));
        for (answer, secret) in [&before, &page]
            .into_iter()
            .flat_map(|answer| ["quay", "Quay", hidden.as_str()].map(|secret| (answer, secret)))
        {
            assert!(!answer.text().contains(secret));
            assert!(!answer.header("surrogate-key").contains(secret));
        }
        act(&editor, &hidden, "publish").await;
        let during = reader.get("/v1/lists/picks").await.expect(200);
        assert_eq!(stories(&during), ["lamp-out", "quay-to-close", "nets-in"]);
        assert_ne!(before.header("etag"), during.header("etag"));
        act(&editor, &hidden, "unpublish").await;
        let after = reader.get("/v1/lists?keys=picks").await.expect(200);
        assert_eq!(after.at("/data/0/items/1/article/slug"), "nets-in");
        assert_eq!(after.at("/data/0/items/2"), Value::Null);
    }
}

#[actix_web::test]
async fn r17_a_story_that_comes_or_goes_renews_the_lists_that_hold_it_and_no_others() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = draft(&editor, "Quay to close").await;
        for (key, items) in [("with", json!([{"article": story}])), ("without", json!([]))] {
            let list = json!({"key": key, "title": key, "items": items});
            editor.post("/v1/admin/lists", list).await.expect(201);
        }
        for verb in ["publish", "unpublish"] {
            act(&editor, &story, verb).await;
            let renewed = last_keys(&desk);
            assert!(renewed.contains(&"list:with".to_owned()), "{verb}: {renewed:?}");
            assert!(!renewed.contains(&"list:without".to_owned()), "{verb}: {renewed:?}");
        }
    }
}

fn last_keys(desk: &Desk) -> Vec<String> {
    use diesel::prelude::*;
    use wiredesk::db::schema::changes;
    use wiredesk::db::types::Json;
    let last = desk.app().db.read_now(|snapshot| {
        let last = changes::table.order(changes::seq.desc()).select(changes::keys);
        Ok(last.first::<Json<Vec<String>>>(&mut **snapshot)?.value)
    });
    last.unwrap()
}

#[actix_web::test]
async fn every_item_that_names_no_story_or_leads_nowhere_safe_is_told() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        live(&editor, "Lamp out").await;
        let promo = |url: &str| json!({"promo": {"title": "Festival", "url": url}});
        let unknown = json!({"key": "picks", "title": "Picks", "items": [
            {"article": "lamp-out"}, promo("/festival"),
            {"article": "never-written"}, {"article": "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a"},
        ]});
        let refused = editor.post("/v1/admin/lists", unknown).await.problem(422, "invalid_body");
        let places: Vec<String> = refused.faults().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/items/2/article", "/items/3/article"]);
        let unsafe_items = json!({"key": "a key", "title": " ", "items": [
            promo("javascript:alert(1)"), promo("//evil.example"), promo("/\\evil.example"), promo("festival"),
            {"type": "promo", "article": "lamp-out"}, {},
        ]});
        let refused = editor.post("/v1/admin/lists", unsafe_items).await.expect(422);
        let faults = refused.faults();
        for place in 0..4 {
            assert!(
                faults.contains(&(format!("/items/{place}/promo/url"), "unsafe_url".into())),
                "{faults:?}"
            );
        }
        for place in ["/key", "/title", "/items/4", "/items/5"] {
            assert!(faults.iter().any(|(at, _)| at == place), "{place} in {faults:?}");
        }
        let many: Vec<Value> = (0..201).map(|_| json!({"article": "lamp-out"})).collect();
        let long = json!({"key": "picks", "title": "Picks", "items": many});
        let refused = editor.post("/v1/admin/lists", long).await.problem(422, "invalid_body");
        assert_eq!(refused.faults(), [("/items".to_owned(), "too_long".to_owned())]);
    }
}

#[actix_web::test]
async fn what_a_list_gives_can_be_sent_back_and_changes_nothing() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        live(&editor, "Lamp out").await;
        let promo = json!({"title": "Festival", "text": "Three days.", "url": "/festival", "image": "https://a.example"});
        let list = json!({"key": "picks", "title": "Picks", "items": [
            {"type": "article", "article": "lamp-out"}, {"type": "promo", "promo": promo},
        ]});
        let made = editor.post("/v1/admin/lists", list.clone()).await.expect(201);
        assert_eq!(made.at("/data/items/0/article/state"), "live");
        assert_eq!(made.at("/data/items/1/promo"), promo);
        editor.post("/v1/admin/lists", list).await.problem(409, "taken");
        let (id, seq) = (made.at("/data/id"), made.header("wiredesk-sequence"));
        assert_eq!(made.header("location"), format!("/v1/admin/lists/{}", id.as_str().unwrap()));
        let mut sent = made.data();
        sent.as_object_mut().unwrap().remove("id");
        let same = editor.patch("/v1/admin/lists/picks", sent).await.expect(200);
        assert_eq!(same.header("wiredesk-sequence"), seq);
        assert_eq!(same.data(), made.data());
        let shown = desk.anyone().get("/v1/lists/picks").await.expect(200);
        assert_eq!(shown.at("/data/items/1/promo/url"), "https://courier.example/festival");
        let renamed = json!({"key": "harbour.Picks_2", "items": null});
        editor.patch("/v1/admin/lists/picks", renamed).await.expect(200);
        desk.anyone().get("/v1/lists/picks").await.problem(404, "not_found");
        assert_eq!(
            desk.anyone().get("/v1/lists/harbour.Picks_2").await.expect(200).at("/data/items"),
            json!([])
        );
        editor.delete(&format!("/v1/admin/lists/{}", id.as_str().unwrap())).await.expect(204);
        desk.anyone().get("/v1/lists/harbour.Picks_2").await.problem(404, "not_found");
        desk.anyone().get("/v1/lists/%00").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn lists_come_in_the_order_of_their_keys_or_by_title() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for (key, title) in [("a", "Zebra"), ("b", "Ångström"), ("c", "middle")] {
            editor.post("/v1/admin/lists", json!({"key": key, "title": title})).await.expect(201);
        }
        let reader = desk.anyone();
        let asked = reader.get("/v1/lists?keys=c,nobody,a").await.expect(200);
        assert_eq!(keys(&asked), ["c", "a"]);
        assert_eq!(asked.at("/meta/missing"), json!(["nobody"]));
        let first = reader.get("/v1/lists?limit=2").await.expect(200);
        assert_eq!(keys(&first), ["b", "c"]);
        let next = first.at("/links/next").as_str().unwrap().replace("https://api.courier.example", "");
        assert_eq!(keys(&reader.get(&next).await.expect(200)), ["a"]);
        assert_eq!(keys(&editor.get("/v1/admin/lists?q=ANG").await.expect(200)), ["b"]);
        for query in ["keys=a&limit=2", "limit=21", "key=a", "keys=a,,b", "keys="] {
            reader.get(&format!("/v1/lists?{query}")).await.expect(400);
        }
    }
}

#[actix_web::test]
async fn lists_and_appeals_are_changed_by_editors_alone() {
    for desk in desks() {
        let author = desk.staff("ines@courier.example", Role::Author).await;
        let list = json!({"key": "picks", "title": "Picks"});
        for path in ["/v1/admin/lists", "/v1/admin/appeals"] {
            author.post(path, list.clone()).await.problem(403, "forbidden");
            desk.anyone().post(path, list.clone()).await.problem(401, "missing_credential");
            desk.reader().await.post(path, list.clone()).await.problem(403, "forbidden");
        }
        // A list names stories in any state, which authors do not see of each other.
        author.get("/v1/admin/lists").await.problem(403, "forbidden");
        author.get("/v1/admin/appeals").await.expect(200);
    }
}

#[actix_web::test]
async fn an_appeal_shows_within_its_period_and_its_turns_cut_the_lifetimes_of_answers() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let appeal = json!({
            "key": "drive", "title": "Help us", "paragraphs": ["One.", "Two."],
            "signature": {"name": "Tomé Vidal", "role": "Publisher"},
            "cta": {"label": "Give", "url": "/give"}, "placement": {"after_block": 4},
            "starts_at": "2026-05-01T09:31:00Z", "ends_at": "2026-05-01T09:32:00Z",
            "sections": ["city"],
        });
        let made = editor.post("/v1/admin/appeals", appeal).await.expect(201);
        assert_eq!(made.at("/data/cta/url"), "/give");
        assert_eq!(made.at("/data/sections/0/path"), "city");
        assert!(last_keys(&desk).contains(&"appeals".to_owned()));
        let reader = desk.anyone();
        let before = reader.get("/v1/appeals").await.expect(200);
        assert_eq!(before.data(), json!([]));
        assert_eq!(before.header("cache-control"), "public, max-age=30, s-maxage=60");
        desk.pass(60);
        turn(&desk);
        let during = reader.get("/v1/appeals").await.expect(200);
        assert_eq!(keys(&during), ["drive"]);
        assert_eq!(during.at("/data/0/cta/url"), "https://courier.example/give");
        assert_eq!(during.at("/data/0/active"), true);
        assert_eq!(during.at("/data/0/starts_at"), "2026-05-01T09:31:00.000000Z");
        assert_eq!(during.header("surrogate-key").split(' ').next(), Some("appeals"));
        let seq = during_seq(&desk);
        turn(&desk);
        assert_eq!(during_seq(&desk), seq, "a turn happens once");
        desk.pass(60);
        turn(&desk);
        assert_eq!(during_seq(&desk), seq + 1);
        let after = reader.get("/v1/appeals").await.expect(200);
        assert_eq!(after.data(), json!([]));
        assert!(after.header("cache-control").contains("s-maxage=300"));
    }
}

fn during_seq(desk: &Desk) -> i64 {
    desk.app().db.read_now(|snapshot| Ok(snapshot.seq())).unwrap()
}

#[actix_web::test]
async fn the_appeal_of_the_deepest_section_goes_before_then_the_latest_then_the_key() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.post("/v1/admin/sections", json!({"name": "Sport"})).await.expect(201);
        let starts = ["2026-04-01T00:00:00Z", "2026-04-02T00:00:00Z"];
        for (key, sections, start, active) in [
            ("everywhere", json!([]), starts[1], true),
            ("city-old", json!(["city", "sport"]), starts[0], true),
            ("city-new-b", json!(["city"]), starts[1], true),
            ("city-new-a", json!(["city"]), starts[1], true),
            ("harbour", json!(["harbour"]), starts[0], true),
            ("off", json!(["harbour"]), starts[1], false),
            ("sport", json!(["sport"]), starts[0], true),
        ] {
            let appeal =
                json!({"key": key, "title": key, "sections": sections, "starts_at": start, "active": active});
            editor.post("/v1/admin/appeals", appeal).await.expect(201);
        }
        let reader = desk.anyone();
        let of = |section: &str| format!("/v1/appeals?section={section}");
        let harbour = keys(&reader.get(&of("harbour")).await.expect(200));
        assert_eq!(harbour, ["harbour", "city-new-a", "city-new-b", "city-old", "everywhere"]);
        let city = keys(&reader.get(&of("city")).await.expect(200));
        assert_eq!(city, ["city-new-a", "city-new-b", "city-old", "everywhere"]);
        assert_eq!(keys(&reader.get(&of("nowhere")).await.expect(200)), Vec::<String>::new());
        assert_eq!(keys(&reader.get("/v1/appeals").await.expect(200)).len(), 6);
        reader.get("/v1/appeals?limit=3").await.problem(400, "unknown_parameter");
    }
}

#[actix_web::test]
async fn every_fault_of_an_appeal_is_told_and_one_that_waits_is_nobody_elses_business() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let wrong = json!({
            "key": "drive", "title": "Help us", "sections": ["city", "nowhere"],
        });
        let refused = editor.post("/v1/admin/appeals", wrong).await.problem(422, "invalid_body");
        assert_eq!(refused.faults(), [("/sections/1".to_owned(), "unknown_reference".to_owned())]);
        let reversed = json!({
            "key": "drive", "title": "Help us",
            "starts_at": "2026-06-02T00:00:00Z", "ends_at": "2026-06-01T00:00:00Z",
        });
        let refused = editor.post("/v1/admin/appeals", reversed).await.expect(422);
        assert_eq!(refused.faults(), [("/ends_at".to_owned(), "invalid_value".to_owned())]);
        let bad = json!({"key": "drive", "title": "Help us", "placement": {"after_block": 0}, "cta": {"label": ""}});
        let refused = editor.post("/v1/admin/appeals", bad).await.expect(422);
        let places: BTreeSet<String> = refused.faults().into_iter().map(|(place, _)| place).collect();
        assert!(places.into_iter().eq(["/cta/label", "/cta/url", "/placement/after_block"]));
        let waiting = json!({"key": "drive", "title": "Help us", "starts_at": "2026-06-01T00:00:00Z"});
        editor.post("/v1/admin/appeals", waiting).await.expect(201);
        assert_eq!(last_audience(&desk), "staff");
        editor.patch("/v1/admin/appeals/drive", json!({"starts_at": null})).await.expect(200);
        assert_eq!(last_audience(&desk), "public");
        assert_eq!(keys(&desk.anyone().get("/v1/appeals").await.expect(200)), ["drive"]);
        editor.delete("/v1/admin/appeals/drive").await.expect(204);
        assert_eq!(desk.anyone().get("/v1/appeals").await.expect(200).data(), json!([]));
        assert_eq!(last_audience(&desk), "public");
    }
}

fn last_audience(desk: &Desk) -> String {
    use diesel::prelude::*;
    use wiredesk::db::schema::changes;
    let last = desk.app().db.read_now(|snapshot| {
        let last = changes::table.order(changes::seq.desc()).select(changes::audience);
        Ok(last.first::<String>(&mut **snapshot)?)
    });
    last.unwrap()
}
