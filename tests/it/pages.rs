//! The page and the package of a real story's bundle: every element of it, in its place.
//!
//! The same expectations, read from the bundle itself, hold for the one in our own words and for the
//! publisher's own that `WIREDESK_TEST_BUNDLE` names.

use serde_json::{Value, json};

use crate::harness::{Desk, PAGE, desks, note};

/// A bundle, and what its story is expected to show.
struct Bundle(Vec<Value>);

impl Bundle {
    fn read(text: &str) -> Self {
        Bundle(
            text.lines()
                .filter(|line| !line.is_empty())
                .map(|line| serde_json::from_str(line).unwrap())
                .collect(),
        )
    }

    fn lines(&self, kind: &str) -> impl Iterator<Item = &Value> {
        self.0.iter().filter(move |line| line["type"] == kind)
    }

    fn one(&self, kind: &str) -> &Value {
        self.lines(kind).next().unwrap()
    }

    fn article(&self, slug: &Value) -> &Value {
        self.lines("article").find(|line| line["slug"] == *slug).unwrap()
    }

    /// The story that has a picture.
    fn story(&self) -> &Value {
        self.lines("article").find(|line| line["lead_media"].is_string()).unwrap()
    }

    /// The story's paragraphs as text.
    fn paragraphs(&self) -> Vec<String> {
        let html = self.story()["body"]["html"].as_str().unwrap();
        html.split("</p>").filter(|paragraph| !paragraph.is_empty()).map(without_tags).collect()
    }

    fn section_name(&self, article: &Value) -> Value {
        self.lines("section").find(|line| line["slug"] == article["section"]).unwrap()["name"].clone()
    }
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&#x27;", "'").replace("&quot;", "\"")
}

/// The bundles there are: ours, and the publisher's where it is named.
fn bundles() -> Vec<String> {
    let mut bundles = vec![PAGE.to_owned()];
    if let Some(path) = std::env::var_os("WIREDESK_TEST_BUNDLE").filter(|path| !path.is_empty()) {
        bundles.push(std::fs::read_to_string(path).unwrap());
        note("bundle.imported");
    }
    bundles
}

fn path_of(bundle: &Bundle) -> String {
    format!("/v1/articles/{}", bundle.story()["slug"].as_str().unwrap())
}

async fn check_page(desk: &Desk, bundle: &Bundle) {
    let list = bundle.one("list");
    let key = list["key"].as_str().unwrap();
    let uri = format!("{}/page?lists={key},no-such-list&body=text", path_of(bundle));
    let page = desk.anyone().get(&uri).await.expect(200).data();
    let (story, publication) = (bundle.story(), bundle.one("publication"));
    assert_eq!(page["article"]["headline"], story["headline"]);
    let credit =
        bundle.lines("media").find(|line| line["key"] == story["lead_media"]).unwrap()["credit"].clone();
    assert_eq!(page["article"]["lead_image"]["credit"], credit);
    let text = page["article"]["body"]["text"].as_str().unwrap();
    assert_eq!(text.split("\n\n").map(str::trim).collect::<Vec<_>>(), bundle.paragraphs());
    check_appeal(&page, bundle.one("appeal"));
    check_popular(&page, bundle);
    check_list(&page["lists"][key], list, bundle);
    assert_eq!(page["lists"]["no-such-list"], Value::Null);
    let republish = &page["republish"];
    assert_eq!((&republish["allowed"], &republish["verdict"]), (&json!(true), &json!("conditional")));
    assert_eq!(republish["guidelines_url"], publication["guidelines_url"]);
    assert_eq!(republish["contact"]["email"], publication["contact_email"]);
    assert_eq!(republish["contact"]["subject"], publication["contact_subject"]);
    let codes: Vec<&Value> =
        republish["conditions"].as_array().unwrap().iter().map(|rule| &rule["code"]).collect();
    assert_eq!(codes, ["credit", "pixel", "canonical", "noindex", "no_images"]);
    assert_eq!(page["seo"]["json_ld"]["@type"], "NewsArticle");
    assert_eq!(page["seo"]["json_ld"]["headline"], story["headline"]);
}

fn check_appeal(page: &Value, appeal: &Value) {
    for field in ["title", "paragraphs", "signature"] {
        assert_eq!(page["appeal"][field], appeal[field], "{field}");
    }
    assert_eq!(page["appeal"]["cta"]["label"], appeal["cta"]["label"]);
    assert_eq!(page["appeal"]["placement"]["after_block"], appeal["placement"]["after_block"]);
}

