//! Live coverage: what is added, changed and removed below a story, and whoever follows it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wiredesk::auth::Role;
use wiredesk::body::Document;
use wiredesk::db::Actor;
use wiredesk::newsroom;
use wiredesk::newsroom::updates::{self, UpdateDraft};

use crate::harness::{Answer, Call, Desk, desks};

const UPDATES: &str = "/v1/articles/last-night-at-the-lighthouse/updates";

fn of(story: &Value) -> String {
    format!("/v1/admin/articles/{}/updates", story["id"].as_str().unwrap())
}

async fn adds(editor: &Call<'_>, story: &Value, words: &str) -> Value {
    let body = json!({"headline": words, "body": {"html": format!("<p>{words}</p>")}});
    editor.post(&of(story), body).await.expect(201).data()
}

/// Adds many at once, a second apart, the last one now; their ids in that order.
async fn adds_many(desk: &Desk, count: i64) -> Vec<String> {
    let added = desk.app().db.write(Actor::system(), move |tx| {
        let work = newsroom::find(tx, "last-night-at-the-lighthouse")?;
        let mut ids = Vec::new();
        for number in 1..=count {
            let (body, _) = Document::from_html(&format!("<p>Entry {number}.</p>"));
            let draft = UpdateDraft {
                headline: None,
                body: Some(body),
                at: Some(tx.now().plus_seconds(number - count)),
                key_event: false,
                pinned: false,
                authors: Vec::new(),
            };
            ids.push(updates::add(tx, &work, draft)?.id.to_string());
        }
        Ok(ids)
    });
    added.await.unwrap().value
}

fn ids(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    data.as_array().unwrap().iter().map(|update| update["id"].as_str().unwrap().to_owned()).collect()
}

fn token(answer: &Answer) -> String {
    answer.at("/meta/token").as_str().unwrap().to_owned()
}

fn next(answer: &Answer) -> Option<String> {
    let next = answer.at("/links/next");
    next.as_str().map(|url| url.trim_start_matches("https://api.courier.example").to_owned())
}

#[actix_web::test]
async fn r71_whoever_polls_gets_each_change_once_and_the_order_stays() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"type": "live"})).await;
        let all = adds_many(&desk, 300).await;
        let first = desk.anyone().get(&format!("{UPDATES}?limit=100")).await.expect(200);
        let newest: Vec<String> = all.iter().rev().take(100).cloned().collect();
        assert_eq!(ids(&first), newest);
        let entry = |number: usize| format!("{}/{}", of(&story), all[number - 1]);
        let before = editor.get(&entry(10)).await.expect(200).data();
        desk.pass(5);
        let edited = editor.patch(&entry(10), json!({"headline": "Set right"})).await.expect(200).data();
        assert_eq!((&edited["id"], &edited["at"]), (&before["id"], &before["at"]));
        editor.delete(&entry(20)).await.expect(204);
        let late = json!({"headline": "Late", "at": "2026-05-01T08:30:00Z"});
        let late = editor.post(&of(&story), late).await.expect(201).data();
        let poll = desk.anyone().get(&format!("{UPDATES}?since={}", token(&first))).await.expect(200);
        let told = [all[9].clone(), all[19].clone(), late["id"].as_str().unwrap().to_owned()];
        assert_eq!(ids(&poll), told);
        let data = poll.data();
        assert_eq!(data[0]["headline"], "Set right");
        assert_eq!((&data[1]["removed"], &data[1]["body"]), (&json!(true), &Value::Null));
        assert_eq!(data[2]["removed"], false);
        let again = desk.anyone().get(&format!("{UPDATES}?since={}", token(&poll))).await.expect(200);
        assert_eq!((ids(&again).len(), token(&again)), (0, token(&poll)));
        let mut pages = Vec::new();
        let mut uri = Some(format!("{UPDATES}?limit=100"));
        while let Some(address) = uri {
            let page = desk.anyone().get(&address).await.expect(200);
            pages.extend(ids(&page));
            uri = next(&page);
        }
        let mut right: Vec<String> = all.iter().filter(|id| **id != all[19]).rev().cloned().collect();
        right.push(told[2].clone());
        assert_eq!(pages, right, "the edited one keeps its place, the late one is last");
        let news = editor.saves(&story, json!({"type": "news"})).await;
        editor.act(&format!("/v1/admin/articles/{}/publish", news["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(ids(&desk.anyone().get(&format!("{UPDATES}?limit=100")).await.expect(200)), pages[..100]);
    }
}

#[actix_web::test]
async fn r71_two_thousand_updates_stay_within_the_limit_and_page_on() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"type": "live"})).await;
        let start = token(&desk.anyone().get(UPDATES).await.expect(200));
        let all = adds_many(&desk, 2000).await;
        let page = desk.anyone().get(UPDATES).await.expect(200);
        assert_eq!(ids(&page).len(), 20);
        assert!(next(&page).is_some() && page.bytes.len() < 20_000);
        let mut told = Vec::new();
        let mut uri = Some(format!("{UPDATES}?limit=100&since={start}"));
        while let Some(address) = uri {
            let page = desk.anyone().get(&address).await.expect(200);
            assert!(ids(&page).len() <= 100);
            told.extend(ids(&page));
            uri = next(&page);
        }
        assert_eq!(told.len(), 2000);
        assert_eq!(told.iter().collect::<BTreeSet<_>>(), all.iter().collect());
    }
}

