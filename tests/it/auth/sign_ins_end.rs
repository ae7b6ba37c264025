//! What keeps a sign-in up and what ends it, here and on another node.

use futures_util::future::join_all;
use serde_json::json;
use wiredesk::auth::Role;

use crate::harness::{Desk, PASSWORD, Tokens, desks};

const NEXT: &str = "the tide table of last May";

async fn is_in(desk: &Desk, tokens: &Tokens) {
    desk.bearer(&tokens.access).get("/v1/whoami").await.expect(200);
}

async fn is_out(desk: &Desk, tokens: &Tokens) {
    desk.bearer(&tokens.access).get("/v1/whoami").await.problem(401, "invalid_credential");
    desk.refresh(&tokens.refresh).await.expect(401);
}

#[actix_web::test]
async fn auth_08_a_refresh_token_that_comes_again_ends_the_whole_sign_in() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let first = desk.sign_in("ed@courier.example").await;
        let second = Tokens::of(&desk.refresh(&first.refresh).await.expect(200));
        is_in(&desk, &second).await;
        desk.pass(11);
        desk.refresh(&first.refresh).await.problem(401, "refresh_reused");
        desk.refresh(&second.refresh).await.expect(401);
        is_out(&desk, &second).await;
    }
}

#[actix_web::test]
async fn auth_08_one_of_long_ago_ends_it_too_and_a_forged_one_does_not() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let first = desk.sign_in("ed@courier.example").await;
        let second = Tokens::of(&desk.refresh(&first.refresh).await.expect(200));
        let third = Tokens::of(&desk.refresh(&second.refresh).await.expect(200));
        let forged = format!("{}0", &first.refresh[..first.refresh.len() - 1]);
        if forged != first.refresh {
            desk.refresh(&forged).await.problem(401, "invalid_credential");
        }
        is_in(&desk, &third).await;
        desk.refresh(&first.refresh).await.problem(401, "refresh_reused");
        is_out(&desk, &third).await;
    }
}

#[actix_web::test]
async fn auth_09_of_twenty_refreshes_at_once_one_wins_and_stays_signed_in() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let first = desk.sign_in("ed@courier.example").await;
        let answers = join_all((0..20).map(|_| desk.refresh(&first.refresh))).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        assert_eq!(won.len(), 1);
        assert!(lost.iter().all(|answer| answer.status == 401));
        let winner = Tokens::of(won[0]);
        is_in(&desk, &winner).await;
        desk.pass(10);
        desk.refresh(&first.refresh).await.expect(401);
        is_in(&desk, &winner).await;
        desk.refresh(&winner.refresh).await.expect(200);
    }
}

#[actix_web::test]
async fn a_sign_in_lives_two_weeks_idle_and_ninety_days_in_all() {
    for desk in desks() {
        desk.hire("ed@courier.example", Role::Editor).await;
        let idle = desk.sign_in("ed@courier.example").await;
        let mut kept = idle.clone();
        let other = desk.sign_in("ed@courier.example").await;
        for _ in 0..6 {
            desk.pass(14 * 86_400 - 1);
            kept = Tokens::of(&desk.refresh(&kept.refresh).await.expect(200));
        }
        desk.refresh(&other.refresh).await.problem(401, "invalid_credential");
        desk.pass(6 * 86_400 + 6);
        desk.refresh(&kept.refresh).await.problem(401, "invalid_credential");
    }
}

#[actix_web::test]
async fn auth_10_another_password_ends_the_other_sign_ins_on_every_node() {
    for desk in desks() {
        let node = desk.second_node(&[]);
        desk.hire("ed@courier.example", Role::Editor).await;
        let one = desk.sign_in("ed@courier.example").await;
        let two = desk.sign_in("ed@courier.example").await;
        is_in(&node, &two).await;
        let path = "/v1/admin/auth/password";
        let wrong = json!({ "current": NEXT, "new": NEXT });
        let answer = desk.bearer(&one.access).post(path, wrong).await.problem(422, "invalid_body");
        assert_eq!(answer.faults(), [("/current".into(), "wrong_password".into())]);
        let short = json!({ "current": PASSWORD, "new": "short" });
        desk.bearer(&one.access).post(path, short).await.problem(422, "invalid_body");
        let right = json!({ "current": PASSWORD, "new": NEXT });
        let fresh = Tokens::of(&desk.bearer(&one.access).post(path, right).await.expect(200));
        is_out(&node, &two).await;
        is_out(&desk, &two).await;
        desk.bearer(&one.access).get("/v1/whoami").await.problem(401, "invalid_credential");
        is_in(&node, &fresh).await;
        desk.refresh(&fresh.refresh).await.expect(200);
        desk.try_sign_in("ed@courier.example", PASSWORD).await.expect(401);
        desk.try_sign_in("ed@courier.example", NEXT).await.expect(200);
    }
}