fn check_popular(page: &Value, bundle: &Bundle) {
    let mut views: Vec<&Value> = bundle.lines("views").collect();
    views.sort_by_key(|line| std::cmp::Reverse(line["count"].as_i64()));
    let expected: Vec<Value> = (1..)
        .zip(views)
        .map(|(rank, line)| {
            let article = bundle.article(&line["article"]);
            json!([rank, article["headline"], bundle.section_name(article)])
        })
        .collect();
    let ranked = page["most_popular"].as_array().unwrap().iter().map(|place| {
        let article = &place["article"];
        json!([place["rank"], article["headline"], article["section"]["name"]])
    });
    assert_eq!(ranked.collect::<Vec<_>>(), expected);
}

fn check_list(shown: &Value, list: &Value, bundle: &Bundle) {
    assert_eq!(shown["title"], list["title"]);
    let title = |item: &Value| match item.get("article") {
        Some(article) if !article.is_null() => {
            let slug = article.get("slug").unwrap_or(article);
            let article = bundle.article(slug);
            json!([article["headline"], bundle.section_name(article)])
        }
        _ => json!([item["promo"]["title"], item["promo"]["text"]]),
    };
    let titles = |list: &Value| list["items"].as_array().unwrap().iter().map(title).collect::<Vec<_>>();
    assert_eq!(titles(shown), titles(list));
}

async fn check_package(desk: &Desk, bundle: &Bundle) {
    let uri = format!("{}/republish", path_of(bundle));
    let package = desk.anyone().get(&uri).await.expect(200).data();
    let html = package["html"].as_str().unwrap();
    let text = without_tags(html);
    for paragraph in bundle.paragraphs() {
        assert!(text.contains(&paragraph), "{paragraph}");
    }
    let base = bundle.one("publication")["base_url"].as_str().unwrap();
    let canonical = format!("{base}/{}", bundle.story()["slug"].as_str().unwrap());
    assert!(html.contains(&format!("<a href=\"{canonical}\">")), "{html}");
    let hrefs: Vec<&str> =
        html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(hrefs.len(), 3, "{hrefs:?}");
    assert!(hrefs.iter().all(|href| href.starts_with("https://")), "{hrefs:?}");
    let images: Vec<&str> = html.split("<img ").skip(1).collect();
    assert_eq!(images.len(), 1);
    assert!(
        images[0].starts_with("src=\"https://api.courier.example/p/")
            && images[0].contains("loading=\"eager\"")
    );
    let author = bundle.lines("author").next().unwrap()["name"].as_str().unwrap();
    assert!(text.contains(&format!("By {author}")));
    let appeal = bundle.one("appeal");
    assert!(
        !text.contains(appeal["title"].as_str().unwrap())
            && !text.contains(appeal["cta"]["label"].as_str().unwrap())
    );
    let head = &package["head"];
    assert_eq!(head["headers"]["Link"], format!("<{canonical}>; rel=\"canonical\""));
    assert_eq!(head["headers"]["X-Robots-Tag"], "noindex");
    assert_eq!(head["tags"].as_array().unwrap().len(), 2);
    let credit = bundle.lines("media").next().unwrap()["credit"].clone();
    assert_eq!(package["omitted"].as_array().unwrap().len(), 1);
    assert_eq!(package["omitted"][0]["credit"], credit);
}

#[actix_web::test]
async fn a_storys_page_and_package_hold_every_element_of_its_bundle() {
    for text in bundles() {
        for desk in desks() {
            desk.imports(&text);
            let bundle = Bundle::read(&text);
            check_page(&desk, &bundle).await;
            check_package(&desk, &bundle).await;
        }
    }
}

#[actix_web::test]
async fn a_story_of_a_reserved_origin_is_denied_by_name() {
    for text in bundles() {
        for desk in desks() {
            desk.imports(&text);
            let bundle = Bundle::read(&text);
            for origin in bundle.lines("origin").filter(|origin| origin["republishable"] == false) {
                for story in bundle.lines("article").filter(|story| story["origin"] == origin["code"]) {
                    let uri = format!("/v1/articles/{}/republish", story["slug"].as_str().unwrap());
                    let refused = desk.anyone().get(&uri).await.problem(403, "origin_reserved");
                    assert_eq!(refused.at("/origin/name"), origin["name"]);
                }
            }
        }
    }
}

#[actix_web::test]
async fn a_page_with_an_old_slug_leads_to_the_new_one_with_all_that_was_asked() {
    for desk in desks() {
        let editor = desk.newsroom().await;
        let story = editor.publishes(json!({"slug": "old-slug"})).await;
        editor.saves(&story, json!({"slug": "new-slug"})).await;
        editor.act("/v1/admin/articles/new-slug/publish").await.expect(200);
        let moved = desk.anyone().get("/v1/articles/old-slug/page?lists=a").await.expect(301);
        assert_eq!(moved.header("location"), "https://api.courier.example/v1/articles/new-slug/page?lists=a");
    }
}
