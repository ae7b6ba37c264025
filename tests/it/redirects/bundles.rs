//! Redirects in bundles.

use serde_json::{Value, json};
use wiredesk::transfer::Kind;

use super::resolve;
use crate::harness::{Desk, desks};

fn bundle(lines: &[Value]) -> String {
    let publication =
        json!({"type": "publication", "name": "The Harbour Courier", "base_url": "https://courier.example"});
    std::iter::once(&publication).chain(lines).map(|line| format!("{line}\n")).collect()
}

fn line(from: &str, to: &str) -> Value {
    json!({"type": "redirect", "from": from, "to": to})
}

fn told(desk: &Desk, lines: &[Value]) -> Vec<String> {
    let faults = desk.faults_of(&bundle(lines));
    faults.into_iter().map(|fault| format!("{} {} {}", fault.line, fault.field, fault.code)).collect()
}

#[actix_web::test]
async fn redirects_come_out_as_they_went_in() {
    let lines = [
        line("/b", "https://elsewhere.example/"),
        json!({"type": "redirect", "from": "/caf\u{e9}", "to": "/b", "status": 302}),
        json!({"type": "redirect", "from": "/gone", "to": null, "status": 410}),
    ];
    for desk in desks() {
        let report = desk.imports(&bundle(&lines));
        assert_eq!(report.counts[&Kind::Redirect].made, 3);
        assert_eq!(resolve(&desk, "/café").await.expect(200).at("/data/url"), "https://elsewhere.example/");
        let again = desk.imports(&bundle(&lines));
        assert_eq!(again.counts[&Kind::Redirect].unchanged, 3);
        let out = desk.exports();
        assert!(out.contains(r#"{"type":"redirect","from":"/caf%C3%A9","to":"/b","status":302}"#), "{out}");
        let other = Desk::on_sqlite(&[]);
        other.imports(&out);
        assert_eq!(other.exports(), out);
        // A line says what changes.
        let changed = desk.imports(&bundle(&[json!({"type": "redirect", "from": "/b", "status": 302})]));
        assert_eq!(changed.counts[&Kind::Redirect].changed, 1);
        assert_eq!(resolve(&desk, "/b").await.expect(200).at("/data/status"), 302);
    }
}

#[actix_web::test]
async fn a_bundle_that_would_close_a_ring_stores_nothing() {
    for desk in desks() {
        desk.imports(&bundle(&[line("/a", "/b")]));
        let ring = [line("/b", "https://courier.example/c"), line("/c", "/a"), line("/d", "/a")];
        assert_eq!(told(&desk, &ring), ["2 to redirect_loop", "3 to redirect_loop"]);
        assert_eq!(told(&desk, &[line("/x", "/x")]), ["2 to redirect_loop"]);
        assert_eq!(told(&desk, &[line("/x", "//evil.example")]), ["2 to unsafe_url"]);
        assert_eq!(told(&desk, &[line("/x?", "/y")]), ["2 from invalid_value"]);
        assert_eq!(told(&desk, &[line("/x", "/y"), line("/%78", "/z")]), ["3 from taken"]);
        assert_eq!(told(&desk, &[json!({"type": "redirect", "from": "/x"})]), ["2 to missing_field"]);
        resolve(&desk, "/d").await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn a_bundle_may_turn_a_chain_round() {
    for desk in desks() {
        desk.imports(&bundle(&[line("/a", "/b"), line("/b", "/c")]));
        // Stored in the order of the lines the first would lead back to itself.
        desk.imports(&bundle(&[line("/c", "/b"), line("/b", "/a"), line("/a", "/end")]));
        for path in ["/a", "/b", "/c"] {
            assert_eq!(resolve(&desk, path).await.expect(200).at("/data/url"), "https://courier.example/end");
        }
    }
}
