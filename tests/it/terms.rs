//! The terms of republishing as machines read them: each form from the same settings.

use serde_json::{Value, json};

use crate::harness::{Call, desks};

async fn says(admin: &Call<'_>, machine_use: Value) {
    admin.patch("/v1/admin/settings", json!({ "machine_use": machine_use })).await.expect(200);
}

#[actix_web::test]
async fn the_terms_tell_a_partner_all_it_needs_to_begin() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.post("/v1/admin/origins", json!({"code": "unasked", "name": "Unasked"})).await.expect(201);
        let license = "https://creativecommons.org/licenses/by-nd/4.0/";
        admin.patch("/v1/admin/settings", json!({ "license_url": license })).await.expect(200);
        let answer = desk.anyone().get("/.well-known/republishing.json").await.expect(200);
        assert!(answer.header("cache-control").starts_with("public"));
        let terms = answer.json();
        assert_eq!((&terms["license_url"], &terms["terms_version"]), (&json!(license), &json!("1")));
        assert_eq!(terms["guidelines_url"], "https://courier.example/republish");
        let rules: Vec<&Value> =
            terms["rules"].as_array().unwrap().iter().map(|rule| &rule["code"]).collect();
        assert_eq!(rules, ["credit", "pixel", "canonical", "noindex", "no_images"]);
        let reserved: Vec<&Value> =
            terms["reserved_origins"].as_array().unwrap().iter().map(|origin| &origin["code"]).collect();
        assert_eq!(reserved, ["wire", "unasked"], "by name, the unknown ones too, ours not");
        assert_eq!(terms["reserved_origins"][0]["contact"]["email"], "rights@wire.example");
        assert_eq!(terms["contact"], json!({"email": "republish@courier.example", "subject": "republish"}));
        let package = "https://api.courier.example/v1/articles/{article}/republish";
        assert_eq!(terms["endpoints"]["package"], package);
        assert!(terms["key"].as_str().unwrap().contains("republish@courier.example"));
        // The same until something of it changes.
        let etag = answer.header("etag");
        let again = || desk.anyone().header("if-none-match", etag.as_str());
        again().get("/.well-known/republishing.json").await.expect(304);
        desk.pass(60);
        admin.patch("/v1/admin/origins/unasked", json!({"policy": "allow"})).await.expect(200);
        let changed = again().get("/.well-known/republishing.json").await.expect(200);
        assert_eq!(changed.at("/reserved_origins/1"), Value::Null);
        assert!(changed.header("surrogate-key").contains("origins"));
    }
}

#[actix_web::test]
async fn what_is_not_said_is_in_no_form() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "lamp"})).await;
        for path in ["/.well-known/tdmrep.json", "/rsl.xml"] {
            desk.anyone().get(path).await.problem(404, "not_found");
        }
        let package = desk.anyone().get("/v1/articles/lamp/republish").await.expect(200);
        assert_eq!(package.header("link"), "<https://courier.example/lamp>; rel=\"canonical\"");
        assert_eq!((package.header("tdm-reservation"), package.header("tdm-policy")), Default::default());
        assert_eq!(package.header("x-robots-tag"), "noindex");
    }
}

#[actix_web::test]
async fn one_record_speaks_in_tdmrep_rsl_headers_and_json_ld() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "lamp"})).await;
        let policy = "https://courier.example/mining";
        let license = "https://creativecommons.org/licenses/by-nd/4.0/";
        let said =
            json!({"tdm_reservation": true, "tdm_policy_url": policy, "search": true, "ai_train": false});
        let settings = json!({"name": "Harbour & <Courier>", "license_url": license, "machine_use": said});
        admin.patch("/v1/admin/settings", settings).await.expect(200);
        let mining = desk.anyone().get("/.well-known/tdmrep.json").await.expect(200).json();
        assert_eq!(mining, json!([{"location": "/", "tdm-reservation": 1, "tdm-policy": policy}]));
        let rsl = desk.anyone().get("/rsl.xml").await.expect(200);
        assert_eq!(rsl.header("content-type"), "application/rsl+xml");
        let text = rsl.text();
        for part in [
            "<rsl xmlns=\"https://rslstandard.org/rsl\">",
            "<content url=\"https://courier.example/\">",
            "<permits type=\"usage\">search</permits>",
            "<prohibits type=\"usage\">ai-train</prohibits>",
            "contactEmail=\"republish@courier.example\">Harbour &amp; &lt;Courier&gt;</copyright>",
            "<terms>https://creativecommons.org/licenses/by-nd/4.0/</terms>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("ai-input"), "of which nothing is said");
        for format in ["json", "html", "ninjs"] {
            let uri = format!("/v1/articles/lamp/republish?format={format}");
            let package = desk.anyone().get(&uri).await.expect(200);
            assert_eq!(
                package.header("link"),
                "<https://courier.example/lamp>; rel=\"canonical\", \
                 <https://creativecommons.org/licenses/by-nd/4.0/>; rel=\"license\", \
                 <https://api.courier.example/rsl.xml>; rel=\"license\"; type=\"application/rsl+xml\""
            );
            assert_eq!(
                (package.header("tdm-reservation"), package.header("tdm-policy")),
                ("1".into(), policy.into())
            );
        }
        let json_ld = desk.anyone().get("/v1/articles/lamp/page").await.expect(200).at("/data/seo/json_ld");
        assert_eq!(json_ld["license"], license);
        assert_eq!(json_ld["usageInfo"], "https://courier.example/republish");
        says(&admin, json!({"tdm_reservation": false, "tdm_policy_url": null})).await;
        let open = desk.anyone().get("/.well-known/tdmrep.json").await.expect(200).json();
        assert_eq!(open, json!([{"location": "/", "tdm-reservation": 0}]));
        says(&admin, Value::Null).await;
        desk.anyone().get("/.well-known/tdmrep.json").await.expect(404);
    }
}

#[actix_web::test]
async fn every_element_of_the_licence_of_crawlers_is_closed() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        says(&admin, json!({"search": true, "ai_input": false, "ai_train": false})).await;
        let text = desk.anyone().get("/rsl.xml").await.expect(200).text();
        for element in ["rsl", "content", "license", "permits", "prohibits", "copyright", "terms"] {
            let (open, close) = (format!("<{element}"), format!("</{element}>"));
            assert_eq!(text.matches(&open).count(), text.matches(&close).count(), "{element} in {text}");
        }
        assert_eq!(text.matches("<prohibits ").count(), 2);
    }
}

#[actix_web::test]
async fn wrong_settings_are_told_and_right_ones_go_into_a_bundle_and_back() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let wrong = json!({"license_url": "cc-by", "machine_use": {"tdm_policy_url": "/x", "ai": true}});
        let answer = admin.patch("/v1/admin/settings", wrong).await.problem(422, "invalid_body");
        let mut places: Vec<String> = answer.faults().into_iter().map(|(place, _)| place).collect();
        places.sort();
        assert_eq!(places, ["/license_url", "/machine_use/ai", "/machine_use/tdm_policy_url"]);
        says(&admin, json!({"tdm_reservation": true, "ai_train": false})).await;
        let told = desk.anyone().get("/v1/publication").await.expect(200).at("/data/machine_use");
        let all = json!({"tdm_reservation": true, "tdm_policy_url": null, "search": null, "ai_input": null, "ai_train": false});
        assert_eq!(told, all);
        let bundle = desk.exports();
        desk.imports(&bundle);
        assert_eq!(desk.exports(), bundle);
        assert!(bundle.contains("tdm_reservation"), "{bundle}");
    }
}
