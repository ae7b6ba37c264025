//! Rooms that follow the log: each change once, in order, however often it fails and however many nodes run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use diesel::prelude::*;
use serde_json::{Value, json};
use wiredesk::changes::{self, Entry, Filter, Follower};
use wiredesk::db::engine::Purpose;
use wiredesk::db::{Audience, Change, Tx};
use wiredesk::error::{Error, Result};

use crate::harness::{Desk, desks};

/// Says in the log that it saw a story go live.
fn tell(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    for entry in entries.iter().filter(|entry| entry.kind == "article.published") {
        let detail = json!({"seen": entry.seq, "bulk": entry.bulk});
        tx.record(Change::new(Audience::Staff, "test.saw", "article", &entry.entity_id).detail(detail));
    }
    Ok(())
}

const TELLER: Follower = Follower { name: "teller", act: tell };

static FAILS: AtomicBool = AtomicBool::new(false);

fn tell_or_fail(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    tell(tx, entries)?;
    if FAILS.load(Ordering::SeqCst) { Err(Error::Internal("the teller fell".into())) } else { Ok(()) }
}

const FALLING: Follower = Follower { name: "falling", act: tell_or_fail };

/// Begins a follower at the present end of the log, as its migration would.
fn begin(desk: &Desk, follower: Follower) {
    let mut conn = desk.app().db.engine().connect(Purpose::Writing).unwrap();
    let row = format!("INSERT INTO followers (name, seq) SELECT '{}', seq FROM log_counter", follower.name);
    diesel::sql_query(row).execute(&mut conn).unwrap();
}

fn catch_up(desk: &Desk, follower: Follower) -> Result<()> {
    thread::scope(|scope| scope.spawn(|| follower.catch_up(&desk.app().db)).join().unwrap())
}

/// What the teller said, in the order of the log: what it saw, and whether that was bulk.
async fn told(desk: &Desk) -> Vec<(String, Value)> {
    let filter = Filter { kind: Some("test.saw".into()), ..Filter::default() };
    let entries = desk.app().db.read(move |snapshot| changes::browse(snapshot, &filter, i64::MAX, 10_000));
    let entries = entries.await.unwrap();
    entries.into_iter().rev().map(|entry| (entry.entity_id, entry.detail)).collect()
}

fn ids(told: &[(String, Value)]) -> Vec<&str> {
    told.iter().map(|(id, _)| id.as_str()).collect()
}

#[actix_web::test]
async fn a_follower_is_handed_what_came_after_it_once_and_in_order() {
    for desk in desks() {
        desk.newsroom().await;
        desk.publishes_all(vec![json!({})]).await;
        begin(&desk, TELLER);
        // More than it is handed at once.
        let stories = desk.publishes_all((0..450).map(|_| json!({})).collect()).await;
        catch_up(&desk, TELLER).unwrap();
        let seen = told(&desk).await;
        assert_eq!(ids(&seen), stories);
        assert!(seen.iter().all(|(_, detail)| detail["bulk"] == false));
        catch_up(&desk, TELLER).unwrap();
        assert_eq!(told(&desk).await.len(), stories.len());
    }
}

#[actix_web::test]
async fn a_follower_that_fails_has_done_nothing_and_is_handed_the_same_again() {
    for desk in desks() {
        desk.newsroom().await;
        begin(&desk, FALLING);
        begin(&desk, TELLER);
        let stories = desk.publishes_all(vec![json!({}), json!({})]).await;
        FAILS.store(true, Ordering::SeqCst);
        assert!(catch_up(&desk, FALLING).is_err());
        assert_eq!(told(&desk).await, []);
        FAILS.store(false, Ordering::SeqCst);
        catch_up(&desk, FALLING).unwrap();
        assert_eq!(ids(&told(&desk).await), stories);
    }
}

#[actix_web::test]
async fn two_nodes_that_follow_at_once_act_once() {
    for desk in desks() {
        desk.newsroom().await;
        begin(&desk, TELLER);
        let other = desk.second_node(&[]);
        let mut stories = Vec::new();
        for _ in 0..10 {
            stories.extend(desk.publishes_all(vec![json!({}), json!({})]).await);
            thread::scope(|scope| {
                for node in [&desk, &other, &desk, &other] {
                    scope.spawn(|| TELLER.catch_up(&node.app().db).unwrap());
                }
            });
        }
        let seen = told(&desk).await;
        assert_eq!(ids(&seen), stories);
    }
}

#[actix_web::test]
async fn a_reader_waits_until_a_follower_has_passed_a_number() {
    for desk in desks() {
        desk.newsroom().await;
        begin(&desk, TELLER);
        desk.publishes_all(vec![json!({})]).await;
        let db = &desk.app().db;
        let seq = db.read(|snapshot| Ok(snapshot.seq())).await.unwrap();
        assert!(matches!(TELLER.passed(db, seq).await, Err(Error::NotCaughtUp)));
        catch_up(&desk, TELLER).unwrap();
        TELLER.passed(db, seq).await.unwrap();
    }
}

#[actix_web::test]
async fn what_an_import_did_is_handed_over_as_bulk() {
    for desk in desks() {
        desk.newsroom().await;
        begin(&desk, TELLER);
        let line = json!({
            "type": "article", "slug": "brought", "headline": "Brought", "section": "harbour", "origin": "own",
            "status": "live", "published_at": "2026-04-01T08:00:00Z", "body": {"html": "<p>Words.</p>"},
        });
        desk.imports(&line.to_string());
        catch_up(&desk, TELLER).unwrap();
        let seen = told(&desk).await;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].1["bulk"], true);
    }
}
