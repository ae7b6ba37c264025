//! What stands at a path of the publication's site.

use serde_json::json;

use crate::harness::desks;

#[actix_web::test]
async fn a_path_leads_to_whatever_is_public_there() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"path": "/special/page"})).await;
        let found =
            async |path: &str| desk.anyone().get(&format!("/v1/resolve?path={path}")).await.expect(200);
        for (path, kind, slug, url) in [
            ("/special/page", "article", "last-night-at-the-lighthouse", "/special/page"),
            ("/city/harbour", "section", "harbour", "/city/harbour"),
            ("/city", "section", "city", "/city"),
            ("/tag/lighthouses", "tag", "lighthouses", "/tag/lighthouses"),
            ("/author/ines-duarte", "author", "ines-duarte", "/author/ines-duarte"),
        ] {
            let answer = found(path).await;
            assert_eq!(answer.at("/data/kind"), kind, "{path}");
            assert_eq!(answer.at("/data/slug"), slug);
            assert_eq!(answer.at("/data/url"), format!("https://courier.example{url}"));
            assert!(answer.at("/data/id").is_string());
        }
        for (uri, code) in [
            ("/v1/resolve?path=nothing", "invalid_parameter"),
            ("/v1/resolve?path=/a//b", "invalid_parameter"),
            ("/v1/resolve?path=/a%2500", "invalid_parameter"),
            ("/v1/resolve?path=%00", "invalid_parameter"),
            ("/v1/resolve", "invalid_parameter"),
        ] {
            desk.anyone().get(uri).await.problem(400, code);
        }
        for path in
            ["/none", "/tag/none", "/city/none", "/none/harbour", "/city/harbour/", "/tag/lighthouses/x"]
        {
            desk.anyone().get(&format!("/v1/resolve?path={path}")).await.problem(404, "not_found");
        }
    }
}

#[actix_web::test]
async fn an_old_path_leads_to_the_present_address() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "one"})).await;
        editor.patch("/v1/admin/tags/lighthouses", json!({"slug": "lights"})).await.expect(200);
        editor.patch("/v1/admin/sections/harbour", json!({"slug": "port", "parent": null})).await.expect(200);
        for (path, url) in [
            ("/tag/lighthouses", "https://courier.example/tag/lights"),
            ("/city/harbour", "https://courier.example/port"),
            ("/port", "https://courier.example/port"),
        ] {
            let answer = desk.anyone().get(&format!("/v1/resolve?path={path}")).await.expect(200);
            assert_eq!(answer.at("/data/url"), url, "{path}");
        }
    }
}

#[actix_web::test]
async fn templates_are_read_backwards() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let templates = json!({"article_path": "/{section}/{yyyy}/{mm}/{slug}", "section_path": "/s/{path}"});
        editor.patch("/v1/admin/settings", templates).await.expect(200);
        editor.publishes(json!({"slug": "one"})).await;
        for (path, status) in [
            ("/city/harbour/2026/05/one", 200),
            ("/city/2026/05/one", 200),
            ("/city/2026/5/one", 404),
            ("/s/city/harbour", 200),
            ("/s/harbour", 200),
            ("/city/harbour", 404),
        ] {
            let answer = desk.anyone().get(&format!("/v1/resolve?path={path}")).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.text());
        }
    }
}

#[actix_web::test]
async fn leak_13_the_old_paths_of_what_is_off_the_site_lead_nowhere() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "s1"})).await;
        editor.saves(&story, json!({"slug": "s2"})).await;
        let id = story["id"].as_str().unwrap();
        editor.act(&format!("/v1/admin/articles/{id}/publish")).await.expect(200);
        editor.act(&format!("/v1/admin/articles/{id}/unpublish")).await.expect(200);
        let draft = editor.writes(json!({"slug": "d1"})).await;
        editor.saves(&draft, json!({"slug": "d2"})).await;
        let headers = |answer: &crate::harness::Answer, slug: &str| {
            let mut headers: Vec<String> = answer
                .headers
                .iter()
                .filter(|(name, _)| {
                    !["x-request-id", "access-control-expose-headers"].contains(&name.as_str())
                })
                .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap().replace(slug, "X")))
                .collect();
            headers.sort();
            headers
        };
        for base in ["/v1/articles/", "/v1/resolve?path=/"] {
            let never = desk.anyone().get(&format!("{base}n1")).await.problem(404, "not_found");
            for slug in ["s1", "s2", "d1", "d2"] {
                let answer = desk.anyone().get(&format!("{base}{slug}")).await.problem(404, "not_found");
                assert_eq!(headers(&answer, slug), headers(&never, "n1"), "{base}{slug}");
                assert_eq!(answer.at("/detail"), never.at("/detail"));
            }
        }
    }
}
