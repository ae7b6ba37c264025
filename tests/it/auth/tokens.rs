//! Access tokens: what is believed of one, and when.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384};
use wiredesk::auth::Role;
use wiredesk::auth::secrets::Purpose;

use crate::harness::{Desk, desks};

/// The parts of a token.
fn parts(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap()
}

fn read(part: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn key(desk: &Desk) -> [u8; 32] {
    desk.app().auth.secrets.signing_key(Purpose::AccessToken).1
}

/// A token signed with our secret, whatever it says.
fn signed(desk: &Desk, header: &Value, claims: &Value) -> String {
    let message = message(header, claims);
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key(desk)).unwrap();
    mac.update(message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn message(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

fn with(value: &Value, name: &str, member: Value) -> Value {
    let mut value = value.clone();
    value[name] = member;
    value
}

fn without(value: &Value, name: &str) -> Value {
    let mut value = value.clone();
    value.as_object_mut().unwrap().remove(name);
    value
}

async fn is_refused(desk: &Desk, token: &str, what: &str) {
    println!("{what}");
    desk.bearer(token).get("/v1/whoami").await.problem(401, "invalid_credential");
}

#[actix_web::test]
async fn auth_01_a_token_of_another_algorithm_or_signature_is_refused() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let token = desk.sign_in("ed@courier.example").await.access;
        let other = desk.sign_in("ed@courier.example").await.access;
        desk.bearer(&token).get("/v1/whoami").await.expect(200);
        let [header, claims, signature] = parts(&token);
        let (header_read, claims_read) = (read(&header), read(&claims));
        for alg in ["none", "None", "HS384", "RS256"] {
            let header = with(&header_read, "alg", json!(alg));
            let signed_so = signed(&desk, &header, &claims_read);
            is_refused(&desk, &signed_so, alg).await;
            is_refused(&desk, &format!("{}.", message(&header, &claims_read)), alg).await;
            is_refused(&desk, &format!("{}.{signature}", message(&header, &claims_read)), alg).await;
        }
        let hs384 = message(&with(&header_read, "alg", json!("HS384")), &claims_read);
        let mut mac = <Hmac<Sha384> as KeyInit>::new_from_slice(&key(&desk)).unwrap();
        mac.update(hs384.as_bytes());
        let seal = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        is_refused(&desk, &format!("{hs384}.{seal}"), "a true HS384").await;
        is_refused(&desk, &format!("{header}.{claims}."), "no signature").await;
        is_refused(&desk, &format!("{header}.{claims}"), "two parts").await;
        is_refused(&desk, &format!("{header}.{claims}.{}", parts(&other)[2]), "another's signature").await;
    }
}

#[actix_web::test]
async fn auth_02_a_token_with_a_strange_header_or_claim_is_refused() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let [header, claims, _] = parts(&desk.sign_in("ed@courier.example").await.access);
        let (header, claims) = (read(&header), read(&claims));
        let again = signed(&desk, &header, &claims);
        desk.bearer(again).get("/v1/whoami").await.expect(200);

        for kid in ["unknown", "../../dev/null", "' OR 1=1", &"k".repeat(10_000)] {
            is_refused(&desk, &signed(&desk, &with(&header, "kid", json!(kid)), &claims), "kid").await;
        }
        is_refused(&desk, &signed(&desk, &without(&header, "kid"), &claims), "no kid").await;
        is_refused(&desk, &signed(&desk, &without(&header, "typ"), &claims), "no typ").await;
        is_refused(&desk, &signed(&desk, &with(&header, "typ", json!("JWT")), &claims), "typ").await;
        for (name, value) in [
            ("jku", json!("http://127.0.0.1:1/keys")),
            ("jwk", json!({ "kty": "oct", "k": "AAAA" })),
            ("x5u", json!("http://127.0.0.1:1/cert")),
            ("crit", json!(["exp"])),
        ] {
            is_refused(&desk, &signed(&desk, &with(&header, name, value), &claims), name).await;
        }
        let hour_ahead = json!(claims["iat"].as_i64().unwrap() + 3600);
        for (name, value) in [
            ("exp", json!(claims["exp"].to_string())),
            ("exp", json!(claims["exp"].as_f64().unwrap() + 0.5)),
            ("exp", json!(-1)),
            ("exp", Value::Null),
            ("nbf", hour_ahead.clone()),
            ("iat", hour_ahead),
            ("aud", json!("wiredesk:another:staff")),
            ("aud", json!([claims["aud"]])),
            ("iss", json!("wiredesk:another")),
            ("epoch", json!(0)),
            ("sub", json!("01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")),
            ("sid", json!("01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")),
        ] {
            is_refused(&desk, &signed(&desk, &header, &with(&claims, name, value)), name).await;
        }
        for name in ["exp", "iat", "nbf", "aud", "iss", "sub", "sid", "epoch"] {
            is_refused(&desk, &signed(&desk, &header, &without(&claims, name)), name).await;
        }
    }
}

#[actix_web::test]
async fn auth_03_a_token_made_for_one_purpose_is_nothing_elsewhere() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        desk.hire("ann@courier.example", Role::Admin).await;
        let tokens = desk.sign_in("ed@courier.example").await;
        is_refused(&desk, &tokens.refresh, "a refresh token").await;
        let page = desk.admin().await.get("/v1/admin/users?limit=1").await.expect(200);
        let next = page.at("/links/next").as_str().unwrap().to_owned();
        is_refused(&desk, next.split("cursor=").nth(1).unwrap(), "a cursor").await;
        desk.refresh(&tokens.access).await.problem(401, "invalid_credential");
    }
}

#[actix_web::test]
async fn auth_04_a_token_lives_as_long_as_the_secret_that_signed_it() {
    let one = "k1:one secret of thirty-two characters";
    let two = "k2:two secret of thirty-two characters";
    for desk in desks() {
        let before = desk.second_node(&[("WIREDESK_SECRETS", one)]);
        before.hire("ed@courier.example", Role::Editor).await;
        let token = before.sign_in("ed@courier.example").await.access;
        let both = desk.second_node(&[("WIREDESK_SECRETS", &format!("{two},{one}"))]);
        both.bearer(&token).get("/v1/whoami").await.expect(200);
        let after = desk.second_node(&[("WIREDESK_SECRETS", two)]);
        after.bearer(&token).get("/v1/whoami").await.problem(401, "invalid_credential");
    }
}

#[actix_web::test]
async fn r63_clocks_that_differ_by_half_a_minute_do_no_harm() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        for (ahead, status, code) in [
            (10, 200, ""),
            (29, 200, ""),
            (31, 401, "invalid_credential"),
            (3600, 401, "invalid_credential"),
            (-10, 200, ""),
            (-31, 200, ""),
            (-3600, 401, "token_expired"),
        ] {
            let other = desk.second_node(&[]);
            other.pass(ahead);
            println!("made on a clock ahead by {ahead} s");
            let tokens = other.sign_in("ed@courier.example").await;
            let answer = desk.bearer(tokens.access).get("/v1/whoami").await.expect(status);
            if status != 200 {
                answer.problem(status, code);
            }
            desk.refresh(&tokens.refresh).await.expect(200);
        }
        let tokens = desk.sign_in("ed@courier.example").await;
        desk.pass(900 + 29);
        desk.bearer(&tokens.access).get("/v1/whoami").await.expect(200);
        desk.pass(2);
        desk.bearer(&tokens.access).get("/v1/whoami").await.problem(401, "token_expired");
        desk.refresh(&tokens.refresh).await.expect(200);
    }
}
