//! Stories in the newsroom: saved, published, taken off.

mod corrections;
mod desks;
mod previews;
mod revisions;
mod saves;
mod schedule;
mod translations;
mod workflow;

use serde_json::json;

use crate::harness::desks;

#[actix_web::test]
async fn a_story_goes_in_and_a_package_comes_out() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        assert_eq!(story["state"], "live");
        assert_eq!(story["slug"], "last-night-at-the-lighthouse");
        let rights = desk.anyone().get("/v1/articles/last-night-at-the-lighthouse/rights").await.expect(200);
        assert_eq!(rights.at("/data/verdict"), "conditional");
        let package =
            desk.anyone().get("/v1/articles/last-night-at-the-lighthouse/republish").await.expect(200);
        let html = package.at("/data/html");
        let html = html.as_str().unwrap();
        assert!(html.contains("The lamp was lit for the last time."), "{html}");
        assert!(html.contains("By Inês Duarte"), "{html}");
        assert!(html.contains("https://api.courier.example/p/"), "{html}");
        let again = desk.anyone().header("if-none-match", package.header("etag"));
        again.get("/v1/articles/last-night-at-the-lighthouse/republish").await.expect(304);
    }
}

#[actix_web::test]
async fn a_draft_is_not_there_for_readers() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.writes(json!({})).await;
        for path in ["rights", "republish"] {
            let uri = format!("/v1/articles/last-night-at-the-lighthouse/{path}");
            desk.anyone().get(&uri).await.problem(404, "not_found");
        }
    }
}

#[actix_web::test]
async fn publishing_names_everything_that_is_missing() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.post("/v1/admin/articles", json!({})).await.expect(201).data();
        let uri = format!("/v1/admin/articles/{}/publish", story["id"].as_str().unwrap());
        let refused = editor.act(&uri).await.problem(422, "invalid_body");
        let places: Vec<String> = refused.faults().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/headline", "/section", "/origin", "/body"]);
    }
}
