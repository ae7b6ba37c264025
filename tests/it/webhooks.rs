//! HOOK: who is told of changes, how it is signed, tried again and told anew.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use standardwebhooks::Webhook;
use wiredesk::db::types::Stamp;

use crate::harness::{Call, Desk, Heard, Receiver, postgres_url};

/// A desk on each engine there is, which may reach loopback, at the present moment: receivers look at the time.
fn reaching_desks() -> Vec<Desk> {
    let settings = [("WIREDESK_ALLOW_PRIVATE_TARGETS", "127.0.0.0/8")];
    let mut desks = vec![Desk::on_sqlite(&settings)];
    desks.extend(postgres_url().map(|server| Desk::on_postgres(&server, &settings)));
    for desk in &desks {
        desk.set_clock(&Stamp::now().to_string());
    }
    desks
}

/// Answers with these statuses, one after another; the last stands.
fn answering(statuses: &'static [u16]) -> Receiver {
    let count = AtomicUsize::new(0);
    Receiver::new(move |_, stream| {
        let place = count.fetch_add(1, Ordering::SeqCst).min(statuses.len() - 1);
        let _ = write!(stream, "HTTP/1.1 {} X\r\ncontent-length: 0\r\n\r\n", statuses[place]);
    })
}

async fn hook(partner: &Call<'_>, to: &Receiver, with: Value) -> Value {
    let mut input = json!({ "url": to.url("/hook") });
    input.as_object_mut().unwrap().extend(with.as_object().cloned().unwrap());
    partner.post("/v1/syndication/webhooks", input).await.expect(201).data()
}

async fn deliveries(partner: &Call<'_>, hook: &Value) -> Vec<Value> {
    let uri = format!("/v1/syndication/webhooks/{}/deliveries?limit=100", hook["id"].as_str().unwrap());
    partner.get(&uri).await.expect(200).data().as_array().unwrap().clone()
}

fn is_signed(heard: &Heard, secret: &Value) -> bool {
    let mut headers = http::HeaderMap::new();
    for (name, value) in &heard.headers {
        headers.insert(name.parse::<http::HeaderName>().unwrap(), value.parse().unwrap());
    }
    let receiver = Webhook::new(secret.as_str().unwrap()).unwrap();
    receiver.verify(heard.body.as_bytes(), &headers).is_ok()
}

fn told(heard: &Heard) -> Value {
    serde_json::from_str(&heard.body).unwrap()
}

#[actix_web::test]
async fn hook_01_a_message_is_tried_until_it_is_taken_and_signed_anew_each_time() {
    for desk in reaching_desks() {
        let admin = desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        let receiver = answering(&[500, 302, 204]);
        let made = hook(&partner, &receiver, json!({})).await;
        let story = admin.publishes(json!({"headline": "灯 😀 שלום"})).await;
        desk.keeps_time();
        let waiting = &deliveries(&partner, &made).await[0];
        assert_eq!((&waiting["state"], &waiting["status"]), (&json!("pending"), &json!(500)));
        let pause = |delivery: &Value| {
            let next = Stamp::parse(delivery["next_try_at"].as_str().unwrap()).unwrap();
            (next.0 - desk.app().db.now().0) as f64 / 1e6
        };
        assert!((4.0..=6.0).contains(&pause(waiting)));
        desk.keeps_time();
        assert_eq!(receiver.heard().len(), 1);
        desk.pass(6);
        desk.keeps_time();
        assert!((24.0..=36.0).contains(&pause(&deliveries(&partner, &made).await[0])));
        desk.pass(36);
        desk.keeps_time();
        let done = &deliveries(&partner, &made).await[0];
        assert_eq!((&done["state"], &done["attempts"]), (&json!("delivered"), &json!(3)));
        assert_eq!(done["next_try_at"], Value::Null);
        let heard = receiver.heard();
        assert_eq!(heard.len(), 3);
        assert!(heard.iter().all(|heard| is_signed(heard, &made["secret"])));
        assert!(!is_signed(
            &Heard { body: heard[0].body.replace("article", "Article"), ..heard[0].clone() },
            &made["secret"]
        ));
        assert!(heard.iter().all(|heard| heard.headers["webhook-id"] == done["id"].as_str().unwrap()));
        for other in ["webhook-timestamp", "webhook-signature"] {
            assert_ne!(heard[0].headers[other], heard[1].headers[other]);
        }
        let message = told(&heard[0]);
        assert_eq!(message["type"], "article.published");
        assert_eq!(message["data"]["id"], story["id"]);
        assert_eq!(
            (&message["data"]["version"], &message["data"]["sequence"]),
            (&json!(1), &done["sequence"])
        );
        desk.keeps_time();
        assert_eq!(receiver.heard().len(), 3);
    }
}

