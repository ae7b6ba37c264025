//! What leaves the house: absolute links, no pictures, credits.

use super::{blocks, html, read};
use serde_json::json;
use url::Url;

fn story() -> Url {
    Url::parse("https://courier.example/harbour/tide").unwrap()
}

fn hrefs(document: &wiredesk::body::Document) -> Vec<String> {
    let output = html(document);
    output.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

const SENT: [&str; 11] = [
    "/about",
    "pieces/two",
    "../up",
    "?page=2",
    "#note",
    "#nowhere",
    "mailto:desk@courier.example",
    "tel:+351000",
    " https://x.example ",
    "HTTPS://X.example/Ä",
    "//cdn.x.example/a",
];

const RIGHT: [&str; 11] = [
    "https://courier.example/about",
    "https://courier.example/harbour/pieces/two",
    "https://courier.example/up",
    "https://courier.example/harbour/tide?page=2",
    "#note",
    "https://courier.example/harbour/tide#nowhere",
    "mailto:desk@courier.example",
    "tel:+351000",
    "https://x.example/",
    "https://x.example/%C3%84",
    "https://cdn.x.example/a",
];

#[test]
fn r46_links_from_html_are_absolute_by_the_url_standard() {
    let links: String = SENT.iter().map(|href| format!("<p><a href=\"{href}\">x</a></p>")).collect();
    let document = read(&format!("{links}<p id=\"note\"><a href=\" \">empty</a></p>"));
    assert_eq!(hrefs(&document.for_republishing(&story()).0), RIGHT);
    assert_eq!(hrefs(&document.with_absolute_links(&story())), RIGHT);
    assert!(html(&document).ends_with("<p id=\"note\">empty</p>"));
    assert!(document.to_html(&Default::default()).contains("href=\"pieces/two\""));
}

#[test]
fn r46_links_from_blocks_are_absolute_by_the_url_standard() {
    let linked = |href: &str| {
        json!({"_type": "block", "children": [{"_type": "span", "text": "x", "marks": ["l"]}],
            "markDefs": [{"_type": "link", "_key": "l", "href": href}]})
    };
    let mut sent: Vec<_> = SENT[..10].iter().map(|href| linked(href)).collect();
    sent.push(json!({"_type": "block", "anchor": "note", "children": [{"_type": "span", "text": "note"}]}));
    let document = blocks(json!(sent));
    assert_eq!(hrefs(&document.for_republishing(&story()).0), RIGHT[..10]);
}

#[test]
fn r46_relative_pictures_are_absolute_in_feeds() {
    let document = read("<img src='../a.jpg'><img src='//cdn.example/b.jpg'>").with_absolute_links(&story());
    assert_eq!(
        html(&document),
        "<figure><img src=\"https://courier.example/a.jpg\" /></figure><figure><img src=\"https://cdn.example/b.jpg\" /></figure>"
    );
}

#[test]
fn a_package_holds_words_alone_and_tells_the_pictures() {
    let document = blocks(json!([
        {"_type": "block", "children": [{"_type": "span", "text": "a"}]},
        {"_type": "image", "media": "m1", "url": "/1.jpg", "caption": "One", "credit": "Ana"},
        {"_type": "embed", "url": "https://vimeo.com/1", "title": "Film"},
        {"_type": "embed", "url": "https://vimeo.com/2"},
        {"_type": "promo", "title": "Buy", "url": "/buy"},
        {"_type": "related", "articles": ["x"]},
        {"_type": "gallery", "images": [{"url": "/2.jpg", "credit": "Ben"}, {"url": "/3.jpg"}]},
        {"_type": "block", "children": [{"_type": "span", "text": "b", "marks": ["l"]}],
         "markDefs": [{"_type": "link", "_key": "l", "article": "unresolved"}]}
    ]));
    let (package, omitted) = document.for_republishing(&story());
    assert_eq!(
        html(&package),
        "<p>a</p><p><a href=\"https://vimeo.com/1\">Film</a></p><p><a href=\"https://vimeo.com/2\">https://vimeo.com/2</a></p><p>b</p>"
    );
    assert_eq!(
        serde_json::to_value(omitted).unwrap(),
        json!([
            {"kind": "image", "media": "m1", "url": "https://courier.example/1.jpg", "caption": "One", "credit": "Ana"},
            {"kind": "image", "media": null, "url": "https://courier.example/2.jpg", "caption": null, "credit": "Ben"},
            {"kind": "image", "media": null, "url": "https://courier.example/3.jpg", "caption": null, "credit": null}
        ])
    );
}
