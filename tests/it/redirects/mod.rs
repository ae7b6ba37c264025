//! Redirects: the resource, and where paths lead.

mod bundles;
mod rings;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use wiredesk::auth::Role;

use crate::harness::{Answer, Call, Desk, desks};

const REDIRECTS: &str = "/v1/admin/redirects";

/// Makes a redirect that is good.
async fn redirects(editor: &Call<'_>, from: &str, to: &str) -> Value {
    editor.post(REDIRECTS, json!({"from": from, "to": to})).await.expect(201).data()
}

async fn resolve(desk: &Desk, path: &str) -> Answer {
    desk.anyone().get(&format!("/v1/resolve?path={}", utf8_percent_encode(path, NON_ALPHANUMERIC))).await
}

fn uri(redirect: &Value) -> String {
    format!("{REDIRECTS}/{}", redirect["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_redirect_is_made_read_changed_and_deleted() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let body = json!({"from": "/old", "to": "/new", "status": 302});
        let made = editor.post(REDIRECTS, body).await.expect(201);
        let redirect = made.data();
        assert_eq!(made.header("location"), uri(&redirect));
        assert_eq!(redirect, json!({"id": redirect["id"], "from": "/old", "to": "/new", "status": 302}));
        assert_eq!(made.at("/meta/warnings"), json!([]));
        assert_eq!(editor.get(&uri(&redirect)).await.expect(200).data(), redirect);
        let seen = resolve(&desk, "/old").await.expect(200).data();
        let url = "https://courier.example/new";
        assert_eq!(
            seen,
            json!({"kind": "redirect", "id": redirect["id"], "slug": null, "url": url, "status": 302})
        );

        let changed =
            editor.patch(&uri(&redirect), json!({"from": "/older", "status": null})).await.expect(200);
        assert_eq!(
            changed.data(),
            json!({"id": redirect["id"], "from": "/older", "to": "/new", "status": 301})
        );
        resolve(&desk, "/old").await.problem(404, "not_found");
        assert_eq!(resolve(&desk, "/older").await.expect(200).at("/data/status"), 301);
        // The same again is no change.
        let seq = |answer: &Answer| answer.header("wiredesk-sequence").parse::<i64>().unwrap();
        let again = editor.patch(&uri(&redirect), json!({"to": "/new"})).await.expect(200);
        assert_eq!(seq(&again), seq(&changed));

        editor.delete(&uri(&redirect)).await.expect(204);
        editor.get(&uri(&redirect)).await.problem(404, "not_found");
        editor.delete(&uri(&redirect)).await.problem(404, "not_found");
        editor.get(&format!("{REDIRECTS}/none")).await.problem(404, "not_found");
        resolve(&desk, "/older").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn redirects_are_listed_by_path_and_found_by_it() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for from in ["/b", "/Caf%C3%A9/menu", "/a", "/a/b", "/100%25"] {
            redirects(&editor, from, "/x").await;
        }
        let paths = |answer: &Answer| -> Vec<String> {
            let rows = answer.data();
            rows.as_array().unwrap().iter().map(|row| row["from"].as_str().unwrap().to_owned()).collect()
        };
        let first = editor.get(&format!("{REDIRECTS}?limit=3")).await.expect(200);
        assert_eq!(paths(&first), ["/100%25", "/Caf%C3%A9/menu", "/a"]);
        let next = first.at("/links/next").as_str().unwrap().replace("https://api.courier.example", "");
        assert_eq!(paths(&editor.get(&next).await.expect(200)), ["/a/b", "/b"]);
        for (q, found) in [
            ("cafe", vec!["/Caf%C3%A9/menu"]),
            ("A%2FB", vec!["/a/b"]),
            ("%25", vec!["/100%25"]),
            ("none", vec![]),
        ] {
            assert_eq!(paths(&editor.get(&format!("{REDIRECTS}?q={q}")).await.expect(200)), found, "{q}");
        }
    }
}

#[actix_web::test]
async fn a_path_has_one_redirect_in_the_form_in_which_paths_are_looked_up() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let made = redirects(&editor, "/cafe\u{301}/%61&b", "/caf\u{e9}?q=ç#é").await;
        assert_eq!(made["from"], "/caf%C3%A9/a&b");
        assert_eq!(made["to"], "/caf%C3%A9?q=%C3%A7#%C3%A9");
        for path in ["/caf%c3%a9/a&b", "/café/%61%26b", "/cafe\u{301}/a&b"] {
            let found = resolve(&desk, path).await.expect(200);
            assert_eq!(found.at("/data/url"), "https://courier.example/caf%C3%A9?q=%C3%A7#%C3%A9", "{path}");
            editor.post(REDIRECTS, json!({"from": path, "to": "/x"})).await.problem(409, "taken");
        }
        // Case and a final slash count, as they do for every path.
        for path in ["/Caf%C3%A9/a&b", "/caf%C3%A9/a&b/"] {
            resolve(&desk, path).await.problem(404, "not_found");
            redirects(&editor, path, "/x").await;
        }
        let other = redirects(&editor, "/other", "/x").await;
        editor.patch(&uri(&other), json!({"from": "/café/a&b"})).await.problem(409, "taken");
    }
}

