//! What a body names by id is filled in, or taken out.

use super::{blocks, html, json};
use serde_json::json;
use wiredesk::body::{Document, Known, KnownArticle, KnownAsset};

fn known() -> Known {
    let mut known = Known::default();
    let live = KnownArticle {
        id: "L".into(),
        slug: "live".into(),
        headline: "Live one".into(),
        url: "/live".into(),
    };
    known.articles.insert("L".into(), live.clone());
    known.articles.insert("live".into(), live);
    let asset = |url: &str, caption: Option<&str>, credit: Option<&str>| KnownAsset {
        id: "m".into(),
        url: url.into(),
        alt: Some("Alt".into()),
        caption: caption.map(Into::into),
        credit: credit.map(Into::into),
        width: Some(4),
        height: Some(3),
        ..KnownAsset::default()
    };
    known.media.insert("both".into(), asset("/both", Some("C"), Some("R")));
    known.media.insert("caption".into(), asset("/caption", Some("C"), None));
    known.media.insert("credit".into(), asset("/credit", None, Some("R")));
    known.media.insert(
        "neither".into(),
        KnownAsset {
            id: "n".into(),
            url: "/neither".into(),
            caption: Some(String::new()),
            ..KnownAsset::default()
        },
    );
    known
}

fn naming(article: &str) -> Document {
    blocks(json!([
        {"_type": "block", "children": [{"_type": "span", "text": "see "}, {"_type": "span", "text": "this", "marks": ["l"]}],
         "markDefs": [{"_type": "link", "_key": "l", "article": article, "href": "/old"}]},
        {"_type": "related", "articles": [article, {"slug": "live"}]},
        {"_type": "promo", "article": article, "text": "Read on"}
    ]))
}

#[test]
fn leak_09_what_is_not_live_stands_nowhere_and_the_words_of_a_link_stay() {
    let document = naming("zq7-draft");
    assert_eq!(document.mentions().articles, ["zq7-draft", "live"]);
    let resolved = document.resolved(&known());
    for shown in [json(&resolved).to_string(), html(&resolved), resolved.to_markdown(), resolved.to_text()] {
        assert!(!shown.contains("zq7"), "{shown}");
        assert!(!shown.contains("/old") && !shown.contains("Read on"), "{shown}");
        assert!(shown.contains("see ") && shown.contains("this") && shown.contains("Live one"), "{shown}");
    }
    assert!(!html(&document).contains("zq7-draft\">zq7"), "an unresolved related block is not shown");
    assert_eq!(naming("L").resolved(&Known::default()).blocks.len(), 1);
}

#[test]
fn what_is_live_is_filled_in_and_read_back_from_html() {
    let resolved = naming("L").resolved(&known());
    assert_eq!(
        json(&resolved)[1]["items"][0],
        json!({"id": "L", "slug": "live", "headline": "Live one", "url": "/live"})
    );
    let output = html(&resolved);
    assert_eq!(
        output,
        concat!(
            "<p>see <a href=\"/live\" data-article=\"L\">this</a></p>",
            "<aside class=\"related\"><ul><li><a href=\"/live\" data-article=\"L\">Live one</a></li>",
            "<li><a href=\"/live\" data-article=\"L\">Live one</a></li></ul></aside>",
            "<aside class=\"promo\"><p><a href=\"/live\" data-article=\"L\">Live one</a></p><p>Read on</p></aside>"
        )
    );
    let (read, warnings) = Document::from_html(&output);
    assert_eq!(warnings, []);
    assert_eq!(html(&read.resolved(&known())), output);
}

#[test]
fn r56_the_credit_stands_wherever_the_picture_does_and_absent_is_absent() {
    let picture = |media: &str| html(&blocks(json!([{"_type": "image", "media": media}])).resolved(&known()));
    assert_eq!(
        picture("both"),
        "<figure><img src=\"/both\" alt=\"Alt\" width=\"4\" height=\"3\" /><figcaption>C <span class=\"credit\">R</span></figcaption></figure>"
    );
    assert_eq!(
        picture("caption"),
        "<figure><img src=\"/caption\" alt=\"Alt\" width=\"4\" height=\"3\" /><figcaption>C</figcaption></figure>"
    );
    assert_eq!(
        picture("credit"),
        "<figure><img src=\"/credit\" alt=\"Alt\" width=\"4\" height=\"3\" /><figcaption><span class=\"credit\">R</span></figcaption></figure>"
    );
    assert_eq!(picture("neither"), "<figure><img src=\"/neither\" /></figure>");
    assert_eq!(picture("unknown"), "");
    for media in ["both", "caption", "credit", "neither"] {
        super::pass(&picture(media));
        let resolved = json(&blocks(json!([{"_type": "image", "media": media}])).resolved(&known()));
        assert!(!resolved.to_string().contains("\"\""), "{resolved}");
    }
}

#[test]
fn a_block_overrides_its_asset() {
    let sent = json!([{"_type": "image", "media": "both", "alt": "Mine", "caption": "Own", "credit": "Me"},
        {"_type": "image", "media": "both", "decorative": true}]);
    let resolved = json(&blocks(sent).resolved(&known()));
    assert_eq!(
        (&resolved[0]["alt"], &resolved[0]["caption"], &resolved[0]["credit"]),
        (&json!("Mine"), &json!("Own"), &json!("Me"))
    );
    assert!(resolved[1].get("alt").is_none());
}

#[test]
fn pictures_find_their_assets_by_url() {
    let mut document = super::read("<img src='/a.jpg'><figure class='gallery'><img src='/b.jpg'></figure>");
    assert_eq!(document.mentions().image_urls, ["/a.jpg", "/b.jpg"]);
    document.attach_media(&[("/b.jpg".to_owned(), "m2".to_owned())].into());
    assert_eq!(document.mentions().media, ["m2"]);
    assert_eq!(document.mentions().image_urls, ["/a.jpg"]);
}
