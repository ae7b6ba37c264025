//! Live coverage in bundles.

use serde_json::{Value, json};
use wiredesk::transfer::Kind;

use crate::harness::{Desk, desks};

const FIRST: &str = "01967da0-9c80-7a31-9c52-6f0d3b8e1a01";
const SECOND: &str = "01967e45-7c20-7a31-9c52-6f0d3b8e1a02";
const UPDATES: &str = "/v1/articles/lamp/updates";

/// Lines of a bundle.
fn bundle(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What stories and their coverage need.
fn ground() -> Vec<Value> {
    vec![
        json!({"type": "publication", "name": "The Harbour Courier", "base_url": "https://courier.example"}),
        json!({"type": "origin", "code": "own", "name": "The Harbour Courier", "in_house": true}),
        json!({"type": "section", "slug": "harbour", "name": "Harbour"}),
        json!({"type": "author", "slug": "ines-duarte", "name": "Inês Duarte"}),
        json!({"type": "author", "slug": "rui-faro", "name": "Rui Faro"}),
        json!({"type": "media", "key": "fog", "url": "https://media.courier.example/fog.jpg", "alt": "Fog"}),
    ]
}

fn with_ground(lines: &[Value]) -> String {
    let mut all = ground();
    all.extend(lines.iter().cloned());
    bundle(&all)
}

fn story(slug: &str, with: Value) -> Value {
    let line = json!({
        "type": "article", "slug": slug, "article_type": "live", "headline": "The lamp is out",
        "section": "harbour", "origin": "own", "body": {"html": "<p>We watch the lamp.</p>"},
        "published_at": "2026-03-14T19:30:00Z", "status": "live",
    });
    laid_over(line, with)
}

fn update(id: &str, with: Value) -> Value {
    let line = json!({"type": "update", "id": id, "article": "lamp", "headline": "It is dark",
        "at": "2026-03-14T20:00:00Z"});
    laid_over(line, with)
}

fn laid_over(mut line: Value, with: Value) -> Value {
    line.as_object_mut().unwrap().extend(with.as_object().cloned().unwrap_or_default());
    line
}

/// An entry with all that one can have.
fn whole() -> Value {
    update(
        FIRST,
        json!({
            "body": {"blocks": [
                {"_type": "block", "_key": "words", "style": "normal", "markDefs": [],
                 "children": [{"_type": "span", "_key": "s0", "text": "Nobody spoke.", "marks": []}]},
                {"_type": "image", "_key": "pic", "media": "fog"},
            ]},
            "key_event": true, "pinned": true,
            "authors": [{"slug": "rui-faro", "role": "photographer"}, "ines-duarte"],
        }),
    )
}

/// The faults of lines as `line field code`; the first one stands in line 7.
fn told(desk: &Desk, lines: &[Value]) -> Vec<String> {
    let faults = desk.faults_of(&with_ground(lines));
    faults.into_iter().map(|fault| format!("{} {} {}", fault.line, fault.field, fault.code)).collect()
}

#[actix_web::test]
async fn coverage_comes_in_as_the_line_says_and_a_second_time_changes_nothing() {
    for desk in desks() {
        // Lines may stand in any order.
        let text = with_ground(&[
            whole(),
            update(SECOND, json!({"at": "2026-03-14T21:00:00Z"})),
            story("lamp", json!({})),
        ]);
        assert_eq!(desk.imports(&text).counts[&Kind::Update].made, 2);
        let shown = desk.anyone().get(UPDATES).await.expect(200);
        assert_eq!((shown.at("/data/0/id"), shown.at("/data/1/id")), (json!(SECOND), json!(FIRST)));
        assert_eq!(shown.at("/data/1/at"), "2026-03-14T20:00:00.000000Z");
        assert_eq!((shown.at("/data/1/key_event"), shown.at("/data/1/pinned")), (json!(true), json!(true)));
        assert_eq!(shown.at("/data/1/authors/0/slug"), "rui-faro");
        assert_eq!(shown.at("/data/1/authors/0/role"), "photographer");
        assert_eq!(shown.at("/data/1/authors/1/slug"), "ines-duarte");
        let html = shown.at("/data/1/body/html").as_str().unwrap().to_owned();
        assert!(html.contains("Nobody spoke.") && html.contains("fog.jpg"), "{html}");
        let before = desk.tables();
        assert_eq!(desk.imports(&text).counts[&Kind::Update].unchanged, 2);
        assert_eq!(before, desk.tables());
    }
}

#[actix_web::test]
async fn what_a_line_leaves_out_of_an_entry_stays() {
    for desk in desks() {
        desk.imports(&with_ground(&[story("lamp", json!({})), whole()]));
        let before = desk.anyone().get(UPDATES).await.expect(200).data();
        let line = json!({"type": "update", "id": FIRST.to_uppercase(), "headline": "It is lit"});
        assert_eq!(desk.imports(&bundle(&[line])).counts[&Kind::Update].changed, 1);
        let mut expected = before;
        expected[0]["headline"] = json!("It is lit");
        assert_eq!(desk.anyone().get(UPDATES).await.expect(200).data(), expected);
        // The body that is said with the key of an asset is the one that is there.
        let body = whole()["body"].clone();
        let line = json!({"type": "update", "id": FIRST, "article": "lamp", "body": body});
        assert_eq!(desk.imports(&bundle(&[line])).counts[&Kind::Update].unchanged, 1);
    }
}

#[actix_web::test]
async fn coverage_of_stories_in_every_state_is_exported_as_it_came() {
    let gone = json!({"at": "2026-04-01T08:00:00Z", "kind": "withdraw"});
    let of = |id: &str, article: &str| update(id, json!({"article": article, "at": "2026-03-14T21:00:00Z"}));
    let text = with_ground(&[
        story("lamp", json!({"edits": {"slug": "lamp-anew", "headline": "The lamp is on"}})),
        whole(),
        of(SECOND, "lamp-anew"),
        story("draft", json!({"status": "draft", "published_at": null})),
        of("01967e45-7c20-7a31-9c52-6f0d3b8e1b01", "draft"),
        story("gone", json!({"status": "retracted", "retracted": gone})),
        of("01967e45-7c20-7a31-9c52-6f0d3b8e1b02", "gone"),
        story("thrown-away", json!({"status": "trash"})),
        of("01967e45-7c20-7a31-9c52-6f0d3b8e1b03", "thrown-away"),
    ]);
    for desk in desks() {
        desk.imports(&text);
        assert_eq!(desk.anyone().get(UPDATES).await.expect(200).data().as_array().unwrap().len(), 2);
        let exported = desk.exports();
        assert_eq!(exported.matches("{\"type\":\"update\",").count(), 5);
        let before = desk.tables();
        desk.imports(&exported);
        assert_eq!(before, desk.tables());
        let mut others = vec![Desk::on_sqlite(&[])];
        if desk.engine() == "sqlite" {
            let postgres = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty());
            others.extend(postgres.map(|url| Desk::on_postgres(&url, &[])));
        }
        for other in others {
            other.imports(&exported);
            assert_eq!(other.exports(), exported, "from {} to {}", desk.engine(), other.engine());
        }
    }
}

