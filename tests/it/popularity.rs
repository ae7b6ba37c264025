//! Views and rankings.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::thread;

use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use wiredesk::db::ids::ArticleId;
use wiredesk::db::schema::{live_articles, views};
use wiredesk::db::types::Stamp;
use wiredesk::db::{Actor, Tx};
use wiredesk::error::Result;
use wiredesk::popularity::{self, Reader, ViewsImport, Window};

use crate::harness::{Answer, Call, Desk, desks};

const HOUR: i64 = 3600;

/// Runs what jobs run, away from the test's own threads.
fn job<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join().unwrap())
}

fn flush(desk: &Desk) {
    let app = desk.app();
    job(|| popularity::flush(&app.views, &app.db)).unwrap();
}

fn rank(desk: &Desk) {
    job(|| popularity::rank_all(&desk.app().db)).unwrap();
}

fn write<T: Send + 'static>(desk: &Desk, work: impl FnOnce(&mut Tx) -> Result<T> + Send + 'static) -> T {
    job(|| desk.app().db.write_now(Actor::import(), work)).unwrap().value
}

/// Every counter there is.
fn counters(desk: &Desk) -> Vec<(ArticleId, bool, i64)> {
    let rows = desk.app().db.read_now(|snapshot| {
        let rows = views::table.order((views::article_id, views::hour, views::imported));
        Ok(rows.select((views::article_id, views::imported, views::count)).load(&mut **snapshot)?)
    });
    rows.unwrap()
}

fn id(story: &Value) -> ArticleId {
    story["id"].as_str().unwrap().parse().unwrap()
}

async fn live(editor: &Call<'_>, headline: &str) -> ArticleId {
    id(&editor.publishes(json!({"headline": headline})).await)
}

async fn view(call: &Call<'_>, article: impl ToString) {
    call.post("/v1/views", json!({"article": article.to_string()})).await.expect(204);
}

fn slugs(answer: &Answer) -> Vec<String> {
    let rows = answer.data();
    let slug = |row: &Value| row.pointer("/article/slug").unwrap().as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(slug).collect()
}

#[actix_web::test]
async fn leak_18_a_view_is_answered_alike_for_a_live_story_a_draft_and_one_never_written() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let public = live(&editor, "Lamp out").await;
        let draft = id(&editor.writes(json!({"headline": "Quay to close"})).await);
        let mut answers = Vec::new();
        let unwritten = ArticleId::new().to_string();
        let names = [public.to_string(), draft.to_string(), unwritten];
        for name in names.iter().map(String::as_str).chain(["lamp-out", "quay-to-close", "Lamp Out", "%"]) {
            let body = json!({"article": name, "referrer": "https://search.example/?q=lamp"}).to_string();
            for kind in ["application/json", "text/plain;charset=UTF-8"] {
                let sent = Some((kind, body.clone().into_bytes()));
                let answer = desk.anyone().send("POST", "/v1/views", sent).await.expect(204);
                assert_eq!(answer.bytes, b"");
                let mut headers: Vec<String> = answer
                    .headers
                    .iter()
                    .map(|(name, value)| {
                        // CORS names the exposed headers in an order of chance.
                        let mut words: Vec<&str> = value.to_str().unwrap().split(", ").collect();
                        words.sort_unstable();
                        format!("{name}: {}", words.join(", "))
                    })
                    .collect();
                headers.retain(|header| !header.starts_with("x-request-id"));
                headers.sort();
                answers.push(headers);
            }
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
        flush(&desk);
        assert_eq!(counters(&desk), [(public, false, 1)]);
    }
}

