//! The changes that partners follow: each at least once and in order, nothing that is none of their business.

use std::time::Duration;

use futures_util::future::join;
use serde_json::{Value, json};

use crate::harness::{Call, desks};

fn local(link: &Value) -> Option<String> {
    link.as_str().map(|link| link[link.find("/v1/").unwrap()..].to_owned())
}

/// Everything from an address on: types with ids, and the token to go on from.
async fn follow(call: &Call<'_>, uri: &str) -> (Vec<(String, String)>, String) {
    let mut told = Vec::new();
    let mut uri = uri.to_owned();
    loop {
        let page = call.get(&uri).await.expect(200);
        for line in page.data().as_array().unwrap() {
            told.push((line["type"].as_str().unwrap().to_owned(), line["id"].as_str().unwrap().to_owned()));
        }
        match local(&page.at("/links/next")) {
            Some(next) => uri = next,
            None => return (told, page.at("/meta/token").as_str().unwrap().to_owned()),
        }
    }
}

const FEED: &str = "/v1/syndication/changes";

#[actix_web::test]
async fn a_partner_follows_stories_page_by_page_and_goes_on_from_its_token() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let partner = desk.partner("A").await;
        let (before, token) = follow(&partner, FEED).await;
        assert!(before.is_empty());
        let one = editor.publishes(json!({"slug": "one"})).await["id"].as_str().unwrap().to_owned();
        editor.writes(json!({"slug": "draft"})).await;
        let correct = json!({"kind": "correction", "text": "It was Friday."});
        editor.post("/v1/admin/articles/one/corrections", correct).await.expect(200);
        for act in ["withhold", "release", "unpublish"] {
            editor.act(&format!("/v1/admin/articles/one/{act}")).await.expect(200);
        }
        let expected: Vec<(String, String)> = [
            "published",
            "corrected",
            "withheld",
            "rights.changed",
            "released",
            "rights.changed",
            "unpublished",
        ]
        .iter()
        .map(|kind| ((*kind).to_owned(), one.clone()))
        .collect();
        for limit in [1, 2, 100] {
            let (told, _) = follow(&partner, &format!("{FEED}?limit={limit}&token={token}")).await;
            let (whole, _) = follow(&partner, &format!("{FEED}?limit={limit}")).await;
            assert_eq!(told, whole);
            let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
            let wanted: Vec<&str> = expected
                .iter()
                .map(|(kind, _)| kind.as_str())
                .filter(|kind| *kind != "rights.changed")
                .collect();
            let without: Vec<&str> = kinds.iter().copied().filter(|kind| *kind != "rights.changed").collect();
            assert_eq!(without, wanted);
            assert!(told.iter().all(|(_, id)| *id == one), "no draft is in it");
        }
        let (_, last) = follow(&partner, &format!("{FEED}?token={token}")).await;
        assert!(follow(&partner, &format!("{FEED}?token={last}")).await.0.is_empty());
        let b = desk.partner("B").await;
        b.get(&format!("{FEED}?token={last}")).await.problem(400, "invalid_cursor");
        let line = partner.get(&format!("{FEED}?token={token}&limit=2")).await.expect(200);
        assert_eq!(line.at("/data/1/severity"), "substantive");
        assert_eq!(line.at("/data/1/version"), 2);
        assert_eq!(line.at("/data/0/url"), Value::Null, "it is not live now");
    }
}

#[actix_web::test]
async fn leak_14_what_waits_under_an_embargo_is_told_to_those_alone_who_may_read_it() {
    for desk in desks() {
        desk.set_clock("2026-05-02T09:00:00Z");
        let editor = desk.newsroom().await;
        let a = desk.agreed(json!({"name": "A", "terms_version": "1", "embargo_access": true})).await;
        let b = desk.partner("B").await;
        let soon = editor.publishes(json!({"slug": "soon", "embargo_until": "2026-05-02T12:00:00Z"})).await;
        let id = soon["id"].as_str().unwrap().to_owned();
        let draft = editor.writes(json!({"slug": "draft"})).await;
        let uri = format!("/v1/admin/articles/{}/schedule", draft["id"].as_str().unwrap());
        editor.post(&uri, json!({"at": "2026-05-02T12:00:00Z"})).await.expect(200);
        assert_eq!(follow(&a, FEED).await.0, [("embargoed".to_owned(), id.clone())]);
        assert!(follow(&b, FEED).await.0.is_empty());
        desk.set_clock("2026-05-02T12:00:00Z");
        desk.keeps_time();
        for partner in [&a, &b] {
            let told = follow(partner, FEED).await.0;
            assert!(told.contains(&("published".to_owned(), id.clone())), "{told:?}");
            assert!(!told.iter().any(|(kind, _)| kind == "embargoed"));
        }
    }
}

#[actix_web::test]
async fn part_03_a_suspended_partner_reads_the_corrections_and_retractions_of_what_it_fetched_alone() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        for slug in ["mine", "other"] {
            editor.publishes(json!({"slug": slug})).await;
        }
        partner.get("/v1/articles/mine/republish").await.expect(200);
        let patch = json!({"state": "suspended"});
        editor.patch("/v1/admin/partners/the-ferryman", patch).await.expect(200);
        for slug in ["mine", "other"] {
            let correct = json!({"kind": "correction", "text": "It was Friday."});
            editor.post(&format!("/v1/admin/articles/{slug}/corrections"), correct).await.expect(200);
            let order = json!({"kind": "kill", "public_reason": "Wrong."});
            editor.post(&format!("/v1/admin/articles/{slug}/retract"), order).await.expect(200);
        }
        let told = follow(&partner, FEED).await.0;
        let kinds: Vec<&str> = told.iter().map(|(kind, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["corrected", "retracted"]);
        let killed = partner.get(FEED).await.expect(200);
        assert_eq!(killed.at("/data/1/severity"), "kill");
    }
}

#[actix_web::test]
async fn a_token_older_than_what_is_kept_is_410_with_where_to_begin_anew() {
    for desk in desks() {
        desk.set_clock("2026-01-01T00:00:00Z");
        let editor = desk.newsroom().await;
        let partner = desk.partner("A").await;
        let (_, token) = follow(&partner, FEED).await;
        editor.publishes(json!({"slug": "one"})).await;
        desk.set_clock("2026-05-01T00:00:00Z");
        let expired =
            partner.get(&format!("{FEED}?token={token}&limit=5")).await.problem(410, "cursor_expired");
        let restart = local(&expired.at("/restart")).unwrap();
        assert_eq!(restart, format!("{FEED}?limit=5"));
        assert!(follow(&partner, &restart).await.0.is_empty(), "all of it is older than what is kept");
    }
}

#[actix_web::test]
async fn one_that_waits_is_told_at_once() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let partner = desk.partner("A").await;
        let (_, token) = follow(&partner, FEED).await;
        let uri = format!("{FEED}?token={token}&wait=30");
        let publish = async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            editor.publishes(json!({"slug": "one"})).await
        };
        let begun = std::time::Instant::now();
        let (told, _) = join(partner.get(&uri), publish).await;
        assert_eq!(told.expect(200).at("/data/0/type"), "published");
        assert!(begun.elapsed() < Duration::from_secs(20));
        partner.get(&format!("{FEED}?wait=31")).await.problem(400, "invalid_parameter");
    }
}