#[actix_web::test]
async fn the_coverage_of_a_draft_shows_when_the_story_is_live() {
    for desk in desks() {
        let draft = story("lamp", json!({"status": "draft", "published_at": null}));
        desk.imports(&with_ground(&[draft, whole()]));
        desk.anyone().get(UPDATES).await.problem(404, "not_found");
        desk.editor().await.act("/v1/admin/articles/lamp/publish").await.expect(200);
        assert_eq!(desk.anyone().get(UPDATES).await.expect(200).at("/data/0/id"), FIRST);
    }
}

#[actix_web::test]
async fn an_entry_that_was_taken_out_is_not_brought_back() {
    for desk in desks() {
        let text = with_ground(&[story("lamp", json!({})), whole()]);
        desk.imports(&text);
        let uri = format!("/v1/admin/articles/lamp/updates/{FIRST}");
        desk.editor().await.delete(&uri).await.expect(204);
        let before = desk.tables();
        let warnings = desk.warnings_of(&text);
        let warned: Vec<_> = warnings.iter().map(|(line, warning)| (*line, warning.code.as_str())).collect();
        assert_eq!(warned, [(8, "left_as_it_is")]);
        assert_eq!(before, desk.tables());
        assert!(!desk.exports().contains(FIRST));
    }
}

