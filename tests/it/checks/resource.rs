//! Checks as a partner asks for them, and what of them it never learns.

use serde_json::{Value, json};
use wiredesk::db::Actor;
use wiredesk::republish::checks;

use super::partner::{Runner, page};
use crate::harness::{Answer, Desk, desks};

/// Result and code of everything that does not pass, by rule.
pub fn found(answer: &Answer) -> Vec<String> {
    let rules = answer.at("/data/rules");
    let told = |rule: &Value| {
        let word = |name: &str| rule[name].as_str().unwrap_or_default().to_owned();
        format!("{} {}", word("result"), word("code"))
    };
    let rules = rules.as_array().unwrap();
    rules.iter().filter(|rule| rule["result"] != "pass").map(told).collect()
}

/// The finished checks that the log tells of, the oldest first.
async fn logged(desk: &Desk) -> Vec<Value> {
    let log = desk.admin().await.get("/v1/admin/changes?kind=check.done").await.expect(200).data();
    log.as_array().unwrap().iter().rev().map(|entry| entry["detail"].clone()).collect()
}

#[actix_web::test]
async fn a_page_with_faults_is_told_each_and_the_corrected_one_passes() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let story = admin.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "northern-echo.example").await;
        let old = echo.package(&story).await;
        let body = json!({"html": "<p>The lamp was lit for the very last time.</p><p>Nobody spoke.</p>"});
        let saved = admin.saves(&story, json!({ "body": body })).await;
        admin.act(&format!("/v1/admin/articles/{}/publish", saved["id"].as_str().unwrap())).await.expect(200);

        let canonical = old["head"]["tags"][0].as_str().unwrap();
        let bad = page("", &format!("{canonical}{}", old["html"].as_str().unwrap()));
        let url = "https://northern-echo.example/news/lighthouse";
        let answer =
            echo.call.post("/v1/syndication/checks", json!({"html": bad, "url": url})).await.expect(201);
        assert_eq!(
            found(&answer),
            [
                "warn version_outdated",
                "fail canonical_not_in_head",
                "fail noindex_missing",
                "warn version_outdated",
            ]
        );
        let told = answer.data();
        assert_eq!((&told["state"], &told["version"]), (&json!("done"), &json!(1)));
        assert_eq!((&told["article"], &told["source"]), (&story["id"], &json!("submitted")));
        let location = answer.header("location");
        assert_eq!(echo.call.get(&location).await.expect(200).data(), told);

        let new = echo.package(&story).await;
        let good = page(&echo.head(&new), new["html"].as_str().unwrap());
        let answer =
            echo.call.post("/v1/syndication/checks", json!({"html": good, "url": url})).await.expect(201);
        assert_eq!(found(&answer), Vec::<String>::new());
        assert_eq!((answer.at("/data/version"), answer.at("/data/similarity")), (json!(2), json!(1.0)));

        let logged = logged(&desk).await;
        let heads: Vec<_> =
            logged.iter().map(|done| (&done["passed"], &done["version"], &done["url"])).collect();
        assert_eq!(heads, [(&json!(false), &json!(1), &json!(url)), (&json!(true), &json!(2), &json!(url))]);
        assert!(
            logged.iter().all(|done| done["article"] == story["id"] && done["partner"] == echo.id.as_str())
        );
    }
}

#[actix_web::test]
async fn by_headers_a_page_passes_as_well() {
    for desk in desks() {
        let story = desk.newsroom().await.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "northern-echo.example").await;
        let package = echo.package(&story).await;
        let body = json!({
            "html": page("", package["html"].as_str().unwrap()),
            "headers": package["head"]["headers"],
        });
        let answer = echo.call.post("/v1/syndication/checks", body).await.expect(201);
        assert_eq!(found(&answer), Vec::<String>::new());
        assert_eq!(answer.at("/data/url"), Value::Null);
    }
}

