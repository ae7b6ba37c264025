//! Requests that may be repeated: the cases WRITE-02 and WRITE-03, a key too long (DOS-11), a lost answer (FAULT-07).

use futures_util::future::join_all;
use serde_json::{Value, json};
use wiredesk::auth::{Role, Scope};
use wiredesk::db::{Actor, Audience, Change};
use wiredesk::receipts;

use crate::harness::{Answer, Call, Desk, PASSWORD, Tokens, desks};

const ARTICLES: &str = "/v1/admin/articles";

fn story() -> Value {
    json!({ "headline": "Fog keeps the fleet in" })
}

fn named<'d>(caller: &Call<'d>, key: &str) -> Call<'d> {
    caller.clone().header("idempotency-key", key)
}

/// What must be the same when an answer is told again.
fn told(answer: &Answer) -> (u16, Vec<String>, String) {
    let header = |name: &str| format!("{name}: {}", answer.header(name));
    let names = ["location", "etag", "wiredesk-sequence", "cache-control", "content-type"];
    (answer.status, names.map(header).to_vec(), answer.text())
}

fn same(one: &Answer, other: &Answer) {
    assert_eq!(told(one), told(other));
}

async fn stories(caller: &Call<'_>) -> usize {
    caller.get("/v1/admin/articles?limit=100").await.expect(200).data().as_array().unwrap().len()
}

async fn sequence(desk: &Desk) -> i64 {
    desk.app().db.read(|snapshot| Ok(snapshot.seq())).await.unwrap()
}

#[actix_web::test]
async fn write_02_a_named_request_is_done_once_and_told_again() {
    for desk in desks() {
        let editor = desk.editor().await;
        let first = named(&editor, "k").post(ARTICLES, story()).await.expect(201);
        let before = sequence(&desk).await;
        let again = named(&editor, "k").post(ARTICLES, story()).await;
        same(&first, &again);
        assert_eq!(stories(&editor).await, 1);
        assert_eq!(sequence(&desk).await, before);
        let unnamed = editor.post(ARTICLES, story()).await.expect(201);
        assert_ne!(unnamed.at("/data/id"), first.at("/data/id"));
    }
}

#[actix_web::test]
async fn write_02_another_body_query_or_address_under_one_name_is_a_mismatch() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let first = named(&editor, "k").post(ARTICLES, story()).await.expect(201);
        let caller = named(&editor, "k");
        let code = "idempotency_mismatch";
        caller.post(ARTICLES, json!({ "headline": "Another" })).await.problem(422, code);
        caller.post("/v1/admin/tags", json!({ "name": "Fog" })).await.problem(422, code);
        let publish = format!("{}/publish", first.header("location"));
        caller.act(&publish).await.problem(422, code);
        assert_eq!(stories(&editor).await, 1);

        let story = editor.writes(json!({})).await;
        let publish = format!("{ARTICLES}/{}/publish", story["id"].as_str().unwrap());
        let dry = named(&editor, "p").act(&format!("{publish}?dry_run=true")).await.expect(200);
        same(&dry, &named(&editor, "p").act(&format!("{publish}?dry_run=true")).await);
        named(&editor, "p").act(&publish).await.problem(422, code);
        let published = named(&editor, "q").act(&publish).await.expect(200);
        same(&published, &named(&editor, "q").act(&publish).await);
        assert_eq!(published.at("/data/article/version"), 1);
        let unpublish = publish.replace("publish", "unpublish");
        let off = named(&editor, "r").act(&unpublish).await.expect(200);
        editor.act(&publish).await.expect(200);
        same(&off, &named(&editor, "r").act(&unpublish).await);
        let live = editor.get(publish.trim_end_matches("/publish")).await.expect(200);
        assert_eq!(live.at("/data/state"), "live");
    }
}