#[actix_web::test]
async fn hook_01_an_endpoint_that_is_gone_is_told_nothing_more_and_one_that_is_down_is_given_up() {
    for desk in reaching_desks() {
        let admin = desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        let (gone, down) = (answering(&[410]), answering(&[503]));
        let of_gone = hook(&partner, &gone, json!({})).await;
        let of_down = hook(&partner, &down, json!({})).await;
        admin.publishes(json!({})).await;
        desk.keeps_time();
        admin.publishes(json!({})).await;
        desk.keeps_time();
        assert_eq!(gone.heard().len(), 1);
        let uri = format!("/v1/syndication/webhooks/{}", of_gone["id"].as_str().unwrap());
        assert_eq!(partner.get(&uri).await.expect(200).at("/data/active"), false);
        for pause in [6, 36, 144, 720, 4_320, 12_960, 25_920, 51_840, 99_999] {
            desk.pass(pause);
            desk.keeps_time();
        }
        let given_up = deliveries(&partner, &of_down).await;
        assert!(given_up.iter().all(|delivery| delivery["state"] == "failed" && delivery["attempts"] == 9));
        assert_eq!(down.heard().len(), 18);
        desk.pass(31 * 24 * 3600);
        desk.keeps_time();
        assert!(deliveries(&partner, &of_down).await.is_empty());
    }
}

#[actix_web::test]
async fn hook_02_a_secret_is_shown_once_and_for_a_day_after_it_changed_either_verifies() {
    for desk in reaching_desks() {
        let admin = desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        let receiver = answering(&[204]);
        let made = hook(&partner, &receiver, json!({})).await;
        let uri = format!("/v1/syndication/webhooks/{}", made["id"].as_str().unwrap());
        let changed = partner.act(&format!("{uri}/rotate")).await.expect(200).data();
        let secrets = [&made["secret"], &changed["secret"]];
        assert!(secrets.iter().all(|secret| secret.as_str().unwrap().starts_with("whsec_")));
        assert_ne!(secrets[0], secrets[1]);
        partner.act(&format!("{uri}/test")).await.expect(200);
        desk.keeps_time();
        let heard = receiver.heard().pop().unwrap();
        assert_eq!(told(&heard)["type"], "webhook.test");
        assert!(secrets.iter().all(|secret| is_signed(&heard, secret)));
        desk.pass(24 * 3600 + 1);
        partner.act(&format!("{uri}/test")).await.expect(200);
        desk.keeps_time();
        let heard = receiver.heard().pop().unwrap();
        assert_eq!(heard.headers["webhook-signature"].split(' ').count(), 1);
        for uri in [uri.clone(), "/v1/syndication/webhooks".into(), format!("{uri}/deliveries")] {
            let seen = partner.get(&uri).await.expect(200).text();
            assert!(!seen.contains("whsec_"), "{uri}");
        }
        for uri in ["/v1/admin/webhooks", "/v1/admin/changes?limit=100"] {
            let seen = admin.get(uri).await.expect(200).text();
            assert!(!seen.contains("whsec_"), "{uri}");
        }
        let stored = desk.tables().join("\n");
        let bare = |secret: &Value| secret.as_str().unwrap().trim_start_matches("whsec_").to_owned();
        assert!(!secrets.iter().any(|secret| stored.contains(&bare(secret))));
    }
}

