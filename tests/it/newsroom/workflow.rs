//! From idea to publication: states, who may move a story, notes, the desk's list and its calendar.

use serde_json::{Value, json};
use wiredesk::auth::Role;

use crate::harness::{Answer, Call, desks};

pub fn uri(story: &Value, action: &str) -> String {
    format!("/v1/admin/articles/{}/{action}", story["id"].as_str().unwrap())
}

pub async fn warnings(answer: &Answer) -> Vec<String> {
    let warnings = answer.at("/meta/warnings");
    warnings.as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_story_is_handed_in_sent_back_approved_and_published() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let cora = desk.staff("cora@courier.example", Role::Contributor).await;
        let story = cora.writes(json!({})).await;
        editor.act(&uri(&story, "approve")).await.problem(409, "invalid_state");
        assert_eq!(cora.act(&uri(&story, "submit")).await.expect(200).at("/data/state"), "in_review");
        cora.act(&uri(&story, "submit")).await.problem(409, "invalid_state");
        editor.post(&uri(&story, "return"), json!({})).await.problem(422, "invalid_body");
        let back = editor.post(&uri(&story, "return"), json!({"note": "Who lit it?"})).await.expect(200);
        assert_eq!((back.at("/data/state"), back.at("/data/notes")), (json!("draft"), json!("Who lit it?")));
        cora.act(&uri(&story, "submit")).await.expect(200);
        assert_eq!(editor.act(&uri(&story, "approve")).await.expect(200).at("/data/state"), "approved");
        assert_eq!(editor.act(&uri(&story, "publish")).await.expect(200).at("/data/article/state"), "live");
        editor.act(&uri(&story, "submit")).await.problem(409, "invalid_state");
    }
}

#[actix_web::test]
async fn role_03_a_contributor_works_on_their_own_until_it_is_approved() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let cora = desk.staff("cora@courier.example", Role::Contributor).await;
        let carl = desk.staff("carl@courier.example", Role::Contributor).await;
        let story = cora.writes(json!({})).await;
        let path = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
        let nothing = "/v1/admin/articles/01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f";
        for address in [path.as_str(), nothing] {
            let carl = carl.clone().header("if-match", "*");
            carl.get(address).await.problem(404, "not_found");
            carl.patch(address, json!({"headline": "Mine"})).await.problem(404, "not_found");
            carl.delete(address).await.problem(404, "not_found");
            for action in ["submit", "restore", "duplicate", "preview-tokens"] {
                carl.act(&format!("{address}/{action}")).await.problem(404, "not_found");
            }
            for action in ["publish", "unpublish", "approve", "unschedule"] {
                carl.act(&format!("{address}/{action}")).await.problem(403, "forbidden");
            }
        }
        for action in ["publish", "approve", "unpublish", "unschedule"] {
            cora.act(&uri(&story, action)).await.problem(403, "forbidden");
        }
        let later = json!({"at": "2027-01-01T00:00:00Z"});
        cora.post(&uri(&story, "schedule"), later).await.problem(403, "forbidden");
        let gone = json!({"kind": "withdraw", "public_reason": "No."});
        cora.post(&uri(&story, "retract"), gone).await.problem(403, "forbidden");
        cora.act(&uri(&story, "submit")).await.expect(200);
        let forced = cora.clone().header("if-match", "*");
        forced.patch(&path, json!({"headline": "Still mine"})).await.expect(200);
        editor.act(&uri(&story, "approve")).await.expect(200);
        forced.patch(&path, json!({"headline": "Too late"})).await.problem(403, "forbidden");
        cora.get(&path).await.expect(200);
        assert_eq!(titles(&carl.get("/v1/admin/articles").await.expect(200)), [""; 0]);
        assert_eq!(titles(&cora.get("/v1/admin/articles").await.expect(200)), ["Still mine"]);
    }
}

#[actix_web::test]
async fn whoever_has_a_story_now_sees_it() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let cora = desk.staff("cora@courier.example", Role::Contributor).await;
        let me = cora.get("/v1/admin/users/me").await;
        let story = editor.writes(json!({})).await;
        let path = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
        cora.get(&path).await.problem(404, "not_found");
        let id = match me.status {
            200 => me.at("/data/id"),
            _ => user_of(&editor, "cora@courier.example").await,
        };
        editor.saves(&story, json!({"assignee": id})).await;
        cora.get(&path).await.expect(200);
        let mine = cora.get("/v1/admin/articles?assignee=me").await.expect(200);
        assert_eq!(titles(&mine), ["Last night at the lighthouse"]);
    }
}

async fn user_of(admin: &Call<'_>, email: &str) -> Value {
    let users = admin.get("/v1/admin/users?limit=100").await.expect(200).data();
    users.as_array().unwrap().iter().find(|user| user["email"] == email).unwrap()["id"].clone()
}