#[actix_web::test]
async fn what_is_no_path_and_no_safe_target_is_refused() {
    let long = format!("/{}", "x".repeat(512));
    for desk in desks() {
        let editor = desk.newsroom().await;
        for (from, code) in [
            ("", "invalid_value"),
            ("a", "invalid_value"),
            ("//evil.example", "invalid_value"),
            ("/\\evil.example", "invalid_value"),
            ("/a//b", "invalid_value"),
            ("/a/../b", "invalid_value"),
            ("/%2e%2e/b", "invalid_value"),
            ("/a%2Fb", "invalid_value"),
            ("/a?b", "invalid_value"),
            ("/a%3Fb", "invalid_value"),
            ("/a#b", "invalid_value"),
            ("/a b", "invalid_value"),
            ("/a%0d%0aSet-Cookie:x", "invalid_value"),
            ("/a\u{0}", "invalid_value"),
            ("/%ff", "invalid_value"),
            ("/%", "invalid_value"),
            ("https://courier.example/a", "invalid_value"),
            (long.as_str(), "too_long"),
        ] {
            let answer = editor.post(REDIRECTS, json!({"from": from, "to": "/x"})).await;
            let faults = answer.problem(422, "invalid_body").faults();
            assert_eq!(faults, [("/from".to_owned(), code.to_owned())], "{from}");
        }
        for (to, code) in [
            ("", "unsafe_url"),
            ("x", "unsafe_url"),
            ("//evil.example", "unsafe_url"),
            ("/\\evil.example", "unsafe_url"),
            ("javascript:alert(1)", "unsafe_url"),
            ("data:text/html,x", "unsafe_url"),
            ("ftp://evil.example", "unsafe_url"),
            ("https://user:secret@evil.example/", "unsafe_url"),
            ("https://user@evil.example/", "unsafe_url"),
            ("/a b", "unsafe_url"),
            ("/a/../b", "invalid_value"),
            ("/%2E./b", "invalid_value"),
            ("/a%2fb", "invalid_value"),
            ("/a\r\nSet-Cookie: x", "unsafe_url"),
            ("/a\u{7}", "control_character"),
        ] {
            let answer = editor.post(REDIRECTS, json!({"from": "/a", "to": to})).await;
            let faults = answer.problem(422, "invalid_body").faults();
            assert_eq!(faults, [("/to".to_owned(), code.to_owned())], "{to:?}");
        }
        for (body, place) in [
            (json!({"from": "/a"}), "/to missing_field"),
            (json!({"from": "/a", "to": null, "status": 302}), "/to missing_field"),
            (json!({"from": "/a", "to": "/b", "status": 410}), "/to invalid_value"),
            (json!({"from": "/a", "to": "/b", "status": 307}), "/status invalid_value"),
            (json!({"from": "/a", "to": "/b", "status": "301"}), "/status wrong_type"),
            (json!({"from": "/a", "to": "/b", "note": "x"}), "/note unknown_field"),
            (json!({"to": "/b"}), "/from missing_field"),
        ] {
            let faults = editor.post(REDIRECTS, body).await.problem(422, "invalid_body").faults();
            let told: Vec<String> = faults.iter().map(|(place, code)| format!("{place} {code}")).collect();
            assert_eq!(told, [place]);
        }
        assert_eq!(editor.get(REDIRECTS).await.expect(200).data(), json!([]));
    }
}