#[actix_web::test]
async fn every_faulty_line_of_coverage_is_named_by_its_fields_and_nothing_is_stored() {
    let id = |last: u8| format!("01967e45-7c20-7a31-9c52-6f0d3b8e1c{last:02}");
    let lines = [
        story("lamp", json!({})),
        json!({"type": "update", "article": "lamp", "headline": "No id"}),
        update("17", json!({"article": "nowhere", "authors": ["ines-duarte", "nobody"]})),
        update(&id(1), json!({"at": "2999-01-01T00:00:00Z", "key_event": "yes"})),
        update(&id(2), json!({"headline": null})),
        update(
            &id(3),
            json!({"article": 5, "headline": "x".repeat(301), "body": {"blocks": [{"_type": "x"}]}}),
        ),
        update(&id(4), json!({"article": null, "nmae": "Typo", "authors": vec!["ines-duarte"; 51]})),
        update(&id(5), json!({"body": {"blocks": [{"_type": "image", "_key": "p", "media": "nothing"}]}})),
        update(&id(2), json!({"headline": "Twice"})),
    ];
    let expected = [
        "8 id missing_field",
        "9 article unknown_reference",
        "9 authors/1 unknown_reference",
        "9 id invalid_value",
        "10 at invalid_value",
        "10 key_event wrong_type",
        "11 body missing_field",
        "12 article invalid_value",
        "12 body/blocks/0/_type invalid_value",
        "12 headline too_long",
        "13 article missing_field",
        "13 authors invalid_value",
        "13 nmae unknown_field",
        "14 body unknown_reference",
        "15 id taken",
    ];
    for desk in desks() {
        let before = desk.tables();
        let mut faults = told(&desk, &lines);
        faults.sort_by_key(|fault| {
            let (line, rest) = fault.split_once(' ').unwrap();
            (line.parse::<usize>().unwrap(), rest.to_owned())
        });
        assert_eq!(faults, expected);
        assert_eq!(before, desk.tables());
    }
}

#[actix_web::test]
async fn an_entry_stays_with_its_story() {
    let pier = json!({"article": "pier"});
    for desk in desks() {
        desk.imports(&with_ground(&[story("lamp", json!({})), whole(), story("pier", json!({}))]));
        assert_eq!(told(&desk, &[update(FIRST, pier.clone())]), ["7 article invalid_value"]);
        let other = story("other", json!({}));
        let to_new = update(FIRST, json!({"article": "other"}));
        assert_eq!(told(&desk, &[to_new, other]), ["7 article invalid_value"]);
        // A story that the bundle gives another slug is the same.
        let lamp = desk.anyone().get("/v1/articles/lamp").await.expect(200).at("/data/id");
        let renamed = story("lamp-anew", json!({"id": lamp}));
        let report = desk.imports(&with_ground(&[
            update(FIRST, json!({"article": "lamp-anew", "headline": "It is lit"})),
            renamed,
        ]));
        assert_eq!(report.counts[&Kind::Update].changed, 1);
        let shown = desk.anyone().get("/v1/articles/lamp-anew/updates").await.expect(200);
        assert_eq!(
            (shown.at("/data/0/id"), shown.at("/data/0/headline")),
            (json!(FIRST), json!("It is lit"))
        );
    }
}
