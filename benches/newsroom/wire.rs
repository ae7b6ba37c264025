//! Servers and a client on loopback, for runs side by side.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer};
use wiredesk::server;

use super::Newsroom;

async fn bare(body: Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(body.get_ref().clone())
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Serves a newsroom with two workers.
pub fn serve_wiredesk(newsroom: &Newsroom) -> SocketAddr {
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

/// Serves the same bytes for every request, from memory, with two workers.
pub fn serve_bare(body: Vec<u8>) -> SocketAddr {
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

/// Sends a request on an open connection and reads the whole answer, which must be a good one; its body.
pub fn ask(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Vec<u8> {
    stream.write_all(request).unwrap();
    buffer.clear();
    let mut chunk = [0; 65536];
    loop {
        let read = stream.read(&mut chunk).unwrap();
        assert!(read > 0, "the connection was closed");
        buffer.extend_from_slice(&chunk[..read]);
        let Some(head) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { continue };
        let text = std::str::from_utf8(&buffer[..head]).unwrap().to_lowercase();
        assert!(text.starts_with("http/1.1 20"), "{text}");
        let length = text.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
        let end = head + 4 + length.trim().parse::<usize>().unwrap();
        if buffer.len() >= end {
            return buffer[head + 4..end].to_vec();
        }
    }
}

/// A GET on a connection that stays.
pub fn request(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes()
}

/// A POST of JSON with a key, on a connection that stays.
pub fn post(path: &str, key: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
