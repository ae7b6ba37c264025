//! Corrections and retractions: told at once, wherever the story stands.

use serde_json::{Value, json};

use super::workflow::uri;
use crate::harness::desks;

const SLUG: &str = "/v1/articles/last-night-at-the-lighthouse";

#[actix_web::test]
async fn a_correction_of_a_live_story_is_a_version_at_once() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        let before = desk.anyone().get(SLUG).await.expect(200);
        desk.pass(60);
        let correction = json!({"kind": "correction", "text": "The lamp was lit in 1886."});
        let corrected = editor.post(&uri(&story, "corrections"), correction).await.expect(200).data();
        assert_eq!((corrected["state"].clone(), corrected["version"].clone()), (json!("live"), json!(2)));
        let after = desk.anyone().get(SLUG).await.expect(200);
        assert_eq!(after.at("/data/version"), 2);
        assert_eq!(after.at("/data/corrections/0/text"), "The lamp was lit in 1886.");
        assert_eq!(after.at("/data/corrections/0/severity"), "substantive");
        assert_ne!(after.at("/data/updated_at"), before.at("/data/updated_at"));
        assert_ne!(after.header("etag"), before.header("etag"));
        let package = desk.anyone().get(&format!("{SLUG}/republish?format=html")).await.expect(200).text();
        assert!(package.contains("The lamp was lit in 1886."), "{package}");
        let told = desk.anyone().get("/v1/corrections").await.expect(200);
        assert_eq!(told.at("/data/0/article/slug"), "last-night-at-the-lighthouse");
        assert_eq!(told.at("/data/0/text"), "The lamp was lit in 1886.");
        let future = json!({"kind": "update", "text": "x", "at": "2100-01-01T00:00:00Z"});
        editor.post(&uri(&story, "corrections"), future).await.problem(422, "invalid_body");
    }
}

#[actix_web::test]
async fn edits_that_wait_go_along_only_where_that_is_said() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let correction = |with_edits: Option<bool>| {
            let mut body = json!({"kind": "clarification", "text": "Both keepers left."});
            if let Some(with_edits) = with_edits {
                body["with_edits"] = json!(with_edits);
            }
            body
        };
        for with_edits in [true, false] {
            let slug = format!("edits-{with_edits}");
            let story = editor.publishes(json!({"slug": slug})).await;
            editor.saves(&story, json!({"headline": "Not yet"})).await;
            let address = uri(&story, "corrections");
            editor.post(&address, correction(None)).await.problem(409, "pending_edits");
            let corrected = editor.post(&address, correction(Some(with_edits))).await.expect(200).data();
            assert_eq!(corrected["headline"], "Not yet");
            assert_eq!(corrected["corrections"][0]["text"], "Both keepers left.");
            let waits = corrected["live_revision"] != corrected["revision"];
            assert_eq!(waits, !with_edits);
            let live = desk.anyone().get(&format!("/v1/articles/{slug}")).await.expect(200);
            let headline = if with_edits { "Not yet" } else { "Last night at the lighthouse" };
            assert_eq!(live.at("/data/headline"), headline);
            assert_eq!(live.at("/data/corrections/0/severity"), "minor");
            editor.act(&uri(&story, "publish")).await.expect(200);
            let live = desk.anyone().get(&format!("/v1/articles/{slug}")).await.expect(200);
            assert_eq!(live.at("/data/headline"), "Not yet");
            assert_eq!(live.at("/data/corrections").as_array().unwrap().len(), 1);
        }
    }
}

#[actix_web::test]
async fn a_correction_of_a_story_that_is_not_live_waits_for_it() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        editor.act(&uri(&story, "unpublish")).await.expect(200);
        let body = json!({"kind": "retraction", "severity": "kill", "text": "It did not happen."});
        let corrected = editor.post(&uri(&story, "corrections"), body).await.expect(200).data();
        assert_eq!(
            (corrected["state"].clone(), corrected["version"].clone()),
            (json!("unpublished"), json!(1))
        );
        assert_eq!(desk.anyone().get("/v1/corrections").await.expect(200).data(), json!([]));
        editor.act(&uri(&story, "publish")).await.expect(200);
        let live = desk.anyone().get(SLUG).await.expect(200);
        assert_eq!(live.at("/data/corrections/0/kind"), "retraction");
    }
}

