//! Saves that name what they were made from: `If-Match` on all that is not a story.

use futures_util::future::join_all;
use serde_json::{Value, json};
use wiredesk::auth::Role;

use crate::harness::{Answer, Call, desks, document};

/// What is not held against an ETag: keys and grants are taken back and never changed.
const UNTAGGED: [&str; 2] = ["/v1/admin/keys/", "/v1/admin/partners/{partner}/"];

/// The saves of the newsroom's side, but for those of stories: method and path.
fn saves() -> Vec<(String, String)> {
    let mut saves = Vec::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        let is_ours = path.starts_with("/v1/admin/") && !path.starts_with("/v1/admin/articles");
        if !is_ours || UNTAGGED.iter().any(|start| path.starts_with(start)) {
            continue;
        }
        for (method, operation) in item.as_object().unwrap() {
            if matches!(method.as_str(), "put" | "patch" | "delete") || path.ends_with("/merge") {
                let takes = operation["parameters"].as_array().unwrap();
                let header = json!({"$ref": "#/components/parameters/If-Match"});
                assert!(takes.contains(&header), "{method} {path}");
                assert!(operation["responses"]["412"].is_object(), "{method} {path}");
                saves.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    saves
}

/// What is made to be saved over, below `/v1/admin/`, and a change of it.
fn made_of(list: &str, number: usize) -> (Value, Value) {
    let named = |patch: Value| (json!({"name": format!("Number {number}")}), patch);
    let key = format!("number-{number}");
    match list {
        "authors" => named(json!({"bio": "Covers the harbour."})),
        "sections" => named(json!({"position": 7})),
        "tags" => named(json!({"description": "When the water comes."})),
        "series" => (json!({"title": key}), json!({"description": "In five parts."})),
        "media" => {
            (json!({"key": key, "url": "https://media.courier.example/a.jpg"}), json!({"alt": "A pier"}))
        }
        "origins" => (json!({"code": key, "name": key}), json!({"url": "https://wire.example/"})),
        "lists" => (json!({"key": key, "title": key, "items": []}), json!({"title": "Front"})),
        "appeals" => {
            (json!({"key": key, "title": key, "paragraphs": ["Read."]}), json!({"paragraphs": ["Pay."]}))
        }
        "webhooks" => (json!({"url": format!("https://hooks.example/{key}")}), json!({"active": false})),
        "partners" => named(json!({"group": "islands"})),
        "redirects" => (json!({"from": format!("/{key}"), "to": "/x"}), json!({"status": 302})),
        "users" => (
            json!({"email": format!("{key}@courier.example"), "name": key, "role": "author"}),
            json!({"may_publish": true}),
        ),
        other => panic!("what is made in {other}?"),
    }
}

/// A resource that is there, and a change of it.
struct There {
    uri: String,
    patch: Value,
}

async fn there(admin: &Call<'_>, path: &str, number: usize) -> There {
    match path {
        "/v1/admin/settings" => {
            There { uri: path.to_owned(), patch: json!({"name": format!("Courier {number}")}) }
        }
        "/v1/admin/users/me" => {
            There { uri: path.to_owned(), patch: json!({"name": format!("Ada {number}")}) }
        }
        _ => {
            let list = path.split('/').nth(3).unwrap();
            let (body, patch) = made_of(list, number);
            let made = admin.post(&format!("/v1/admin/{list}"), body).await.expect(201);
            let uri = format!("/v1/admin/{list}/{}", made.at("/data/id").as_str().unwrap());
            assert_eq!(made.header("etag"), admin.get(&uri).await.expect(200).header("etag"), "{path}");
            There { uri, patch }
        }
    }
}

impl There {
    async fn save(&self, caller: &Call<'_>, method: &str, path: &str, into: &str) -> Answer {
        match method {
            "PATCH" => caller.patch(&self.uri, self.patch.clone()).await,
            "DELETE" => caller.delete(&self.uri).await,
            "POST" if path.ends_with("/merge") => {
                caller.post(&format!("{}/merge", self.uri), json!({"into": into})).await
            }
            other => panic!("how is {other} {path} sent?"),
        }
    }
}

/// The id of what a thing is merged into; empty where nothing is merged.
async fn other(admin: &Call<'_>, path: &str, number: usize) -> String {
    if !path.ends_with("/merge") {
        return String::new();
    }
    let list = path.split('/').nth(3).unwrap();
    let uri = format!("/v1/admin/{list}");
    let made = admin.post(&uri, made_of(list, number + 1000).0).await.expect(201);
    made.at("/data/id").as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn every_save_over_what_another_saved_is_refused_and_every_other_passes() {
    for desk in desks() {
        desk.newsroom().await;
        let admin = desk.staff("ada@courier.example", Role::Admin).await;
        for (place, (method, path)) in saves().iter().enumerate() {
            for (turn, way) in ["current", "one of", "forced", "unsaid"].into_iter().enumerate() {
                let number = place * 10 + turn;
                let there = there(&admin, path, number).await;
                let into = other(&admin, path, number).await;
                let etag = refuses_all_others(&admin, &there, method, path, &into).await;
                let caller = match way {
                    "current" => admin.clone().header("if-match", &etag),
                    "one of" => admin.clone().header("if-match", format!("\"other\", {etag}")),
                    "forced" => admin.clone().header("if-match", "*"),
                    _ => admin.clone(),
                };
                let saved = there.save(&caller, method, path, &into).await;
                assert!(matches!(saved.status, 200 | 204), "{method} {path} {way}: {}", saved.text());
                let told = admin.get("/v1/admin/changes?limit=1").await.expect(200);
                assert_eq!(told.at("/data/0/detail/forced") == true, way == "forced", "{method} {path}");
                if method == "PATCH" {
                    let now = admin.get(&there.uri).await.expect(200).header("etag");
                    assert_eq!(saved.header("etag"), now, "{path}");
                    assert_ne!(now, etag, "{path}");
                    let late = admin.clone().header("if-match", etag);
                    there.save(&late, method, path, &into).await.problem(412, "stale_revision");
                }
            }
        }
    }
}

/// Tries to save with every ETag that is not the present one; then nothing has changed. The present one.
async fn refuses_all_others(admin: &Call<'_>, there: &There, method: &str, path: &str, into: &str) -> String {
    let before = admin.get(&there.uri).await.expect(200);
    let etag = before.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "{path}: {etag}");
    let weak = format!("W/{etag}");
    for stale in ["\"stale\"", &weak, etag.trim_matches('"'), "", "\"a\", \"b\"", "*, *"] {
        let caller = admin.clone().header("if-match", stale);
        there.save(&caller, method, path, into).await.problem(412, "stale_revision");
    }
    let after = admin.get(&there.uri).await.expect(200);
    assert_eq!((after.data(), after.header("etag")), (before.data(), etag.clone()), "{path}");
    etag
}

#[actix_web::test]
async fn what_an_answer_says_of_other_things_is_no_part_of_the_etag() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let before = admin.get("/v1/admin/authors/ines-duarte").await.expect(200);
        admin.patch("/v1/admin/settings", json!({"author_path": "/by/{slug}"})).await.expect(200);
        let after = admin.get("/v1/admin/authors/ines-duarte").await.expect(200);
        assert_ne!(before.at("/data/url"), after.at("/data/url"));
        assert_eq!(before.header("etag"), after.header("etag"));
        for list in ["authors", "sections", "tags", "lists", "users", "redirects"] {
            assert_eq!(admin.get(&format!("/v1/admin/{list}")).await.expect(200).header("etag"), "");
        }
    }
}

#[actix_web::test]
async fn of_twenty_parallel_patches_with_one_etag_exactly_one_wins() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let uri = "/v1/admin/authors/ines-duarte";
        let etag = admin.get(uri).await.expect(200).header("etag");
        let caller = admin.clone().header("if-match", etag);
        let all = join_all((0..20).map(|n| {
            let caller = caller.clone();
            async move { caller.patch(uri, json!({"bio": format!("Bio {n}")})).await }
        }));
        let answers = all.await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1);
        for lost in answers.iter().filter(|answer| answer.status != 200) {
            lost.clone().problem(412, "stale_revision");
        }
        let now = admin.get(uri).await.expect(200);
        assert_eq!(
            (now.at("/data/bio"), now.header("etag")),
            (won[0].at("/data/bio"), won[0].header("etag"))
        );
    }
}