#[actix_web::test]
async fn the_story_is_told_by_pixel_else_canonical_else_article_and_no_other_is_known() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let story = admin.publishes(json!({"slug": "lamp"})).await;
        let other = admin.publishes(json!({"slug": "tide", "headline": "The tide"})).await;
        let draft = admin.writes(json!({"slug": "secret", "headline": "Not yet"})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "northern-echo.example").await;
        let pixel = echo.package(&story).await["pixel_html"].as_str().unwrap().to_owned();
        let canonical =
            |story: &Value| format!("<link rel=canonical href='{}?ref=x'>", story["url"].as_str().unwrap());
        let ask = async |html: String, article: Option<&str>| {
            let body = json!({"html": html, "article": article});
            echo.call.post("/v1/syndication/checks", body).await
        };
        let of = |answer: Answer| answer.expect(201).at("/data/article");
        assert_eq!(of(ask(page(&canonical(&other), &pixel), Some("tide")).await), story["id"]);
        assert_eq!(of(ask(page(&canonical(&other), ""), Some("lamp")).await), other["id"]);
        assert_eq!(of(ask(page("", ""), Some("lamp")).await), story["id"]);

        let unknown = |answer: Answer| {
            let answer = answer.problem(422, "invalid_body");
            assert_eq!(answer.faults(), [("/article".to_owned(), "article_unknown".to_owned())]);
            answer.at("/errors/0/detail")
        };
        let never = unknown(ask(page("", ""), Some("never-was")).await);
        assert_eq!(unknown(ask(page("", ""), Some("secret")).await), never);
        assert_eq!(unknown(ask(page("", ""), Some(draft["id"].as_str().unwrap())).await), never);
        assert_eq!(
            unknown(ask(page("<link rel=canonical href=https://courier.example/secret>", ""), None).await),
            never
        );
        assert_eq!(unknown(ask(page("", ""), None).await), never);
    }
}

#[actix_web::test]
async fn part_01_a_check_is_its_own_partners_alone() {
    for desk in desks() {
        let story = desk.newsroom().await.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "northern-echo.example").await;
        let post = Runner::of(&desk, "The Southern Post", "southern-post.example").await;
        let html = page("", echo.package(&story).await["html"].as_str().unwrap());
        let mine = echo.call.post("/v1/syndication/checks", json!({ "html": html })).await.expect(201);
        echo.call.post("/v1/syndication/checks", json!({ "html": html })).await.expect(201);
        let path = |id: &Value| format!("/v1/syndication/checks/{}", id.as_str().unwrap());

        let foreign = post.call.get(&path(&mine.at("/data/id"))).await.problem(404, "not_found");
        let never = post.call.get(&path(&story["id"])).await.problem(404, "not_found");
        assert_eq!(foreign.at("/detail"), never.at("/detail"));
        post.call.get("/v1/syndication/checks/nonsense").await.problem(404, "not_found");
        assert_eq!(post.call.get("/v1/syndication/checks").await.expect(200).data(), json!([]));

        let first = echo.call.get("/v1/syndication/checks?limit=1").await.expect(200);
        assert_eq!(first.data().as_array().unwrap().len(), 1);
        let next = first.at("/links/next").as_str().unwrap().replace("https://api.courier.example", "");
        assert_eq!(echo.call.get(&next).await.expect(200).at("/data/0/id"), mine.at("/data/id"));
        post.call.get(&next).await.problem(400, "invalid_cursor");

        // The other's copy is told as such, and whose it is not.
        let told = post.call.post("/v1/syndication/checks", json!({ "html": html })).await.expect(201);
        assert!(found(&told).contains(&"fail pixel_of_another_partner".to_owned()), "{:?}", found(&told));
        for name in [echo.id.as_str(), "northern-echo", "Northern Echo"] {
            assert!(!told.text().contains(name), "{name} in {}", told.text());
        }
    }
}

#[actix_web::test]
async fn ssrf_07_a_page_must_be_on_a_registered_host() {
    for desk in desks() {
        let story = desk.newsroom().await.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "a.example").await;
        // When a key was last used is noted whatever comes of the request.
        let rows =
            || desk.tables().into_iter().filter(|row| !row.starts_with("api_keys")).collect::<Vec<_>>();
        let before = rows();
        for body in [
            json!({"url": "https://b.example/"}),
            json!({"url": "https://a.example.b.example/"}),
            json!({"url": "https://b.example/", "html": "<p>", "article": story["id"]}),
        ] {
            let answer = echo.call.post("/v1/syndication/checks", body).await.problem(422, "invalid_body");
            assert_eq!(answer.faults(), [("/url".to_owned(), "host_not_registered".to_owned())]);
        }
        assert!(rows() == before);
        let body = json!({"url": "https://A.example:8443/x", "article": story["slug"]});
        let asked = echo.call.post("/v1/syndication/checks", body).await.expect(201);
        assert_eq!((asked.at("/data/state"), asked.at("/data/rules")), (json!("pending"), json!([])));
        assert_eq!(asked.at("/data/article"), story["id"]);
    }
}

