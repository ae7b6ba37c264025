//! The newsroom bundle: what goes in by lines, and what comes out.

use serde_json::{Value, json};
use wiredesk::transfer::Kind;

use crate::harness::{Desk, PAGE, desks, note};

/// The demo's newsroom.
const DEMO: &str = include_str!("../../demo/newsroom.ndjson");

/// Lines of a bundle.
fn bundle(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What a story needs.
fn ground() -> Vec<Value> {
    vec![
        json!({"type": "publication", "name": "The Harbour Courier", "base_url": "https://courier.example",
               "locale": "en", "locales": ["en", "pt"]}),
        json!({"type": "origin", "code": "own", "name": "The Harbour Courier", "in_house": true,
               "republishable": true}),
        json!({"type": "section", "slug": "harbour", "name": "Harbour"}),
    ]
}

/// A live story; what `with` holds goes before what every story has.
fn story(slug: &str, with: Value) -> Value {
    let mut line = json!({
        "type": "article", "slug": slug, "headline": "The lamp is out", "section": "harbour", "origin": "own",
        "body": {"html": "<p>The lamp was lit for the last time.</p>"},
        "published_at": "2026-03-14T19:30:00Z", "status": "live",
    });
    line.as_object_mut().unwrap().extend(with.as_object().cloned().unwrap_or_default());
    line
}

fn with_ground(lines: &[Value]) -> String {
    let mut all = ground();
    all.extend(lines.iter().cloned());
    bundle(&all)
}

/// The faults of a bundle as `line field code`.
fn told(desk: &Desk, text: &str) -> Vec<String> {
    let faults = desk.faults_of(text);
    faults.into_iter().map(|fault| format!("{} {} {}", fault.line, fault.field, fault.code)).collect()
}

/// Tables but for the scores of a ranking, which move with the clock.
fn settled(desk: &Desk) -> Vec<String> {
    desk.tables().into_iter().filter(|row| !row.starts_with("popular ")).collect()
}

#[actix_web::test]
async fn a_second_import_changes_nothing() {
    for desk in desks() {
        for text in [PAGE, DEMO] {
            desk.imports(text);
            let before = settled(&desk);
            let report = desk.imports(text);
            for (kind, count) in report.counts {
                let is_view = kind == Kind::Views;
                assert!(is_view || (count.made, count.changed) == (0, 0), "{kind:?} {count:?}");
            }
            assert_eq!(before, settled(&desk));
        }
    }
}

#[actix_web::test]
async fn the_real_bundle_is_imported_twice_where_there_is_one() {
    let Some(path) = std::env::var_os("WIREDESK_TEST_BUNDLE").filter(|path| !path.is_empty()) else { return };
    let text = std::fs::read_to_string(path).unwrap();
    for desk in desks() {
        desk.imports(&text);
        let before = settled(&desk);
        desk.imports(&text);
        assert_eq!(before, settled(&desk));
    }
    note("bundle.imported");
}

#[actix_web::test]
async fn the_page_of_an_imported_story_shows_all_that_came_with_it() {
    for desk in desks() {
        desk.imports(PAGE);
        let page =
            desk.anyone().get("/v1/articles/talks-over-the-bridge-enter-slow-phase/page").await.expect(200);
        assert_eq!(page.at("/data/article/published_at"), "2013-12-06T15:12:00.000000Z");
        assert_eq!(page.at("/data/article/first_published_at"), "2013-12-06T15:12:00.000000Z");
        assert_eq!(page.at("/data/article/lead_image/credit"), "Image by Halcyon Pictures");
        assert_eq!(page.at("/data/appeal/key"), "reader-support");
        let popular = page.at("/data/most_popular");
        let ranked: Vec<_> =
            popular.as_array().unwrap().iter().map(|place| place["article"]["slug"].clone()).collect();
        assert_eq!(
            ranked,
            [
                "why-the-noise-rule-has-a-clause-for-bells",
                "school-trip-ends-on-a-sandbank",
                "why-do-pilots-wear-white-caps",
                "two-old-voices-one-new-duet"
            ]
        );
    }
}

#[actix_web::test]
async fn a_bundle_comes_out_of_another_database_to_the_byte() {
    let every_state = every_state();
    for desk in desks() {
        for text in [PAGE, DEMO, &every_state] {
            let from = Desk::on_sqlite(&[]);
            from.imports(text);
            let exported = from.exports();
            // Its own export changes nothing.
            let before = settled(&from);
            from.imports(&exported);
            assert_eq!(before, settled(&from));
            let to = match desk.engine() {
                "postgres" => Desk::on_postgres(&std::env::var("TEST_DATABASE_URL").unwrap(), &[]),
                _ => Desk::on_sqlite(&[]),
            };
            to.imports(&exported);
            assert_eq!(exported, to.exports());
        }
    }
}

/// A story in every state, with every past, and edits that wait.
fn every_state() -> String {
    let past = json!({"first_published_at": "2026-03-01T08:00:00Z", "updated_at": "2026-03-02T08:00:00Z",
        "modified_at": "2026-03-03T08:00:00Z", "version": 4, "created_at": "2026-02-01T08:00:00Z"});
    let with_past = |with: Value| {
        let mut all = past.clone();
        all.as_object_mut().unwrap().extend(with.as_object().cloned().unwrap_or_default());
        all
    };
    let gone = json!({"at": "2026-04-01T08:00:00Z", "kind": "legal", "reason": "A court said so."});
    with_ground(&[
        story("a-draft", json!({"status": "draft", "published_at": null})),
        story("in-review", json!({"status": "in_review", "notes": "Second pair of eyes."})),
        story("approved", json!({"status": "approved"})),
        story(
            "waits",
            json!({"status": "scheduled", "scheduled_at": "2999-01-01T00:00:00Z", "published_at": null}),
        ),
        story(
            "embargoed",
            json!({"status": "live", "embargo_until": "2998-01-01T00:00:00Z", "published_at": null}),
        ),
        story("off", with_past(json!({"status": "unpublished", "former_slugs": ["was-called-off"]}))),
        story("retracted", with_past(json!({"status": "retracted", "retracted": gone}))),
        story("thrown-away", with_past(json!({"status": "trash"}))),
        story("thrown-away-draft", json!({"status": "trash", "published_at": null})),
        story(
            "live",
            with_past(json!({
                "former_slugs": ["lived-before", "another-life"],
                "corrections": [{"at": "2026-03-02T08:00:00Z", "kind": "correction", "text": "It was 142 steps."}],
                "edits": {"slug": "live-anew", "headline": "The lamp is on", "article_type": "feature",
                          "body": {"html": "<p>The lamp was lit again.</p>"}},
            })),
        ),
        json!({"type": "list", "key": "picks", "title": "Picks", "items": [{"article": "live-anew"}, {"article": "a-draft"}]}),
        json!({"type": "views", "article": "live", "hour": "2026-04-30T08:10:00Z", "count": 5}),
        json!({"type": "views", "article": "live", "hour": "2026-04-30T08:50:00Z", "count": 7}),
    ])
}

#[actix_web::test]
async fn every_state_is_reached_and_shows_what_it_should() {
    for desk in desks() {
        desk.imports(&every_state());
        let editor = desk.editor().await;
        for (slug, state) in [
            ("a-draft", "draft"),
            ("in-review", "in_review"),
            ("approved", "approved"),
            ("waits", "scheduled"),
            ("embargoed", "scheduled"),
            ("off", "unpublished"),
            ("retracted", "retracted"),
            ("thrown-away", "trash"),
            ("live", "live"),
        ] {
            let read = editor.get(&format!("/v1/admin/articles/{slug}")).await.expect(200);
            assert_eq!(read.at("/data/state"), state, "{slug}");
            let status = match slug {
                "live" => 200,
                "retracted" => 410,
                _ => 404,
            };
            desk.anyone().get(&format!("/v1/articles/{slug}")).await.expect(status);
        }
        // Edits wait: readers see what is live, under the slug that is.
        let live = desk.anyone().get("/v1/articles/live").await.expect(200);
        assert_eq!(live.at("/data/headline"), "The lamp is out");
        assert_eq!(live.at("/data/version"), 4);
        assert_eq!(live.at("/data/modified_at"), "2026-03-03T08:00:00.000000Z");
        let staff = editor.get("/v1/admin/articles/live-anew").await.expect(200);
        assert_eq!(staff.at("/data/headline"), "The lamp is on");
        assert_eq!(staff.at("/data/created_at"), "2026-02-01T08:00:00.000000Z");
        let old = desk.anyone().get("/v1/articles/lived-before").await.expect(301);
        assert!(old.header("location").ends_with("/v1/articles/live"), "{}", old.header("location"));
    }
}

#[actix_web::test]
async fn every_fault_is_named_and_then_nothing_is_stored() {
    let lines = [
        "{\"type\": \"section\", \"slug\": \"good\", \"name\": \"Good\"}".to_owned(),
        "no json".to_owned(),
        "{\"type\": \"tag\", \"slug\": \"a\", \"slug\": \"b\"}".to_owned(),
        "{\"type\": \"sektion\", \"slug\": \"x\"}".to_owned(),
        "{\"slug\": \"x\"}".to_owned(),
        "[]".to_owned(),
        "{\"type\": \"update\", \"article\": \"s\", \"text\": \"x\"}".to_owned(),
        json!({"type": "tag", "name": "No slug"}).to_string(),
        json!({"type": "tag", "slug": "No Slug", "name": "x", "tag_type": "thing"}).to_string(),
        json!({"type": "author", "slug": "a", "nmae": "Typo"}).to_string(),
        json!({"type": "media", "key": "k", "url": "file:///etc/passwd"}).to_string(),
        json!({"type": "media", "key": "l", "url": "../../x"}).to_string(),
        "{\"type\": \"tag\", \"slug\": \"c\", \"name\": \"a\\u0007b\"}".to_owned(),
        "{\"type\": \"tag\", \"slug\": \"d\", \"name\": \"a\\ud800b\"}".to_owned(),
        json!({"type": "article", "slug": "s", "status": "live", "section": "nowhere", "authors": ["nobody"],
               "published_at": "2999-01-01T00:00:00Z", "locale": "xx"})
        .to_string(),
        json!({"type": "section", "slug": "good", "name": "Twice"}).to_string(),
        json!({"type": "views", "article": "nothing", "hours_ago": 1, "count": 3}).to_string(),
        json!({"type": "origin", "code": "o", "name": "O", "republishable": "yes"}).to_string(),
        json!({"type": "article", "slug": "b", "body": {"blocks": [{"_type": "spaceship"}]}}).to_string(),
        json!({"type": "tag", "slug": "long", "name": "x", "description": "y".repeat(1024 * 1024)})
            .to_string(),
        json!({"type": "article", "slug": "r", "status": "retracted"}).to_string(),
        json!({"type": "article", "slug": "w", "status": "scheduled", "updated_at": "2999-01-01T00:00:00Z"})
            .to_string(),
        // What one field hides of the others is told at once.
        "{\"type\": \"article\", \"slug\": \"v\", \"headline\": \"a\\u0007\", \"section\": \"nowhere\", \
          \"body\": {\"html\": 5}, \"version\": 0}"
            .to_owned(),
        json!({"type": "media", "key": "m", "url": "https://x.example/m.jpg", "width": "wide",
               "leases": [{"effect": "allow", "partner": "nobody"}]})
        .to_string(),
    ];
    let expected = [
        "2  malformed_json",
        "3  malformed_json",
        "4 type invalid_value",
        "5 type missing_field",
        "6  wrong_type",
        "7 id missing_field",
        "8 slug missing_field",
        "9 slug invalid_slug",
        "9 tag_type invalid_value",
        "10 nmae unknown_field",
        "10 name missing_field",
        "11 url unsafe_url",
        "12 url unsafe_url",
        "13 name control_character",
        "14  malformed_json",
        "15 published_at invalid_value",
        "15 headline missing_field",
        "15 origin origin_required",
        "15 body missing_field",
        "15 section unknown_reference",
        "15 authors/0 unknown_reference",
        "15 locale invalid_value",
        "16 slug taken",
        "17 article unknown_reference",
        "18 republishable wrong_type",
        "19 body/blocks/0/_type invalid_value",
        "20  too_long",
        "21 retracted missing_field",
        "22 updated_at invalid_value",
        "22 scheduled_at missing_field",
        "23 headline control_character",
        "23 section unknown_reference",
        "23 body/html wrong_type",
        "23 version invalid_value",
        "24 width wrong_type",
        "24 leases/0/partner unknown_reference",
    ];
    for desk in desks() {
        let before = desk.tables();
        let mut faults = told(&desk, &(lines.join("\n") + "\n"));
        let mut expected = expected.map(str::to_owned).to_vec();
        for code in [
            "headline missing_field",
            "section missing_field",
            "origin origin_required",
            "body missing_field",
        ] {
            expected.push(format!("22 {code}"));
        }
        faults.sort();
        expected.sort();
        assert_eq!(faults, expected);
        assert_eq!(before, desk.tables());
    }
}

#[actix_web::test]
async fn references_may_point_forwards() {
    for desk in desks() {
        for text in [PAGE, DEMO] {
            let mut lines: Vec<&str> = text.lines().collect();
            lines.reverse();
            let report = desk.imports(&lines.join("\n"));
            assert_eq!(report.counts[&Kind::List].made + report.counts[&Kind::List].changed, 1);
        }
    }
}

#[actix_web::test]
async fn a_ring_of_sections_is_refused_however_many_lines_it_goes_over() {
    let section = |slug: &str, parent: Option<&str>| json!({"type": "section", "slug": slug, "name": slug, "parent": parent});
    for desk in desks() {
        let ring = [section("a", Some("c")), section("b", Some("a")), section("c", Some("b"))];
        let faults = told(&desk, &bundle(&ring));
        assert_eq!(faults, ["1 parent invalid_value", "2 parent invalid_value", "3 parent invalid_value"]);
        // Over a section that is stored already.
        desk.imports(&bundle(&[section("a", None), section("b", Some("a"))]));
        assert_eq!(told(&desk, &bundle(&[section("a", Some("b"))])), ["1 parent invalid_value"]);
        // A tree is turned upside down in any order.
        desk.imports(&bundle(&[section("a", Some("b")), section("b", None)]));
        let deep: Vec<Value> = (0..10)
            .rev()
            .map(|level| {
                section(&format!("s{level}"), (level > 0).then(|| format!("s{}", level - 1)).as_deref())
            })
            .collect();
        desk.imports(&bundle(&deep));
        assert_eq!(told(&desk, &bundle(&[section("s10", Some("s9"))])), ["1 parent invalid_value"]);
    }
}

#[actix_web::test]
async fn what_differs_is_a_new_revision_live_again_and_what_is_left_out_stays() {
    for desk in desks() {
        desk.imports(&with_ground(&[story(
            "lamp",
            json!({"kicker": "Harbour", "rights": {"channels": ["web"]}}),
        )]));
        let line = json!({"type": "article", "slug": "lamp", "headline": "The lamp is on", "rights": {"opt_out": true}});
        desk.imports(&bundle(&[line]));
        let live = desk.anyone().get("/v1/articles/lamp").await.expect(200);
        assert_eq!(live.at("/data/headline"), "The lamp is on");
        assert_eq!(live.at("/data/kicker"), "Harbour");
        assert_eq!(live.at("/data/version"), 2);
        assert_eq!(live.at("/data/published_at"), "2026-03-14T19:30:00.000000Z");
        let staff = desk.editor().await.get("/v1/admin/articles/lamp").await.expect(200);
        assert_eq!(staff.at("/data/revision"), 2);
        assert_eq!(staff.at("/data/rights/channels"), json!(["web"]));
        assert_eq!(staff.at("/data/rights/opt_out"), true);
    }
}

#[actix_web::test]
async fn an_import_never_publishes_edits_nor_brings_back_what_was_thrown_away() {
    for desk in desks() {
        let text = with_ground(&[story("lamp", json!({})), story("pier", json!({}))]);
        desk.imports(&text);
        let editor = desk.editor().await;
        let lamp = editor.get("/v1/admin/articles/lamp").await.expect(200).data();
        editor.saves(&lamp, json!({"kicker": "Not yet"})).await;
        let pier = editor.get("/v1/admin/articles/pier").await.expect(200).data();
        editor
            .act(&format!("/v1/admin/articles/{}/unpublish", pier["id"].as_str().unwrap()))
            .await
            .expect(200);
        let delete = editor.clone().header("if-match", "*");
        delete.delete("/v1/admin/articles/pier").await.expect(204);
        // The same lines change nothing.
        let before = settled(&desk);
        let warnings = desk.warnings_of(&text);
        assert_eq!(
            warnings.iter().map(|(line, warning)| (*line, warning.code.as_str())).collect::<Vec<_>>(),
            [(5, "left_as_it_is")]
        );
        assert_eq!(before, settled(&desk));
        // Another headline goes live; the kicker still waits, under the new headline.
        desk.imports(&bundle(&[story("lamp", json!({"headline": "The lamp is on"}))]));
        let live = desk.anyone().get("/v1/articles/lamp").await.expect(200);
        assert_eq!(
            (live.at("/data/headline"), live.at("/data/kicker")),
            (json!("The lamp is on"), Value::Null)
        );
        let staff = editor.get("/v1/admin/articles/lamp").await.expect(200);
        assert_eq!(
            (staff.at("/data/headline"), staff.at("/data/kicker")),
            (json!("The lamp is on"), json!("Not yet"))
        );
        desk.anyone().get("/v1/articles/pier").await.expect(404);
    }
}

#[actix_web::test]
async fn a_story_without_a_status_is_a_draft() {
    for desk in desks() {
        let mut line = story("lamp", json!({}));
        line.as_object_mut().unwrap().remove("status");
        desk.imports(&with_ground(&[line]));
        desk.anyone().get("/v1/articles/lamp").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn imported_views_take_the_place_of_those_imported_before() {
    for desk in desks() {
        let views = |slug: &str, count: i32| json!({"type": "views", "article": slug, "hours_ago": 1, "count": count});
        let text = |first: i32, second: i32| {
            with_ground(&[
                story("lamp", json!({})),
                story("pier", json!({})),
                views("lamp", first),
                views("pier", second),
            ])
        };
        desk.imports(&text(10, 5));
        let first = desk.anyone().get("/v1/most-popular").await.expect(200);
        assert_eq!(first.at("/data/0/article/slug"), "lamp");
        desk.imports(&text(10, 50));
        let second = desk.anyone().get("/v1/most-popular").await.expect(200);
        assert_eq!(second.at("/data/0/article/slug"), "pier");
        assert!(!desk.exports().contains("\"count\":5}"));
    }
}

#[actix_web::test]
async fn a_bundle_holds_no_account_and_no_secret() {
    for desk in desks() {
        desk.imports(DEMO);
        desk.editor().await;
        let key = desk.partner_key("The Ferryman's Friend").await;
        let exported = desk.exports();
        for secret in
            [key.as_str(), "argon2", "wd_partner", "wd_write", "password", "hash", "\"user\"", "\"owner\""]
        {
            assert!(!exported.contains(secret), "{secret}");
        }
    }
}

#[actix_web::test]
async fn the_demo_is_imported_without_a_warning() {
    let desk = Desk::on_sqlite(&[]);
    let warnings = desk.warnings_of(DEMO);
    assert!(warnings.is_empty(), "{warnings:?}");
}
