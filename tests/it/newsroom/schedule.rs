//! Going live by itself: pinned, called off, once, however late.

use serde_json::{Value, json};

use super::workflow::{uri, warnings};
use crate::harness::desks;

const SLUG: &str = "/v1/articles/last-night-at-the-lighthouse";

#[actix_web::test]
async fn a_schedule_pins_a_revision_and_what_is_saved_afterwards_waits() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        let story = editor.writes(json!({})).await;
        let scheduled = editor.post(&uri(&story, "schedule"), json!({"at": "2026-12-01T18:00:00Z"})).await;
        let scheduled = scheduled.expect(200).data();
        assert_eq!(scheduled["state"], "scheduled");
        assert_eq!(scheduled["scheduled_at"], "2026-12-01T18:00:00.000000Z");
        editor.saves(&story, json!({"headline": "A later thought"})).await;
        let waiting = desk.anyone().get(SLUG).await.problem(404, "not_found");
        assert!(
            waiting.header("cache-control").contains("max-age=30"),
            "{}",
            waiting.header("cache-control")
        );
        desk.set_clock("2026-12-01T17:59:50Z");
        let near = desk.anyone().get(SLUG).await.problem(404, "not_found").header("cache-control");
        assert!(near.contains("max-age=10") && near.contains("s-maxage=10"), "{near}");
        desk.keeps_time();
        desk.anyone().get(SLUG).await.problem(404, "not_found");
        desk.set_clock("2026-12-01T18:00:00Z");
        desk.keeps_time();
        desk.keeps_time();
        let live = desk.anyone().get(SLUG).await.expect(200);
        assert_eq!(live.at("/data/headline"), "Last night at the lighthouse");
        assert_eq!(live.at("/data/version"), 1);
        let staff = editor.get(uri(&story, "").trim_end_matches('/')).await.expect(200);
        assert_eq!((staff.at("/data/state"), staff.at("/data/live_revision")), (json!("live"), json!(1)));
        assert_eq!((staff.at("/data/revision"), staff.at("/data/scheduled_at")), (json!(2), Value::Null));
    }
}

#[actix_web::test]
async fn r21_what_goes_live_earlier_calls_the_schedule_off() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let at = |hour: u32| json!({"at": format!("2026-12-01T{hour}:00:00Z")});
        for (act, slug) in [("publish", "p"), ("unpublish", "u"), ("retract", "r")] {
            desk.set_clock("2026-12-01T12:00:00Z");
            let story = editor.publishes(json!({"slug": slug})).await;
            editor.saves(&story, json!({"headline": "For the evening"})).await;
            let waits = editor.post(&uri(&story, "schedule"), at(18)).await.expect(200).data();
            assert_eq!(waits["state"], "live", "{act}");
            let newest = editor.saves(&waits, json!({"headline": "For now"})).await;
            assert_eq!(newest["revision"], 3);
            desk.set_clock("2026-12-01T17:00:00Z");
            let body = json!({"kind": "withdraw", "public_reason": "It was not so."});
            let done = match act {
                "retract" => editor.post(&uri(&story, act), body).await.expect(200),
                _ => editor.act(&uri(&story, act)).await.expect(200),
            };
            assert_eq!(warnings(&done).await, ["schedule_cancelled"], "{act}");
            let calm = desk.anyone().get("/v1/articles").await.expect(200).header("cache-control");
            assert!(calm.contains("s-maxage=300"), "{calm}");
            desk.set_clock("2026-12-01T18:00:01Z");
            desk.keeps_time();
            let live = desk.anyone().get(&format!("/v1/articles/{slug}")).await;
            match act {
                "publish" => assert_eq!(live.expect(200).at("/data/headline"), "For now"),
                "unpublish" => drop(live.problem(404, "not_found")),
                _ => drop(live.problem(410, "retracted")),
            }
        }
    }
}

#[actix_web::test]
async fn r21_a_second_schedule_takes_the_place_of_the_first_and_fires_once() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        let story = editor.writes(json!({})).await;
        editor.post(&uri(&story, "schedule"), json!({"at": "2026-12-01T18:00:00Z"})).await.expect(200);
        let second = editor.post(&uri(&story, "schedule"), json!({"at": "2026-12-01T19:00:00Z"})).await;
        assert_eq!(warnings(&second.expect(200)).await, ["schedule_cancelled"]);
        desk.set_clock("2026-12-01T18:30:00Z");
        desk.keeps_time();
        desk.anyone().get(SLUG).await.problem(404, "not_found");
        // The house was down in between: it catches up.
        desk.set_clock("2026-12-02T06:00:00Z");
        desk.keeps_time();
        desk.anyone().get(SLUG).await.expect(200);
        let trashed = editor.writes(json!({"slug": "thrown-away"})).await;
        editor.post(&uri(&trashed, "schedule"), json!({"at": "2026-12-02T18:00:00Z"})).await.expect(200);
        let path = uri(&trashed, "");
        editor.clone().header("if-match", "*").delete(path.trim_end_matches('/')).await.expect(204);
        desk.set_clock("2026-12-02T18:00:01Z");
        desk.keeps_time();
        desk.anyone().get("/v1/articles/thrown-away").await.problem(404, "not_found");
        let back = editor.act(&uri(&trashed, "restore")).await.expect(200).data();
        assert_eq!((back["state"].clone(), back["scheduled_at"].clone()), (json!("draft"), Value::Null));
    }
}