#[actix_web::test]
async fn every_change_gives_the_answer_a_new_etag_and_it_is_kept_for_seconds_alone() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        let mut seen = BTreeSet::new();
        let mut look = async |what: &str| {
            let answer = desk.anyone().get(UPDATES).await.expect(200);
            assert!(seen.insert(answer.header("etag")), "{what} changed nothing");
            assert_eq!(answer.header("cache-control"), "public, max-age=5, s-maxage=10");
            assert!(
                answer
                    .header("surrogate-key")
                    .contains(&format!("updates:{}", story["id"].as_str().unwrap()))
            );
            desk.pass(1);
        };
        look("nothing").await;
        let update = adds(&editor, &story, "First").await;
        look("an addition").await;
        let uri = format!("{}/{}", of(&story), update["id"].as_str().unwrap());
        for patch in [
            json!({"headline": "Second"}),
            json!({"body": {"html": "<p>Other words.</p>"}}),
            json!({"key_event": true}),
            json!({"pinned": true}),
            json!({"authors": ["ines-duarte"]}),
            json!({"at": "2026-05-01T09:00:00Z"}),
        ] {
            editor.patch(&uri, patch.clone()).await.expect(200);
            look(&patch.to_string()).await;
        }
        editor.patch("/v1/admin/authors/ines-duarte", json!({"name": "Inês D."})).await.expect(200);
        look("a name").await;
        let item = "/v1/articles/last-night-at-the-lighthouse?include=updates";
        let before = desk.anyone().get(item).await.expect(200);
        assert_eq!(before.at("/data/updates/0/authors/0/name"), "Inês D.");
        editor.delete(&uri).await.expect(204);
        look("a removal").await;
        let since = before.header("last-modified");
        let after = desk.anyone().header("if-modified-since", since).get(item).await.expect(200);
        assert_eq!(after.at("/data/updates"), json!([]));
    }
}

#[actix_web::test]
async fn updates_are_shown_only_while_their_story_is_live() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let draft = editor.writes(json!({})).await;
        adds(&editor, &draft, "Hidden").await;
        let none = desk.anyone().get("/v1/articles/no-such-story/updates").await.problem(404, "not_found");
        let hidden = desk.anyone().get(UPDATES).await.problem(404, "not_found");
        assert_eq!(hidden.header("cache-control"), none.header("cache-control"));
        let act = |action: &str| format!("/v1/admin/articles/{}/{action}", draft["id"].as_str().unwrap());
        editor.act(&act("publish")).await.expect(200);
        let shown = desk.anyone().get(UPDATES).await.expect(200);
        assert_eq!(shown.at("/data/0/headline"), "Hidden");
        assert_eq!(shown.at("/data/0/body/html"), "<p>Hidden</p>");
        let text = desk.anyone().get(&format!("{UPDATES}?body=text")).await.expect(200);
        assert_eq!(text.at("/data/0/body/text"), "Hidden");
        let listed = desk.anyone().get("/v1/articles?include=updates").await.expect(200);
        assert_eq!(listed.at("/data/0/updates/0/headline"), "Hidden");
        let capitals = desk.anyone().get("/v1/articles/Last-Night-at-the-Lighthouse/updates?limit=5").await;
        assert!(capitals.expect(301).header("location").ends_with(&format!("{UPDATES}?limit=5")));
        desk.anyone().get(&format!("{UPDATES}?preview=x")).await.problem(400, "unknown_parameter");
        editor.act(&act("unpublish")).await.expect(200);
        desk.anyone().get(UPDATES).await.problem(404, "not_found");
        editor.act(&act("publish")).await.expect(200);
        let taken = json!({"kind": "withdraw", "public_reason": "Not so."});
        editor.post(&act("retract"), taken).await.expect(200);
        desk.anyone().get(UPDATES).await.problem(410, "retracted");
        editor.post(&of(&draft), json!({"headline": "More"})).await.problem(409, "invalid_state");
    }
}

