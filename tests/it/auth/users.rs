//! The people of the newsroom: who may look after them, and who is always left.

use serde_json::json;
use wiredesk::auth::Role;

use crate::harness::{PASSWORD, desks};

#[actix_web::test]
async fn an_admin_makes_reads_lists_and_changes_users() {
    for desk in desks() {
        let admin = desk.admin().await;
        let body = json!({ "email": "Ines@Courier.example", "name": "Inês", "role": "author", "password": PASSWORD });
        let made = admin.post("/v1/admin/users", body.clone()).await.expect(201);
        assert!(!made.text().contains(PASSWORD) && !made.text().contains("argon2"));
        let path = made.header("location");
        assert_eq!(admin.get(&path).await.expect(200).data(), made.data());
        let mut taken = body;
        taken["email"] = json!("ines@courier.EXAMPLE");
        admin.post("/v1/admin/users", taken).await.problem(409, "taken");
        desk.sign_in("ines@courier.example").await;

        let changed =
            admin.patch(&path, json!({ "name": "Inês Duarte", "may_publish": true })).await.expect(200);
        assert_eq!(changed.at("/data/name"), "Inês Duarte");
        assert_eq!(changed.at("/data/may_publish"), true);
        assert_eq!(changed.at("/data/role"), "author");
        desk.sign_in("ines@courier.example").await;
        admin.patch(&path, json!({ "password": "the tide table of last May" })).await.expect(200);
        desk.try_sign_in("ines@courier.example", PASSWORD).await.expect(401);
        desk.try_sign_in("ines@courier.example", "the tide table of last May").await.expect(200);

        let unset = json!({ "email": "b@x", "name": "Ben", "role": "author" });
        admin.post("/v1/admin/users", unset).await.expect(201);
        desk.try_sign_in("b@x", PASSWORD).await.problem(401, "invalid_credential");
        let wrong = json!({ "email": "x", "name": " ", "role": "king", "password": "short", "id": 1 });
        let answer = admin.post("/v1/admin/users", wrong).await.problem(422, "invalid_body");
        assert_eq!(answer.faults().len(), 5, "{}", answer.text());
        admin.get("/v1/admin/users/01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a").await.problem(404, "not_found");
        admin.get("/v1/admin/users/ines").await.problem(404, "not_found");

        let page = admin.get("/v1/admin/users?limit=1").await.expect(200);
        assert_eq!(page.at("/data/0/name"), "Ben");
        let next = page.at("/links/next").as_str().unwrap().replace("https://api.courier.example", "");
        let page = admin.get(&next).await.expect(200);
        assert_eq!(page.at("/data/0/name"), "Inês Duarte");
        assert!(page.at("/links/next").is_null());
        let found = admin.get("/v1/admin/users?q=ines").await.expect(200);
        assert_eq!(found.data().as_array().unwrap().len(), 1);
    }
}

#[actix_web::test]
async fn role_07_nobody_but_an_admin_looks_after_people_keys_and_partners() {
    for desk in desks() {
        desk.hire("ann@courier.example", Role::Admin).await;
        let author = desk.staff("au@courier.example", Role::Author).await;
        let editor = desk.staff("ed@courier.example", Role::Editor).await;
        let own = desk.hire("own@courier.example", Role::Author).await;
        let callers = [author, editor, desk.editor().await, desk.reader().await, desk.partner("P").await];
        for caller in callers {
            for patch in [json!({ "role": "admin" }), json!({ "state": "active" }), json!({ "email": "e@x" })]
            {
                caller.patch(&format!("/v1/admin/users/{own}"), patch).await.problem(403, "forbidden");
            }
            let user = json!({ "email": "n@x", "name": "N", "role": "admin" });
            caller.post("/v1/admin/users", user).await.problem(403, "forbidden");
            let key = json!({ "name": "k", "scope": "admin" });
            caller.post("/v1/admin/keys", key).await.problem(403, "forbidden");
            caller.post("/v1/admin/partners", json!({ "name": "N" })).await.problem(403, "forbidden");
            caller.post("/v1/admin/partners/p/keys", json!({ "name": "N" })).await.problem(403, "forbidden");
            for path in ["/v1/admin/users", "/v1/admin/keys", "/v1/admin/partners"] {
                caller.get(path).await.problem(403, "forbidden");
            }
        }
        for path in ["/v1/admin/users", "/v1/admin/keys", "/v1/admin/partners"] {
            desk.anyone().get(path).await.problem(401, "missing_credential");
        }
    }
}

#[actix_web::test]
async fn role_08_the_last_admin_stays() {
    for desk in desks() {
        let admin = desk.admin().await;
        let ann = desk.hire("ann@courier.example", Role::Admin).await;
        let path = format!("/v1/admin/users/{ann}");
        admin.patch(&path, json!({ "role": "editor" })).await.problem(409, "last_admin");
        admin.patch(&path, json!({ "state": "disabled" })).await.problem(409, "last_admin");
        assert_eq!(admin.get(&path).await.at("/data/role"), "admin");
        admin.patch(&path, json!({ "name": "Ann" })).await.expect(200);
        let bea = desk.hire("bea@courier.example", Role::Admin).await;
        admin.patch(&path, json!({ "state": "disabled" })).await.expect(200);
        let path = format!("/v1/admin/users/{bea}");
        admin.patch(&path, json!({ "role": "author" })).await.problem(409, "last_admin");
    }
}

#[actix_web::test]
async fn two_admins_cannot_demote_each_other_at_once() {
    for desk in desks() {
        let admin = desk.admin().await;
        let ann = format!("/v1/admin/users/{}", desk.hire("ann@courier.example", Role::Admin).await);
        let bea = format!("/v1/admin/users/{}", desk.hire("bea@courier.example", Role::Admin).await);
        let (one, two) = futures_util::future::join(
            admin.patch(&ann, json!({ "role": "editor" })),
            admin.patch(&bea, json!({ "role": "editor" })),
        )
        .await;
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}
