//! Partner publications: what is agreed with them, and what their keys open.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::{desks, document};

#[actix_web::test]
async fn what_a_get_gives_can_be_sent_back_and_a_patch_changes_the_rest_alone() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let agreed = json!({
            "name": "The Ferryman", "hosts": ["Ferryman.example", "192.0.2.7"], "territory": "pt",
            "quota": {"packages": 5, "per": "day"}, "profile": ["pixel", "credit"], "text": "summary",
            "grants": [{"section": "harbour"}, {"origin": "own"}],
        });
        let made = admin.post("/v1/admin/partners", agreed).await.expect(201);
        assert_eq!(made.at("/data/hosts"), json!(["ferryman.example", "192.0.2.7"]));
        assert_eq!(made.at("/data/territory"), "PT");
        assert_eq!(made.at("/data/profile"), json!(["credit", "pixel"]));
        assert_eq!(made.at("/data/images"), true);
        let mut form = made.data();
        form.as_object_mut().unwrap().remove("id");
        let uri = "/v1/admin/partners/the-ferryman";
        assert_eq!(admin.patch(uri, form).await.expect(200).data(), made.data());
        let changed = admin.patch(uri, json!({"quota": null, "group": "islands"})).await.expect(200).data();
        assert_eq!((&changed["quota"], &changed["group"]), (&Value::Null, &json!("islands")));
        assert_eq!(changed["grants"], made.at("/data/grants"), "grants keep their ids");
    }
}

#[actix_web::test]
async fn every_fault_of_a_partner_is_told_at_once() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let wrong = json!({
            "name": " ", "hosts": ["https://x.example/"], "territory": "XX", "state": "gone",
            "embargo_delay_minutes": -1, "quota": {"packages": 1, "per": "year"}, "profile": ["pixels"],
            "grants": [{"section": "harbour", "tag": "lighthouses"}],
        });
        let faults = admin.post("/v1/admin/partners", wrong).await.problem(422, "invalid_body").faults();
        let mut places: Vec<_> = faults.iter().map(|(place, _)| place.as_str()).collect();
        places.sort_unstable();
        let wanted = [
            "/embargo_delay_minutes",
            "/grants/0",
            "/hosts/0",
            "/name",
            "/profile/0",
            "/quota/per",
            "/state",
            "/territory",
        ];
        assert_eq!(places, wanted);
        let nothing = json!({"name": "N", "grants": [{"tag": "nowhere"}]});
        let faults = admin.post("/v1/admin/partners", nothing).await.problem(422, "invalid_body").faults();
        assert_eq!(faults, [("/grants/0/tag".to_owned(), "unknown_reference".to_owned())]);
    }
}

#[actix_web::test]
async fn grants_are_given_and_taken_back_one_by_one_and_what_is_granted_is_not_deleted() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        let story = admin.publishes(json!({"slug": "of-the-harbour"})).await;
        let other = admin.publishes(json!({"slug": "of-the-city", "section": "city", "tags": []})).await;
        admin.post("/v1/admin/tags", json!({"name": "Tides"})).await.expect(201);
        let grants = "/v1/admin/partners/the-ferryman/grants";
        let grant = admin.post(grants, json!({"section": "harbour"})).await.expect(201);
        let again = admin.post(grants, json!({"section": {"slug": "harbour"}})).await.expect(201);
        assert_eq!(again.data(), grant.data(), "what it has stays as it is");
        admin.post(grants, json!({"tag": "tides"})).await.expect(201);
        admin.post(grants, json!({})).await.problem(422, "invalid_body");
        partner.get(&format!("/v1/articles/{}/republish", story["id"].as_str().unwrap())).await.expect(200);
        let refused = partner.get(&format!("/v1/articles/{}/republish", other["id"].as_str().unwrap())).await;
        refused.problem(403, "section_not_granted");
        admin.delete("/v1/admin/tags/tides").await.problem(409, "in_use");
        let granted = admin.get(grants).await.expect(200).data();
        for grant in granted.as_array().unwrap() {
            admin.delete(&format!("{grants}/{}", grant["id"].as_str().unwrap())).await.expect(204);
        }
        admin
            .delete(&format!("{grants}/{}", grant.at("/data/id").as_str().unwrap()))
            .await
            .problem(404, "not_found");
        admin.delete("/v1/admin/tags/tides").await.expect(204);
        partner.get(&format!("/v1/articles/{}/republish", other["id"].as_str().unwrap())).await.expect(200);
    }
}

#[actix_web::test]
async fn a_grant_of_a_merged_tag_is_one_of_the_tag_that_it_became() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.post("/v1/admin/tags", json!({"name": "Beacons"})).await.expect(201);
        let partner =
            desk.agreed(json!({"name": "P", "terms_version": "1", "grants": [{"tag": "beacons"}]})).await;
        admin.publishes(json!({"slug": "one"})).await;
        partner.get("/v1/articles/one/republish").await.problem(403, "section_not_granted");
        admin.post("/v1/admin/tags/beacons/merge", json!({"into": "lighthouses"})).await.expect(200);
        partner.get("/v1/articles/one/republish").await.expect(200);
    }
}

