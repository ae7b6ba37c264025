//! Create and publish on SQLite with full durability, beside bare synced commits of one row on the same disk, in
//! one process and in turn: `cargo bench --bench writes`.
//!
//! A pair is a story taken on and published over HTTP. Each round measures all three in turn and prints the
//! ratios; the median of the rounds is what may be quoted.
// A measurement that cannot go on panics.
#![allow(clippy::unwrap_used, missing_docs)]

// As in `main.rs`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "newsroom/mod.rs"]
mod newsroom;

use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, RunQueryDsl, SqliteConnection};
use newsroom::Newsroom;
use newsroom::wire::{ask, post, serve_wiredesk};

const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(3);
const STORY: &str = r#"{"headline": "The lamp was lit NUMBER", "section": "section-1", "authors": ["author-1"], "tags": ["tag-1"], "origin": "own", "body": {"html": "<p>The tide went out further than anybody could remember, and the boats lay on their sides in the mud.</p><p>Nobody spoke.</p>"}}"#;

/// Commits a second of one row each, every one of them synced.
fn bare(folder: &Path) -> f64 {
    let path = folder.join("bare.db");
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS rows (text TEXT NOT NULL);",
    )
    .unwrap();
    let (begun, mut count) = (Instant::now(), 0u32);
    while begun.elapsed() < ROUND {
        diesel::sql_query("INSERT INTO rows (text) VALUES ('The lamp was lit')").execute(&mut conn).unwrap();
        count += 1;
    }
    f64::from(count) / begun.elapsed().as_secs_f64()
}

/// Pairs a second over so many writers.
fn pairs(address: SocketAddr, key: &str, writers: usize) -> f64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let (count, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..writers {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(address).unwrap();
                stream.set_nodelay(true).unwrap();
                let mut buffer = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let number = NEXT.fetch_add(1, Ordering::Relaxed);
                    let story = STORY.replace("NUMBER", &number.to_string());
                    let create = post("/v1/admin/articles", key, &story);
                    let made = ask(&mut stream, &create, &mut buffer);
                    let made: serde_json::Value = serde_json::from_slice(&made).unwrap();
                    let id = made["data"]["id"].as_str().unwrap();
                    let publish = post(&format!("/v1/admin/articles/{id}/publish"), key, "{}");
                    ask(&mut stream, &publish, &mut buffer);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        thread::sleep(ROUND);
        stop.store(true, Ordering::Relaxed);
    });
    count.into_inner() as f64 / begun.elapsed().as_secs_f64()
}

fn main() {
    let newsroom = Newsroom::open(1_000);
    let key = newsroom.write_key();
    let address = serve_wiredesk(&newsroom);
    thread::sleep(Duration::from_millis(500));
    let mut ratios = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let commits = bare(newsroom.folder());
        let (one, many) = (pairs(address, &key, 1), pairs(address, &key, 32));
        println!(
            "bare {commits:.0} commits/s, one writer {one:.0} pairs/s ({:.2}), 32 writers {many:.0} pairs/s ({:.2})",
            one / commits,
            many / commits
        );
        ratios.0.push(one / commits);
        ratios.1.push(many / commits);
    }
    ratios.0.sort_by(f64::total_cmp);
    ratios.1.sort_by(f64::total_cmp);
    println!(
        "one writer: median {:.2}; 32 writers: median {:.2}",
        ratios.0[ROUNDS / 2],
        ratios.1[ROUNDS / 2]
    );
}
