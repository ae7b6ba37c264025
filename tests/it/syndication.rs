//! What a partner publication reads: the stories that it may run, whole, and nothing else.

use serde_json::{Value, json};

use crate::harness::desks;

#[actix_web::test]
async fn a_partner_lists_what_it_may_run_and_reads_it_whole_without_a_picture() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let media = json!({"key": "lamp", "url": "https://media.courier.example/lamp.jpg", "mime": "image/jpeg",
            "alt": "A lamp", "credit": "Photo by N. Body"});
        admin.post("/v1/admin/media", media).await.expect(201);
        let story = admin
            .publishes(json!({"slug": "one", "lead_media": "lamp", "body": {"html":
                "<p>See <a href=\"/pier\">the pier</a>.</p><img src=\"https://media.courier.example/lamp.jpg\" alt=\"A lamp\">"}}))
            .await;
        admin.publishes(json!({"slug": "wired", "origin": "wire"})).await;
        admin.publishes(json!({"slug": "elsewhere", "section": "city"})).await;
        let granted = json!({"name": "P", "terms_version": "1", "grants": [{"section": "harbour"}]});
        let partner = desk.agreed(granted).await;
        let list = partner.get("/v1/syndication/articles?total=true").await.expect(200);
        let slugs: Vec<_> =
            list.data().as_array().unwrap().iter().map(|story| story["slug"].clone()).collect();
        assert_eq!((slugs, list.at("/meta/total")), (vec![json!("one")], json!(1)));
        assert!(!list.text().contains("media.courier.example"), "PART-06");
        assert_eq!(
            partner.get("/v1/syndication/articles?republishable=false").await.expect(200).data(),
            json!([])
        );
        let read = partner.get("/v1/syndication/articles/one").await.expect(200);
        let told = read.text().replace("\\/", "/");
        assert!(told.contains("https://courier.example/pier"), "{told}");
        let id = admin.get("/v1/admin/media/lamp").await.expect(200).at("/data/id");
        assert!(!told.contains("lamp.jpg") && !told.contains("\"url\":\"https://media"), "PART-06: {told}");
        assert_eq!(read.at("/data/omitted/0/credit"), "Photo by N. Body");
        assert_eq!(read.at("/data/rights/assets/0/media"), id);
        assert!(read.at("/data/pixel_html").as_str().unwrap().contains("/p/"));
        assert_eq!(read.at("/data/rights/id"), story["id"]);
        for form in ["blocks", "markdown", "text"] {
            let read = partner.get(&format!("/v1/syndication/articles/one?body={form}")).await.expect(200);
            assert_ne!(read.at(&format!("/data/body/{form}")), Value::Null);
        }
        partner.get("/v1/syndication/articles/wired").await.problem(403, "origin_reserved");
        partner.get("/v1/syndication/articles/elsewhere").await.problem(403, "section_not_granted");
        partner.get("/v1/syndication/articles/nothing").await.problem(404, "not_found");
        partner.get("/v1/syndication/articles?include=authors").await.problem(400, "unknown_parameter");
    }
}

#[actix_web::test]
async fn a_denial_that_no_story_has_a_part_in_closes_the_list_with_its_reasons() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "one"})).await;
        let partner = desk.agreed(json!({"name": "P"})).await;
        let refused = partner.get("/v1/syndication/articles").await.problem(403, "terms_not_accepted");
        assert_eq!(refused.at("/reasons/0/field"), "partner.terms_version");
        partner.get("/v1/syndication/articles/one").await.problem(403, "terms_not_accepted");
    }
}