#[actix_web::test]
async fn part_04_until_it_accepts_the_terms_a_partner_gets_no_body_and_every_reason() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "one", "section": "city"})).await;
        let partner = desk.agreed(json!({"name": "P", "grants": [{"section": "harbour"}]})).await;
        for format in ["json", "html", "text", "markdown"] {
            let answer = partner.get(&format!("/v1/articles/one/republish?format={format}")).await;
            assert!(!answer.text().contains("lamp was lit") && !answer.text().contains("/p/"));
            let answer = answer.problem(403, "section_not_granted");
            assert_eq!(answer.at("/reasons/0/code"), "section_not_granted");
            assert_eq!(answer.at("/reasons/1/code"), "terms_not_accepted");
        }
        assert_eq!(partner.get("/v1/whoami").await.expect(200).at("/data/partner/terms_due"), "1");
        partner.post("/v1/syndication/terms", json!({"version": "2"})).await.problem(422, "invalid_body");
        partner.post("/v1/syndication/terms", json!({"version": "1"})).await.expect(200);
        let verdict = partner.get("/v1/articles/one/rights").await.expect(200);
        assert_eq!(verdict.at("/data/reasons/0/code"), "section_not_granted");
        assert_eq!(verdict.at("/data/reasons/1"), Value::Null);
        // New terms: the version that was accepted denies at once.
        admin.patch("/v1/admin/settings", json!({"terms_version": "2"})).await.expect(200);
        assert_eq!(partner.get("/v1/whoami").await.expect(200).at("/data/partner/terms_due"), "2");
        let verdict = partner.get("/v1/articles/one/rights").await.expect(200);
        assert_eq!(verdict.at("/data/reasons/1/code"), "terms_not_accepted");
    }
}

#[actix_web::test]
async fn part_03_a_suspended_key_learns_who_it_is_and_nothing_else_and_of_what_is_retracted_that_it_is() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "live"})).await;
        admin.publishes(json!({"slug": "gone"})).await;
        let order = json!({"kind": "kill", "public_reason": "Wrong."});
        admin.post("/v1/admin/articles/gone/retract", order).await.expect(200);
        let partner = desk.partner("The Ferryman").await;
        for (state, code) in [("suspended", "partner_suspended"), ("blocked", "partner_blocked")] {
            admin.patch("/v1/admin/partners/the-ferryman", json!({"state": state})).await.expect(200);
            assert_eq!(partner.get("/v1/whoami").await.expect(200).at("/data/partner/state"), state);
            for (path, item) in document()["paths"].as_object().unwrap() {
                let told = state == "suspended" && STILL_TOLD.iter().any(|start| path.starts_with(start));
                let is_asked =
                    path.starts_with("/v1/") && !path.starts_with("/v1/admin") && path != "/v1/whoami";
                if item.get("get").is_none() || !is_asked || told {
                    continue;
                }
                let at = |name: &str| if name == "article" { "live" } else { "x1" };
                let needed = match path.as_str() {
                    "/v1/resolve" => "?path=/x",
                    "/v1/syndication/articles/{article}/diff" => "?from=1&to=1",
                    _ => "",
                };
                let uri = format!("{}{needed}", filled(path, at));
                let answer = partner.get(&uri).await;
                assert_eq!(
                    (answer.status, answer.at("/code")),
                    (403, json!(code)),
                    "{uri}: {}",
                    answer.text()
                );
            }
            partner.post("/v1/rights/resolve", json!({"ids": ["live"]})).await.problem(403, code);
            partner.post("/v1/syndication/terms", json!({"version": "1"})).await.problem(403, code);
            for retracted in ["", "/page", "/rights", "/republish", "/related"] {
                partner.get(&format!("/v1/articles/gone{retracted}")).await.problem(410, "retracted");
            }
        }
        admin.patch("/v1/admin/partners/the-ferryman", json!({"state": "active"})).await.expect(200);
        partner.get("/v1/articles/live/republish").await.expect(200);
    }
}

/// What a suspended partner must still learn.
const STILL_TOLD: [&str; 2] = ["/v1/syndication/notices", "/v1/syndication/changes"];

fn filled(path: &str, value: impl Fn(&str) -> &'static str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(name) => value(name.split('}').next().unwrap()).to_owned(),
        None => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

