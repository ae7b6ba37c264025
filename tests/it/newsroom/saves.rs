//! No lost, doubled or half-done saves (SECURITY-CASES WRITE; REPORTS newsroom).

use futures_util::future::join_all;
use serde_json::{Value, json};
use wiredesk::db::Actor;
use wiredesk::error::Error;
use wiredesk::newsroom;

use super::workflow::uri;
use crate::harness::desks;

#[actix_web::test]
async fn write_01_of_fifty_saves_of_one_revision_one_wins() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.writes(json!({})).await;
        let path = uri(&story, "");
        let path = path.trim_end_matches('/');
        let saves = (0..50).map(|number| {
            let call = editor.clone().header("if-match", "\"1\"");
            async move { call.patch(path, json!({"headline": format!("Save {number}")})).await }
        });
        let answers = join_all(saves).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1);
        for lost in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!(
                (lost.status, lost.at("/code"), lost.at("/revision")),
                (412, json!("stale_revision"), json!(2))
            );
        }
        assert_eq!(editor.get(path).await.expect(200).at("/data/headline"), won[0].at("/data/headline"));
        editor.patch(path, json!({"headline": "x"})).await.problem(428, "precondition_required");
        let weak = editor.clone().header("if-match", "W/\"2\"");
        weak.patch(path, json!({"headline": "x"})).await.problem(412, "stale_revision");
    }
}

#[actix_web::test]
async fn write_04_a_publication_and_a_retraction_at_once_leave_one_truth() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for round in 0..12 {
            let story = editor.publishes(json!({"slug": format!("story-{round}")})).await;
            editor.saves(&story, json!({"headline": "Newer"})).await;
            let gone = json!({"kind": "withdraw", "public_reason": "No."});
            let (publish, retract) = (uri(&story, "publish"), uri(&story, "retract"));
            let (published, retracted) =
                futures_util::future::join(editor.act(&publish), editor.post(&retract, gone)).await;
            assert!(matches!(published.status, 200 | 409), "{}", published.text());
            retracted.expect(200);
            let state = editor.get(uri(&story, "").trim_end_matches('/')).await.at("/data/state");
            assert_eq!(state, "retracted");
            desk.anyone().get(&format!("/v1/articles/story-{round}")).await.problem(410, "retracted");
        }
        let list = desk.anyone().get("/v1/articles").await.expect(200);
        assert_eq!(list.data(), json!([]));
    }
}

#[actix_web::test]
async fn write_05_a_verb_that_fails_half_way_leaves_nothing() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        let before = (desk.tables(), desk.app().db.read(|snapshot| Ok(snapshot.seq())).await.unwrap());
        let id = story["id"].as_str().unwrap().to_owned();
        for verb in ["unpublish", "publish", "trash"] {
            let id = id.clone();
            let done = desk.app().db.write(Actor::system(), move |tx| {
                let work = newsroom::find(tx, &id)?;
                let _ = match verb {
                    "unpublish" => newsroom::unpublish(tx, &work).map(drop),
                    "publish" => newsroom::duplicate(tx, &work, None).map(drop),
                    _ => newsroom::unpublish(tx, &work)
                        .and_then(|done| newsroom::trash(tx, &done.work))
                        .map(drop),
                };
                Err::<(), _>(Error::Internal("a fault that was put there".into()))
            });
            assert!(done.await.is_err());
        }
        let after = (desk.tables(), desk.app().db.read(|snapshot| Ok(snapshot.seq())).await.unwrap());
        assert_eq!(before, after);
        desk.anyone().get("/v1/articles/last-night-at-the-lighthouse").await.expect(200);
    }
}

#[actix_web::test]
async fn r23_what_was_read_and_is_sent_back_changes_nothing() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        let live =
            editor.publishes(json!({"slug": "live", "published_at": "2026-11-30T23:59:59.999999Z"})).await;
        let planned = editor.writes(json!({"slug": "planned"})).await;
        let at = json!({"at": "2026-12-24T18:00:00+05:45"});
        let planned = editor.post(&uri(&planned, "schedule"), at).await.expect(200).data();
        let under = json!({"slug": "under", "embargo_until": "2026-12-24T18:00:00.123456Z"});
        let under = editor.writes(under).await;
        editor.act(&uri(&under, "publish")).await.expect(200);
        for story in [live, planned, under] {
            let path = uri(&story, "");
            let path = path.trim_end_matches('/');
            let before = editor.get(path).await.expect(200);
            let public = desk.anyone().get("/v1/articles/live").await.expect(200);
            for _ in 0..5 {
                let mut form = editor.get(path).await.expect(200).data();
                let fields = form.as_object_mut().unwrap();
                for read_only in READ_ONLY {
                    fields.remove(read_only);
                }
                let call = editor.clone().header("if-match", before.header("etag"));
                let saved = call.patch(path, form).await.expect(200);
                assert_eq!(saved.header("etag"), before.header("etag"));
                assert_eq!(saved.data(), before.data());
            }
            let again = desk.anyone().get("/v1/articles/live").await.expect(200);
            assert_eq!(again.header("etag"), public.header("etag"));
        }
    }
}

const READ_ONLY: [&str; 19] = [
    "id",
    "state",
    "revision",
    "withheld",
    "live_revision",
    "version",
    "url",
    "byline",
    "published_at",
    "first_published_at",
    "updated_at",
    "modified_at",
    "created_at",
    "saved_at",
    "scheduled_at",
    "lock",
    "corrections",
    "word_count",
    "reading_minutes",
];

#[actix_web::test]
async fn r65_a_story_is_taken_up_to_the_limit_and_whatever_is_stored_can_be_edited_again() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let body = |filler: usize| {
            let text = "a ".repeat(filler / 2);
            let story = json!({"headline": "Long", "slug": "long", "section": "harbour", "origin": "own",
                "body": {"html": format!("<p>{text}</p>")}});
            serde_json::to_vec(&story).unwrap()
        };
        let rest = 1_048_576 - body(0).len();
        let largest = {
            let mut bytes = body(rest - rest % 2);
            bytes.resize(1_048_576, b' ');
            bytes
        };
        let mut larger = largest.clone();
        larger.push(b' ');
        let send =
            |bytes: Vec<u8>| editor.send("POST", "/v1/admin/articles", Some(("application/json", bytes)));
        let refused = send(larger).await.problem(413, "body_too_large");
        assert!(refused.at("/detail").as_str().unwrap().contains("1048576"), "{}", refused.text());
        let chinese = json!({"headline": "长", "body": {"html": format!("<p>{}</p>", "灯".repeat(700_000))}});
        send(serde_json::to_vec(&chinese).unwrap()).await.problem(413, "body_too_large");
        let story = send(largest).await.expect(201).data();
        let story = editor.saves(&story, json!({"headline": "Longer"})).await;
        editor.act(&uri(&story, "publish")).await.expect(200);
        let package = desk.anyone().get("/v1/articles/long/republish?format=text").await.expect(200);
        assert!(package.text().len() > 1_000_000);
        let diff = editor.get(&uri(&story, "diff?from=1&to=2")).await.expect(200);
        assert_eq!((diff.at("/data/fields/0/name"), diff.at("/data/blocks")), (json!("headline"), json!([])));
        assert_eq!(story["lock"], Value::Null);
    }
}