#[actix_web::test]
async fn a_schedule_can_be_called_off_and_the_story_is_what_it_was() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        let story = editor.writes(json!({})).await;
        editor.act(&uri(&story, "unschedule")).await.problem(409, "invalid_state");
        editor.act(&uri(&story, "submit")).await.expect(200);
        editor.act(&uri(&story, "approve")).await.expect(200);
        editor.post(&uri(&story, "schedule"), json!({"at": "2026-12-01T18:00:00Z"})).await.expect(200);
        let back = editor.act(&uri(&story, "unschedule")).await.expect(200).data();
        assert_eq!((back["state"].clone(), back["scheduled_at"].clone()), (json!("approved"), Value::Null));
        let under = editor.writes(json!({"slug": "under", "embargo_until": "2026-12-01T18:00:00Z"})).await;
        let waits = editor.act(&uri(&under, "publish")).await.expect(200).at("/data/article");
        assert_eq!(waits["state"], "scheduled");
        assert_eq!(editor.act(&uri(&under, "unschedule")).await.expect(200).at("/data/state"), "draft");
        desk.set_clock("2026-12-01T18:00:01Z");
        desk.keeps_time();
        desk.anyone().get("/v1/articles/under").await.problem(404, "not_found");
        desk.anyone().get(SLUG).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn a_schedule_asks_for_what_publishing_asks_for() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        let bare = editor.post("/v1/admin/articles", json!({})).await.expect(201).data();
        let refused = editor.post(&uri(&bare, "schedule"), json!({"at": "2026-12-01T18:00:00Z"})).await;
        assert_eq!(refused.problem(422, "invalid_body").faults().len(), 4);
        let story = editor.writes(json!({"expires_at": "2026-12-01T17:00:00Z"})).await;
        for at in ["2026-12-01T11:00:00Z", "2026-12-01T12:00:00Z", "2026-12-01T17:00:00Z"] {
            let refused = editor.post(&uri(&story, "schedule"), json!({"at": at})).await;
            assert_eq!(refused.problem(422, "invalid_body").faults()[0].0, "/at", "{at}");
        }
        let none = json!({"at": "2026-12-01T16:00:00Z", "revision": 7});
        editor.post(&uri(&story, "schedule"), none).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn a_story_that_cannot_go_live_after_all_is_what_it_was_and_the_rest_goes_on() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        editor.post("/v1/admin/tags", json!({"slug": "fog", "name": "Fog"})).await.expect(201);
        let at = json!({"at": "2026-12-01T18:00:00Z"});
        let lost = editor.writes(json!({"slug": "lost", "tags": ["fog"]})).await;
        editor.post(&uri(&lost, "schedule"), at.clone()).await.expect(200);
        editor.saves(&lost, json!({"tags": []})).await;
        editor.delete("/v1/admin/tags/fog").await.expect(204);
        let good = editor.writes(json!({"slug": "good"})).await;
        editor.post(&uri(&good, "schedule"), at).await.expect(200);
        desk.set_clock("2026-12-01T18:00:00Z");
        desk.keeps_time();
        desk.anyone().get("/v1/articles/good").await.expect(200);
        desk.anyone().get("/v1/articles/lost").await.problem(404, "not_found");
        let back = editor.get("/v1/admin/articles/lost").await.expect(200).data();
        assert_eq!((back["state"].clone(), back["scheduled_at"].clone()), (json!("draft"), Value::Null));
    }
}

#[actix_web::test]
async fn r54_an_embargo_that_lapsed_is_no_bar() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        desk.set_clock("2026-12-01T12:00:00Z");
        let embargo = "2026-12-01T18:00:00.000000Z";
        let story = editor.writes(json!({"embargo_until": embargo})).await;
        editor.act(&uri(&story, "publish")).await.expect(200);
        desk.set_clock("2026-12-01T18:00:01Z");
        desk.keeps_time();
        let correction = json!({"kind": "correction", "text": "It was two."});
        editor.post(&uri(&story, "corrections"), correction).await.expect(200);
        let now = editor.get("/v1/admin/articles/last-night-at-the-lighthouse").await.expect(200).data();
        let saved = editor.saves(&now, json!({"kicker": "Harbour", "embargo_until": embargo})).await;
        let saved = editor.saves(&saved, json!({"embargo_until": "2026-11-30T00:00:00Z"})).await;
        editor.act(&uri(&story, "publish")).await.expect(200);
        let rights = desk.anyone().get(&format!("{SLUG}/rights")).await.expect(200);
        assert_eq!(
            (rights.at("/data/verdict"), rights.at("/data/reasons")),
            (json!("conditional"), json!([]))
        );
        let live = desk.anyone().get(SLUG).await.expect(200);
        assert_eq!(live.at("/data/version"), 3);
        editor.saves(&saved, json!({"embargo_until": "2026-12-05T00:00:00Z"})).await;
        editor.act(&uri(&story, "publish")).await.problem(409, "invalid_state");
        assert_eq!(desk.anyone().get(SLUG).await.expect(200).data(), live.data());
    }
}