#[actix_web::test]
async fn a_page_cursor_is_no_token_and_a_token_no_cursor() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({})).await;
        for words in ["One", "Two"] {
            adds(&editor, &story, words).await;
        }
        let page = desk.anyone().get(&format!("{UPDATES}?limit=1")).await.expect(200);
        let (token, cursor) =
            (token(&page), next(&page).unwrap().split_once("cursor=").unwrap().1.to_owned());
        desk.anyone().get(&format!("{UPDATES}?since={cursor}")).await.problem(400, "invalid_cursor");
        desk.anyone().get(&format!("{UPDATES}?cursor={token}")).await.problem(400, "invalid_cursor");
        let both = format!("{UPDATES}?since={token}&cursor={cursor}");
        desk.anyone().get(&both).await.problem(400, "invalid_parameter");
    }
}

#[actix_web::test]
async fn role_05_an_update_of_another_story_is_not_there() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let a = editor.writes(json!({"slug": "a"})).await;
        let b = editor.writes(json!({"slug": "b"})).await;
        let update = adds(&editor, &b, "Of b").await;
        let wrong = format!("{}/{}", of(&a), update["id"].as_str().unwrap());
        editor.get(&wrong).await.problem(404, "not_found");
        editor.patch(&wrong, json!({"headline": "Of a"})).await.problem(404, "not_found");
        editor.delete(&wrong).await.problem(404, "not_found");
        let right = format!("{}/{}", of(&b), update["id"].as_str().unwrap());
        assert_eq!(editor.get(&right).await.expect(200).data(), update);
    }
}

#[actix_web::test]
async fn whoever_may_not_change_or_publish_a_story_does_not_write_its_coverage() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let author = desk.staff("iris@courier.example", Role::Author).await;
        let story = author.writes(json!({})).await;
        adds(&author, &story, "While it is a draft").await;
        editor
            .act(&format!("/v1/admin/articles/{}/publish", story["id"].as_str().unwrap()))
            .await
            .expect(200);
        let more = json!({"headline": "At once"});
        author.post(&of(&story), more.clone()).await.problem(403, "forbidden");
        let other = editor.writes(json!({"slug": "other"})).await;
        author.post(&of(&other), more).await.problem(404, "not_found");
        for wrong in [json!({}), json!({"headline": "x", "at": "2100-01-01T00:00:00Z"})] {
            editor.post(&of(&story), wrong).await.problem(422, "invalid_body");
        }
    }
}

#[actix_web::test]
async fn authors_of_updates_are_in_use_and_follow_a_merge() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for slug in ["old", "new"] {
            editor.post("/v1/admin/authors", json!({"slug": slug, "name": slug})).await.expect(201);
        }
        let story = editor.publishes(json!({})).await;
        let by = json!({"headline": "By two", "authors": ["old", {"slug": "new"}]});
        editor.post(&of(&story), by).await.expect(201);
        editor.post(&of(&story), json!({"headline": "By one", "authors": ["old"]})).await.expect(201);
        editor.delete("/v1/admin/authors/old").await.problem(409, "in_use");
        editor.saves(&story, json!({"headline": "Other words"})).await;
        editor.delete("/v1/admin/authors/old").await.problem(409, "in_use");
        editor.post("/v1/admin/authors/old/merge", json!({"into": "new"})).await.expect(200);
        for update in desk.anyone().get(UPDATES).await.expect(200).data().as_array().unwrap() {
            let slugs: Vec<_> =
                update["authors"].as_array().unwrap().iter().map(|author| author["slug"].clone()).collect();
            assert_eq!(slugs, ["new"]);
        }
    }
}
