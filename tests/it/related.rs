//! What to read next.

use serde_json::{Value, json};

use crate::harness::{Call, Desk, desks};

async fn slugs(desk: &Desk, uri: &str) -> Vec<String> {
    let data = desk.anyone().get(uri).await.expect(200).data();
    data.as_array().unwrap().iter().map(|story| story["slug"].as_str().unwrap().to_owned()).collect()
}

async fn tags(editor: &Call<'_>) {
    for tag in ["ferries", "storms", "whales"] {
        editor.post("/v1/admin/tags", json!({"slug": tag, "name": tag})).await.expect(201);
    }
    editor.post("/v1/admin/sections", json!({"slug": "sport", "name": "Sport"})).await.expect(201);
}

fn story(slug: &str, tags: &[&str], day: u32) -> Value {
    json!({"slug": slug, "tags": tags, "section": "sport", "published_at": format!("2026-04-{day:02}T00:00:00Z")})
}

#[actix_web::test]
async fn named_stories_come_first_then_those_that_share_most_tags_the_newest_first() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        tags(&editor).await;
        desk.publishes_all(vec![
            story("named-b", &[], 1),
            story("named-a", &[], 2),
            story("both", &["ferries", "storms"], 3),
            story("primary-old", &["ferries"], 4),
            story("primary-new", &["ferries"], 5),
            story("other", &["storms"], 6),
            story("none", &["whales"], 7),
        ])
        .await;
        editor
            .writes(json!({"slug": "draft", "tags": ["ferries", "storms"], "primary_tag": "ferries"}))
            .await;
        let named =
            json!({"_type": "related", "articles": ["named-a", "draft", "named-b", "named-a", "mine"]});
        let text = json!({"_type": "block", "children": [{"_type": "span", "text": "Words."}]});
        let mine = json!({
            "slug": "mine", "tags": ["ferries", "storms"], "primary_tag": "ferries",
            "body": {"blocks": [text, named]},
        });
        editor.publishes(mine).await;
        let all = ["named-a", "named-b", "both", "primary-new", "primary-old", "other"];
        assert_eq!(slugs(&desk, "/v1/articles/mine/related?limit=20").await, all);
        assert_eq!(slugs(&desk, "/v1/articles/mine/related").await, all[..5]);
        assert_eq!(slugs(&desk, "/v1/articles/mine/related?limit=1").await, all[..1]);
        let included = desk.anyone().get("/v1/articles/mine?include=related").await.expect(200);
        let included = included.at("/data/related");
        let included: Vec<_> =
            included.as_array().unwrap().iter().map(|story| story["slug"].clone()).collect();
        assert_eq!(included, all[..5]);
        for wrong in ["limit=0", "limit=21", "preview=x"] {
            desk.anyone().get(&format!("/v1/articles/mine/related?{wrong}")).await.expect(400);
        }
    }
}

#[actix_web::test]
async fn where_no_story_shares_a_tag_those_of_the_section_are_related() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        tags(&editor).await;
        desk.publishes_all(vec![story("one", &["whales"], 1), story("two", &[], 2)]).await;
        editor.publishes(json!({"slug": "elsewhere", "tags": []})).await;
        editor.publishes(json!({"slug": "mine", "tags": ["ferries"], "section": "sport"})).await;
        assert_eq!(slugs(&desk, "/v1/articles/mine/related").await, ["two", "one"]);
        let alone = desk.anyone().get("/v1/articles/elsewhere/related?fields=slug").await.expect(200);
        assert_eq!(alone.data(), json!([]));
    }
}

#[actix_web::test]
async fn a_story_is_never_related_to_itself_or_its_translations() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.patch("/v1/admin/settings", json!({"locales": ["en", "fr"]})).await.expect(200);
        editor.publishes(json!({"slug": "table", "translation_group": "g"})).await;
        editor.publishes(json!({"slug": "table-fr", "locale": "fr", "translation_group": "g"})).await;
        editor.publishes(json!({"slug": "third"})).await;
        assert_eq!(slugs(&desk, "/v1/articles/table/related").await, ["third"]);
        assert_eq!(slugs(&desk, "/v1/articles/table-fr/related").await, ["third"]);
        let mut others = slugs(&desk, "/v1/articles/third/related").await;
        others.sort();
        assert_eq!(others, ["table", "table-fr"]);
    }
}

#[actix_web::test]
async fn the_number_of_statements_does_not_grow_with_the_list() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        tags(&editor).await;
        let many = (1..=28).map(|day| story(&format!("s{day}"), &["ferries", "storms"], day)).collect();
        desk.publishes_all(many).await;
        let reader = desk.reader().await;
        let queries = async |uri: &str| reader.get(uri).await.expect(200).header("server-timing");
        let few = queries("/v1/articles?limit=2&include=related").await;
        assert_eq!(queries("/v1/articles?limit=28&include=related").await, few);
        assert_eq!(few, "db;desc=\"5 queries\"");
    }
}