#[actix_web::test]
async fn auth_11_a_lesser_role_counts_at_once() {
    for desk in desks() {
        let id = desk.hire("ed@courier.example", Role::Editor).await;
        let tokens = desk.sign_in("ed@courier.example").await;
        let admin = desk.admin().await;
        admin.patch(&format!("/v1/admin/users/{id}"), json!({ "role": "contributor" })).await.expect(200);
        let editor = desk.bearer(&tokens.access);
        editor.post("/v1/admin/authors", json!({ "name": "A" })).await.problem(401, "invalid_credential");
        let again = Tokens::of(&desk.refresh(&tokens.refresh).await.expect(200));
        let demoted = desk.bearer(&again.access);
        demoted.post("/v1/admin/authors", json!({ "name": "A" })).await.problem(403, "forbidden");
    }
}

#[actix_web::test]
async fn auth_11_a_key_has_no_more_rights_than_whoever_it_belongs_to() {
    for desk in desks() {
        desk.hire("abe@courier.example", Role::Admin).await;
        let id = desk.hire("ann@courier.example", Role::Admin).await;
        let ann = desk.bearer(desk.sign_in("ann@courier.example").await.access);
        let made = ann.post("/v1/admin/keys", json!({ "name": "hers", "scope": "admin" })).await.expect(201);
        let key = desk.bearer(made.at("/data/key").as_str().unwrap());
        key.get("/v1/admin/users").await.expect(200);
        let admin = desk.admin().await;
        for (role, users, authors) in [("editor", 403, 201), ("contributor", 403, 403), ("admin", 200, 201)] {
            admin.patch(&format!("/v1/admin/users/{id}"), json!({ "role": role })).await.expect(200);
            key.get("/v1/admin/users").await.expect(users);
            key.post("/v1/admin/authors", json!({ "name": "A" })).await.expect(authors);
        }
    }
}

#[actix_web::test]
async fn auth_12_who_is_disabled_or_signs_out_is_out_with_all_they_hold() {
    for desk in desks() {
        let node = desk.second_node(&[]);
        let id = desk.hire("ann@courier.example", Role::Admin).await;
        let tokens = desk.sign_in("ann@courier.example").await;
        let made = desk
            .bearer(&tokens.access)
            .post("/v1/admin/keys", json!({ "name": "hers", "scope": "write" }))
            .await
            .expect(201);
        let key = made.at("/data/key").as_str().unwrap().to_owned();
        node.bearer(&key).get("/v1/whoami").await.expect(200);

        desk.bearer(&tokens.access).act("/v1/admin/auth/logout").await.expect(204);
        is_out(&desk, &tokens).await;
        is_out(&node, &tokens).await;
        node.bearer(&key).get("/v1/whoami").await.expect(200);

        desk.hire("other@courier.example", Role::Admin).await;
        let tokens = desk.sign_in("ann@courier.example").await;
        let path = format!("/v1/admin/users/{id}");
        let admin = desk.admin().await;
        admin.patch(&path, json!({ "state": "disabled" })).await.expect(200);
        is_out(&desk, &tokens).await;
        is_out(&node, &tokens).await;
        node.bearer(&key).get("/v1/whoami").await.problem(401, "invalid_credential");
        desk.try_sign_in("ann@courier.example", PASSWORD).await.problem(401, "invalid_credential");
        admin.patch(&path, json!({ "state": "active" })).await.expect(200);
        is_out(&desk, &tokens).await;
        desk.sign_in("ann@courier.example").await;
    }
}

#[actix_web::test]
async fn a_key_cannot_sign_out_and_a_password_is_nobody_elses_to_change() {
    for desk in desks() {
        desk.admin().await.act("/v1/admin/auth/logout").await.problem(403, "forbidden");
        desk.anyone().act("/v1/admin/auth/logout").await.problem(401, "missing_credential");
        desk.refresh("wdr_x").await.problem(401, "invalid_credential");
        desk.refresh("wdr_01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a_a_b").await.problem(401, "invalid_credential");
    }
}
