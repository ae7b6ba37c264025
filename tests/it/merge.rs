//! One author, tag or section in the place of another: stories move, their order and revisions stay, old addresses
//! lead there in one hop.

use serde_json::{Value, json};

use crate::harness::{Answer, Call, desks};

fn slugs(answer: &Answer) -> Vec<String> {
    let data = answer.data();
    data.as_array().unwrap().iter().map(|story| story["slug"].as_str().unwrap().to_owned()).collect()
}

async fn staff(editor: &Call<'_>, slug: &str) -> Value {
    editor.get(&format!("/v1/admin/articles/{slug}")).await.expect(200).data()
}

#[actix_web::test]
async fn a_merged_author_s_stories_name_the_other_and_keep_their_order() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        for slug in ["i-duarte", "gil"] {
            let author = json!({"slug": slug, "name": slug});
            editor.post("/v1/admin/authors", author).await.expect(201);
        }
        let both = json!(["i-duarte", {"slug": "ines-duarte", "role": "author"}, "gil"]);
        for (slug, authors) in [
            ("one", json!(["ines-duarte"])),
            ("two", json!(["i-duarte"])),
            ("three", both),
            ("four", json!(["i-duarte"])),
        ] {
            editor.publishes(json!({"slug": slug, "authors": authors})).await;
            desk.pass(60);
        }
        let twice = json!(["ines-duarte", "i-duarte", {"slug": "i-duarte", "role": "photographer"}]);
        editor
            .publishes(json!({"slug": "zero", "authors": twice, "published_at": "2020-01-01T00:00:00Z"}))
            .await;
        editor.writes(json!({"slug": "draft", "authors": ["i-duarte"]})).await;
        let before = desk.anyone().get("/v1/articles/two").await.expect(200);
        let id = editor.get("/v1/admin/authors/i-duarte").await.expect(200).at("/data/id");
        let merged = editor.post("/v1/admin/authors/i-duarte/merge", json!({"into": "ines-duarte"})).await;
        assert_eq!(merged.expect(200).at("/data/slug"), "ines-duarte");
        let after = desk.anyone().get("/v1/articles/two").await.expect(200);
        assert_eq!(after.at("/data/authors/0/slug"), "ines-duarte");
        assert_eq!(after.at("/data/byline"), "By Inês Duarte");
        assert_eq!(after.at("/data/version"), before.at("/data/version"));
        assert_ne!(after.at("/data/modified_at"), before.at("/data/modified_at"));
        assert_ne!(after.header("etag"), before.header("etag"));
        let list = desk.anyone().get("/v1/articles?author=ines-duarte").await.expect(200);
        assert_eq!(slugs(&list), ["four", "three", "two", "one", "zero"]);
        let by_old_slug = desk.anyone().get("/v1/articles?author=i-duarte").await.expect(200);
        assert_eq!(slugs(&by_old_slug), ["four", "three", "two", "one", "zero"]);
        let three = desk.anyone().get("/v1/articles/three").await.expect(200).at("/data/authors");
        let names: Vec<&str> =
            three.as_array().unwrap().iter().map(|a| a["slug"].as_str().unwrap()).collect();
        assert_eq!(names, ["ines-duarte", "gil"]);
        let zero = desk.anyone().get("/v1/articles/zero").await.expect(200).at("/data/authors");
        let roles: Vec<&str> = zero.as_array().unwrap().iter().map(|a| a["role"].as_str().unwrap()).collect();
        assert_eq!(roles, ["author", "photographer"]);
        let moved = desk.anyone().get("/v1/authors/i-duarte").await.expect(301);
        assert_eq!(moved.header("location"), "https://api.courier.example/v1/authors/ines-duarte");
        let draft = staff(&editor, "draft").await;
        assert_eq!(
            (draft["authors"][0]["slug"].clone(), draft["revision"].clone()),
            (json!("ines-duarte"), json!(1))
        );
        let old = editor.get("/v1/admin/articles/two/revisions/1").await.expect(200);
        assert_eq!(old.at("/data/article/authors/0/slug"), "ines-duarte");
        let uri = format!("/v1/admin/authors/{}", id.as_str().unwrap());
        assert_eq!(editor.get(&uri).await.expect(200).at("/data/slug"), "ines-duarte");
        let taken = json!({"slug": "i-duarte", "name": "Another"});
        editor.post("/v1/admin/authors", taken).await.problem(409, "slug_taken");
        editor.delete("/v1/admin/authors/ines-duarte").await.problem(409, "in_use");
        editor.act("/v1/admin/articles/draft/publish").await.expect(200);
        // What was merged before is led on.
        editor.post("/v1/admin/authors/ines-duarte/merge", json!({"into": "gil"})).await.expect(200);
        let moved = desk.anyone().get("/v1/authors/i-duarte").await.expect(301);
        assert_eq!(moved.header("location"), "https://api.courier.example/v1/authors/gil");
        assert_eq!(staff(&editor, "draft").await["authors"][0]["slug"], "gil");
        let three = desk.anyone().get("/v1/articles/three").await.expect(200).at("/data/authors");
        assert_eq!(three.as_array().unwrap().len(), 1);
    }
}

