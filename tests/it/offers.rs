//! To whom stories are offered: the verdict, the field and the filter of lists say the same, for everybody.

use serde_json::{Value, json};

use crate::harness::{Call, Desk, desks};

/// The next of a series that looks random and is the same in each run.
struct Dice(u64);

impl Dice {
    fn of(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.of(all.len())]
    }

    fn some<'t>(&mut self, all: &[&'t str]) -> Vec<&'t str> {
        all.iter().copied().filter(|_| self.of(3) == 0).collect()
    }
}

const PLACES: [&str; 3] = ["DE", "US", "PT"];

async fn stories(desk: &Desk, editor: &Call<'_>, dice: &mut Dice) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 0..24 {
        let expires = dice
            .pick(&[Value::Null, Value::Null, json!("2026-05-02T10:30:00Z"), json!("2027-01-01T00:00:00Z")])
            .clone();
        let story = editor
            .publishes(json!({
                "slug": format!("story-{number}"),
                "section": dice.pick(&["city", "harbour", "farms"]),
                "tags": dice.some(&["lighthouses", "boats"]),
                "origin": dice.pick(&["own", "own", "own", "wire", "unknown"]),
                "rights": {
                    "opt_out": dice.of(8) == 0,
                    "expires_at": expires,
                    "channels": dice.pick(&[json!([]), json!(["web", "app"]), json!(["print"])]),
                    "territories_in": dice.some(&PLACES),
                    "territories_out": dice.some(&PLACES),
                },
            }))
            .await;
        let id = story["id"].as_str().unwrap().to_owned();
        if dice.of(6) == 0 {
            editor.act(&format!("/v1/admin/articles/{id}/withhold")).await.expect(200);
        }
        ids.push(id);
        desk.pass(60);
    }
    ids
}

/// A partner with anything that may be agreed.
fn agreement(number: usize, dice: &mut Dice, ids: &[String]) -> Value {
    let mut grants = Vec::new();
    for grant in [
        json!({"section": "city"}),
        json!({"tag": "boats"}),
        json!({"origin": "own"}),
        json!({"article": ids[3]}),
    ] {
        if dice.of(4) == 0 {
            grants.push(grant);
        }
    }
    json!({
        "name": format!("Partner {number}"),
        "terms_version": dice.pick(&[json!("1"), json!("1"), json!("1"), json!("0"), Value::Null]),
        "territory": dice.pick(&[Value::Null, json!("DE"), json!("US"), json!("FR")]),
        "embargo_access": dice.of(2) == 0,
        "embargo_delay_minutes": dice.pick(&[0, 0, 15, 600]),
        "profile": dice.pick(&[json!([]), json!(["credit"]), json!(["credit", "pixel", "images"])]),
        "grants": grants,
    })
}

async fn whole(call: &Call<'_>, uri: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut next = Some(uri.to_owned());
    while let Some(uri) = next {
        let page = call.get(&uri).await.expect(200);
        found.extend(page.data().as_array().unwrap().clone());
        next = page.at("/links/next").as_str().map(|link| link[link.find("/v1/").unwrap()..].to_owned());
    }
    found
}

/// Each story's verdict, its field, its package and the two halves of the list agree.
async fn agree(call: &Call<'_>, ids: &[String]) {
    let resolved = call.post("/v1/rights/resolve", json!({ "ids": ids })).await.expect(200).data();
    let open = whole(call, "/v1/articles?republishable=true&limit=7").await;
    let shut = whole(call, "/v1/articles?republishable=false&limit=7").await;
    assert_eq!(open.len() + shut.len(), ids.len());
    let fields = whole(call, "/v1/articles?limit=100").await;
    for (id, verdict) in ids.iter().zip(resolved.as_array().unwrap()) {
        let may = verdict["verdict"] != "deny";
        let why = format!("{id}: {verdict}");
        assert_eq!(open.iter().any(|story| story["id"] == id.as_str()), may, "{why}");
        assert_eq!(shut.iter().any(|story| story["id"] == id.as_str()), !may, "{why}");
        let field = fields.iter().find(|story| story["id"] == id.as_str()).unwrap();
        assert_eq!(field["republishable"], may, "{why}");
        let rights = call.get(&format!("/v1/articles/{id}/rights")).await.expect(200).data();
        assert_eq!(rights["verdict"], verdict["verdict"], "{why}");
        let package = call.get(&format!("/v1/articles/{id}/republish")).await;
        assert_eq!(package.status, if may { 200 } else { 403 }, "{why}");
        assert_eq!(package.text().contains("lamp was lit"), may, "{why}");
        let item = call.get(&format!("/v1/articles/{id}")).await.expect(200);
        assert_eq!(item.at("/data/republishable"), may, "{why}");
        let page = call.get(&format!("/v1/articles/{id}/page")).await.expect(200);
        assert_eq!(page.at("/data/republish/allowed"), may, "{why}");
        assert_eq!(page.at("/data/article/republishable"), may, "{why}");
    }
}