#[actix_web::test]
async fn write_02_ten_at_once_make_one_story() {
    for desk in desks() {
        let editor = desk.editor().await;
        let caller = named(&editor, "k");
        let answers = join_all((0..10).map(|_| caller.post(ARTICLES, story()))).await;
        let first = answers[0].clone().expect(201);
        for answer in &answers {
            same(&first, answer);
        }
        assert_eq!(stories(&editor).await, 1);
    }
}

#[actix_web::test]
async fn write_02_a_name_is_its_senders_alone() {
    for desk in desks() {
        let ed = desk.staff("ed@courier.example", Role::Editor).await;
        let ann = desk.staff("ann@courier.example", Role::Editor).await;
        let key = desk.bearer(desk.key(Scope::Write).await);
        let mut ids = Vec::new();
        for caller in [&ed, &ann, &key] {
            ids.push(named(caller, "k").post(ARTICLES, story()).await.expect(201).at("/data/id"));
        }
        ids.dedup();
        assert_eq!(ids.len(), 3);
        // Another sign-in of the same person is the same sender.
        let later = desk.bearer(desk.sign_in("ed@courier.example").await.access);
        assert_eq!(named(&later, "k").post(ARTICLES, story()).await.at("/data/id"), ids[0]);
    }
}

#[actix_web::test]
async fn write_02_a_receipt_outlives_a_restart_and_a_new_secret_but_not_a_day() {
    for desk in desks() {
        let key = desk.key(Scope::Write).await;
        let editor = desk.bearer(&key);
        let first = named(&editor, "k").post(ARTICLES, story()).await.expect(201);
        let restarted = desk.second_node(&[]);
        same(&first, &named(&restarted.bearer(&key), "k").post(ARTICLES, story()).await);
        desk.pass(24 * 3600 - 1);
        same(&first, &named(&editor, "k").post(ARTICLES, story()).await);
        desk.pass(1);
        let next = named(&editor, "k").post(ARTICLES, story()).await.expect(201);
        assert_ne!(next.at("/data/id"), first.at("/data/id"));
        same(&next, &named(&editor, "k").post(ARTICLES, story()).await);

        let one = "k1:one secret of thirty-two characters";
        let two = "k2:two secret of thirty-two characters";
        let before = desk.second_node(&[("WIREDESK_SECRETS", one)]);
        let first = named(&before.bearer(&key), "s").post(ARTICLES, story()).await.expect(201);
        let after = desk.second_node(&[("WIREDESK_SECRETS", &format!("{two},{one}"))]);
        same(&first, &named(&after.bearer(&key), "s").post(ARTICLES, story()).await);
    }
}

#[actix_web::test]
async fn old_receipts_are_dropped_and_young_ones_stay() {
    for desk in desks() {
        let editor = desk.editor().await;
        let kept = || desk.tables().into_iter().filter(|row| row.starts_with("receipts ")).count();
        named(&editor, "old").post(ARTICLES, story()).await.expect(201);
        desk.pass(3600);
        let young = named(&editor, "young").post(ARTICLES, story()).await.expect(201);
        desk.pass(23 * 3600);
        assert_eq!(kept(), 2);
        desk.app().db.write_unlogged(receipts::forget_old).await.unwrap();
        assert_eq!(kept(), 1);
        same(&young, &named(&editor, "young").post(ARTICLES, story()).await);
    }
}

#[actix_web::test]
async fn what_was_refused_is_tried_anew() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let caller = named(&editor, "k");
        let section = json!({ "name": "Pier", "slug": "pier", "parent": "north" });
        caller.post("/v1/admin/sections", section.clone()).await.problem(422, "invalid_body");
        editor.post("/v1/admin/sections", json!({ "name": "North", "slug": "north" })).await.expect(201);
        caller.post("/v1/admin/sections", section).await.expect(201);
        let reader = desk.reader().await;
        named(&reader, "k").post(ARTICLES, story()).await.problem(403, "forbidden");
    }
}

