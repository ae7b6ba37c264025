//! Every save as it was, what changed between two, and the way back.

use serde_json::{Value, json};
use wiredesk::auth::Role;

use super::workflow::{uri, warnings};
use crate::harness::desks;

#[actix_web::test]
async fn every_save_can_be_read_compared_and_restored() {
    for desk in desks() {
        desk.newsroom().await;
        let editor = desk.staff("edgar@courier.example", Role::Editor).await;
        let story = editor.writes(json!({"slug": "one", "standfirst": "At dusk."})).await;
        let html = "<p>The lamp was lit for the last time.</p><p>Everybody spoke.</p><p>Then it rained.</p>";
        let changed = json!({"headline": "The last night", "tags": [], "body": {"html": html}});
        let second = editor.saves(&story, changed).await;
        assert_eq!(second["body"]["blocks"][0]["_key"], story["body"]["blocks"][0]["_key"]);
        let list = editor.get(&uri(&story, "revisions")).await.expect(200);
        assert_eq!((list.at("/data/0/revision"), list.at("/data/1/revision")), (json!(2), json!(1)));
        let first = editor.get(&uri(&story, "revisions/1")).await.expect(200);
        assert_eq!(first.at("/data/article/headline"), "Last night at the lighthouse");
        assert_eq!(first.at("/data/article/tags/0/slug"), "lighthouses");
        assert!(first.at("/data/saved_by/name").is_string());
        editor.get(&uri(&story, "revisions/3")).await.problem(404, "not_found");
        let diff = editor.get(&uri(&story, "diff?from=1&to=2")).await.expect(200);
        let fields = diff.at("/data/fields");
        let names: Vec<&str> =
            fields.as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["headline", "tags"]);
        let blocks = diff.at("/data/blocks");
        let ops: Vec<&str> =
            blocks.as_array().unwrap().iter().map(|block| block["op"].as_str().unwrap()).collect();
        assert!(ops.contains(&"added") && !ops.contains(&"moved"), "{ops:?}");
        let restored = editor.act(&uri(&story, "revisions/1/restore")).await.expect(200);
        assert_eq!(restored.at("/data/revision"), 3);
        assert_eq!(restored.at("/data/headline"), "Last night at the lighthouse");
        let same = editor.get(&uri(&story, "diff?from=1&to=3")).await.expect(200);
        assert_eq!((same.at("/data/fields"), same.at("/data/blocks")), (json!([]), json!([])));
        let again = editor.act(&uri(&story, "revisions/1/restore")).await.expect(200);
        assert_eq!(again.at("/data/revision"), 3);
        assert_eq!(editor.get(&uri(&story, "revisions/3")).await.at("/data/note"), "revision 1 restored");
        let page = editor.get(&uri(&story, "revisions?limit=2")).await.expect(200).at("/links/next");
        let next = page.as_str().unwrap().trim_start_matches("https://api.courier.example").to_owned();
        assert_eq!(editor.get(&next).await.expect(200).at("/data/0/revision"), 1);
    }
}

#[actix_web::test]
async fn what_an_old_revision_names_may_be_gone_and_is_left_out() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.post("/v1/admin/tags", json!({"slug": "fog", "name": "Fog"})).await.expect(201);
        editor.post("/v1/admin/authors", json!({"slug": "gil", "name": "Gil"})).await.expect(201);
        let picture = json!({"key": "dusk", "url": "https://img.example/dusk.jpg", "alt": "Dusk"});
        editor.post("/v1/admin/media", picture).await.expect(201);
        let with = json!({"tags": ["fog"], "primary_tag": "fog", "authors": ["gil"], "lead_media": "dusk",
            "body": {"html": "<p>Fog.</p><img src=\"https://img.example/dusk.jpg\">"}});
        let story = editor.publishes(with).await;
        let without = json!({"tags": [], "primary_tag": null, "authors": [], "lead_media": null,
            "body": {"html": "<p>No fog.</p>"}});
        editor.saves(&story, without).await;
        editor.act(&uri(&story, "publish")).await.expect(200);
        for gone in ["tags/fog", "authors/gil", "media/dusk"] {
            editor.delete(&format!("/v1/admin/{gone}")).await.expect(204);
        }
        let refused =
            editor.post(&uri(&story, "publish"), json!({"revision": 1})).await.problem(422, "invalid_body");
        let places: Vec<String> = refused.faults().into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/authors", "/tags", "/primary_tag", "/body", "/lead_media"]);
        let restored = editor.act(&uri(&story, "revisions/1/restore")).await.expect(200);
        assert_eq!(warnings(&restored).await, ["no_longer_there"; 5]);
        assert_eq!((restored.at("/data/tags"), restored.at("/data/lead_media")), (json!([]), Value::Null));
        editor.act(&uri(&story, "publish")).await.expect(200);
    }
}
