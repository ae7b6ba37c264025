//! What stands before every route: hosts, forged headers, odd addresses, what is told to caches and logs.

use serde_json::json;

use crate::harness::{Desk, desks, document};

#[actix_web::test]
async fn cache_01_what_a_request_says_of_hosts_and_methods_changes_nothing() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({})).await;
        let plain = desk.anyone().get("/v1/articles").await.expect(200);
        for (name, value) in [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example;proto=http"),
            ("x-original-url", "/v1/admin/articles"),
            ("x-rewrite-url", "/v1/admin/articles"),
            ("x-http-method-override", "DELETE"),
            ("x-preview", "1"),
            ("cookie", "session=1; preview=1"),
        ] {
            let forged = desk.anyone().header(name, value).get("/v1/articles").await.expect(200);
            assert_eq!(forged.text(), plain.text(), "{name}");
            assert_eq!(forged.header("etag"), plain.header("etag"), "{name}");
            assert!(forged.header("set-cookie").is_empty());
        }
        assert!(plain.text().contains("https://api.courier.example/v1/articles"));
        assert_eq!(plain.header("strict-transport-security"), "max-age=31536000");
    }
}

#[actix_web::test]
async fn cache_01_where_hosts_are_named_no_other_is_served() {
    let desk = Desk::on_sqlite(&[("WIREDESK_HOSTS", "api.courier.example, localhost")]);
    for (host, status) in [
        ("api.courier.example", 200),
        ("API.courier.example:443", 200),
        ("localhost:8080", 200),
        ("evil.example", 421),
        ("api.courier.example.evil.example", 421),
        ("evil.example:443", 421),
        ("", 421),
    ] {
        let answer = desk.anyone().header("host", host).get("/v1/articles").await;
        assert_eq!(answer.status, status, "{host}");
        if status == 421 {
            assert_eq!(answer.at("/code"), "unknown_host");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    let forwarded = desk.anyone().header("host", "localhost").header("x-forwarded-host", "evil.example");
    forwarded.get("/v1/articles").await.expect(200);
}

#[actix_web::test]
async fn cache_02_what_was_refused_or_is_the_staff_s_is_kept_nowhere() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let refused = [
            desk.anyone().get("/v1/articles?nonsense=1").await.expect(400),
            desk.anyone().get("/v1/admin/articles").await.expect(401),
            desk.reader().await.get("/v1/admin/articles").await.expect(403),
            desk.anyone().send("DELETE", "/v1/articles", None).await.expect(405),
            editor.post("/v1/admin/articles", json!({"headline": 1})).await.expect(422),
            editor.get("/v1/admin/articles").await.expect(200),
            desk.reader().await.get("/v1/whoami").await.expect(200),
        ];
        for answer in refused {
            assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.text());
        }
        let missing = desk.anyone().get("/v1/articles/nowhere").await.expect(404).header("cache-control");
        assert!(missing.contains("max-age") && !missing.contains("stale"), "{missing}");
    }
}

#[actix_web::test]
async fn role_02_no_other_spelling_of_an_address_gets_past_its_guard() {
    for desk in desks() {
        desk.newsroom().await;
        for address in [
            "/v1/admin/articles/",
            "/v1//admin/articles",
            "/v1/%61dmin/articles",
            "/V1/admin/articles",
            "/v1/articles/../admin/articles",
            "/v1/articles/..%2Fadmin%2Farticles",
            "//v1/admin/articles",
        ] {
            let answer = desk.anyone().get(address).await;
            assert!(matches!(answer.status, 401 | 404), "{address}: {}", answer.status);
            assert!(answer.header("location").is_empty(), "{address}");
        }
    }
}

#[actix_web::test]
async fn inj_07_a_request_s_id_is_the_client_s_only_where_it_is_harmless() {
    for desk in desks() {
        let kept = desk.anyone().header("x-request-id", "Abc-123").get("/v1/articles").await;
        assert_eq!(kept.header("x-request-id"), "Abc-123");
        let long = "a".repeat(65);
        for id in ["", "a b", "a\"b", "a;b", "é", long.as_str()] {
            let answer = desk.anyone().header("x-request-id", id).get("/v1/articles/nowhere").await;
            let told = answer.header("x-request-id");
            assert_ne!(told, id);
            assert_eq!(answer.at("/request_id"), told);
            assert!(told.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{told}");
        }
    }
}

#[actix_web::test]
async fn inj_09_the_documentation_shows_our_document_alone() {
    let desk = Desk::on_sqlite(&[]);
    for query in ["", "?url=https://evil.example/o.json", "?configUrl=https://evil.example/c.json"] {
        let page = desk.anyone().get(&format!("/docs/{query}")).await.expect(200);
        let policy = page.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("connect-src 'self'"), "{policy}");
        assert!(!page.text().contains("evil.example"));
    }
    let script = desk.anyone().get("/docs/swagger-initializer.js").await.expect(200).text();
    assert!(script.contains("/openapi.json") && !script.contains("https://"), "{script}");
}

#[actix_web::test]
async fn every_operation_tells_head_and_options_and_405_by_the_document() {
    let desk = Desk::on_sqlite(&[]);
    for (path, item) in document()["paths"].as_object().unwrap() {
        if path.contains('{') || item.get("get").is_none() || path.starts_with("/v1/admin") {
            continue;
        }
        let (get, head) = (desk.anyone().get(path).await, desk.anyone().head(path).await);
        assert_eq!(get.status, head.status, "{path}");
        assert!(head.text().is_empty(), "{path}");
        let refused = desk.anyone().send("FOO", path, None).await.problem(405, "method_not_allowed");
        assert!(refused.header("allow").contains("GET, HEAD"), "{path}");
    }
}
