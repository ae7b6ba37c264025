//! Who reaches which stories: roles, desks, and the table that is printed (SECURITY-CASES ROLE).

use serde_json::{Value, json};
use wiredesk::auth::Role;

use super::workflow::uri;
use crate::harness::{Call, Desk, desks};

/// An editor who is limited to a section.
async fn limited<'d>(desk: &'d Desk, admin: &Call<'_>, section: &str) -> Call<'d> {
    let user = desk.hire("edda@courier.example", Role::Editor).await;
    let limit = json!({ "desks": [section] });
    let limited = admin.patch(&format!("/v1/admin/users/{user}"), limit).await.expect(200);
    assert_eq!(limited.at("/data/desks/0/slug"), section);
    desk.bearer(desk.sign_in("edda@courier.example").await.access)
}

#[actix_web::test]
async fn role_04_an_editor_of_a_desk_reaches_its_stories_alone() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        admin.post("/v1/admin/sections", json!({"slug": "sport", "name": "Sport"})).await.expect(201);
        let edda = limited(&desk, &admin, "city").await;
        let ours = admin.writes(json!({"slug": "ours", "section": "harbour"})).await;
        let theirs = admin.writes(json!({"slug": "theirs", "section": "sport"})).await;
        let nowhere = admin.writes(json!({"slug": "nowhere", "section": null})).await;
        let path = |story: &Value| uri(story, "").trim_end_matches('/').to_owned();
        edda.get(&path(&ours)).await.expect(200);
        let edda_forced = edda.clone().header("if-match", "*");
        for story in [&theirs, &nowhere] {
            edda.get(&path(story)).await.problem(404, "not_found");
            edda_forced.patch(&path(story), json!({"section": "harbour"})).await.problem(404, "not_found");
            edda.act(&uri(story, "publish")).await.problem(404, "not_found");
        }
        edda_forced.patch(&path(&ours), json!({"section": "sport"})).await.problem(403, "forbidden");
        assert_eq!(edda.get(&path(&ours)).await.expect(200).at("/data/revision"), 1);
        edda_forced.patch(&path(&ours), json!({"section": "city"})).await.expect(200);
        edda.act(&uri(&ours, "publish")).await.expect(200);
        let outside = json!({"headline": "x", "section": "sport"});
        edda.post("/v1/admin/articles", outside).await.problem(403, "forbidden");
        let list = edda.get("/v1/admin/articles").await.expect(200).data();
        assert_eq!(list.as_array().unwrap().len(), 1);
        assert_eq!(edda.get("/v1/admin/articles?section=sport").await.expect(200).data(), json!([]));
        let desk_of_edda = admin.delete("/v1/admin/sections/city").await.problem(409, "in_use");
        assert!(desk_of_edda.at("/counts").is_object());
        let bulk = json!({"ids": ["ours", "theirs"], "action": "unpublish"});
        let results = edda.post("/v1/admin/bulk-actions", bulk).await.expect(200).data();
        assert_eq!((results[0]["status"].clone(), results[1]["status"].clone()), (json!(200), json!(404)));
        // What the desk is merged into is the desk from then on.
        admin.post("/v1/admin/sections/city/merge", json!({"into": "sport"})).await.expect(200);
        edda.get(&path(&theirs)).await.expect(200);
    }
}

#[actix_web::test]
async fn an_author_publishes_their_own_where_they_may() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let user = desk.hire("aldo@courier.example", Role::Author).await;
        let aldo = desk.bearer(desk.sign_in("aldo@courier.example").await.access);
        let own = aldo.writes(json!({"slug": "own"})).await;
        let other = admin.writes(json!({"slug": "other"})).await;
        aldo.act(&uri(&own, "publish")).await.problem(403, "forbidden");
        admin.patch(&format!("/v1/admin/users/{user}"), json!({"may_publish": true})).await.expect(200);
        aldo.act(&uri(&own, "publish")).await.expect(200);
        aldo.act(&uri(&other, "publish")).await.problem(404, "not_found");
        aldo.saves(&own, json!({"headline": "Still theirs"})).await;
        let gone = json!({"kind": "kill", "public_reason": "No."});
        aldo.post(&uri(&own, "retract"), gone).await.problem(403, "forbidden");
    }
}

