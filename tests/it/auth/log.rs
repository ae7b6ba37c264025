//! What the log tells of sign-ins, users and keys, and what it never holds.

use diesel::prelude::*;
use serde_json::json;
use wiredesk::auth::Role;
use wiredesk::db::schema::{api_keys, changes, sessions, users};

use crate::harness::{Desk, PASSWORD, Tokens, desks};

type Line = (String, String, String, String);

fn log(desk: &Desk) -> Vec<Line> {
    let read = desk.app().db.read_now(|snapshot| {
        let rows = changes::table.order(changes::seq).select((
            changes::kind,
            changes::audience,
            changes::actor,
            changes::detail,
        ));
        Ok(rows.load::<Line>(&mut **snapshot)?)
    });
    read.unwrap()
}

/// Everything that is stored of credentials, as text.
fn stored(desk: &Desk) -> String {
    let read = desk.app().db.read_now(|snapshot| {
        let conn = &mut **snapshot;
        let keys: Vec<(String, String)> =
            api_keys::table.select((api_keys::hash, api_keys::hint)).load(conn)?;
        let refresh: Vec<(String, Option<String>)> =
            sessions::table.select((sessions::refresh_hash, sessions::previous_hash)).load(conn)?;
        let hashes: Vec<Option<String>> = users::table.select(users::password_hash).load(conn)?;
        Ok(format!("{keys:?}{refresh:?}{hashes:?}"))
    });
    read.unwrap()
}

#[actix_web::test]
async fn role_09_what_was_tried_and_done_is_in_the_log_for_staff_alone_and_without_a_secret() {
    for desk in desks() {
        let id = desk.hire("ann@courier.example", Role::Admin).await;
        desk.anyone()
            .from("203.0.113.1")
            .post(
                "/v1/admin/auth/login",
                json!({ "email": "ann@courier.example", "password": "not this one" }),
            )
            .await
            .expect(401);
        desk.try_sign_in("a password in the wrong field", "x").await.expect(401);
        let tokens = desk.sign_in("ann@courier.example").await;
        let next = Tokens::of(&desk.refresh(&tokens.refresh).await.expect(200));
        let ann = desk.bearer(&next.access);
        let made = ann.post("/v1/admin/keys", json!({ "name": "k", "scope": "admin" })).await.expect(201);
        let key = made.at("/data/key").as_str().unwrap().to_owned();
        ann.delete(&made.header("location")).await.expect(204);
        ann.act("/v1/admin/auth/logout").await.expect(204);

        let lines = log(&desk);
        let kinds: Vec<&str> = lines.iter().map(|line| line.0.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "user.created",
                "session.failed",
                "session.failed",
                "session.opened",
                "key.created",
                "key.revoked",
                "session.ended"
            ]
        );
        assert!(lines.iter().all(|line| line.1 == "staff"));
        assert_eq!(lines[1].2, "anonymous");
        assert!(lines[1].3.contains("203.0.113.1"));
        assert!(lines[3..].iter().all(|line| line.2 == format!("user:{id}")));
        let all = format!("{lines:?}{}", stored(&desk));
        for secret in
            [PASSWORD, "not this one", "wrong field", &key, &tokens.access, &tokens.refresh, &next.refresh]
        {
            assert!(!all.contains(secret), "{secret}");
        }
        let secret_part = key.rsplit('_').next().unwrap();
        assert!(!all.contains(secret_part));
    }
}

#[actix_web::test]
async fn a_refused_request_changes_nothing() {
    for desk in desks() {
        let admin = desk.admin().await;
        let before = log(&desk).len();
        admin.post("/v1/admin/users", json!({ "email": "x" })).await.expect(422);
        admin.post("/v1/admin/keys", json!({ "name": "k", "scope": "partner" })).await.expect(422);
        desk.editor().await.post("/v1/admin/partners", json!({ "name": "P" })).await.expect(403);
        // The editor's key is the one thing that was made.
        assert_eq!(log(&desk).len(), before + 1);
    }
}
