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

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use newsroom::Newsroom;
use wiredesk::server;

const CONNECTIONS: usize = 16;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);
const REQUESTS: [(&str, &str); 3] = [
    ("list of 20", "/v1/articles"),
    ("item", "/v1/articles/story-5000"),
    ("list of a tag", "/v1/articles?tag=tag-3"),
];

async fn bare(body: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(body.get_ref().clone())
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn serve_wiredesk(newsroom: &Newsroom) -> SocketAddr {
    let (listener, address) = listener();
    let shared = newsroom.shared();
    thread::spawn(move || {
        let run = async move {
            HttpServer::new(move || server::service(shared.clone()))
                .workers(2)
                .listen(listener)
                .unwrap()
                .run()
                .await
        };
        actix_web::rt::System::new().block_on(run).unwrap();
    });
    address
}

fn serve_bare(body: Vec<u8>) -> SocketAddr {
    let (listener, address) = listener();
    thread::spawn(move || {
        let body = Bytes::from(body);
        let run = async move {
            HttpServer::new(move || {
                App::new().app_data(Data::new(body.clone())).default_service(web::to(bare))
            })
            .workers(2)
            .listen(listener)
            .unwrap()
            .run()
            .await
        };
        actix_web::rt::System::new().block_on(run).unwrap();
    });
    address
}

/// Sends a request on an open connection and reads the whole answer; its body.
fn ask(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Vec<u8> {
    stream.write_all(request).unwrap();
    buffer.clear();
    let mut chunk = [0; 65536];
    loop {
        let read = stream.read(&mut chunk).unwrap();
        assert!(read > 0, "the connection was closed");
        buffer.extend_from_slice(&chunk[..read]);
        let Some(head) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(&buffer[..head]).unwrap().to_lowercase();
        assert!(text.starts_with("http/1.1 200"), "{text}");
        let length = text.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
        let end = head + 4 + length.trim().parse::<usize>().unwrap();
        if buffer.len() >= end {
            return buffer[head + 4..end].to_vec();
        }
    }
}

fn request(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes()
}

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
