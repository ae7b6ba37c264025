//! Signing in: what is answered, what it costs, how often it may fail.

use actix_web::http::header::HeaderMap;
use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::json;
use wiredesk::auth::Role;
use wiredesk::db::Actor;
use wiredesk::db::schema::users;

use crate::harness::{Answer, Desk, PASSWORD, desks};

const LOGIN: &str = "/v1/admin/auth/login";
const WRONG: &str = "not a quiet harbour at all";

fn comparable(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let names = |headers: &HeaderMap| {
        let mut pairs: Vec<(String, String)> = headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"))
            // The CORS layer of each worker prints its list of names in an order of its own.
            .map(|(name, value)| {
                let mut words: Vec<&str> = value.to_str().unwrap().split(", ").collect();
                words.sort_unstable();
                (name.to_string(), words.join(", "))
            })
            .collect();
        pairs.sort();
        pairs
    };
    let id = answer.header("x-request-id");
    (answer.status, names(&answer.headers), answer.text().replace(&id, "ID"))
}

async fn try_from(desk: &Desk, address: &str, email: &str, password: &str) -> Answer {
    desk.anyone().from(address).post(LOGIN, json!({ "email": email, "password": password })).await
}

#[actix_web::test]
async fn a_member_of_staff_signs_in_and_is_who_they_are() {
    for desk in desks() {
        let id = desk.hire("Ed@Courier.example", Role::Editor).await;
        let answer = desk.try_sign_in(" ed@courier.EXAMPLE ", PASSWORD).await.expect(200);
        assert_eq!(answer.at("/data/expires_in"), 900);
        assert_eq!(answer.at("/data/user/id"), json!(id));
        assert_eq!(answer.at("/data/user/last_sign_in_at"), "2026-05-01T09:30:00.000000Z");
        assert!(!answer.header("wiredesk-sequence").is_empty());
        let token = answer.at("/data/access_token").as_str().unwrap().to_owned();
        let who = desk.bearer(token).get("/v1/whoami").await.expect(200).data();
        assert_eq!(
            who,
            json!({ "kind": "user", "name": "Ed", "scopes": ["read", "write"], "role": "editor", "partner": null })
        );
        desk.anyone().get("/v1/whoami").await.problem(401, "missing_credential");
    }
}

#[actix_web::test]
async fn auth_13_an_unknown_e_mail_costs_and_tells_what_a_wrong_password_does() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let passwords = &desk.app().auth.passwords;
        let before = passwords.verified();
        let wrong = desk.try_sign_in("ed@courier.example", WRONG).await.problem(401, "invalid_credential");
        assert_eq!(passwords.verified(), before + 1);
        let unknown = desk.try_sign_in("nobody@courier.example", WRONG).await;
        assert_eq!(passwords.verified(), before + 2);
        assert_eq!(comparable(&wrong), comparable(&unknown));
    }
}

#[actix_web::test]
async fn auth_14_a_stranger_cannot_lock_an_editor_out() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        for _ in 0..5 {
            try_from(&desk, "203.0.113.1", "ed@courier.example", WRONG).await.expect(401);
        }
        let refused = try_from(&desk, "203.0.113.1", "ed@courier.example", PASSWORD).await;
        let refused = refused.problem(429, "rate_limited");
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=901).contains(&seconds), "{seconds}");
        try_from(&desk, "203.0.113.2", "ed@courier.example", PASSWORD).await.expect(200);
        desk.pass(seconds as i64);
        try_from(&desk, "203.0.113.1", "ed@courier.example", PASSWORD).await.expect(200);
    }
}

#[actix_web::test]
async fn auth_15_no_other_spelling_of_account_or_address_gets_around_the_count() {
    for desk in desks() {
        desk.hire("ed@x", Role::Editor).await;
        for _ in 0..5 {
            try_from(&desk, "203.0.113.1", "ed@x", WRONG).await.expect(401);
        }
        let verified = desk.app().auth.passwords.verified();
        for email in ["ED@X ", "ｅｄ＠ｘ", "Ed@x"] {
            try_from(&desk, "203.0.113.1", email, PASSWORD).await.problem(429, "rate_limited");
        }
        for forwarded in ["198.51.100.1", "198.51.100.2"] {
            let call = desk.anyone().from("203.0.113.1").header("x-forwarded-for", forwarded);
            let body = json!({ "email": "ed@x", "password": PASSWORD });
            call.post(LOGIN, body).await.problem(429, "rate_limited");
        }
        let body = json!({ "email": "ed@x", "password": PASSWORD, "extra": 1 });
        let answer = desk.anyone().from("203.0.113.1").post(LOGIN, body).await;
        let answer = answer.problem(422, "invalid_body");
        assert_eq!(answer.faults(), [("/extra".into(), "unknown_field".into())]);
        assert!(!answer.text().contains(PASSWORD));
        assert_eq!(desk.app().auth.passwords.verified(), verified);
    }
}