fn titles(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    data.as_array().unwrap().iter().map(|story| story["headline"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn the_desk_s_list_has_filters_and_a_calendar() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let plain = json!({"code": "own2", "name": "Weekend", "in_house": true, "policy": "allow"});
        editor.post("/v1/admin/origins", plain).await.expect(201);
        let editor = desk.staff("edgar@courier.example", Role::Editor).await;
        editor.writes(json!({"headline": "One", "type": "opinion", "tags": []})).await;
        desk.pass(10);
        let two = editor.writes(json!({"headline": "Two", "section": "city", "authors": []})).await;
        desk.pass(10);
        let three = editor.writes(json!({"headline": "Three", "origin": "own2"})).await;
        let list = |query: &str| {
            let (editor, uri) = (editor.clone(), format!("/v1/admin/articles?{query}"));
            async move { titles(&editor.get(&uri).await.expect(200)) }
        };
        assert_eq!(list("").await, ["Three", "Two", "One"]);
        assert_eq!(list("sort=updated_at").await, ["One", "Two", "Three"]);
        assert_eq!(list("section=city").await, ["Three", "Two", "One"]);
        assert_eq!(list("section=harbour").await, ["Three", "One"]);
        assert_eq!(list("author=ines-duarte").await, ["Three", "One"]);
        assert_eq!(list("tag=lighthouses").await, ["Three", "Two"]);
        assert_eq!(list("type=opinion").await, ["One"]);
        assert_eq!(list("origin=own2").await, ["Three"]);
        assert_eq!(list("origin=nobody").await, [""; 0]);
        assert_eq!(list("q=tw").await, ["Two"]);
        assert_eq!(list("locale=en&state=draft&owner=me").await, ["Three", "Two", "One"]);
        let uri_of = |story: &Value| uri(story, "schedule");
        editor.post(&uri_of(&two), json!({"at": "2027-03-01T10:00:00Z"})).await.expect(200);
        editor.post(&uri_of(&three), json!({"at": "2027-02-01T10:00:00Z"})).await.expect(200);
        assert_eq!(list("sort=scheduled_at").await, ["Three", "Two"]);
        assert_eq!(list("sort=scheduled_at&scheduled_before=2027-03-01T10:00:00Z").await, ["Three"]);
        let first = editor.get("/v1/admin/articles?sort=scheduled_at&limit=1").await.expect(200);
        let next = first.at("/links/next");
        let next = next.as_str().unwrap().trim_start_matches("https://api.courier.example");
        assert_eq!(titles(&editor.get(next).await.expect(200)), ["Two"]);
        let trashed = editor.clone().header("if-match", "*");
        trashed.delete(uri(&two, "").trim_end_matches('/')).await.expect(204);
        assert_eq!(list("trashed=true").await, ["Two"]);
        assert_eq!(list("sort=scheduled_at").await, ["Three"]);
    }
}

#[actix_web::test]
async fn a_bulk_action_tells_what_became_of_each_story() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let whole = editor.writes(json!({"slug": "whole"})).await;
        let bare = editor.post("/v1/admin/articles", json!({"slug": "bare"})).await.expect(201).data();
        let ask = json!({"ids": [whole["id"], "bare", "nowhere"], "action": "publish"});
        let results = editor.post("/v1/admin/bulk-actions", ask).await.expect(200).data();
        let told = |place: usize| (results[place]["status"].clone(), results[place]["code"].clone());
        assert_eq!(told(0), (json!(200), Value::Null));
        assert_eq!(told(1), (json!(422), json!("invalid_body")));
        assert_eq!(told(2), (json!(404), json!("not_found")));
        assert_eq!(results[0]["article"]["state"], "live");
        assert_eq!(editor.get(uri(&bare, "").trim_end_matches('/')).await.at("/data/state"), "draft");
        let many: Vec<String> = (0..101).map(|number| format!("story-{number}")).collect();
        let ask = json!({"ids": many, "action": "publish"});
        editor.post("/v1/admin/bulk-actions", ask).await.problem(422, "invalid_body");
        let ask = json!({"ids": ["bare"], "action": "return"});
        let refused = editor.post("/v1/admin/bulk-actions", ask).await.problem(422, "invalid_body");
        assert_eq!(refused.faults()[0].0, "/note");
    }
}

#[actix_web::test]
async fn a_lock_tells_who_works_on_a_story_and_stops_no_save() {
    for desk in desks() {
        desk.newsroom().await;
        let editor = desk.staff("edgar@courier.example", Role::Editor).await;
        let second = desk.staff("edda@courier.example", Role::Editor).await;
        let story = editor.writes(json!({})).await;
        let lock = uri(&story, "lock");
        let held = editor.put(&lock, json!({})).await.expect(200);
        let refused = second.put(&lock, json!({})).await.problem(409, "locked");
        assert_eq!(refused.at("/lock/user"), held.at("/data/user"));
        let path = lock.trim_end_matches("/lock");
        assert_eq!(second.get(path).await.expect(200).at("/data/lock/user"), held.at("/data/user"));
        second.saves(&story, json!({"headline": "Saved all the same"})).await;
        second.delete(&lock).await.expect(204);
        assert_eq!(second.get(path).await.expect(200).at("/data/lock/user"), held.at("/data/user"));
        second.put(&lock, json!({"takeover": true})).await.expect(200);
        editor.put(&lock, json!({})).await.problem(409, "locked");
        desk.pass(601);
        assert_eq!(second.get(path).await.expect(200).at("/data/lock"), Value::Null);
        editor.put(&lock, json!({})).await.expect(200);
        editor.delete(&lock).await.expect(204);
        assert_eq!(second.get(path).await.expect(200).at("/data/lock"), Value::Null);
    }
}

#[actix_web::test]
async fn a_duplicate_is_a_draft_of_its_own() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let dates = json!({"expires_at": "2027-01-01T00:00:00Z", "path": "/special/one"});
        let story = editor.publishes(dates).await;
        let correction = json!({"kind": "correction", "text": "It was two."});
        editor.post(&uri(&story, "corrections"), correction).await.expect(200);
        let copy = editor.act(&uri(&story, "duplicate")).await.expect(201).data();
        assert_eq!(copy["state"], "draft");
        assert_eq!(copy["slug"], "last-night-at-the-lighthouse-2");
        assert_eq!(copy["headline"], story["headline"]);
        assert_eq!(copy["body"], story["body"]);
        for dateless in ["path", "expires_at", "published_at", "first_published_at", "live_revision"] {
            assert_eq!(copy[dateless], Value::Null, "{dateless}");
        }
        assert_eq!(copy["corrections"], json!([]));
    }
}