#[actix_web::test]
async fn fault_07_an_answer_that_was_lost_is_told_and_what_broke_before_its_commit_is_done() {
    for desk in desks() {
        let editor = desk.editor().await;
        // The receipt is part of the write: a verb that fails after its work takes it along.
        let broken = desk.app().db.write(Actor::system(), |tx| {
            let request = receipts::Named { key: "k".into(), seals: vec!["s".into()] };
            tx.record(Change::new(Audience::Staff, "article.created", "article", "x"));
            receipts::keep_secret(tx, &Actor::system(), Some(&request), "x")?;
            Err::<(), _>(wiredesk::error::Error::StorageFull)
        });
        broken.await.unwrap_err();
        assert!(!desk.tables().iter().any(|row| row.starts_with("receipts ")));
        let lost = named(&editor, "k").post(ARTICLES, story()).await;
        let told = named(&editor, "k").post(ARTICLES, story()).await.expect(201);
        same(&lost, &told);
        assert_eq!(stories(&editor).await, 1);
    }
}

#[actix_web::test]
async fn dos_11_a_name_is_one_word_of_at_most_255_characters() {
    for desk in desks() {
        let editor = desk.editor().await;
        for key in ["k".repeat(300), "k".repeat(256), String::new()] {
            named(&editor, &key).post(ARTICLES, story()).await.problem(400, "invalid_parameter");
        }
        let twice = named(&named(&editor, "a"), "b");
        twice.post(ARTICLES, story()).await.problem(400, "invalid_parameter");
        named(&editor, &"k".repeat(255)).post(ARTICLES, story()).await.expect(201);
        assert_eq!(stories(&editor).await, 1);
    }
}

/// The same request again: refused, with the id of what it made and without its secret.
async fn is_not_told_again(caller: &Call<'_>, path: &str, body: Value, secret: &str, made: &str) {
    let again = named(caller, "k").post(path, body).await.problem(409, "not_replayable");
    assert_eq!(again.at("/made"), made, "{path}");
    assert!(!again.text().contains(secret), "{path}");
}

#[actix_web::test]
async fn write_03_what_holds_a_secret_is_not_told_again() {
    for desk in desks() {
        let admin = desk.admin().await;
        admin.post("/v1/admin/partners", json!({ "name": "The Ferryman" })).await.expect(201);
        let mut secrets = Vec::new();
        let key = json!({ "name": "site", "scope": "read" });
        for (path, body, mismatch) in [
            ("/v1/admin/keys", key, json!({ "name": "other", "scope": "read" })),
            ("/v1/admin/partners/the-ferryman/keys", json!({ "name": "site" }), json!({ "name": "other" })),
        ] {
            let admin = desk.admin().await;
            let made = named(&admin, "k").post(path, body.clone()).await.expect(201);
            let (id, secret) = (made.at("/data/id"), made.at("/data/key"));
            let (id, secret) = (id.as_str().unwrap(), secret.as_str().unwrap().to_owned());
            is_not_told_again(&admin, path, body, &secret, id).await;
            named(&admin, "k").post(path, mismatch).await.problem(422, "idempotency_mismatch");
            desk.bearer(&secret).get("/v1/whoami").await.expect(200);
            secrets.push(secret);
        }
        let keys = admin.get("/v1/admin/keys").await.expect(200).data();
        assert_eq!(keys.as_array().unwrap().iter().filter(|key| key["name"] == "site").count(), 2);
        let user = json!({ "email": "b@x", "name": "Ben", "role": "author", "password": PASSWORD });
        let made = named(&admin, "k").post("/v1/admin/users", user.clone()).await.expect(201);
        same(&made, &named(&admin, "k").post("/v1/admin/users", user).await);
        secrets.push(PASSWORD.into());
        let stored = desk.tables().join("\n");
        for secret in secrets {
            assert!(!stored.contains(&secret));
        }
    }
}

