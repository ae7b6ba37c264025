//! What changed between two published versions, as a partner's copies show them.

use serde_json::{Value, json};

use crate::harness::{Call, Desk, desks};

fn paragraph(key: &str, text: &str) -> Value {
    json!({"_type": "block", "_key": key, "style": "normal", "markDefs": [],
        "children": [{"_type": "span", "_key": format!("{key}s"), "text": text, "marks": []}]})
}

async fn asset(admin: &Call<'_>, key: &str, syndication: &str) -> String {
    let body = json!({"key": key, "url": format!("https://media.courier.example/{key}.jpg"),
        "mime": "image/jpeg", "alt": key, "credit": key, "syndication": syndication});
    admin.post("/v1/admin/media", body).await.expect(201).at("/data/id").as_str().unwrap().to_owned()
}

/// A story in three versions: as it was, after a small edit, and corrected together with edits of all kinds.
async fn three_versions(desk: &Desk) -> Value {
    let admin = desk.newsroom().await;
    let (open, closed) = (asset(&admin, "dawn", "allowed").await, asset(&admin, "zq7dusk", "denied").await);
    let draft = admin.writes(json!({"slug": "zq7draft", "headline": "zq7 in the drawer"})).await;
    let body = |blocks: Value| json!({ "blocks": blocks });
    let first = body(json!([
        paragraph("a", "The lamp went out."),
        paragraph("b", "Nobody spoke."),
        paragraph("c", "It rained.")
    ]));
    let story =
        admin.publishes(json!({"slug": "lamp", "body": first, "standfirst": "After 140 years."})).await;
    let uri = format!("/v1/admin/articles/{}", story["id"].as_str().unwrap());
    let story = admin.saves(&story, json!({"standfirst": "After 141 years."})).await;
    admin.act(&format!("{uri}/publish")).await.expect(200);
    let last = body(json!([
        paragraph("c", "It rained."),
        paragraph("a", "The lamp was put out."),
        {"_type": "image", "_key": "i1", "media": open},
        {"_type": "image", "_key": "i2", "media": closed},
        {"_type": "related", "_key": "r1", "articles": [draft["id"]]},
        paragraph("d", "A sensor took over."),
    ]));
    let edits = json!({"body": last, "headline": "The last night", "notes": "zq7 for the desk", "slug": "last-lamp",
        "seo": {"title": "zq7 title"}, "rights": {"channels": ["web"]}, "lead_media": closed});
    admin.saves(&story, edits).await;
    let correction = json!({"kind": "correction", "text": "The year was 1886.", "severity": "substantive", "with_edits": true});
    admin.post(&format!("{uri}/corrections"), correction).await.expect(200);
    story
}

fn ops(answer: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let blocks = answer["blocks"].as_array().unwrap();
    blocks.iter().map(|block| (text(&block["op"]), text(&block["key"]))).collect()
}

#[actix_web::test]
async fn a_partner_is_told_block_by_block_what_its_copy_lacks_and_nothing_of_the_desk() {
    for desk in desks() {
        let story = three_versions(&desk).await;
        let partner = desk.partner("The Ferryman").await;
        let uri = format!("/v1/syndication/articles/{}/diff", story["id"].as_str().unwrap());
        let answer = partner.get(&format!("{uri}?from=1&to=3")).await.expect(200);
        assert!(answer.header("cache-control").contains("no-store"));
        let told = answer.data();
        assert_eq!((&told["from"], &told["to"]), (&json!(1), &json!(3)));
        let fields: Vec<&Value> =
            told["fields"].as_array().unwrap().iter().map(|field| &field["name"]).collect();
        assert_eq!(fields, ["headline", "standfirst", "corrections"]);
        assert_eq!(told["fields"][0]["from"], "Last night at the lighthouse");
        assert_eq!(told["fields"][2]["to"][0]["text"], "The year was 1886.");
        let expected = [("removed", "b"), ("moved", "c"), ("changed", "a"), ("added", "i1"), ("added", "d")];
        let mut expected = expected.map(|(op, key)| (op.to_owned(), key.to_owned())).to_vec();
        let mut ops = ops(&told);
        // Of two blocks that changed places either may be told as the one that moved.
        ops.iter_mut().filter(|(op, _)| op == "moved").for_each(|(_, key)| *key = "c".to_owned());
        ops.sort();
        expected.sort();
        assert_eq!(ops, expected);
        assert!(answer.text().contains("https://media.courier.example/dawn.jpg"));
        assert!(!answer.text().contains("zq7"), "{}", answer.text());
        // Back again, and from one to itself.
        let back = partner.get(&format!("{uri}?from=3&to=1")).await.expect(200).data();
        assert!(self::ops(&back).contains(&("removed".to_owned(), "i1".to_owned())));
        let same = partner.get(&format!("{uri}?from=2&to=2")).await.expect(200).data();
        assert_eq!((&same["fields"], &same["blocks"]), (&json!([]), &json!([])));
        let small = partner.get(&format!("{uri}?from=1&to=2")).await.expect(200).data();
        assert_eq!(small["fields"].as_array().unwrap().len(), 1);
        // An old slug means the story that had it.
        partner.get("/v1/syndication/articles/lamp/diff?from=1&to=3").await.expect(200);
    }
}

#[actix_web::test]
async fn a_partner_of_summaries_is_told_no_blocks() {
    for desk in desks() {
        three_versions(&desk).await;
        let agreed = json!({"name": "The Ferryman", "text": "summary", "terms_version": "1"});
        let partner = desk.agreed(agreed).await;
        let told =
            partner.get("/v1/syndication/articles/last-lamp/diff?from=1&to=3").await.expect(200).data();
        assert_eq!(told["blocks"], json!([]));
        let fields: Vec<&Value> =
            told["fields"].as_array().unwrap().iter().map(|field| &field["name"]).collect();
        assert_eq!(fields, ["headline", "standfirst"]);
    }
}

#[actix_web::test]
async fn a_diff_obeys_the_verdict_and_names_what_is_wrong() {
    for desk in desks() {
        let story = three_versions(&desk).await;
        let admin = desk.admin().await;
        admin.publishes(json!({"slug": "wired", "origin": "wire"})).await;
        let partner = desk.partner("The Ferryman").await;
        let uri = "/v1/syndication/articles/last-lamp/diff";
        for (query, place) in [("from=1", "to"), ("from=0&to=2", "from"), ("from=1&to=x", "to")] {
            let wrong = partner.get(&format!("{uri}?{query}")).await.problem(400, "invalid_parameter");
            assert_eq!(wrong.faults()[0].0, place);
        }
        partner.get(&format!("{uri}?from=1&to=4")).await.problem(404, "not_found");
        partner.get("/v1/syndication/articles/zq7draft/diff?from=1&to=1").await.problem(404, "not_found");
        let denied = partner.get("/v1/syndication/articles/wired/diff?from=1&to=1").await;
        assert_eq!(denied.problem(403, "origin_reserved").at("/reasons/0/code"), "origin_reserved");
        desk.anyone().get(&format!("{uri}?from=1&to=2")).await.problem(401, "missing_credential");
        desk.reader().await.get(&format!("{uri}?from=1&to=2")).await.problem(403, "forbidden");
        let retract = format!("/v1/admin/articles/{}/retract", story["id"].as_str().unwrap());
        admin.post(&retract, json!({"kind": "withdraw", "public_reason": "Not so."})).await.expect(200);
        partner.get(&format!("{uri}?from=1&to=3")).await.problem(410, "retracted");
    }
}
