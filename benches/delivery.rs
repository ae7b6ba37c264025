//! Delivery at 10,000 stories on SQLite, without an answer cache: `cargo bench --bench delivery`.
//!
//! Each figure is a whole request in process, from its route to its bytes. Ratios beside a bare server are
//! the load run's (`cargo bench --bench load`).
// A measurement that cannot go on panics.
#![allow(clippy::unwrap_used, missing_docs)]

// As in `main.rs`.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "newsroom/mod.rs"]
mod newsroom;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use criterion::{Criterion, criterion_group, criterion_main};
use newsroom::Newsroom;
use wiredesk::server;

const REQUESTS: [(&str, &str); 6] = [
    ("list of 20", "/v1/articles"),
    ("list of 100", "/v1/articles?limit=100"),
    ("list of a tag", "/v1/articles?tag=tag-3"),
    ("list of a small, old section with children", "/v1/articles?section=archive"),
    ("item", "/v1/articles/story-5000"),
    ("page", "/v1/articles/story-5000/page"),
];

fn delivery(criterion: &mut Criterion) {
    let newsroom = Newsroom::open(10_000);
    let runtime = actix_web::rt::Runtime::new().unwrap();
    for (name, uri) in REQUESTS {
        criterion.bench_function(name, |bencher| {
            let service = runtime.block_on(init_service(server::service(newsroom.shared())));
            bencher.iter(|| {
                runtime.block_on(async {
                    let response = call_service(&service, TestRequest::with_uri(uri).to_request()).await;
                    assert!(response.status().is_success());
                    read_body(response).await
                })
            });
        });
    }
}

criterion_group!(benches, delivery);
criterion_main!(benches);
