//! Links to what is not public yet: this story, until then, and nothing else (SECURITY-CASES PREV).

use serde_json::{Value, json};

use super::workflow::uri;
use crate::harness::{Answer, Desk, desks};

async fn token(editor: &crate::harness::Call<'_>, story: &Value, body: Value) -> (String, String) {
    let made = editor.post(&uri(story, "preview-tokens"), body).await.expect(201).data();
    (made["token"].as_str().unwrap().to_owned(), made["id"].as_str().unwrap().to_owned())
}

async fn see(desk: &Desk, story: &Value, part: &str, token: &str) -> Answer {
    desk.anyone().get(&format!("/v1/articles/{}{part}?preview={token}", story["id"].as_str().unwrap())).await
}

#[actix_web::test]
async fn prev_01_a_token_shows_a_draft_as_readers_would_see_it() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "already-live", "headline": "Already live"})).await;
        let draft = editor.writes(json!({})).await;
        let (token, _) = token(&editor, &draft, json!({})).await;
        for part in ["", "/page"] {
            let seen = see(&desk, &draft, part, &token).await.expect(200);
            let story = if part.is_empty() { seen.data() } else { seen.at("/data/article") };
            assert_eq!(story["headline"], "Last night at the lighthouse");
            assert!(story["body"]["html"].as_str().unwrap().contains("Nobody spoke."));
            assert_eq!(story["section"]["slug"], "harbour");
            assert!(story.get("state").is_none() && story.get("notes").is_none());
            assert_eq!(seen.header("cache-control"), "private, no-store");
            assert_eq!(seen.header("x-robots-tag"), "noindex");
            assert_eq!(seen.header("referrer-policy"), "no-referrer");
            assert!(!seen.text().contains(&token));
            assert!(seen.header("surrogate-key").is_empty() && seen.header("etag").is_empty());
            let address = format!("/v1/articles/{}{part}", draft["id"].as_str().unwrap());
            desk.anyone().get(&address).await.problem(404, "not_found");
        }
        let bare =
            editor.post("/v1/admin/articles", json!({"headline": "Only a line"})).await.expect(201).data();
        let (token, _) = self::token(&editor, &bare, json!({})).await;
        for part in ["", "/page"] {
            see(&desk, &bare, part, &token).await.expect(200);
        }
    }
}

#[actix_web::test]
async fn prev_02_a_token_opens_its_own_story_alone() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let draft = editor.writes(json!({"slug": "one"})).await;
        let other = editor.writes(json!({"slug": "other", "headline": "Zq7 other"})).await;
        let live = editor.publishes(json!({"slug": "live"})).await;
        editor.saves(&live, json!({"headline": "Zq7 newer"})).await;
        let (token, _) = token(&editor, &draft, json!({})).await;
        for story in [&other, &live] {
            for part in ["", "/page"] {
                let refused = see(&desk, story, part, &token).await.problem(404, "not_found");
                assert!(!refused.text().contains("Zq7"));
            }
        }
        let (token, _) = self::token(&editor, &live, json!({})).await;
        assert_eq!(see(&desk, &live, "", &token).await.expect(200).at("/data/headline"), "Zq7 newer");
        let readers = desk.anyone().get("/v1/articles/live").await.expect(200);
        assert_eq!(readers.at("/data/headline"), "Last night at the lighthouse");
    }
}

#[actix_web::test]
async fn prev_03_a_token_that_is_not_good_says_nothing_of_the_story() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let draft = editor.writes(json!({})).await;
        let never = json!({"id": "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f"});
        let (cut, _) = token(&editor, &draft, json!({})).await;
        let (revoked, id) = token(&editor, &draft, json!({})).await;
        editor.delete(&uri(&draft, &format!("preview-tokens/{id}"))).await.expect(204);
        editor.delete(&uri(&draft, &format!("preview-tokens/{id}"))).await.problem(404, "not_found");
        let (expired, _) = token(&editor, &draft, json!({})).await;
        let forged = format!("{}{}", &cut[..cut.len() - 1], if cut.ends_with('A') { 'B' } else { 'A' });
        let soon = (desk.app().db.now().plus_seconds(60)).to_string();
        let (brief, _) = token(&editor, &draft, json!({"expires_at": soon})).await;
        see(&desk, &draft, "", &brief).await.expect(200);
        desk.pass(61);
        for bad in [&cut[..cut.len() - 3], &revoked, &forged, &brief, "wd_preview_", "x"] {
            for story in [&draft, &never] {
                let refused = see(&desk, story, "", bad).await.problem(401, "invalid_credential");
                assert_eq!(refused.header("cache-control"), "no-store");
            }
        }
        see(&desk, &draft, "", &expired).await.expect(200);
        desk.pass(24 * 60 * 60);
        see(&desk, &draft, "", &expired).await.problem(401, "invalid_credential");
        for at in ["2100-01-01T00:00:00Z", "2020-01-01T00:00:00Z"] {
            let body = json!({"expires_at": at});
            editor.post(&uri(&draft, "preview-tokens"), body).await.problem(422, "invalid_body");
        }
    }
}

#[actix_web::test]
async fn prev_04_a_token_stops_with_the_account_of_its_maker() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let user = desk.hire("edda@courier.example", wiredesk::auth::Role::Editor).await;
        let editor = desk.bearer(desk.sign_in("edda@courier.example").await.access);
        let draft = editor.writes(json!({})).await;
        let (token, _) = token(&editor, &draft, json!({})).await;
        see(&desk, &draft, "", &token).await.expect(200);
        admin.patch(&format!("/v1/admin/users/{user}"), json!({"state": "disabled"})).await.expect(200);
        see(&desk, &draft, "", &token).await.problem(401, "invalid_credential");
    }
}

#[actix_web::test]
async fn prev_05_a_token_may_pin_a_revision_and_is_taken_by_item_and_page_alone() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let mut draft = editor.writes(json!({})).await;
        for number in 2..=5 {
            draft = editor.saves(&draft, json!({"headline": format!("Revision {number}")})).await;
        }
        let (pinned, _) = token(&editor, &draft, json!({"revision": 3})).await;
        assert_eq!(see(&desk, &draft, "", &pinned).await.expect(200).at("/data/headline"), "Revision 3");
        let page = see(&desk, &draft, "/page", &pinned).await.expect(200);
        assert_eq!(page.at("/data/article/headline"), "Revision 3");
        editor
            .post(&uri(&draft, "preview-tokens"), json!({"revision": 9}))
            .await
            .problem(422, "invalid_body");
        let id = draft["id"].as_str().unwrap();
        for address in [
            "/v1/articles".to_owned(),
            format!("/v1/articles/{id}/related"),
            format!("/v1/articles/{id}/rights"),
            format!("/v1/articles/{id}/republish"),
            "/v1/corrections".to_owned(),
        ] {
            let refused = desk.anyone().get(&format!("{address}?preview={pinned}")).await;
            assert!(matches!(refused.status, 400 | 404), "{address}: {}", refused.status);
            assert!(!refused.text().contains(&pinned));
        }
        desk.anyone().get(&format!("/v1/articles?preview={pinned}")).await.problem(400, "unknown_parameter");
    }
}
