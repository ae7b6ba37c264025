//! One hop always, and no ring, whatever is saved.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::{REDIRECTS, redirects, resolve, uri};
use crate::harness::{Call, Desk, desks};

async fn refused(editor: &Call<'_>, from: &str, to: &str) {
    let answer = editor.post(REDIRECTS, json!({"from": from, "to": to})).await;
    let faults = answer.problem(422, "invalid_body").faults();
    assert_eq!(faults, [("/to".to_owned(), "redirect_loop".to_owned())], "{from} to {to}");
}

#[actix_web::test]
async fn a_chain_of_redirects_and_addresses_that_were_left_is_one_hop() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "one"})).await;
        editor.patch("/v1/admin/tags/lighthouses", json!({"slug": "lights"})).await.expect(200);
        redirects(&editor, "/c", "/one").await;
        redirects(&editor, "/b", "https://COURIER.example:443/c#end").await;
        let now = json!({"from": "/a", "to": "/b", "status": 302});
        let first = editor.post(REDIRECTS, now).await.expect(201).data();
        redirects(&editor, "/t", "/tag/lighthouses").await;
        redirects(&editor, "/q", "/one?from=q").await;
        redirects(&editor, "/away", "https://elsewhere.example/x").await;
        redirects(&editor, "/page", "/a-page-of-the-site").await;
        redirects(&editor, "/to-page", "/page").await;
        redirects(&editor, "/tag/lights", "/lamps").await;
        for (path, url, status) in [
            ("/c", "https://courier.example/one", 301),
            ("/b", "https://courier.example/one", 301),
            ("/a", "https://courier.example/one", 302),
            ("/t", "https://courier.example/lamps", 301),
            ("/q", "https://courier.example/one?from=q", 301),
            ("/away", "https://elsewhere.example/x", 301),
            ("/to-page", "https://courier.example/a-page-of-the-site", 301),
            ("/tag/lighthouses", "https://courier.example/lamps", 301),
        ] {
            let led = resolve(&desk, path).await.expect(200);
            assert_eq!((led.at("/data/url"), led.at("/data/status")), (json!(url), json!(status)), "{path}");
            assert_eq!((led.at("/data/kind"), led.at("/data/slug")), (json!("redirect"), Value::Null));
        }
        assert_eq!(resolve(&desk, "/a").await.expect(200).at("/data/id"), first["id"]);
        // The story moves on: whatever led to it leads there.
        editor.saves(&story, json!({"slug": "two", "path": "/two"})).await;
        editor
            .act(&format!("/v1/admin/articles/{}/publish", story["id"].as_str().unwrap()))
            .await
            .expect(200);
        for path in ["/a", "/b", "/c"] {
            let led = resolve(&desk, path).await.expect(200);
            assert_eq!(led.at("/data/url"), "https://courier.example/two", "{path}");
        }
        let old = resolve(&desk, "/one").await.expect(200);
        assert_eq!((old.at("/data/kind"), old.at("/data/status")), (json!("article"), Value::Null));
    }
}

#[actix_web::test]
async fn a_redirect_that_would_lead_back_to_itself_is_refused() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for to in ["/a", "/%61", "/a?x=1", "/a#x", "https://courier.example/a", "http://courier.example/a?x"]
        {
            refused(&editor, "/a", to).await;
        }
        refused(&editor, "/a", "https://Courier.example.:443/b/../a").await;
        refused(&editor, "/", "https://courier.example").await;
        let a = redirects(&editor, "/a", "/b").await;
        redirects(&editor, "/b", "https://courier.example/c").await;
        refused(&editor, "/c", "/a").await;
        refused(&editor, "/c", "https://courier.example/a?again").await;
        let c = redirects(&editor, "/c", "/d").await;
        let answer = editor.patch(&uri(&c), json!({"from": "/d", "to": "/a"})).await.expect(200);
        let faults = editor.patch(&uri(&answer.data()), json!({"from": "/c"})).await;
        assert_eq!(faults.problem(422, "invalid_body").faults().len(), 1);
        // Elsewhere is elsewhere.
        for to in [
            "https://courier.example:8443/a",
            "https://www.courier.example/a",
            "https://courier.example.net/a",
        ] {
            editor.patch(&uri(&a), json!({ "to": to })).await.expect(200);
            assert_eq!(resolve(&desk, "/a").await.expect(200).at("/data/url"), to);
        }
    }
}

