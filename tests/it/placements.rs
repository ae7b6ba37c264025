//! Placements, the use ledger and the stale report.

use diesel::prelude::*;
use serde_json::{Value, json};
use wiredesk::db::schema::uses;

use crate::harness::{Answer, Call, Desk, desks};

const PACKAGE: &str = "/v1/articles/lamp/republish";
const OWN: &str = "/v1/syndication/placements";
const STALE: &str = "/v1/admin/reports/stale";

fn pixel_of(package: &Answer) -> String {
    let html = package.at("/data/pixel_html").as_str().unwrap().to_owned();
    let (_, rest) = html.split_once("https://api.courier.example").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// The lines of the ledger: verdict and version.
fn ledger(desk: &Desk) -> Vec<(String, i32)> {
    let lines = desk.app().db.read_now(|snapshot| {
        Ok(uses::table.order(uses::id).select((uses::verdict, uses::version)).load(&mut **snapshot)?)
    });
    lines.unwrap()
}

/// Publishes the story `lamp`; its id.
async fn lamp(editor: &Call<'_>) -> String {
    editor.publishes(json!({"slug": "lamp"})).await["id"].as_str().unwrap().to_owned()
}

async fn correct(editor: &Call<'_>, story: &str, severity: &str) {
    let correction = json!({"kind": "correction", "severity": severity, "text": "The lamp was lit twice."});
    editor.post(&format!("/v1/admin/articles/{story}/corrections"), correction).await.expect(200);
}

async fn rows(call: &Call<'_>, uri: &str) -> Vec<Value> {
    call.get(uri).await.expect(200).data().as_array().unwrap().clone()
}

#[actix_web::test]
async fn each_fetch_and_each_304_is_a_line_of_the_ledger_and_a_dry_look_is_none() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        lamp(&editor).await;
        let partner = desk.partner("The Northern Echo").await;
        partner.get(&format!("{PACKAGE}?dry=true")).await.expect(200);
        desk.anyone().get(PACKAGE).await.expect(200);
        assert!(ledger(&desk).is_empty());
        let first = partner.get(PACKAGE).await.expect(200);
        partner.clone().header("if-none-match", first.header("etag")).get(PACKAGE).await.expect(304);
        let line = ("conditional".to_owned(), 1);
        assert_eq!(ledger(&desk), [line.clone(), line]);
        let own = rows(&partner, OWN).await;
        assert_eq!(own.len(), 1);
        assert_eq!((&own[0]["version"], &own[0]["channel"]), (&json!(1), &json!("web")));
    }
}

#[actix_web::test]
async fn a_partner_never_sees_another_s_placements() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = lamp(&editor).await;
        let (one, other) = (desk.partner("One").await, desk.partner("Other").await);
        one.get(PACKAGE).await.expect(200);
        assert_eq!(rows(&other, OWN).await, Vec::<Value>::new());
        other.get(PACKAGE).await.expect(200);
        for (partner, name) in [(&one, "One"), (&other, "Other")] {
            let own = rows(partner, OWN).await;
            assert_eq!((own.len(), &own[0]["partner"]["name"]), (1, &json!(name)));
        }
        let uri = format!("/v1/admin/articles/{story}/placements?limit=1");
        let page = editor.get(&uri).await.expect(200);
        assert_eq!(page.at("/data/0/partner/name"), "Other");
        let next = page.at("/links/next").as_str().unwrap().replace("https://api.courier.example", "");
        assert_eq!(editor.get(&next).await.expect(200).at("/data/0/partner/name"), "One");
    }
}

#[actix_web::test]
async fn a_copy_is_stale_by_a_substantive_correction_until_the_new_version_is_seen() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = lamp(&editor).await;
        let partner = desk.partner("The Northern Echo").await;
        let old = pixel_of(&partner.get(PACKAGE).await.expect(200));
        desk.pass(60);
        correct(&editor, &story, "minor").await;
        assert_eq!(rows(&editor, STALE).await, Vec::<Value>::new());
        desk.pass(60);
        correct(&editor, &story, "substantive").await;
        desk.pass(60);
        desk.anyone().get(&old).await.expect(200);
        desk.counts();
        let stale = rows(&editor, STALE).await;
        assert_eq!(
            (stale.len(), &stale[0]["corrections_missed"], &stale[0]["versions_behind"]),
            (1, &json!(1), &json!(2))
        );
        assert_eq!(stale[0]["stale_since"], "2026-05-01T09:32:00.000000Z");
        assert_eq!(stale[0]["last_seen"], "2026-05-01T09:33:00.000000Z");
        assert_eq!(rows(&editor, &format!("{STALE}?severity=kill")).await, Vec::<Value>::new());
        let new = pixel_of(&partner.get(PACKAGE).await.expect(200));
        assert_eq!(rows(&editor, STALE).await.len(), 1, "a fetch shows nothing to readers");
        desk.pass(60);
        desk.anyone().get(&new).await.expect(200);
        desk.counts();
        assert_eq!(rows(&editor, STALE).await, Vec::<Value>::new());
        desk.pass(60);
        desk.anyone().get(&old).await.expect(200);
        desk.counts();
        assert_eq!(rows(&editor, STALE).await.len(), 1, "it is there again");
    }
}

#[actix_web::test]
async fn a_hit_on_a_retracted_story_is_told_once_a_day() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = lamp(&editor).await;
        let partner = desk.partner("The Northern Echo").await;
        let pixel = pixel_of(&partner.get(PACKAGE).await.expect(200));
        desk.pass(60);
        let retraction = json!({"kind": "kill", "public_reason": "Wrong."});
        let retracted = editor.post(&format!("/v1/admin/articles/{story}/retract"), retraction).await;
        retracted.expect(200);
        let told = "/v1/admin/changes?kind=placement.live_after_kill";
        for (pass, times) in [(60, 1), (60, 1), (24 * 3600, 2)] {
            desk.pass(pass);
            desk.anyone().get(&pixel).await.expect(200);
            desk.counts();
            assert_eq!(rows(&editor, told).await.len(), times);
        }
        let change = rows(&editor, told).await[0].clone();
        let stale = rows(&editor, &format!("{STALE}?severity=kill")).await;
        assert_eq!(change["audience"], "partner");
        assert_eq!(change["detail"]["placement"], stale[0]["placement"]);
        assert_eq!(change["detail"]["partner"], stale[0]["partner"]["id"]);
        assert_eq!(rows(&partner, OWN).await[0]["article"]["headline"], Value::Null);
    }
}