#[actix_web::test]
async fn a_live_story_goes_before_a_redirect_from_its_address() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        redirects(&editor, "/tide", "/elsewhere").await;
        let story = editor.publishes(json!({"slug": "tide"})).await;
        let act = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
        assert_eq!(resolve(&desk, "/tide").await.expect(200).at("/data/kind"), "article");
        let list = editor.get(REDIRECTS).await.expect(200);
        let warned = editor.patch(&uri(&list.at("/data/0")), json!({"to": "/elsewhere/2"})).await.expect(200);
        assert_eq!(warned.at("/meta/warnings/0/code"), "live_story");
        assert_eq!(warned.at("/meta/warnings/0/field"), "from");
        assert_eq!(resolve(&desk, "/tide").await.expect(200).at("/data/kind"), "article");
        editor.act(&format!("{act}/unpublish")).await.expect(200);
        let led = resolve(&desk, "/tide").await.expect(200);
        assert_eq!(led.at("/data/url"), "https://courier.example/elsewhere/2");
        editor.act(&format!("{act}/publish")).await.expect(200);
        assert_eq!(resolve(&desk, "/tide").await.expect(200).at("/data/kind"), "article");
    }
}

#[actix_web::test]
async fn what_a_redirect_says_is_gone_is_410_also_for_whatever_leads_there() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.post(REDIRECTS, json!({"from": "/gone", "to": null, "status": 410})).await.expect(201);
        redirects(&editor, "/before", "https://courier.example/gone?x=1").await;
        resolve(&desk, "/gone").await.problem(410, "gone");
        resolve(&desk, "/before").await.problem(410, "gone");

        let story = editor.publishes(json!({"slug": "tide"})).await;
        redirects(&editor, "/ebb", "/tide").await;
        assert_eq!(resolve(&desk, "/ebb").await.expect(200).at("/data/url"), "https://courier.example/tide");
        let retract = format!("/v1/admin/articles/{}/retract", story["id"].as_str().unwrap());
        editor
            .post(&retract, json!({"kind": "withdraw", "public_reason": "It was wrong."}))
            .await
            .expect(200);
        resolve(&desk, "/tide").await.problem(410, "retracted");
        let told = resolve(&desk, "/ebb").await.problem(410, "retracted");
        assert_eq!(told.at("/retracted/reason"), "It was wrong.");
        // The newsroom may say where its readers should go instead.
        redirects(&editor, "/tide", "/corrections").await;
        let url = "https://courier.example/corrections";
        assert_eq!(resolve(&desk, "/ebb").await.expect(200).at("/data/url"), url);
    }
}

#[actix_web::test]
async fn every_look_at_a_path_is_renewed_by_a_redirect() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "tide"})).await;
        desk.pass(60);
        let missing = resolve(&desk, "/ebb").await.problem(404, "not_found");
        assert!(missing.header("surrogate-key").split(' ').any(|key| key == "redirects"));
        let there = resolve(&desk, "/tide").await.expect(200);
        assert!(there.header("surrogate-key").split(' ').any(|key| key == "redirects"));
        redirects(&editor, "/ebb", "/tide").await;
        let changes = editor.get("/v1/admin/changes?kind=redirect.created").await.expect(200);
        assert_eq!(changes.at("/data/0/audience"), "public");
        let since = desk.anyone().header("if-modified-since", there.header("last-modified"));
        desk.pass(60);
        since.get("/v1/resolve?path=/ebb").await.expect(200);
    }
}

#[actix_web::test]
async fn redirects_are_for_editors_and_admins() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let redirect = redirects(&admin, "/a", "/b").await;
        for (name, role) in [("cora", Role::Contributor), ("aldo", Role::Author)] {
            let caller = desk.staff(&format!("{name}@courier.example"), role).await;
            caller.get(REDIRECTS).await.problem(403, "forbidden");
            caller.get(&uri(&redirect)).await.problem(403, "forbidden");
            caller.post(REDIRECTS, json!({"from": "/c", "to": "/d"})).await.problem(403, "forbidden");
            caller.patch(&uri(&redirect), json!({"to": "/d"})).await.problem(403, "forbidden");
            caller.delete(&uri(&redirect)).await.problem(403, "forbidden");
        }
        let editor = desk.staff("edda@courier.example", Role::Editor).await;
        editor.patch(&uri(&redirect), json!({"to": "/d"})).await.expect(200);
        editor.delete(&uri(&redirect)).await.expect(204);
    }
}