#[actix_web::test]
async fn hook_03_one_that_never_answers_holds_up_nobody_else() {
    for desk in reaching_desks() {
        desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        let fast = answering(&[204]);
        let slow = Receiver::new(|_, _| thread::sleep(Duration::from_secs(8)));
        let of_slow = hook(&partner, &slow, json!({})).await;
        hook(&partner, &fast, json!({})).await;
        desk.publishes_all((0..100).map(|_| json!({})).collect()).await;
        let app = desk.app();
        thread::scope(|scope| {
            let follow = || wiredesk::webhooks::FOLLOWER.catch_up(&app.db).unwrap();
            scope.spawn(follow).join().unwrap();
        });
        let work = wiredesk::webhooks::deliver(&app.db, &app.auth.secrets, &app.outbound);
        let in_time = actix_web::rt::time::timeout(Duration::from_secs(5), work).await;
        assert!(in_time.is_err(), "the slow one is still waited for");
        let sequences: Vec<i64> =
            fast.heard().iter().map(|heard| told(heard)["data"]["sequence"].as_i64().unwrap()).collect();
        assert_eq!(sequences.len(), 100);
        assert!(sequences.is_sorted());
        assert_eq!(slow.heard().len(), 1);
        assert!(deliveries(&partner, &of_slow).await.iter().all(|delivery| delivery["state"] == "pending"));
    }
}

#[actix_web::test]
async fn hook_04_messages_are_thin_and_a_replay_tells_the_present_state() {
    for desk in reaching_desks() {
        let admin = desk.newsroom().await;
        let partner = desk.partner("The Ferryman").await;
        let receiver = answering(&[204]);
        let made = hook(&partner, &receiver, json!({})).await;
        let story =
            admin.publishes(json!({"headline": "Zq7headline", "body": {"html": "<p>Zq7body</p>"}})).await;
        admin.writes(json!({"headline": "Zq7draft"})).await;
        desk.keeps_time();
        let path = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
        let correction = json!({"kind": "correction", "text": "Zq7text", "severity": "substantive"});
        admin.post(&format!("{path}/corrections"), correction).await;
        admin.act(&format!("{path}/withhold")).await.expect(200);
        desk.keeps_time();
        desk.retracts(story["id"].as_str().unwrap(), "legal", Some("Zq7reason")).await;
        desk.keeps_time();
        let all: Vec<Value> = receiver.heard().iter().map(told).collect();
        let kinds: Vec<&str> = all.iter().map(|message| message["type"].as_str().unwrap()).collect();
        assert_eq!(
            kinds,
            ["article.published", "article.corrected", "article.withheld", "article.retracted"]
        );
        assert_eq!(all[0]["data"]["state"], "live");
        assert!(all[0]["data"]["url"].as_str().unwrap().starts_with("https://courier.example/"));
        assert_eq!(all[1]["data"]["severity"], "substantive");
        let first = deliveries(&partner, &made).await.pop().unwrap();
        let uri = format!(
            "/v1/syndication/webhooks/{}/deliveries/{}/replay",
            made["id"].as_str().unwrap(),
            first["id"].as_str().unwrap()
        );
        partner.act(&uri).await.expect(200);
        desk.keeps_time();
        let heard = receiver.heard();
        let replayed = told(heard.last().unwrap());
        assert_eq!(heard.last().unwrap().headers["webhook-id"], heard[0].headers["webhook-id"]);
        assert_eq!(
            (&replayed["type"], &replayed["data"]["state"]),
            (&json!("article.published"), &json!("retracted"))
        );
        assert_eq!(replayed["data"]["url"], Value::Null);
        assert!(heard.iter().all(|heard| heard.body.len() < 20_000 && !heard.body.contains("Zq7")));
    }
}