#[actix_web::test]
async fn part_05_under_an_embargo_a_story_is_read_by_whom_it_was_agreed_with_and_is_unknown_to_everybody_else()
 {
    for desk in desks() {
        desk.set_clock("2026-05-02T09:00:00Z");
        let admin = desk.newsroom().await;
        let story = admin.publishes(json!({"slug": "soon", "embargo_until": "2026-05-02T12:00:00Z"})).await;
        assert_eq!(story["state"], "scheduled");
        let access = json!({"name": "A", "terms_version": "1", "embargo_access": true});
        let a = desk.agreed(access).await;
        let b = desk.partner("B").await;
        let c = desk
            .agreed(json!({"name": "C", "terms_version": "1", "embargo_access": true, "grants": [{"section": "city"}, {"tag": "lighthouses"}]}))
            .await;
        let not_granted = desk.agreed(
            json!({"name": "D", "terms_version": "1", "embargo_access": true, "grants": [{"origin": "wire"}]})).await;
        for partner in [&a, &c] {
            let read = partner.get("/v1/syndication/articles/soon").await.expect(200);
            assert_eq!(read.at("/data/embargo_until"), "2026-05-02T12:00:00.000000Z");
            assert!(read.at("/data/body/html").as_str().unwrap().contains("lamp was lit"));
            assert_eq!(read.at("/data/pixel_html"), Value::Null);
            let refused = partner.get("/v1/articles/soon/republish").await.problem(403, "embargo_active");
            assert_eq!(refused.header("retry-after"), "10800");
            assert!(!refused.text().contains("lamp was lit"));
            let rights = partner.get("/v1/articles/soon/rights").await.expect(200);
            assert_eq!(rights.at("/data/reasons/0/code"), "embargo_active");
            assert_eq!(rights.at("/data/next_change_at"), "2026-05-02T12:00:00.000000Z");
            let asked = partner.post("/v1/rights/resolve", json!({"ids": ["soon"]})).await.expect(200);
            assert_eq!(asked.at("/data/0/reasons/0/code"), "embargo_active");
            partner.get("/v1/articles/soon").await.problem(404, "not_found");
            assert_eq!(partner.get("/v1/syndication/articles").await.expect(200).data(), json!([]));
        }
        for partner in [&b, &not_granted, &desk.anyone()] {
            for uri in [
                "/v1/articles/{}",
                "/v1/articles/{}/rights",
                "/v1/articles/{}/republish",
                "/v1/articles/{}/page",
            ] {
                let soon = partner.get(&uri.replace("{}", "soon")).await.problem(404, "not_found");
                let never = partner.get(&uri.replace("{}", "never")).await.problem(404, "not_found");
                assert_eq!(soon.header("cache-control"), never.header("cache-control"));
            }
            let asked = partner.post("/v1/rights/resolve", json!({"ids": ["soon"]})).await.expect(200);
            assert_eq!(asked.at("/data/0/reasons/0/code"), "not_live");
        }
        b.get("/v1/syndication/articles/soon").await.problem(404, "not_found");
        not_granted.get("/v1/syndication/articles/soon").await.problem(404, "not_found");
        // Merely scheduled is nobody's to read.
        let draft = admin.writes(json!({"slug": "draft"})).await;
        let uri = format!("/v1/admin/articles/{}/schedule", draft["id"].as_str().unwrap());
        admin.post(&uri, json!({"at": "2026-05-02T12:00:00Z"})).await.expect(200);
        a.get("/v1/syndication/articles/draft").await.problem(404, "not_found");
        desk.set_clock("2026-05-02T12:00:00Z");
        desk.keeps_time();
        a.get("/v1/articles/soon/republish").await.expect(200);
        assert_ne!(
            a.get("/v1/syndication/articles/soon").await.expect(200).at("/data/pixel_html"),
            Value::Null
        );
    }
}

#[actix_web::test]
async fn a_story_that_is_read_counts_against_the_quota_as_its_package_does() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.publishes(json!({"slug": "one"})).await;
        admin.publishes(json!({"slug": "two"})).await;
        let quota = json!({"packages": 1, "per": "month"});
        let partner = desk.agreed(json!({"name": "P", "terms_version": "1", "quota": quota})).await;
        partner.get("/v1/syndication/articles/one").await.expect(200);
        partner.get("/v1/articles/one/republish").await.expect(200);
        partner.get("/v1/articles/two/republish").await.problem(403, "quota_exhausted");
        let refused = partner.get("/v1/syndication/articles/two").await.problem(403, "quota_exhausted");
        assert!(!refused.text().contains("lamp was lit"));
        let short = json!({"name": "Q", "terms_version": "1", "text": "summary"});
        let short = desk.agreed(short).await;
        let read = short.get("/v1/syndication/articles/one").await.expect(200);
        assert_eq!(read.at("/data/body"), Value::Null);
        assert!(!read.text().contains("lamp was lit"));
    }
}

#[actix_web::test]
async fn an_old_slug_leads_to_the_present_one_and_part_01_a_cursor_is_its_own_partners() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let story = admin.publishes(json!({"slug": "one"})).await;
        admin.publishes(json!({"slug": "two"})).await;
        let saved = admin.saves(&story, json!({"slug": "new"})).await;
        admin.act(&format!("/v1/admin/articles/{}/publish", saved["id"].as_str().unwrap())).await.expect(200);
        let (a, b) = (desk.partner("A").await, desk.partner("B").await);
        let moved = a.get("/v1/syndication/articles/one?body=text").await.expect(301);
        assert!(moved.header("location").ends_with("/v1/syndication/articles/new?body=text"));
        for list in ["/v1/syndication/articles?limit=1", "/v1/articles?limit=1"] {
            let page = a.get(list).await.expect(200);
            let next = page.at("/links/next").as_str().unwrap().to_owned();
            let next = &next[next.find("/v1/").unwrap()..];
            a.get(next).await.expect(200);
            b.get(next).await.problem(400, "invalid_cursor");
        }
    }
}