#[actix_web::test]
async fn dos_11_one_reader_counts_once_in_half_an_hour_however_often_they_come() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = live(&editor, "Lamp out").await;
        let reader = desk.anyone().header("user-agent", "Loop/1.0");
        for name in ["lamp-out", &story.to_string(), &story.to_string().to_uppercase()] {
            for _ in 0..10 {
                view(&reader, name).await;
            }
            flush(&desk);
        }
        let hasty = Reader::Marked(IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)), b"Loop/1.0".to_vec());
        for _ in 0..10_000 {
            desk.app().views.note("lamp-out", &hasty, desk.app().db.now());
        }
        flush(&desk);
        assert_eq!(counters(&desk), [(story, false, 2)]);
        desk.pass(29 * 60 + 59);
        view(&reader, "lamp-out").await;
        flush(&desk);
        assert_eq!(counters(&desk), [(story, false, 2)]);
        desk.pass(1);
        view(&reader, "lamp-out").await;
        view(&desk.anyone().header("user-agent", "Other/1.0"), "lamp-out").await;
        flush(&desk);
        assert_eq!(counters(&desk), [(story, false, 2), (story, false, 2)]);
    }
}

#[actix_web::test]
async fn readers_who_ask_not_to_be_tracked_are_not_told_apart() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = live(&editor, "Lamp out").await;
        for (name, value, counted) in [("sec-gpc", "1", 3), ("dnt", "1", 6), ("dnt", "0", 7)] {
            for _ in 0..3 {
                view(&desk.anyone().header(name, value), story).await;
                flush(&desk);
            }
            assert_eq!(counters(&desk), [(story, false, counted)]);
        }
    }
}

#[actix_web::test]
async fn a_view_that_cannot_be_read_is_refused() {
    for desk in desks() {
        let anyone = desk.anyone();
        let post = async |kind, body: &str| {
            anyone.send("POST", "/v1/views", Some((kind, body.as_bytes().to_vec()))).await
        };
        post("text/plain", "{").await.problem(400, "malformed_json");
        post("text/plain", r#"{"article": "a", "article": "b"}"#).await.problem(400, "malformed_json");
        post("application/json", r#"{"article": "a", "count": 5}"#).await.problem(422, "invalid_body");
        post("application/json", "{}").await.problem(422, "invalid_body");
        post("text/html", r#"{"article": "a"}"#).await.problem(415, "unsupported_media_type");
        let large = json!({"article": "a", "referrer": "x".repeat(8192)}).to_string();
        post("text/plain", &large).await.problem(413, "body_too_large");
        let stranger = desk.bearer("wd_read_nobody");
        stranger.post("/v1/views", json!({"article": "a"})).await.problem(401, "invalid_credential");
    }
}

#[actix_web::test]
async fn what_cannot_be_written_down_is_kept_for_the_next_time() {
    let desk = Desk::on_sqlite(&[]);
    let editor = desk.newsroom().await;
    let story = live(&editor, "Lamp out").await;
    view(&desk.anyone(), story).await;
    let failing = "CREATE TRIGGER no_views BEFORE INSERT ON views BEGIN SELECT RAISE(ABORT, 'no'); END";
    let statement = |text: &'static str| {
        write(&desk, move |tx| Ok(diesel::sql_query(text).execute(&mut **tx).map(|_| ())?));
    };
    statement(failing);
    let app = desk.app();
    job(|| popularity::flush(&app.views, &app.db)).unwrap_err();
    statement("DROP TRIGGER no_views");
    flush(&desk);
    assert_eq!(counters(&desk), [(story, false, 1)]);
    flush(&desk);
    assert_eq!(counters(&desk), [(story, false, 1)]);
}

#[actix_web::test]
async fn leak_19_the_most_popular_are_live_stories_by_their_views_of_late() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.post("/v1/admin/sections", json!({"slug": "sport", "name": "Sport"})).await.expect(201);
        let old = live(&editor, "Lamp out").await;
        desk.pass(60);
        let new = live(&editor, "Nets in").await;
        let sport = json!({"headline": "Regatta", "section": "sport"});
        let regatta = id(&editor.publishes(sport).await);
        live(&editor, "Unread").await;
        let draft = id(&editor.writes(json!({"headline": "Quay to close"})).await);
        let now = desk.app().db.now();
        write(&desk, move |tx| {
            let mut run = ViewsImport::default();
            for (story, hours_ago, count) in
                [(old, 20, 1000), (new, 2, 300), (regatta, 2, 200), (draft, 1, 9000)]
            {
                run.put(tx, story, now.plus_seconds(-hours_ago * HOUR), count)?;
            }
            popularity::rank(tx, &Window::ALL)
        });
        let reader = desk.anyone();
        let day = reader.get("/v1/most-popular").await.expect(200);
        assert_eq!(slugs(&day), ["nets-in", "regatta", "lamp-out"]);
        assert_eq!(day.at("/data/0/rank"), 1);
        assert_eq!(day.at("/meta/limit"), 5);
        for secret in ["quay", draft.as_str(), "9000"] {
            assert!(!day.text().contains(secret) && !day.header("surrogate-key").contains(secret));
        }
        let of = async |query: &str| reader.get(&format!("/v1/most-popular?{query}")).await.expect(200);
        assert_eq!(slugs(&of("window=30d").await), ["lamp-out", "nets-in", "regatta"]);
        assert_eq!(slugs(&of("window=6h&limit=1").await), ["nets-in"]);
        assert_eq!(slugs(&of("window=1h").await), Vec::<String>::new());
        assert_eq!(slugs(&of("section=city").await), ["nets-in", "lamp-out"]);
        assert_eq!(of("section=sport").await.at("/data/0/rank"), 1);
        assert_eq!(slugs(&of("section=nowhere").await), Vec::<String>::new());
        let off = format!("/v1/admin/articles/{new}/unpublish");
        editor.clone().header("if-match", "*").act(&off).await.expect(200);
        assert_eq!(slugs(&of("").await), ["regatta", "lamp-out"]);
        rank(&desk);
        assert_eq!(slugs(&of("").await), ["regatta", "lamp-out"]);
        for query in ["window=2h", "limit=51", "limit=0", "windows=1h", "window=1h&window=6h"] {
            reader.get(&format!("/v1/most-popular?{query}")).await.expect(400);
        }
    }
}

