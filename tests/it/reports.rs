//! The use ledger: what partners fetched and what they say, as a page, as CSV and line by line.

use serde_json::{Value, json};

use crate::harness::desks;

#[actix_web::test]
async fn the_ledger_tells_each_fetch_and_each_report_in_every_form() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({"slug": "one", "rights": {"channels": ["web"]}})).await;
        editor.publishes(json!({"slug": "two"})).await;
        let partner = desk.agreed(json!({"name": "P", "terms_version": "1", "territory": "PT"})).await;
        let other = desk.partner("Other").await;
        partner.get("/v1/articles/one/republish").await.expect(200);
        other.get("/v1/articles/two/republish").await.expect(200);
        let report =
            json!({"article": "one", "channel": "print", "note": "=1+1", "used_at": "2026-01-01T00:00:00Z"});
        let made = partner.post("/v1/syndication/usage-reports", report).await.expect(201);
        assert_eq!(
            (made.at("/data/verdict"), made.at("/data/reasons")),
            (json!("deny"), json!(["channel_excluded"]))
        );
        let strange = json!({"article": "one", "channel": "print"});
        other.post("/v1/syndication/usage-reports", strange).await.problem(403, "channel_excluded");
        let never = json!({"article": "never", "channel": "print"});
        partner.post("/v1/syndication/usage-reports", never).await.problem(404, "not_found");
        let later = json!({"article": "one", "channel": "print", "used_at": "2999-01-01T00:00:00Z"});
        partner.post("/v1/syndication/usage-reports", later).await.problem(422, "invalid_body");

        let uri = "/v1/admin/reports/uses";
        let all = editor.get(uri).await.expect(200).data();
        assert_eq!(all.as_array().unwrap().len(), 3);
        assert_eq!(all[0]["kind"], "report");
        assert_eq!((&all[2]["territory"], &all[2]["verdict"]), (&json!("PT"), &json!("conditional")));
        assert_ne!(all[2]["key_hint"], Value::Null);
        let of = async |query: &str| {
            editor.get(&format!("{uri}?{query}")).await.expect(200).data().as_array().unwrap().len()
        };
        assert_eq!((of("partner=p").await, of("partner=other").await, of("partner=nobody").await), (2, 1, 0));
        assert_eq!((of("article=one").await, of("before=2020-01-01T00:00:00Z").await), (2, 0));
        let first = editor.get(&format!("{uri}?limit=2")).await.expect(200);
        let next = first.at("/links/next").as_str().unwrap().to_owned();
        let rest = editor.get(&next[next.find("/v1/").unwrap()..]).await.expect(200).data();
        assert_eq!(rest[0]["id"], all[2]["id"]);
        let lines = editor.get(&format!("{uri}?format=ndjson")).await.expect(200).text();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(json!(lines), all);
        let csv = editor.get(&format!("{uri}?format=csv&partner=p")).await.expect(200);
        assert!(csv.header("content-type").starts_with("text/csv"));
        let rows: Vec<String> = csv.text().split("\r\n").map(str::to_owned).collect();
        assert!(rows[0].starts_with("\"id\",\"at\",\"kind\""));
        assert_eq!(rows.len(), 4, "a head, two rows and the end");
        assert!(rows[1].ends_with(",\"'=1+1\""), "no spreadsheet takes it for a formula: {}", rows[1]);
        editor.get(&format!("{uri}?format=csv&limit=2")).await.problem(400, "invalid_parameter");
        partner.get(uri).await.problem(403, "forbidden");
    }
}