#[actix_web::test]
async fn role_07_somebody_changes_their_own_name_and_nothing_else_of_themselves() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let user = desk.hire("aldo@courier.example", Role::Author).await;
        let link = json!({"author": "ines-duarte"});
        let linked = admin.patch(&format!("/v1/admin/users/{user}"), link).await.expect(200);
        assert_eq!(linked.at("/data/author/slug"), "ines-duarte");
        let aldo = desk.bearer(desk.sign_in("aldo@courier.example").await.access);
        let me = aldo.get("/v1/admin/users/me").await.expect(200);
        assert_eq!((me.at("/data/id"), me.at("/data/author/slug")), (json!(user), json!("ines-duarte")));
        let renamed = aldo.patch("/v1/admin/users/me", json!({"name": "Aldo Reis"})).await.expect(200);
        assert_eq!(renamed.at("/data/name"), "Aldo Reis");
        for field in ["role", "state", "email", "may_publish", "desks"] {
            let refused = aldo.patch("/v1/admin/users/me", json!({ field: "admin" })).await;
            assert_eq!(refused.problem(422, "invalid_body").faults()[0].0, format!("/{field}"));
        }
        aldo.get(&format!("/v1/admin/users/{user}")).await.problem(403, "forbidden");
        desk.reader().await.get("/v1/admin/users/me").await.problem(403, "forbidden");
        admin.get("/v1/admin/users/me").await.problem(403, "forbidden");
        admin.post("/v1/admin/authors", json!({"slug": "lone", "name": "Lone"})).await.expect(201);
        let user_path = format!("/v1/admin/users/{user}");
        admin.patch(&user_path, json!({"author": "lone"})).await.expect(200);
        assert_eq!(
            admin.delete("/v1/admin/authors/lone").await.problem(409, "in_use").at("/counts/users"),
            1
        );
        admin.patch(&user_path, json!({"author": "ines-duarte"})).await.expect(200);
        admin.delete("/v1/admin/authors/lone").await.expect(204);
        let wrong = json!({"author": "nobody", "desks": ["harbour", "nowhere"]});
        let refused =
            admin.patch(&format!("/v1/admin/users/{user}"), wrong).await.problem(422, "invalid_body");
        let places: Vec<String> = refused.faults().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/author", "/desks/1"]);
        admin.post("/v1/admin/authors", json!({"slug": "gil", "name": "Gil"})).await.expect(201);
        admin.post("/v1/admin/authors/ines-duarte/merge", json!({"into": "gil"})).await.expect(200);
        assert_eq!(aldo.get("/v1/admin/users/me").await.expect(200).at("/data/author/slug"), "gil");
    }
}

#[actix_web::test]
async fn the_table_of_roles_tells_what_is_asked() {
    for desk in desks() {
        let cora = desk.staff("cora@courier.example", Role::Contributor).await;
        let roles = cora.get("/v1/admin/roles").await.expect(200).data();
        let reach = |role: usize, action: &str| {
            let may = roles[role]["may"].as_array().unwrap();
            may.iter().find(|may| may["action"] == action).unwrap()["reach"].clone()
        };
        assert_eq!((reach(0, "change"), reach(0, "publish")), (json!("own_until_approved"), json!("none")));
        assert_eq!(
            (reach(1, "publish"), reach(1, "retract")),
            (json!("own_where_may_publish"), json!("none"))
        );
        assert_eq!((reach(2, "retract"), reach(3, "retract")), (json!("all"), json!("all")));
        assert_eq!(roles[3]["role"], "admin");
    }
}