#[actix_web::test]
async fn a_ring_over_the_old_address_of_a_story_is_refused() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "one"})).await;
        editor.saves(&story, json!({"slug": "two", "path": "/two"})).await;
        editor
            .act(&format!("/v1/admin/articles/{}/publish", story["id"].as_str().unwrap()))
            .await
            .expect(200);
        assert_eq!(resolve(&desk, "/one").await.expect(200).at("/data/url"), "https://courier.example/two");
        refused(&editor, "/two", "/one").await;
        redirects(&editor, "/three", "/one").await;
        refused(&editor, "/two", "/three").await;
    }
}

#[actix_web::test]
async fn a_ring_that_something_else_closes_later_leads_nobody_round() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({})).await;
        redirects(&editor, "/tag/lights", "/tag/lighthouses").await;
        redirects(&editor, "/x", "https://new.example/y").await;
        redirects(&editor, "/y", "/x").await;
        assert_eq!(resolve(&desk, "/y").await.expect(200).at("/data/url"), "https://new.example/y");
        editor.patch("/v1/admin/tags/lighthouses", json!({"slug": "lights"})).await.expect(200);
        editor.patch("/v1/admin/settings", json!({"base_url": "https://new.example"})).await.expect(200);
        let tag = resolve(&desk, "/tag/lights").await.expect(200);
        assert_eq!((tag.at("/data/kind"), tag.at("/data/slug")), (json!("tag"), json!("lights")));
        let old = resolve(&desk, "/tag/lighthouses").await.expect(200);
        assert_eq!(old.at("/data/url"), "https://new.example/tag/lights");
        for path in ["/x", "/y"] {
            resolve(&desk, path).await.problem(404, "not_found");
        }
    }
}

/// A save: from which path, to which, in which words.
type Step = (usize, usize, usize, bool);

#[actix_web::test]
async fn no_series_of_saves_leaves_a_ring_and_every_look_is_one_hop() {
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec((0..8_usize, 0..8_usize, 0..4_usize, any::<bool>()), 40);
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"path": "/p7"})).await;
        for round in 0..2 {
            let steps = steps.new_tree(&mut runner).unwrap().current();
            let mut ids = HashMap::new();
            for step in steps {
                save(&editor, &mut ids, step).await;
                look(&desk).await;
            }
            assert!(!ids.is_empty(), "{round}");
            for id in ids.into_values() {
                editor.delete(&format!("{REDIRECTS}/{id}")).await.expect(204);
            }
        }
    }
}

async fn save(editor: &Call<'_>, ids: &mut HashMap<usize, String>, (from, to, form, drops): Step) {
    let path = format!("/p{from}");
    let to = match form {
        0 => format!("/p{to}"),
        1 => format!("/p{to}?q={from}"),
        2 => format!("https://courier.example/p{to}"),
        _ => format!("http://courier.example/%70{to}#x"),
    };
    let answer = match ids.get(&from) {
        Some(id) if drops => {
            editor.delete(&format!("{REDIRECTS}/{id}")).await.expect(204);
            ids.remove(&from);
            return;
        }
        Some(id) => editor.patch(&format!("{REDIRECTS}/{id}"), json!({ "to": to })).await,
        None => editor.post(REDIRECTS, json!({"from": path, "to": to})).await,
    };
    if answer.status == 422 {
        assert_eq!(answer.faults(), [("/to".to_owned(), "redirect_loop".to_owned())]);
    } else if answer.status == 201 {
        ids.insert(from, answer.at("/data/id").as_str().unwrap().to_owned());
    } else {
        answer.expect(200);
    }
}

/// Looks at every path: where it leads, nothing leads on.
async fn look(desk: &Desk) {
    for path in 0..8 {
        let led = resolve(desk, &format!("/p{path}")).await;
        if led.status == 404 {
            continue;
        }
        let url = led.expect(200).at("/data/url").as_str().unwrap().to_owned();
        let end = url.split(['?', '#']).next().unwrap().rsplit('/').next().unwrap().replace("%70", "p");
        let there = resolve(desk, &format!("/{end}")).await;
        assert!(there.status == 404 || there.at("/data/kind") == "article", "{path} {url} {}", there.text());
    }
}
