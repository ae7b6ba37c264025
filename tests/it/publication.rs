//! The publication's settings and its origins.

use serde_json::{Value, json};

use crate::harness::desks;

#[actix_web::test]
async fn a_publication_that_set_nothing_says_its_defaults() {
    for desk in desks() {
        let data = desk.anyone().get("/v1/publication").await.expect(200).data();
        for (field, value) in [
            ("article_path", json!("/{slug}")),
            ("section_path", json!("/{path}")),
            ("tag_path", json!("/tag/{slug}")),
            ("author_path", json!("/author/{slug}")),
            ("series_path", json!("/series/{slug}")),
            ("locales", json!(["en"])),
            ("terms_version", json!("1")),
            ("require_alt", json!(false)),
            ("contact", Value::Null),
            ("navigation", json!([])),
        ] {
            assert_eq!(data[field], value, "{field}");
        }
    }
}

#[actix_web::test]
async fn settings_are_changed_by_an_admin_and_shown_at_once() {
    for desk in desks() {
        let admin = desk.admin().await;
        let before = desk.anyone().get("/v1/publication").await.expect(200);
        let patch = json!({
            "name": "The Courier",
            "base_url": "https://Courier.example/",
            "article_path": "/{yyyy}/{mm}/{slug}",
            "locale": "pt-pt",
            "locales": ["EN", "pt-PT", "en"],
            "timezone": "Europe/Lisbon",
            "contact": { "email": "republish@courier.example", "subject": "" },
            "navigation": [
                { "label": "Harbour", "url": "/harbour?x=1" },
                { "label": "Shop", "url": "https://shop.courier.example" },
            ],
        });
        let changed = admin.patch("/v1/admin/settings", patch).await.expect(200);
        assert_eq!(changed.at("/data/base_url"), "https://courier.example");
        assert_eq!(changed.at("/data/locale"), "pt-PT");
        assert_eq!(changed.at("/data/locales"), json!(["en", "pt-PT"]));
        assert_eq!(changed.at("/data/contact/subject"), Value::Null);
        assert_eq!(changed.at("/data/navigation/1/url"), "https://shop.courier.example/");
        let after = desk.anyone().get("/v1/publication").await.expect(200);
        assert_eq!(after.data(), changed.data());
        assert_ne!(after.header("etag"), before.header("etag"));
        let reset = admin.patch("/v1/admin/settings", json!({ "article_path": null })).await.expect(200);
        assert_eq!(reset.at("/data/article_path"), "/{slug}");
        assert_eq!(reset.at("/data/name"), "The Courier");
        let back = reset.data();
        let same = admin.patch("/v1/admin/settings", back).await.expect(200);
        assert_eq!(same.data(), reset.data(), "what a GET gives can be sent back");
    }
}

#[actix_web::test]
async fn every_fault_of_the_settings_is_told_at_once() {
    for desk in desks() {
        let admin = desk.admin().await;
        let patch = json!({
            "name": " ",
            "base_url": "https://courier.example/?a=1",
            "article_path": "/{section}",
            "section_path": "path",
            "tag_path": "/{mm}",
            "author_path": "/a//{slug}",
            "series_path": "/{slug",
            "locale": "english!",
            "locales": ["en", "e"],
            "timezone": "Lisbon",
            "logo": "data:image/png;base64,AAAA",
            "contact": { "email": "republish at courier" },
            "guidelines_url": "//evil.example",
            "terms_version": "a\u{7}",
            "navigation": [{ "label": "x", "url": "//evil.example" }, { "label": "y", "url": "javascript:1" }],
            "base": 1,
        });
        let fields = patch.as_object().unwrap().len();
        let answer = admin.patch("/v1/admin/settings", patch).await.problem(422, "invalid_body");
        let places: std::collections::BTreeSet<String> = answer
            .faults()
            .into_iter()
            .map(|(place, _)| place.split('/').nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(places.len(), fields, "{places:?}");
        assert!(answer.text().contains("would share one path"));
        let list: Vec<String> = answer.faults().into_iter().map(|(place, _)| place).collect();
        assert!(list.contains(&"/navigation/1/url".to_owned()) && list.contains(&"/locales/1".to_owned()));
    }
}

#[actix_web::test]
async fn a_new_template_leaves_live_stories_where_they_are() {
    for desk in desks() {
        desk.furnish().await;
        let editor = desk.editor().await;
        let story = editor.live(json!({ "slug": "fog" })).await;
        let admin = desk.admin().await;
        let patch = json!({ "article_path": "/news/{slug}", "section_path": "/s/{path}" });
        admin.patch("/v1/admin/settings", patch).await.expect(200);
        let card = desk.app().db.read_now(|snapshot| {
            Ok(wiredesk::articles::cards(snapshot, &[story.parse().unwrap()])?.remove(0))
        });
        assert!(card.unwrap().url.ends_with("/fog"));
        let section = desk.anyone().get("/v1/sections/harbour").await.expect(200);
        assert!(section.at("/data/url").as_str().unwrap().ends_with("/s/harbour"));
    }
}

#[actix_web::test]
async fn role_07_settings_and_origins_are_an_admins() {
    for desk in desks() {
        let editor = desk.editor().await;
        editor.get("/v1/admin/settings").await.expect(200);
        editor.get("/v1/admin/origins").await.expect(200);
        editor.patch("/v1/admin/settings", json!({ "name": "X" })).await.problem(403, "forbidden");
        let origin = json!({ "code": "wire", "name": "Wire" });
        editor.post("/v1/admin/origins", origin).await.problem(403, "forbidden");
        desk.anyone().get("/v1/admin/settings").await.problem(401, "missing_credential");
    }
}

#[actix_web::test]
async fn origins_are_kept_by_code_and_an_unknown_policy_is_null() {
    for desk in desks() {
        let admin = desk.admin().await;
        let body =
            json!({ "code": "north-wire", "name": "North Wire", "contact": { "email": "r@wire.example" } });
        let made = admin.post("/v1/admin/origins", body.clone()).await.expect(201);
        assert_eq!(made.at("/data/policy"), Value::Null);
        assert_eq!(made.at("/data/contact/url"), Value::Null);
        let id = made.at("/data/id").as_str().unwrap().to_owned();
        for name in [id.as_str(), &id.to_uppercase(), "north-wire"] {
            let found = admin.get(&format!("/v1/admin/origins/{name}")).await.expect(200);
            assert_eq!(found.data(), made.data());
        }
        admin.post("/v1/admin/origins", body).await.problem(409, "taken");
        let changed =
            admin.patch("/v1/admin/origins/north-wire", json!({ "policy": "ask" })).await.expect(200);
        assert_eq!(changed.at("/data/policy"), "ask");
        assert_eq!(changed.at("/data/contact/email"), "r@wire.example");
        let wrong =
            admin.patch("/v1/admin/origins/north-wire", json!({ "policy": "yes", "code": "a/b" })).await;
        assert_eq!(wrong.problem(422, "invalid_body").faults().len(), 2);
        for bad in ["a%00b", "%FF", "none", "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a"] {
            admin.get(&format!("/v1/admin/origins/{bad}")).await.expect(404);
        }
        admin.delete("/v1/admin/origins/north-wire").await.expect(204);
        admin.get("/v1/admin/origins/north-wire").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn an_origin_that_a_story_comes_from_is_not_deleted() {
    for desk in desks() {
        desk.furnish().await;
        desk.editor().await.draft(json!({})).await;
        let admin = desk.admin().await;
        let answer = admin.delete("/v1/admin/origins/in-house").await.problem(409, "in_use");
        assert_eq!(answer.at("/counts/draft"), 1);
    }
}
