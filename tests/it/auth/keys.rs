//! API keys and the partners that they speak for.

use serde_json::{Value, json};
use wiredesk::auth::{Role, Scope};

use crate::harness::{Call, desks};

async fn made(admin: &Call<'_>, body: Value) -> (String, String) {
    let answer = admin.post("/v1/admin/keys", body).await.expect(201);
    let text = |name: &str| answer.at(&format!("/data/{name}")).as_str().unwrap().to_owned();
    let (id, key, hint) = (text("id"), text("key"), text("hint"));
    assert!(key.ends_with(&hint) && hint.len() == 4);
    assert_eq!(answer.header("location"), format!("/v1/admin/keys/{id}"));
    (id, key)
}

#[actix_web::test]
async fn a_key_is_shown_once_and_is_what_its_scope_says() {
    for desk in desks() {
        let admin = desk.admin().await;
        for (scope, scopes, role) in [
            ("read", json!(["read"]), Value::Null),
            ("write", json!(["read", "write"]), json!("editor")),
            ("admin", json!(["read", "write", "admin"]), json!("admin")),
        ] {
            let (id, key) = made(&admin, json!({ "name": "site", "scope": scope })).await;
            assert!(key.starts_with(&format!("wd_{scope}_")));
            let who = desk.bearer(&key).get("/v1/whoami").await.expect(200);
            assert_eq!(
                who.data(),
                json!({ "kind": "key", "name": "site", "scopes": scopes, "role": role, "partner": null })
            );
            desk.anyone().header("x-api-key", &key).get("/v1/whoami").await.expect(200);
            let list = admin.get("/v1/admin/keys").await.expect(200);
            assert!(list.text().contains(&id) && !list.text().contains(&key));
        }
    }
}

#[actix_web::test]
async fn a_partners_key_speaks_for_the_partner() {
    for desk in desks() {
        let admin = desk.admin().await;
        let partner = admin.post("/v1/admin/partners", json!({ "name": "The Ferryman" })).await.expect(201);
        assert_eq!(partner.at("/data/slug"), "the-ferryman");
        admin
            .post("/v1/admin/partners", json!({ "name": "X", "slug": "the-ferryman" }))
            .await
            .problem(409, "slug_taken");
        let again = admin.post("/v1/admin/partners", json!({ "name": "The Ferryman" })).await.expect(201);
        assert_eq!(again.at("/data/slug"), "the-ferryman-2");
        let by_slug = admin.get("/v1/admin/partners/the-ferryman").await.expect(200);
        assert_eq!(by_slug.data(), partner.data());
        admin.get("/v1/admin/partners/nobody").await.problem(404, "not_found");
        let all = admin.get("/v1/admin/partners").await.expect(200);
        assert_eq!(all.data().as_array().unwrap().len(), 2);

        let path = "/v1/admin/partners/the-ferryman/keys";
        let key = admin.post(path, json!({ "name": "site" })).await.expect(201);
        let key = key.at("/data/key").as_str().unwrap().to_owned();
        let who = desk.bearer(&key).get("/v1/whoami").await.expect(200).data();
        assert_eq!(who["scopes"], json!(["read", "partner"]));
        assert_eq!(
            who["partner"],
            json!({
                "slug": "the-ferryman", "state": "active", "terms_version": null, "terms_due": "1",
                "grants": [], "quota": null
            })
        );
        let (_, other) =
            made(&admin, json!({ "name": "b", "scope": "partner", "partner": "the-ferryman" })).await;
        desk.bearer(other).get("/v1/whoami").await.expect(200);
        for body in [
            json!({ "name": "b", "scope": "partner" }),
            json!({ "name": "b", "scope": "partner", "partner": "nobody" }),
            json!({ "name": "b", "scope": "read", "partner": "the-ferryman" }),
        ] {
            let answer = admin.post("/v1/admin/keys", body).await.problem(422, "invalid_body");
            assert_eq!(answer.faults()[0].0, "/partner");
        }
    }
}

