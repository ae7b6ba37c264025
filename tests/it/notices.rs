//! Notices: every partner who fetched a story learns of what was corrected or taken back, and what it did is known.

use serde_json::{Value, json};

use crate::harness::{Call, desks};

async fn act(editor: &Call<'_>, act: &str, body: Value) {
    editor.post(&format!("/v1/admin/articles/one/{act}"), body).await.expect(200);
}

async fn notices(partner: &Call<'_>) -> Vec<Value> {
    partner.get("/v1/syndication/notices").await.expect(200).data().as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_substantive_correction_opens_one_notice_for_each_partner_who_fetched_and_a_minor_one_none() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "one"})).await;
        let (a, b) = (desk.partner("A").await, desk.partner("B").await);
        a.get("/v1/articles/one/republish").await.expect(200);
        a.get("/v1/articles/one/republish?format=text").await.expect(200);
        b.get("/v1/articles/one/republish?dry=true").await.expect(200);
        act(&editor, "corrections", json!({"kind": "clarification", "text": "A comma."})).await;
        desk.keeps_time();
        assert!(notices(&a).await.is_empty());
        desk.set_clock("2026-06-01T08:00:00Z");
        act(&editor, "corrections", json!({"kind": "correction", "text": "It was Friday."})).await;
        desk.keeps_time();
        desk.keeps_time();
        let told = notices(&a).await;
        assert_eq!(told.len(), 1);
        let notice = &told[0];
        assert_eq!((&notice["kind"], &notice["severity"]), (&json!("correction"), &json!("substantive")));
        assert_eq!((&notice["text"], &notice["version"]), (&json!("It was Friday."), &json!(3)));
        assert_eq!(notice["article"]["headline"], "Last night at the lighthouse");
        assert_eq!(notice["due_at"], "2026-06-04T08:00:00.000000Z");
        assert_eq!(notice["state"], "sent");
        assert_eq!(notices(&a).await[0]["state"], "fetched", "it was read");
        assert!(notices(&b).await.is_empty(), "who only looked has nothing to mend");
        let uri = format!("/v1/syndication/notices/{}/ack", notice["id"].as_str().unwrap());
        b.post(&uri, json!({"outcome": "updated"})).await.problem(404, "not_found");
        a.post(&uri, json!({"outcome": "gone"})).await.problem(422, "invalid_body");
        let done = json!({"outcome": "updated", "url": "https://a.example/one"});
        assert_eq!(a.post(&uri, done).await.expect(200).at("/data/state"), "acknowledged");
        desk.pass(100 * 3600);
        desk.keeps_time();
        assert_eq!(notices(&a).await[0]["state"], "acknowledged", "closed ones stay and never fall due");
        let seen = editor.get("/v1/admin/articles/one/notices").await.expect(200);
        assert_eq!(seen.at("/data/0/outcome"), "updated");
        let log = editor.get("/v1/admin/changes?limit=100").await.expect(200).text();
        assert!(log.contains("notice.opened") && log.contains("notice.acknowledged"));
    }
}

#[actix_web::test]
async fn leg_a_retraction_reaches_a_suspended_partner_and_leak_12_a_legal_one_without_a_headline() {
    for desk in desks() {
        desk.set_clock("2026-06-01T08:00:00Z");
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "one"})).await;
        let partner = desk.partner("The Ferryman").await;
        partner.get("/v1/syndication/articles/one").await.expect(200);
        act(&editor, "corrections", json!({"kind": "correction", "text": "It was Friday."})).await;
        desk.keeps_time();
        let patch = json!({"state": "suspended"});
        editor.patch("/v1/admin/partners/the-ferryman", patch).await.expect(200);
        let order =
            json!({"kind": "legal", "public_reason": "A court says so.", "partner_note": "At once, please."});
        act(&editor, "retract", order).await;
        desk.keeps_time();
        let told = notices(&partner).await;
        assert_eq!(told.len(), 2);
        assert_eq!((&told[0]["kind"], &told[0]["severity"]), (&json!("retraction"), &json!("kill")));
        assert_eq!(told[0]["text"], "A court says so.\n\nAt once, please.");
        assert_eq!(told[0]["due_at"], "2026-06-02T08:00:00.000000Z");
        for notice in &told {
            assert_eq!(notice["article"]["headline"], Value::Null);
            assert!(!notice.to_string().contains("lighthouse"), "{notice}");
        }
        let uri = format!("/v1/syndication/notices/{}/ack", told[0]["id"].as_str().unwrap());
        partner.post(&uri, json!({"outcome": "updated"})).await.problem(422, "invalid_body");
        partner.post(&uri, json!({"outcome": "removed"})).await.expect(200);
        editor.patch("/v1/admin/partners/the-ferryman", json!({"state": "blocked"})).await.expect(200);
        partner.get("/v1/syndication/notices").await.problem(403, "partner_blocked");
    }
}