#[actix_web::test]
async fn part_08_a_quota_holds_against_many_at_once_and_a_repeat_costs_nothing() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let quota = json!({"packages": 10, "per": "day"});
        let partner = desk.agreed(json!({"name": "P", "terms_version": "1", "quota": quota})).await;
        desk.set_clock("2026-06-30T23:00:00Z");
        for number in 0..50 {
            admin.publishes(json!({"slug": format!("story-{number}")})).await;
        }
        let packages: Vec<_> =
            (0..50).map(|number| format!("/v1/articles/story-{number}/republish")).collect();
        let dry = partner.get(&format!("{}?dry=true", packages[0])).await.expect(200);
        assert!(!dry.text().contains("/p/"));
        let answers = join_all(packages.iter().map(|uri| partner.get(uri))).await;
        let (taken, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        assert_eq!((taken.len(), refused.len()), (10, 40));
        for answer in &refused {
            assert_eq!(answer.at("/code"), "quota_exhausted");
            assert_eq!(answer.at("/reasons/0/until"), "2026-07-01T00:00:00.000000Z");
            assert_eq!(answer.header("retry-after"), "3600");
        }
        let used = || async { partner.get("/v1/whoami").await.expect(200).at("/data/partner/quota") };
        assert_eq!(
            used().await,
            json!({"limit": 10, "used": 10, "resets_at": "2026-07-01T00:00:00.000000Z"})
        );
        // What was taken is taken: again, in another form, after an edit.
        let place = answers.iter().position(|answer| answer.status == 200).unwrap();
        partner.get(&packages[place]).await.expect(200);
        partner.get(&format!("{}?format=text", packages[place])).await.expect(200);
        assert_eq!(used().await["used"], 10);
        let elsewhere = answers.iter().position(|answer| answer.status == 403).unwrap();
        partner.get(&format!("{}?dry=true", packages[elsewhere])).await.problem(403, "quota_exhausted");
        desk.set_clock("2026-07-01T00:00:00Z");
        // What the partner has already costs nothing, in a new period either.
        let etag = answers[place].header("etag");
        partner.clone().header("if-none-match", &etag).get(&packages[place]).await.expect(304);
        assert_eq!(used().await["used"], 0);
        partner.get(&packages[elsewhere]).await.expect(200);
        assert_eq!(used().await["used"], 1);
    }
}

#[actix_web::test]
async fn part_09_a_partner_cannot_choose_its_own_terms() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "one", "rights": {"territories_out": ["US"]}})).await;
        let partner = desk.agreed(json!({"name": "P", "terms_version": "1", "territory": "US"})).await;
        partner.get("/v1/articles/one/rights?territory=DE").await.problem(400, "invalid_parameter");
        partner.get("/v1/articles/one/rights?channel=print").await.problem(400, "invalid_parameter");
        partner.get("/v1/articles/one/republish").await.problem(403, "territory_excluded");
        let elsewhere = desk.agreed(json!({"name": "Q", "terms_version": "1", "territory": "DE"})).await;
        elsewhere.get("/v1/articles/one/republish").await.expect(200);
    }
}

#[actix_web::test]
async fn a_partner_that_gets_summaries_gets_no_body_and_one_that_keeps_less_is_asked_less() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "one", "summary": "A lamp goes out."})).await;
        let short = json!({"name": "P", "terms_version": "1", "text": "summary", "profile": ["credit"]});
        let partner = desk.agreed(short).await;
        let package = partner.get("/v1/articles/one/republish").await.expect(200);
        assert!(package.text().contains("A lamp goes out.") && !package.text().contains("lamp was lit"));
        let verdict = partner.get("/v1/articles/one/rights").await.expect(200);
        assert_eq!(verdict.at("/data/conditions/0/code"), "credit");
        assert_eq!(verdict.at("/data/conditions/1"), Value::Null);
    }
}

#[actix_web::test]
async fn several_keys_of_a_partner_are_good_at_once_and_each_is_revoked_alone() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let old = desk.partner("The Ferryman").await;
        let keys = "/v1/admin/partners/the-ferryman/keys";
        let made = admin.post(keys, json!({"name": "next"})).await.expect(201);
        let next = desk.bearer(made.at("/data/key").as_str().unwrap());
        old.get("/v1/whoami").await.expect(200);
        next.get("/v1/whoami").await.expect(200);
        let listed = admin.get(keys).await.expect(200).data();
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert_ne!(listed[0]["last_used_at"], Value::Null);
        assert_eq!(listed[0]["hint"], made.at("/data/hint"));
        let first = listed[1]["id"].as_str().unwrap();
        admin.post("/v1/admin/partners", json!({"name": "Other"})).await.expect(201);
        admin.delete(&format!("/v1/admin/partners/other/keys/{first}")).await.problem(404, "not_found");
        admin.delete(&format!("{keys}/{first}")).await.expect(204);
        old.get("/v1/whoami").await.problem(401, "invalid_credential");
        next.get("/v1/whoami").await.expect(200);
    }
}

#[actix_web::test]
async fn partners_and_their_grants_come_out_of_another_database_as_they_went_in() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "one"})).await;
        let grants =
            json!([{"section": "harbour"}, {"tag": "lighthouses"}, {"origin": "own"}, {"article": "one"}]);
        let agreed = json!({"name": "P", "terms_version": "1", "territory": "DE", "grants": grants});
        admin.post("/v1/admin/partners", agreed).await.expect(201);
        let bundle = desk.exports();
        assert!(bundle.contains(r#""grants":[{"section":"harbour"},{"tag":"lighthouses"}"#), "{bundle}");
        for other in desks() {
            other.imports(&bundle);
            assert_eq!(other.exports(), bundle);
            let again = other.imports(&bundle);
            assert!(again.counts.values().all(|count| count.made + count.changed == 0), "{again:?}");
        }
    }
}
