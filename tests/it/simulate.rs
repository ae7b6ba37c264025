//! What a change of an origin would do is told before it is made, and it is what then happens.

use serde_json::{Value, json};

use crate::harness::desks;

#[actix_web::test]
async fn a_simulation_tells_what_a_change_then_does_and_changes_nothing() {
    for desk in desks() {
        let admin = desk.newsroom().await;
        for number in 0..5 {
            admin.publishes(json!({"slug": format!("story-{number}"), "section": if number < 2 { "city" } else { "harbour" }})).await;
        }
        admin.publishes(json!({"slug": "opted-out", "rights": {"opt_out": true}})).await;
        admin.publishes(json!({"slug": "wired", "origin": "wire"})).await;
        let all = desk.partner("All").await;
        let some = desk
            .agreed(json!({"name": "Some", "terms_version": "1", "grants": [{"section": "harbour"}]}))
            .await;
        let none = desk.agreed(json!({"name": "None"})).await;
        let tables = desk.tables();
        let uri = "/v1/admin/origins/own/simulate";
        let told = admin.post(&format!("{uri}?limit=2"), json!({"policy": "deny"})).await.expect(200);
        assert_eq!(desk.tables(), tables, "nothing is changed");
        assert_eq!(told.at("/data/total"), 5);
        let flips = told.at("/data/articles");
        assert_eq!(flips.as_array().unwrap().len(), 2);
        assert_eq!((&flips[0]["from"], &flips[0]["to"]), (&json!("conditional"), &json!("deny")));
        assert_eq!(flips[0]["reasons"][0]["code"], "origin_reserved");
        let mut counts: Vec<Value> = told
            .at("/data/partners")
            .as_array()
            .unwrap()
            .iter()
            .map(|partner| partner["articles"].clone())
            .collect();
        counts.sort_by_key(|count| count.as_u64());
        assert_eq!(counts, [json!(3), json!(5)]);
        let mut seen = flips.as_array().unwrap().len();
        let mut next = told.at("/links/next");
        while let Some(link) = next.as_str() {
            let page =
                admin.post(&link[link.find("/v1/").unwrap()..], json!({"policy": "deny"})).await.expect(200);
            seen += page.at("/data/articles").as_array().unwrap().len();
            next = page.at("/links/next");
        }
        assert_eq!(seen, 5);
        assert_eq!(admin.post(uri, json!({"name": "Another"})).await.expect(200).at("/data/total"), 0);
        admin.post(uri, json!({"policy": "maybe"})).await.problem(422, "invalid_body");
        let open = async |partner: &crate::harness::Call<'_>| {
            let list = partner.get("/v1/articles?republishable=true&limit=100").await.expect(200).data();
            list.as_array().unwrap().len()
        };
        assert_eq!((open(&all).await, open(&some).await, open(&none).await), (5, 3, 0));
        admin.patch("/v1/admin/origins/own", json!({"policy": "deny"})).await.expect(200);
        assert_eq!((open(&all).await, open(&some).await, open(&none).await), (0, 0, 0));
        let told = all.get("/v1/syndication/changes?limit=100").await.expect(200).text();
        assert_eq!(told.matches("rights.changed").count(), 5);
    }
}