#[actix_web::test]
async fn a_notice_of_which_nothing_is_heard_is_overdue_once_and_suspends_where_that_is_the_rule() {
    for desk in desks() {
        desk.set_clock("2026-06-01T08:00:00Z");
        let editor = desk.newsroom().await;
        let rules = json!({"suspend_overdue": true, "notice_due_hours": {"kill": 2}});
        let set = editor.patch("/v1/admin/settings", rules).await.expect(200);
        assert_eq!(set.at("/data/notice_due_hours"), json!({"kill": 2, "correction": 72}));
        editor.publishes(json!({"slug": "one"})).await;
        let partner = desk.partner("The Ferryman").await;
        partner.get("/v1/articles/one/republish").await.expect(200);
        act(&editor, "retract", json!({"kind": "kill", "public_reason": "Wrong."})).await;
        desk.keeps_time();
        desk.set_clock("2026-06-01T09:59:59Z");
        desk.keeps_time();
        assert_eq!(notices(&partner).await[0]["state"], "sent");
        desk.set_clock("2026-06-01T10:00:00Z");
        desk.keeps_time();
        desk.keeps_time();
        assert_eq!(notices(&partner).await[0]["state"], "overdue");
        let log = editor.get("/v1/admin/changes?limit=100").await.expect(200).text();
        assert_eq!(log.matches("notice.overdue").count(), 1);
        assert_eq!(log.matches("partner.suspended").count(), 1);
        partner.get("/v1/articles").await.problem(403, "partner_suspended");
        // It can still be closed.
        let id = notices(&partner).await[0]["id"].as_str().unwrap().to_owned();
        let done = json!({"outcome": "not_used"});
        let closed = partner.post(&format!("/v1/syndication/notices/{id}/ack"), done).await.expect(200);
        assert_eq!(closed.at("/data/state"), "acknowledged");
    }
}

#[actix_web::test]
async fn a_checked_page_closes_a_notice_as_claimed() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "one"})).await;
        let agreed =
            json!({"name": "P", "terms_version": "1", "profile": ["credit"], "hosts": ["p.example"]});
        let partner = desk.agreed(agreed).await;
        partner.get("/v1/articles/one/republish").await.expect(200);
        act(&editor, "corrections", json!({"kind": "correction", "text": "It was Friday."})).await;
        desk.keeps_time();
        let package = partner.get("/v1/articles/one/republish?format=html").await.expect(200).text();
        let page = format!("<html><head></head><body>{package}</body></html>");
        let check = json!({"html": page, "headers": {}, "url": "https://p.example/one"});
        let check = partner.post("/v1/syndication/checks", check).await.expect(201);
        assert_eq!(check.at("/data/version"), 2, "{}", check.text());
        desk.keeps_time();
        assert_eq!(notices(&partner).await[0]["state"], "claimed");
    }
}

#[actix_web::test]
async fn an_import_opens_no_notice() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "one"})).await;
        let partner = desk.partner("P").await;
        partner.get("/v1/articles/one/republish").await.expect(200);
        let corrections = json!([{"kind": "correction", "severity": "substantive", "text": "It was Friday.",
            "at": "2026-05-01T00:00:00Z"}]);
        let line = json!({"type": "article", "slug": "one", "corrections": corrections});
        desk.imports(&line.to_string());
        desk.keeps_time();
        assert!(notices(&partner).await.is_empty());
    }
}
