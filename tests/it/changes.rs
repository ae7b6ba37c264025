//! Who did what, when, from which revision to which: the log as the newsroom reads it.

use serde_json::{Value, json};
use wiredesk::auth::Role;

use crate::harness::{Answer, PASSWORD, desks};

fn kinds(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    data.as_array().unwrap().iter().map(|change| change["kind"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn the_log_tells_the_newest_first_by_whom_and_from_which_revision_to_which() {
    for desk in desks() {
        desk.newsroom().await;
        let editor = desk.staff("edgar@courier.example", Role::Editor).await;
        let story = editor.writes(json!({})).await;
        desk.pass(60);
        editor.saves(&story, json!({"headline": "Second"})).await;
        let path = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
        editor.clone().header("if-match", "*").patch(&path, json!({"headline": "Third"})).await.expect(200);
        editor.act(&format!("{path}/publish")).await.expect(200);
        let of_story =
            format!("/v1/admin/changes?entity=article&entity_id={}", story["id"].as_str().unwrap());
        let told = editor.get(&of_story).await.expect(200);
        assert_eq!(kinds(&told), ["article.published", "article.saved", "article.saved", "article.created"]);
        let forced = told.at("/data/1");
        assert_eq!((forced["from_revision"].clone(), forced["to_revision"].clone()), (json!(2), json!(3)));
        assert_eq!(forced["detail"]["forced"], true);
        assert!(forced["detail"]["address"].is_string());
        assert_eq!(forced["actor"]["kind"], "user");
        assert!(forced["actor"]["name"].is_string());
        assert_eq!(told.at("/data/2/detail/forced"), Value::Null);
        assert_eq!(told.at("/data/0/to_revision"), 3);
        let seqs: Vec<i64> =
            told.data().as_array().unwrap().iter().map(|change| change["seq"].as_i64().unwrap()).collect();
        assert!(seqs.windows(2).all(|pair| pair[0] > pair[1]));
        let actor = format!("{}:{}", "user", forced["actor"]["id"].as_str().unwrap());
        let mine =
            editor.get(&format!("/v1/admin/changes?actor={actor}&kind=article.saved")).await.expect(200);
        assert_eq!(kinds(&mine).len(), 2);
        let later = editor.get(&format!("{of_story}&after=2026-05-01T09:31:00Z")).await.expect(200);
        assert_eq!(kinds(&later).len(), 3);
        let page = editor.get(&format!("{of_story}&limit=3")).await.expect(200);
        let next = page.at("/links/next");
        let next = next.as_str().unwrap().trim_start_matches("https://api.courier.example");
        assert_eq!(kinds(&editor.get(next).await.expect(200)), ["article.created"]);
        assert_eq!(
            kinds(&editor.get("/v1/admin/changes?audience=public&limit=1").await.expect(200)),
            ["article.published"]
        );
        for refused in ["?kind=a%00b", "?audience=all", "?format=ndjson&limit=5", "?nonsense=1"] {
            assert_eq!(editor.get(&format!("/v1/admin/changes{refused}")).await.status, 400, "{refused}");
        }
        let author = desk.staff("aldo@courier.example", Role::Author).await;
        author.get("/v1/admin/changes").await.problem(403, "forbidden");
        for method in ["PATCH", "DELETE"] {
            let answer = editor.send(method, "/v1/admin/changes/1", None).await;
            assert!(matches!(answer.status, 404 | 405));
            let answer = editor.send(method, "/v1/admin/changes", None).await;
            assert!(matches!(answer.status, 404 | 405));
        }
    }
}

#[actix_web::test]
async fn leak_20_the_whole_log_is_told_line_by_line_and_without_a_secret() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        desk.hire("edgar@courier.example", Role::Editor).await;
        let tokens = desk.sign_in("edgar@courier.example").await;
        desk.try_sign_in("edgar@courier.example", "not the password").await.expect(401);
        let key = json!({"name": "frontend", "scope": "read"});
        let key = admin.post("/v1/admin/keys", key).await.expect(201).at("/data/key");
        let story = admin.writes(json!({})).await;
        let uri = format!("/v1/admin/articles/{}/preview-tokens", story["id"].as_str().unwrap());
        let token = admin.act(&uri).await.expect(201).at("/data/token");
        let headlines: Vec<Value> =
            (0..300).map(|number| json!({"headline": format!("Story {number}")})).collect();
        desk.publishes_all(headlines).await;
        let whole = admin.get("/v1/admin/changes?format=ndjson").await.expect(200);
        assert_eq!(whole.header("content-type"), "application/x-ndjson");
        let lines: Vec<Value> =
            whole.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let last = lines[0]["seq"].as_i64().unwrap();
        assert_eq!(lines.len() as i64, last, "every number is told once");
        assert!(lines.len() > 600);
        assert!(lines.iter().any(|line| line["kind"] == "session.opened"));
        let failed = lines.iter().find(|line| line["kind"] == "session.failed").unwrap();
        assert!(failed["detail"]["address"].is_string());
        for secret in [
            &tokens.access,
            &tokens.refresh,
            key.as_str().unwrap(),
            token.as_str().unwrap(),
            PASSWORD,
            "not the password",
        ] {
            assert!(!whole.text().contains(secret));
        }
    }
}