#[actix_web::test]
async fn auth_05_a_bad_credential_is_never_taken_for_nobody() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let token = desk.sign_in("ed@courier.example").await.access;
        let admin = desk.admin().await;
        let (id, key) = made(&admin, json!({ "name": "site", "scope": "read" })).await;
        desk.bearer(&key).get("/v1/authors").await.expect(200);
        let last = if key.ends_with('a') { "b" } else { "a" };
        let other = format!("{}{last}", &key[..key.len() - 1]);
        let bad = |answer: crate::harness::Answer, code: &str| {
            assert_eq!(answer.problem(401, code).header("www-authenticate"), "Bearer");
        };
        bad(desk.bearer(other).get("/v1/authors").await, "invalid_credential");
        admin.delete(&format!("/v1/admin/keys/{id}")).await.expect(204);
        admin.delete(&format!("/v1/admin/keys/{id}")).await.expect(204);
        bad(desk.bearer(&key).get("/v1/authors").await, "invalid_credential");
        desk.pass(931);
        bad(desk.bearer(&token).get("/v1/authors").await, "token_expired");
        for word in ["", "x", "wd_", "wd_read_", "wd_read_x_y", "a.b.c", "..."] {
            let answer =
                desk.anyone().header("authorization", format!("Bearer {word}")).get("/v1/authors").await;
            bad(answer, "invalid_credential");
        }
        let basic = desk.anyone().header("authorization", "Basic YTpi").get("/v1/authors").await;
        bad(basic, "invalid_credential");
        admin.delete("/v1/admin/keys/nothing").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn auth_06_two_credentials_are_one_too_many_and_a_query_is_no_place_for_one() {
    for desk in desks() {
        let (one, two) = (desk.key(Scope::Read).await, desk.key(Scope::Read).await);
        let both = desk.bearer(&one).header("x-api-key", &two);
        both.get("/v1/authors").await.problem(400, "ambiguous_credential");
        let twice = desk.bearer(&one).header("authorization", format!("Bearer {two}"));
        twice.get("/v1/authors").await.problem(400, "ambiguous_credential");
        for name in ["api_key", "access_token"] {
            for path in ["/v1/authors", "/v1/whoami"] {
                let call = if path == "/v1/whoami" { desk.bearer(&one) } else { desk.anyone() };
                let answer =
                    call.get(&format!("{path}?{name}={one}")).await.problem(400, "unknown_parameter");
                assert_eq!(answer.faults()[0].0, name);
                assert!(!answer.text().contains(&one));
            }
        }
    }
}

#[actix_web::test]
async fn auth_07_a_wrong_secret_and_an_unknown_id_are_told_alike() {
    for desk in desks() {
        let key = desk.key(Scope::Read).await;
        let wrong = format!("{}{}", &key[..key.len() - 43], "x".repeat(43));
        let parts: Vec<&str> = key.split('_').collect();
        let unknown = format!("wd_read_01938f5e7c1a7b6e9a553c2f1d0e4b8a_{}", parts[3]);
        let other_kind = key.replace("wd_read_", "wd_admin_");
        let id = "fixed-request-id";
        let mut bodies = Vec::new();
        for key in [wrong, unknown, other_kind] {
            let answer = desk.bearer(key).header("x-request-id", id).get("/v1/whoami").await.expect(401);
            bodies.push(answer.text());
        }
        assert!(bodies.iter().all(|body| *body == bodies[0]));
    }
}

#[actix_web::test]
async fn auth_17_a_key_is_good_from_its_addresses_and_until_its_end() {
    for desk in desks() {
        let admin = desk.admin().await;
        admin.post("/v1/admin/partners", json!({ "name": "The Ferryman" })).await.expect(201);
        let body = json!({
            "name": "site", "addresses": ["203.0.113.0/24", "2001:db8::7"], "expires_at": "2026-05-02T09:30:00Z"
        });
        let key = admin.post("/v1/admin/partners/the-ferryman/keys", body).await.expect(201);
        let key = key.at("/data/key").as_str().unwrap().to_owned();
        let from = |address: &str| desk.bearer(&key).from(address);
        from("203.0.113.9").get("/v1/whoami").await.expect(200);
        from("::ffff:203.0.113.9").get("/v1/whoami").await.expect(200);
        from("2001:db8::7").get("/v1/whoami").await.expect(200);
        from("198.51.100.1").get("/v1/whoami").await.problem(403, "address_not_allowed");
        let forged = from("198.51.100.1").header("x-forwarded-for", "203.0.113.9");
        forged.get("/v1/whoami").await.problem(403, "address_not_allowed");
        desk.set_clock("2026-05-02T09:29:59Z");
        from("203.0.113.9").get("/v1/whoami").await.expect(200);
        desk.pass(1);
        from("203.0.113.9").get("/v1/whoami").await.problem(401, "invalid_credential");
        for (body, place) in [
            (json!({ "name": "a", "scope": "read", "expires_at": "2026-05-02T09:30:00Z" }), "/expires_at"),
            (json!({ "name": "a", "scope": "read", "addresses": ["here"] }), "/addresses/0"),
        ] {
            let answer = admin.post("/v1/admin/keys", body).await.problem(422, "invalid_body");
            assert_eq!(answer.faults()[0].0, place);
        }
    }
}

#[actix_web::test]
async fn a_trusted_proxy_is_believed_and_what_stands_left_of_a_stranger_is_not() {
    for desk in desks() {
        let node = desk.second_node(&[("WIREDESK_TRUSTED_PROXIES", "10.0.0.0/8")]);
        let admin = desk.admin().await;
        let body = json!({ "name": "site", "scope": "read", "addresses": ["203.0.113.9"] });
        let (_, key) = made(&admin, body).await;
        let through =
            |forwarded: &str| node.bearer(&key).from("10.0.0.1").header("x-forwarded-for", forwarded);
        for good in ["203.0.113.9", "198.51.100.1, 203.0.113.9", "203.0.113.9, 10.2.3.4", "203.0.113.9:4711"]
        {
            through(good).get("/v1/whoami").await.expect(200);
        }
        for bad in ["203.0.113.9, 198.51.100.1", "203.0.113.9, nonsense", "198.51.100.1:80"] {
            through(bad).get("/v1/whoami").await.problem(403, "address_not_allowed");
        }
    }
}