#[actix_web::test]
async fn a_merged_tag_is_the_other_also_where_it_says_most() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.post("/v1/admin/tags", json!({"slug": "lights", "name": "Lights"})).await.expect(201);
        editor.publishes(json!({"slug": "one", "tags": ["lights"], "primary_tag": "lights"})).await;
        editor.publishes(json!({"slug": "two", "tags": ["lights", "lighthouses"]})).await;
        editor.post("/v1/admin/tags/lights/merge", json!({"into": "lighthouses"})).await.expect(200);
        let one = desk.anyone().get("/v1/articles/one").await.expect(200);
        assert_eq!(one.at("/data/primary_tag/slug"), "lighthouses");
        let two = desk.anyone().get("/v1/articles/two").await.expect(200);
        assert_eq!(two.at("/data/tags").as_array().unwrap().len(), 1);
        let list = desk.anyone().get("/v1/articles?tag=lights&sort=headline").await.expect(200);
        assert_eq!(list.data().as_array().unwrap().len(), 2);
        desk.anyone().get("/v1/tags/lights").await.expect(301);
        let tags = editor.get("/v1/admin/tags").await.expect(200);
        assert_eq!(slugs(&tags), ["lighthouses"]);
    }
}

#[actix_web::test]
async fn a_merged_section_s_stories_children_and_appeals_move() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let pier = json!({"slug": "pier", "name": "Pier", "parent": "harbour"});
        editor.post("/v1/admin/sections", pier).await.expect(201);
        editor.post("/v1/admin/sections", json!({"slug": "coast", "name": "Coast"})).await.expect(201);
        editor.publishes(json!({"slug": "one", "section": "harbour"})).await;
        desk.pass(60);
        editor.publishes(json!({"slug": "two", "section": "pier"})).await;
        desk.pass(60);
        editor.publishes(json!({"slug": "three", "section": "coast"})).await;
        editor.writes(json!({"slug": "draft", "section": "harbour"})).await;
        let appeal =
            json!({"key": "give", "title": "Give", "paragraphs": ["Please."], "sections": ["harbour"]});
        editor.post("/v1/admin/appeals", appeal).await.expect(201);
        editor.delete("/v1/admin/sections/harbour").await.problem(409, "in_use");
        for bad in ["harbour", "pier", "nowhere"] {
            let refused = editor.post("/v1/admin/sections/harbour/merge", json!({"into": bad})).await;
            assert_eq!(refused.problem(422, "invalid_body").faults()[0].0, "/into");
        }
        let before = desk.anyone().get("/v1/articles/three").await.expect(200).data();
        let moved = desk.anyone().get("/v1/articles/one").await.expect(200).at("/data/modified_at");
        desk.pass(60);
        editor.post("/v1/admin/sections/harbour/merge", json!({"into": "coast"})).await.expect(200);
        assert_eq!(desk.anyone().get("/v1/articles/three").await.expect(200).data(), before);
        assert_ne!(desk.anyone().get("/v1/articles/one").await.expect(200).at("/data/modified_at"), moved);
        for section in ["coast", "harbour"] {
            let uri = format!("/v1/articles?section={section}");
            assert_eq!(
                slugs(&desk.anyone().get(&uri).await.expect(200)),
                ["three", "two", "one"],
                "{section}"
            );
        }
        let city = desk.anyone().get("/v1/articles?section=city").await.expect(200);
        assert_eq!(slugs(&city), [""; 0]);
        assert_eq!(desk.anyone().get("/v1/sections/pier").await.expect(200).at("/data/path"), "coast/pier");
        let moved = desk.anyone().get("/v1/sections/harbour").await.expect(301);
        assert_eq!(moved.header("location"), "https://api.courier.example/v1/sections/coast");
        let page = desk.anyone().get("/v1/articles/one/page").await.expect(200);
        assert_eq!(page.at("/data/appeal/key"), "give");
        assert_eq!(page.at("/data/article/section/slug"), "coast");
        assert_eq!(staff(&editor, "draft").await["section"]["slug"], "coast");
        let of_desk = editor.get("/v1/admin/articles?section=coast").await.expect(200);
        assert_eq!(of_desk.data().as_array().unwrap().len(), 4);
        editor.delete("/v1/admin/sections/coast").await.problem(409, "in_use");
    }
}

#[actix_web::test]
async fn what_is_merged_into_itself_or_nothing_is_refused_and_nothing_changes() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        editor.publishes(json!({})).await;
        let before = desk.tables();
        for (kind, slug) in [("authors", "ines-duarte"), ("tags", "lighthouses"), ("sections", "harbour")] {
            for into in [slug, "nowhere"] {
                let uri = format!("/v1/admin/{kind}/{slug}/merge");
                let refused = editor.post(&uri, json!({ "into": into })).await.problem(422, "invalid_body");
                assert_eq!(refused.faults()[0].0, "/into", "{kind} {into}");
            }
        }
        assert_eq!(desk.tables(), before);
    }
}