#[actix_web::test]
async fn a_check_says_everything_that_is_wrong_with_what_was_sent() {
    for desk in desks() {
        let echo = Runner::of(&desk, "The Northern Echo", "a.example").await;
        let faults = async |body: Value| {
            echo.call.post("/v1/syndication/checks", body).await.problem(422, "invalid_body").faults()
        };
        let fault = |place: &str, code: &str| (place.to_owned(), code.to_owned());
        assert_eq!(
            faults(json!({"headers": {"Link": "x"}})).await,
            [fault("/url", "missing_field"), fault("/headers", "invalid_value")]
        );
        assert_eq!(faults(json!({"url": "ftp://a.example/"})).await, [fault("/url", "unsafe_url")]);
        assert_eq!(faults(json!({"html": "", "pixel": true})).await, [fault("/pixel", "unknown_field")]);
    }
}

#[actix_web::test]
async fn of_a_retracted_story_it_is_asked_alone_whether_it_is_still_there() {
    for desk in desks() {
        let story = desk.newsroom().await.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "a.example").await;
        let html = echo.package(&story).await["html"].as_str().unwrap().to_owned();
        desk.retracts(story["id"].as_str().unwrap(), "legal", None).await;
        let there = echo.call.post("/v1/syndication/checks", json!({ "html": html })).await.expect(201);
        assert!(found(&there).contains(&"fail retracted_still_live".to_owned()));
        assert!(!there.text().contains("Nobody spoke"));
        let gone = json!({"html": "<p>This page was removed.</p>", "article": story["id"]});
        let gone = echo.call.post("/v1/syndication/checks", gone).await.expect(201);
        assert!(found(&gone).iter().all(|told| told == "na page_removed"), "{:?}", found(&gone));
        let logged = logged(&desk).await;
        let told: Vec<_> = logged.iter().map(|done| (&done["passed"], &done["removed"])).collect();
        assert_eq!(told, [(&json!(false), &json!(false)), (&json!(true), &json!(true))]);
    }
}

#[actix_web::test]
async fn the_words_of_a_story_that_the_partner_may_not_run_are_not_told() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let story = admin.publishes(json!({"origin": "wire", "source_url": "https://wire.example/1"})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "a.example").await;
        let body = json!({"html": "<p>Nothing.</p>", "article": story["id"]});
        let answer = echo.call.post("/v1/syndication/checks", body).await.expect(201);
        assert!(found(&answer).contains(&"fail text_missing".to_owned()));
        assert!(!answer.text().contains("lamp"), "{}", answer.text());
    }
}

#[actix_web::test]
async fn a_check_that_comes_again_under_its_name_is_made_once() {
    for desk in desks() {
        let story = desk.newsroom().await.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "a.example").await;
        let named = echo.call.clone().header("idempotency-key", "once");
        let body = json!({"url": "https://a.example/x", "article": story["id"]});
        let first = named.post("/v1/syndication/checks", body.clone()).await.expect(201);
        let again = named.post("/v1/syndication/checks", body).await.expect(201);
        assert_eq!((first.data(), first.header("location")), (again.data(), again.header("location")));
        let list = echo.call.get("/v1/syndication/checks").await.expect(200).data();
        assert_eq!(list.as_array().unwrap().len(), 1);
    }
}

#[actix_web::test]
async fn a_page_that_is_followed_is_planned_four_times_and_once_each() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        let story = admin.publishes(json!({})).await;
        let echo = Runner::of(&desk, "The Northern Echo", "a.example").await;
        let (partner, article) = (echo.id.parse().unwrap(), story["id"].as_str().unwrap().parse().unwrap());
        for _ in 0..2 {
            let plan = move |tx: &mut wiredesk::db::Tx<'_>| {
                checks::follow(tx, partner, article, "https://a.example/x")
            };
            desk.app().db.write(Actor::system(), plan).await.unwrap();
        }
        let path =
            format!("/v1/admin/partners/{}/checks?article={}", echo.id, story["slug"].as_str().unwrap());
        let list = desk.editor().await.get(&path).await.expect(200).data();
        let due: Vec<&str> =
            list.as_array().unwrap().iter().map(|check| check["due_at"].as_str().unwrap()).collect();
        let mut due: Vec<&str> = due.into_iter().map(|at| &at[..16]).collect();
        due.sort_unstable();
        assert_eq!(due, ["2026-05-01T09:30", "2026-05-01T10:30", "2026-05-02T09:30", "2026-05-08T09:30"]);
        let none = format!("/v1/admin/partners/{}/checks?article=never-was", echo.id);
        assert_eq!(desk.editor().await.get(&none).await.expect(200).data(), json!([]));
    }
}