#[actix_web::test]
async fn equal_views_go_by_the_newest() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for headline in ["First", "Second", "Third"] {
            live(&editor, headline).await;
            desk.pass(60);
        }
        for story in ["second", "first", "third"] {
            view(&desk.anyone(), story).await;
        }
        flush(&desk);
        rank(&desk);
        let answer = desk.anyone().get("/v1/most-popular").await.expect(200);
        assert_eq!(slugs(&answer), ["third", "second", "first"]);
    }
}

#[actix_web::test]
async fn a_ranking_is_told_to_the_log_where_its_order_changed_and_not_otherwise() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let seq = || desk.app().db.read_now(|snapshot| Ok(snapshot.seq())).unwrap();
        live(&editor, "First").await;
        live(&editor, "Second").await;
        let reader = desk.anyone();
        let empty = reader.get("/v1/most-popular").await.expect(200);
        view(&reader, "first").await;
        flush(&desk);
        let before = seq();
        rank(&desk);
        assert_eq!(seq(), before + 1);
        let ranked = reader.get("/v1/most-popular").await.expect(200);
        assert_ne!(empty.header("etag"), ranked.header("etag"));
        view(&desk.anyone().header("user-agent", "Other/1.0"), "first").await;
        flush(&desk);
        desk.pass(60);
        rank(&desk);
        assert_eq!(seq(), before + 1, "more views, the same order");
        reader.header("if-none-match", ranked.header("etag")).get("/v1/most-popular").await.expect(304);
    }
}

#[actix_web::test]
async fn imported_views_replace_those_imported_before_and_leave_the_counted_ones() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let (one, two) = (live(&editor, "One").await, live(&editor, "Two").await);
        view(&desk.anyone(), one).await;
        flush(&desk);
        let now = desk.app().db.now();
        for counts in [[(one, 5), (one, 6), (two, 7)], [(one, 1), (one, 1), (one, 1)]] {
            write(&desk, move |tx| {
                let mut run = ViewsImport::default();
                counts.iter().try_for_each(|(story, count)| run.put(tx, *story, now, *count))
            });
        }
        assert_eq!(counters(&desk), [(one, false, 1), (one, true, 3), (two, true, 7)]);
    }
}