#[actix_web::test]
async fn an_endpoint_hears_what_it_asked_for_and_what_its_owner_may() {
    for desk in reaching_desks() {
        let admin = desk.newsroom().await;
        let (ferryman, echo) = (desk.partner("The Ferryman").await, desk.partner("The Echo").await);
        let (chosen, cut, blocked, house) =
            (answering(&[204]), answering(&[204]), answering(&[204]), answering(&[204]));
        hook(&ferryman, &chosen, json!({"events": ["article.retracted"]})).await;
        hook(&echo, &cut, json!({})).await;
        let third = desk.partner("The Third").await;
        hook(&third, &blocked, json!({})).await;
        admin.post("/v1/admin/webhooks", json!({"url": house.url("/")})).await.expect(201);
        for (slug, state) in [("the-echo", "suspended"), ("the-third", "blocked")] {
            let uri = format!("/v1/admin/partners/{slug}");
            admin.patch(&uri, json!({"state": state})).await.expect(200);
        }
        let story = admin.publishes(json!({})).await;
        desk.retracts(story["id"].as_str().unwrap(), "kill", None).await;
        let line = json!({
            "type": "article", "slug": "brought", "headline": "Brought", "section": "harbour", "origin": "own",
            "status": "live", "published_at": "2026-04-01T08:00:00Z", "body": {"html": "<p>Words.</p>"},
        });
        desk.imports(&line.to_string());
        desk.keeps_time();
        let kinds = |receiver: &Receiver| -> Vec<String> {
            let kind = |heard: &Heard| told(heard)["type"].as_str().unwrap().to_owned();
            receiver.heard().iter().map(kind).collect()
        };
        assert_eq!(kinds(&chosen), ["article.retracted"]);
        assert_eq!(kinds(&cut), ["article.retracted"]);
        assert!(kinds(&blocked).is_empty());
        assert_eq!(kinds(&house), ["article.published", "article.retracted"]);
    }
}

#[actix_web::test]
async fn an_endpoint_is_its_partners_alone_and_goes_where_we_may_ask() {
    for desk in reaching_desks() {
        let admin = desk.newsroom().await;
        let (ferryman, echo) = (desk.partner("The Ferryman").await, desk.partner("The Echo").await);
        let receiver = answering(&[204]);
        let made = hook(&ferryman, &receiver, json!({})).await;
        let uri = format!("/v1/syndication/webhooks/{}", made["id"].as_str().unwrap());
        echo.get(&uri).await.problem(404, "not_found");
        echo.get(&format!("{uri}/deliveries")).await.problem(404, "not_found");
        echo.patch(&uri, json!({"active": false})).await.problem(404, "not_found");
        echo.delete(&uri).await.problem(404, "not_found");
        for action in ["test", "rotate"] {
            echo.act(&format!("{uri}/{action}")).await.problem(404, "not_found");
        }
        assert!(echo.get("/v1/syndication/webhooks").await.expect(200).data().as_array().unwrap().is_empty());
        assert_eq!(admin.get("/v1/admin/webhooks").await.expect(200).at("/data/0/id"), made["id"]);
        for url in ["http://10.0.0.1/", "https://[::1]/", "http://0x0a000001/", "https://192.168.0.1/"] {
            for (caller, surface) in [(&ferryman, "syndication"), (&admin, "admin")] {
                let answer = caller.post(&format!("/v1/{surface}/webhooks"), json!({"url": url})).await;
                assert_eq!(answer.expect(422).at("/errors/0/code"), "target_not_allowed", "{url}");
            }
        }
        let unknown = json!({"url": receiver.url("/"), "events": ["article.read"]});
        let answer = ferryman.post("/v1/syndication/webhooks", unknown).await.expect(422);
        assert_eq!(answer.at("/errors/0/code"), "invalid_value");
        ferryman.patch(&uri, json!({"active": false})).await.expect(200);
        ferryman.act(&format!("{uri}/test")).await.problem(409, "invalid_state");
        ferryman.delete(&uri).await.expect(204);
        ferryman.get(&uri).await.problem(404, "not_found");
    }
}