#[actix_web::test]
async fn whatever_was_agreed_the_verdict_the_package_and_the_lists_never_disagree() {
    for desk in desks() {
        let mut dice = Dice(20_260_502);
        desk.set_clock("2026-05-02T09:00:00Z");
        let editor = desk.newsroom().await;
        editor.post("/v1/admin/sections", json!({"slug": "farms", "name": "Farms"})).await.expect(201);
        editor.post("/v1/admin/tags", json!({"slug": "boats", "name": "Boats"})).await.expect(201);
        editor.post("/v1/admin/origins", json!({"code": "unknown", "name": "Unknown"})).await.expect(201);
        let ids = stories(&desk, &editor, &mut dice).await;
        agree(&desk.anyone(), &ids).await;
        let mut partners = Vec::new();
        for number in 0..8 {
            let partner = desk.agreed(agreement(number, &mut dice, &ids)).await;
            agree(&partner, &ids).await;
            partners.push(partner);
        }
        // What time, the origins and the newsroom change, changes everywhere at once.
        desk.set_clock("2026-05-02T10:31:00Z");
        desk.keeps_time();
        editor.patch("/v1/admin/origins/wire", json!({"policy": "allow"})).await.expect(200);
        for id in ids.iter().step_by(3) {
            for act in ["withhold", "release"] {
                editor.act(&format!("/v1/admin/articles/{id}/{act}")).await;
            }
        }
        agree(&desk.anyone(), &ids).await;
        for partner in partners.iter().take(4) {
            agree(partner, &ids).await;
        }
    }
}

#[actix_web::test]
async fn what_is_withheld_stays_on_our_own_site_through_edits_until_it_is_released() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "one"})).await;
        let uri = |act: &str| format!("/v1/admin/articles/one/{act}");
        editor.act(&uri("release")).await.problem(409, "invalid_state");
        let etag = desk.anyone().get("/v1/articles/one/republish").await.expect(200).header("etag");
        let note = json!({"partner_note": "A lawyer reads it."});
        assert_eq!(editor.post(&uri("withhold"), note).await.expect(200).at("/data/withheld"), true);
        editor.act(&uri("withhold")).await.problem(409, "invalid_state");
        let still = desk.anyone().get("/v1/articles/one").await.expect(200);
        assert_eq!(still.at("/data/republishable"), false);
        let kept = desk.anyone().header("if-none-match", etag);
        kept.get("/v1/articles/one/republish").await.problem(403, "withheld");
        let read = editor.get("/v1/admin/articles/one").await.expect(200).data();
        editor.saves(&read, json!({"headline": "Another night"})).await;
        editor.act(&uri("publish")).await.expect(200);
        desk.anyone().get("/v1/articles/one/republish").await.problem(403, "withheld");
        editor.act(&uri("release")).await.expect(200);
        desk.anyone().get("/v1/articles/one/republish").await.expect(200);
        let id = story["id"].as_str().unwrap();
        let log = editor.get(&format!("/v1/admin/changes?entity_id={id}&limit=100")).await.expect(200).text();
        assert!(log.contains("article.withheld") && log.contains("article.released"), "{log}");
        let draft = editor.writes(json!({"slug": "draft"})).await;
        editor
            .act(&format!("/v1/admin/articles/{}/withhold", draft["id"].as_str().unwrap()))
            .await
            .problem(409, "invalid_state");
        let bulk = json!({"ids": ["one"], "action": "withhold"});
        assert_eq!(
            editor.post("/v1/admin/bulk-actions", bulk).await.expect(200).at("/data/0/article/withheld"),
            true
        );
    }
}

#[actix_web::test]
async fn a_delay_counts_from_when_a_story_was_first_public_whatever_date_staff_gave_it() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-05-02T09:00:00Z");
        editor.publishes(json!({"slug": "one", "published_at": "2026-05-01T00:00:00Z"})).await;
        let delayed = json!({"name": "P", "terms_version": "1", "embargo_delay_minutes": 60});
        let partner = desk.agreed(delayed).await;
        let refused = partner.get("/v1/articles/one/republish").await.problem(403, "embargo_active");
        assert_eq!(refused.at("/reasons/0/until"), "2026-05-02T10:00:00.000000Z");
        assert_eq!(partner.get("/v1/articles?republishable=true").await.expect(200).data(), json!([]));
        desk.set_clock("2026-05-02T10:00:00Z");
        partner.get("/v1/articles/one/republish").await.expect(200);
        assert_eq!(
            partner.get("/v1/articles?republishable=true").await.expect(200).at("/data/0/slug"),
            "one"
        );
    }
}
