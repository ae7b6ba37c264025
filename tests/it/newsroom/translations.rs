//! One story in several languages.

use serde_json::{Value, json};

use super::workflow::uri;
use crate::harness::{Answer, desks};

fn slugs(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    data.as_array().unwrap().iter().map(|story| story["slug"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn r08_each_translation_has_an_address_of_its_own_and_leads_to_the_others() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.patch("/v1/admin/settings", json!({"locales": ["en", "fr", "pt"]})).await.expect(200);
        let english = json!({"slug": "table", "translation_group": "table", "locale": "en"});
        let english = editor.publishes(english).await;
        let taken = json!({"slug": "table", "headline": "La table", "locale": "fr"});
        editor.post("/v1/admin/articles", taken).await.problem(409, "slug_taken");
        let alone = desk.anyone().get("/v1/articles/table").await.expect(200);
        let french =
            json!({"slug": "table-fr", "translation_group": "table", "locale": "fr", "headline": "La table"});
        let french = editor.publishes(french).await;
        let both = desk.anyone().get("/v1/articles/table").await.expect(200);
        assert_ne!(both.header("etag"), alone.header("etag"));
        assert_eq!(both.at("/data/modified_at"), alone.at("/data/modified_at"));
        assert_eq!(both.at("/data/version"), 1);
        assert_eq!(both.at("/data/translations/0/slug"), "table-fr");
        let seen = desk.anyone().get("/v1/articles/table?locale=fr").await.expect(200);
        assert_eq!(
            (seen.at("/data/slug"), seen.header("content-language")),
            (json!("table-fr"), "fr".to_owned())
        );
        let own = desk.anyone().get("/v1/articles/table?locale=pt").await.expect(200);
        assert_eq!((own.at("/data/slug"), own.header("content-language")), (json!("table"), "en".to_owned()));
        desk.anyone().get("/v1/articles/table?locale=xx").await.problem(400, "invalid_parameter");
        editor.act(&uri(&french, "unpublish")).await.expect(200);
        let gone = desk.anyone().get("/v1/articles/table?locale=fr").await.expect(200);
        assert_eq!(gone.at("/data/slug"), "table");
        let again = desk.anyone().get("/v1/articles/table").await.expect(200);
        assert_eq!(again.at("/data/translations"), json!([]));
        assert_eq!(english["state"], "live");
    }
}

#[actix_web::test]
async fn a_list_gives_each_group_once_in_the_first_language_in_which_it_is_live() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.patch("/v1/admin/settings", json!({"locales": ["en", "fr", "pt"]})).await.expect(200);
        for (slug, group, locale) in [
            ("a-en", json!("a"), "en"),
            ("a-fr", json!("a"), "fr"),
            ("b-en", json!("b"), "en"),
            ("b-pt", json!("b"), "pt"),
            ("c-pt", json!("c"), "pt"),
            ("d-fr", Value::Null, "fr"),
            ("e-en", Value::Null, "en"),
        ] {
            editor.publishes(json!({"slug": slug, "translation_group": group, "locale": locale})).await;
            desk.pass(60);
        }
        let list = |query: &str| {
            let (anyone, uri) = (desk.anyone(), format!("/v1/articles?sort=published_at&{query}"));
            async move { slugs(&anyone.get(&uri).await.expect(200)) }
        };
        assert_eq!(list("locale=fr").await, ["a-fr", "d-fr"]);
        assert_eq!(list("locale=fr&fallback=en").await, ["a-fr", "b-en", "d-fr", "e-en"]);
        assert_eq!(list("fallback=pt,en,fr").await, ["a-en", "b-pt", "c-pt", "d-fr", "e-en"]);
        assert_eq!(list("fallback=pt,en,fr&section=city&limit=2").await, ["a-en", "b-pt"]);
        for bad in ["locale=-fr&fallback=en", "locale=fr,en&fallback=pt", "fallback=xx", "fallback="] {
            desk.anyone().get(&format!("/v1/articles?{bad}")).await.problem(400, "invalid_parameter");
        }
        let counted = desk.anyone().get("/v1/articles?fallback=pt,en,fr&total=true").await.expect(200);
        assert_eq!(counted.at("/meta/total"), 5);
    }
}