#[actix_web::test]
async fn an_earlier_revision_that_goes_live_keeps_what_was_corrected() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        let body = json!({"kind": "correction", "text": "It was two."});
        editor.post(&uri(&story, "corrections"), body).await.expect(200);
        editor.post(&uri(&story, "publish"), json!({"revision": 1})).await.expect(200);
        let live = desk.anyone().get(SLUG).await.expect(200);
        assert_eq!(live.at("/data/corrections/0/text"), "It was two.");
    }
}

#[actix_web::test]
async fn a_retraction_is_gone_for_all_and_stands_among_the_corrections() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let never = editor.writes(json!({"slug": "never-public"})).await;
        let body = |kind: &str| json!({"kind": kind, "public_reason": format!("Because of {kind}.")});
        editor.post(&uri(&never, "retract"), body("kill")).await.problem(409, "invalid_state");
        editor.post(&uri(&never, "retract"), json!({"kind": "oops"})).await.problem(422, "invalid_body");
        for (kind, slug) in [("withdraw", "was-withdrawn"), ("legal", "was-legal"), ("kill", "was-killed")] {
            let story = editor.publishes(json!({"slug": slug, "headline": format!("Zq7 {kind}")})).await;
            desk.pass(60);
            assert_eq!(
                editor.post(&uri(&story, "retract"), body(kind)).await.expect(200).at("/data/state"),
                "retracted"
            );
            editor.post(&uri(&story, "retract"), body(kind)).await.problem(409, "invalid_state");
            editor.act(&uri(&story, "publish")).await.problem(409, "invalid_state");
            for part in ["", "/page", "/related", "/rights", "/republish"] {
                let gone =
                    desk.anyone().get(&format!("/v1/articles/{slug}{part}")).await.problem(410, "retracted");
                assert_eq!(gone.at("/retracted/kind"), kind);
                assert_eq!(gone.at("/retracted/reason"), format!("Because of {kind}."));
            }
        }
        let told = desk.anyone().get("/v1/corrections").await.expect(200);
        let entries = told.data();
        let entry = |place: usize| {
            let entry = &entries[place];
            (
                entry["article"]["headline"].clone(),
                entry["article"]["slug"].clone(),
                entry["severity"].clone(),
            )
        };
        assert_eq!(entry(0), (json!("Zq7 kill"), json!("was-killed"), json!("kill")));
        assert_eq!(entry(1), (Value::Null, Value::Null, json!("substantive")));
        assert_eq!(entry(2), (json!("Zq7 withdraw"), json!("was-withdrawn"), json!("substantive")));
        assert!(!told.text().contains("Zq7 legal") && !told.text().contains("was-legal"));
        assert_eq!(entries[1]["text"], "Because of legal.");
        let first = desk.anyone().get("/v1/corrections?limit=2").await.expect(200).at("/links/next");
        let next = first.as_str().unwrap().trim_start_matches("https://api.courier.example").to_owned();
        assert_eq!(desk.anyone().get(&next).await.expect(200).at("/data/0/article/slug"), "was-withdrawn");
    }
}

#[actix_web::test]
async fn a_retracted_story_can_be_published_again_after_it_was_restored() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        let body = json!({"kind": "withdraw", "public_reason": "In doubt."});
        editor.post(&uri(&story, "retract"), body).await.expect(200);
        assert_eq!(editor.act(&uri(&story, "restore")).await.expect(200).at("/data/state"), "unpublished");
        desk.anyone().get(SLUG).await.problem(410, "retracted");
        editor.act(&uri(&story, "publish")).await.expect(200);
        desk.anyone().get(SLUG).await.expect(200);
        assert_eq!(desk.anyone().get("/v1/corrections").await.expect(200).data(), json!([]));
    }
}