#[actix_web::test]
async fn an_address_is_stopped_after_thirty_failures_and_a_network_of_ipv6_is_one_address() {
    for desk in desks() {
        for number in 0..30 {
            let address = format!("2001:db8:0:1::{number:x}");
            try_from(&desk, &address, &format!("nobody{number}@x"), WRONG).await.expect(401);
        }
        try_from(&desk, "2001:db8:0:1:ffff::1", "other@x", WRONG).await.problem(429, "rate_limited");
        try_from(&desk, "2001:db8:0:2::1", "other@x", WRONG).await.expect(401);
    }
}

#[actix_web::test]
async fn auth_16_passwords_have_a_length_and_weak_hashes_are_replaced() {
    for desk in desks() {
        let admin = desk.admin().await;
        for (length, status) in [(11, 422), (12, 201), (256, 201), (257, 422)] {
            let email = format!("p{length}@x");
            let password = "ö".repeat(length);
            let body = json!({ "email": email, "name": "P", "role": "author", "password": password });
            admin.post("/v1/admin/users", body).await.expect(status);
            let verified = desk.app().auth.passwords.verified();
            let answer = desk.try_sign_in(&email, &password).await;
            match length {
                12 | 256 => answer.expect(200),
                257 => {
                    assert_eq!(desk.app().auth.passwords.verified(), verified);
                    answer.problem(422, "invalid_body")
                }
                _ => answer.problem(401, "invalid_credential"),
            };
        }
        let long = "a".repeat(100);
        let body = json!({ "email": "long@x", "name": "L", "role": "author", "password": long });
        admin.post("/v1/admin/users", body).await.expect(201);
        let differs = format!("{}b{}", "a".repeat(79), "a".repeat(20));
        desk.try_sign_in("long@x", &differs).await.problem(401, "invalid_credential");

        desk.hire("weak@x", Role::Author).await;
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(4096, 1, 1, None).unwrap());
        let weak: phc::PasswordHash = weak.hash_password(PASSWORD.as_bytes()).unwrap();
        store_hash(&desk, "weak@x", &weak.to_string()).await;
        desk.try_sign_in("weak@x", WRONG).await.expect(401);
        assert!(stored_hash(&desk, "weak@x").contains("m=4096,t=1"));
        desk.sign_in("weak@x").await;
        assert!(stored_hash(&desk, "weak@x").contains("m=19456,t=2,p=1"));
        desk.sign_in("weak@x").await;
    }
}

async fn store_hash(desk: &Desk, email: &str, hash: &str) {
    let sql = format!("UPDATE users SET password_hash = '{hash}' WHERE email_key = '{email}'");
    let stored = desk.app().db.write(Actor::system(), move |tx| Ok(tx.batch_execute(&sql)?));
    stored.await.unwrap();
}

fn stored_hash(desk: &Desk, email: &str) -> String {
    let hash = desk.app().db.read_now(|snapshot| {
        let row = users::table.filter(users::email_key.eq(email)).select(users::password_hash);
        Ok(row.first::<Option<String>>(&mut **snapshot)?)
    });
    hash.unwrap().unwrap()
}

#[actix_web::test]
async fn a_sign_in_body_is_small_and_named_whole_in_its_faults() {
    for desk in desks() {
        let large = json!({ "email": "x".repeat(9000), "password": "x" });
        desk.anyone().post(LOGIN, large).await.problem(413, "body_too_large");
        let answer = desk.anyone().post(LOGIN, json!({ "mail": "x" })).await.problem(422, "invalid_body");
        assert_eq!(answer.faults().len(), 3);
        desk.anyone().act(LOGIN).await.expect(415);
    }
}

#[actix_web::test]
async fn dos_07_two_hundred_sign_ins_at_once_are_answered_and_few_are_hashed_together() {
    for desk in desks() {
        let tries = (0..200).map(|number| {
            let desk = &desk;
            async move {
                let address = format!("10.0.{}.{}", number / 100, number % 100);
                try_from(desk, &address, &format!("n{number}@x"), WRONG).await
            }
        });
        let statuses: Vec<u16> =
            futures_util::future::join_all(tries).await.iter().map(|answer| answer.status).collect();
        assert!(statuses.iter().all(|status| matches!(status, 401 | 503)), "{statuses:?}");
        assert!(statuses.contains(&401) && statuses.contains(&503), "{statuses:?}");
    }
}