#[actix_web::test]
async fn write_03_signing_in_is_not_told_again() {
    for desk in desks() {
        let ann = desk.hire("ann@courier.example", Role::Admin).await;
        let nobody = desk.anyone();
        let login = json!({ "email": "ann@courier.example", "password": PASSWORD });
        let path = "/v1/admin/auth/login";
        let first = named(&nobody, "l").post(path, login.clone()).await.expect(200);
        let tokens = Tokens::of(&first);
        let again = named(&nobody, "l").post(path, login.clone()).await.problem(409, "not_replayable");
        let session = again.at("/made").as_str().unwrap().to_owned();
        assert!(!again.text().contains(&tokens.access) && !again.text().contains(&tokens.refresh));
        // Whoever is not Ann learns nothing by the name of her request.
        let wrong = json!({ "email": "ann@courier.example", "password": "not this one" });
        named(&nobody, "l").post(path, wrong).await.problem(401, "invalid_credential");
        desk.hire("bea@courier.example", Role::Editor).await;
        let other = json!({ "email": "bea@courier.example", "password": PASSWORD });
        named(&nobody, "l").post(path, other).await.expect(200);

        let refresh = json!({ "refresh_token": tokens.refresh });
        let path = "/v1/admin/auth/refresh";
        let next = Tokens::of(&named(&nobody, "r").post(path, refresh.clone()).await.expect(200));
        desk.pass(60);
        let again = named(&nobody, "r").post(path, refresh).await.problem(409, "not_replayable");
        assert_eq!(again.at("/made"), session.as_str());
        // Unlike a token that comes again without a name, that ended nothing.
        let ann_now = desk.bearer(&next.access);
        ann_now.get("/v1/whoami").await.expect(200);

        let change = json!({ "current": PASSWORD, "new": "the tide table of last May" });
        let path = "/v1/admin/auth/password";
        let changed = Tokens::of(&named(&ann_now, "k").post(path, change.clone()).await.expect(200));
        let ann_now = desk.bearer(&changed.access);
        is_not_told_again(&ann_now, path, change, &changed.refresh, &session).await;
        named(&ann_now, "o").act("/v1/admin/auth/logout").await.expect(204);
        let stored = desk.tables().join("\n");
        for secret in [&tokens, &next, &changed].into_iter().flat_map(|t| [&t.access, &t.refresh]) {
            assert!(!stored.contains(secret.as_str()));
        }
        assert!(stored.contains(&ann.to_string()));
    }
}

/// The POSTs that change nothing of the newsroom: they may be sent as often as one likes.
fn writes_nothing(path: &str) -> bool {
    ["/v1/views", "/v1/rights/resolve"].contains(&path) || path.ends_with("/simulate")
}

#[actix_web::test]
async fn every_post_that_writes_takes_a_name_and_no_other_does() {
    let paths = crate::harness::document()["paths"].as_object().unwrap();
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let takes = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|parameter| parameter["$ref"] == "#/components/parameters/Idempotency-Key");
            assert_eq!(takes, method == "post" && !writes_nothing(path), "{method} {path}");
            assert!(!takes || operation["responses"].get("409").is_some(), "{method} {path}");
        }
    }
}

/// The document's word is kept: each POST reads the header.
#[actix_web::test]
async fn every_post_that_takes_a_name_reads_it() {
    for desk in desks() {
        let admin = desk.staff("ann@courier.example", Role::Admin).await;
        let paths = crate::harness::document()["paths"].as_object().unwrap();
        for (path, item) in paths {
            let Some(operation) = item.get("post") else { continue };
            if writes_nothing(path) {
                continue;
            }
            let content =
                operation["requestBody"]["content"].as_object().and_then(|content| content.iter().next());
            let body =
                content.map(|(kind, media)| (kind.as_str(), media["example"].to_string().into_bytes()));
            let filled: Vec<&str> =
                path.split('/').map(|part| if part.starts_with('{') { "x1" } else { part }).collect();
            let partner = path.starts_with("/v1/syndication/");
            let caller = if partner { desk.partner("P").await } else { admin.clone() };
            let answer = named(&caller, &"k".repeat(300)).send("POST", &filled.join("/"), body).await;
            assert_eq!((answer.status, answer.at("/code")), (400, "invalid_parameter".into()), "{path}");
        }
    }
}
