//! The load run: Wiredesk beside a bare actix-web server that returns the same bytes from memory, in one
//! process, on loopback alone, with 16 connections: `cargo bench --bench load`.
//!
//! Each round measures both in turn and prints the ratio of requests a second; the median of the rounds is
//! what may be quoted.
// A measurement that cannot go on panics.
#![allow(clippy::unwrap_used, missing_docs)]

// As in `main.rs`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "newsroom/mod.rs"]
mod newsroom;

use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use newsroom::Newsroom;
use newsroom::wire::{ask, request, serve_bare, serve_wiredesk};

const CONNECTIONS: usize = 16;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);
const REQUESTS: [(&str, &str); 3] = [
    ("list of 20", "/v1/articles"),
    ("item", "/v1/articles/story-5000"),
    ("list of a tag", "/v1/articles?tag=tag-3"),
];

/// Requests a second over all connections.
fn measure(address: SocketAddr, path: &str) -> f64 {
    let (count, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(address).unwrap();
                stream.set_nodelay(true).unwrap();
                let (request, mut buffer) = (request(path), Vec::new());
                while !stop.load(Ordering::Relaxed) {
                    ask(&mut stream, &request, &mut buffer);
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        thread::sleep(ROUND);
        stop.store(true, Ordering::Relaxed);
    });
    count.into_inner() as f64 / ROUND.as_secs_f64()
}

fn main() {
    let newsroom = Newsroom::open(10_000);
    let wiredesk = serve_wiredesk(&newsroom);
    thread::sleep(Duration::from_millis(500));
    for (name, path) in REQUESTS {
        let body = ask(&mut TcpStream::connect(wiredesk).unwrap(), &request(path), &mut Vec::new());
        let size = body.len();
        let bare = serve_bare(body);
        thread::sleep(Duration::from_millis(300));
        let mut ratios = Vec::new();
        for _ in 0..ROUNDS {
            let (ours, theirs) = (measure(wiredesk, path), measure(bare, path));
            println!(
                "{name} ({size} bytes): {ours:.0} requests/s, bare {theirs:.0}, ratio 1/{:.1}",
                theirs / ours
            );
            ratios.push(theirs / ours);
        }
        ratios.sort_by(f64::total_cmp);
        println!("{name}: median 1/{:.1}", ratios[ROUNDS / 2]);
    }
}