/// Stories, hours before the opening, and views.
type Case = Vec<(usize, i64, i64)>;

/// What the score of each story should be, without the least cleverness.
fn model(desk: &Desk, case: &Case, window: Window) -> BTreeMap<usize, f64> {
    let now = desk.app().db.now().0 as f64 / 3.6e9;
    let span = window.seconds() as f64 / 3600.0;
    let mut scores = BTreeMap::new();
    for (story, hours_ago, count) in case {
        let hour = now.floor() - *hours_ago as f64;
        let middle = (hour + (hour + 1.0).min(now)) / 2.0;
        if hour + 1.0 > now - span {
            let weight = 0.5f64.powf((now - middle) / (span / 4.0));
            *scores.entry(*story).or_insert(0.0) += *count as f64 * weight;
        }
    }
    scores
}

#[test]
fn a_ranking_is_the_order_of_the_decayed_views_then_of_the_dates_then_of_the_ids() {
    for desk in desks() {
        let stories: Vec<ArticleId> = actix_web::rt::System::new().block_on(async {
            let editor = desk.newsroom().await;
            let mut stories = Vec::new();
            for (place, headline) in ["A", "B", "C", "D", "E", "F"].into_iter().enumerate() {
                stories.push(live(&editor, headline).await);
                // Some share the instant of their publication.
                desk.pass(if place % 2 == 0 { 0 } else { 61 });
            }
            stories
        });
        let dates: BTreeMap<ArticleId, Stamp> = desk
            .app()
            .db
            .read_now(|snapshot| {
                let rows = live_articles::table.select((live_articles::id, live_articles::published_at));
                Ok(rows.load::<(ArticleId, Stamp)>(&mut **snapshot)?.into_iter().collect())
            })
            .unwrap();
        let views = prop::collection::vec((0..stories.len(), 0i64..800, 1i64..4), 0..12);
        let close = prop::collection::vec((0..stories.len(), 0i64..3, 1i64..3), 0..12);
        let cases = prop_oneof![views, close];
        let mut runner =
            TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&cases, |case| {
            let now = desk.app().db.now();
            let (rows, named) = (case.clone(), stories.clone());
            write(&desk, move |tx| {
                diesel::delete(views::table).execute(&mut **tx)?;
                let mut run = ViewsImport::default();
                for (story, hours_ago, count) in rows {
                    run.put(tx, named[story], now.plus_seconds(-hours_ago * HOUR), count)?;
                }
                popularity::rank(tx, &Window::ALL)
            });
            for window in Window::ALL {
                let scores = model(&desk, &case, window);
                let ranked =
                    desk.app().db.read_now(|s| popularity::most_popular(s, window, None, 50)).unwrap();
                prop_assert_eq!(ranked.len(), scores.len());
                let score = |id: &ArticleId| scores[&stories.iter().position(|story| story == id).unwrap()];
                for pair in ranked.windows(2) {
                    let (a, b) = (score(&pair[0]), score(&pair[1]));
                    let equal = (a - b).abs() <= 1e-9 * a;
                    let later = (dates[&pair[0]], pair[1]) > (dates[&pair[1]], pair[0]);
                    prop_assert!(a > b || equal, "{case:?} {window:?}");
                    // Sums of the same views are equal to the last bit; others may merely be close.
                    let same = |id: &ArticleId| {
                        let mut own: Vec<_> = case.iter().filter(|view| stories[view.0] == *id).collect();
                        own.sort();
                        own.into_iter().map(|view| (view.1, view.2)).collect::<Vec<_>>()
                    };
                    prop_assert!(same(&pair[0]) != same(&pair[1]) || later, "{case:?} {window:?}");
                }
            }
            Ok(())
        });
        outcome.unwrap();
    }
}
