//! The head of an article page.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;
use wiredesk::db::types::Stamp;
use wiredesk::http::json::print;
use wiredesk::seo::open_graph::{fediverse_account, locale};
use wiredesk::seo::{
    Article, Author, Correction, Image, Organisation, Publication, Section, Story, Tag, cut, description, seo,
};

fn at(text: &str) -> Stamp {
    Stamp::parse(text).unwrap()
}

fn story() -> Story<'static> {
    Story {
        article: Article {
            id: "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f",
            version: 3,
            kind: "news",
            headline: "Harbour reopens",
            standfirst: Some("Ferries sail again."),
            summary: None,
            seo_title: None,
            seo_description: None,
            body_text: Some("The harbour office said so."),
            url: "https://courier.example/harbour-reopens",
            canonical_url: "https://courier.example/harbour-reopens",
            source_url: None,
            locale: "en",
            free: true,
            first_published_at: at("2026-05-01T09:30:00Z"),
            updated_at: at("2026-05-02T09:30:00Z"),
            expires_at: None,
            word_count: 5,
            corrections: &[],
        },
        section: Some(Section { name: "Harbour" }),
        authors: &[Author {
            name: "Ana Lima",
            url: "https://courier.example/author/ana-lima",
            fediverse: None,
        }],
        tags: &[
            Tag { name: "Storms", uri: None },
            Tag { name: "politics", uri: Some("http://cv.iptc.org/newscodes/mediatopic/11000000") },
        ],
        lead_image: None,
        origin: None,
        publication: Publication {
            name: "The Harbour Courier",
            base_url: "https://courier.example",
            logo: Some("https://courier.example/logo.png"),
            credit_line: Some("First published by The Harbour Courier."),
            guidelines_url: Some("https://courier.example/republish"),
            license_url: None,
        },
    }
}

#[test]
fn our_own_story_is_a_news_article_of_ours() {
    let head = seo(&story());
    assert_eq!((head.title.as_str(), head.robots.as_str()), ("Harbour reopens", "max-image-preview:large"));
    assert_eq!(head.description.as_deref(), Some("Ferries sail again."));
    let ld = Value::Object(head.json_ld);
    assert_eq!(ld["@type"], "NewsArticle");
    assert_eq!(ld["@id"], "https://courier.example/harbour-reopens#article");
    assert_eq!(ld["datePublished"], "2026-05-01T09:30:00.000000Z");
    assert_eq!(ld["dateModified"], "2026-05-02T09:30:00.000000Z");
    assert_eq!(ld["publisher"]["@type"], "NewsMediaOrganization");
    assert_eq!(
        ld["author"],
        json!([{"@type": "Person", "name": "Ana Lima", "url": "https://courier.example/author/ana-lima"}])
    );
    assert_eq!(ld["keywords"], json!(["Storms"]));
    assert_eq!(ld["about"][0]["@id"], "http://cv.iptc.org/newscodes/mediatopic/11000000");
    assert_eq!(ld["isAccessibleForFree"], true);
    assert_eq!(ld["license"], "https://courier.example/republish");
    for absent in ["image", "correction", "isBasedOn", "sourceOrganization", "expires", "articleBody"] {
        assert!(ld.get(absent).is_none(), "{absent}");
    }
}

#[test]
fn a_story_of_another_origin_names_it_and_is_not_indexed() {
    let mut story = story();
    story.origin = Some(Organisation { name: "Wire House", url: Some("https://wire.example") });
    story.article.canonical_url = "https://wire.example/1";
    story.article.source_url = Some("https://wire.example/1");
    let head = seo(&story);
    assert_eq!((head.robots.as_str(), head.canonical.as_str()), ("noindex", "https://wire.example/1"));
    assert_eq!(head.open_graph.url, "https://wire.example/1");
    let ld = Value::Object(head.json_ld);
    assert_eq!(ld["sourceOrganization"]["name"], "Wire House");
    assert_eq!(ld["isBasedOn"], "https://wire.example/1");
    assert_eq!(ld["copyrightHolder"]["name"], "Wire House");
    assert!(ld.get("license").is_none() && ld.get("creditText").is_none());
}

#[test]
fn opinion_analysis_review_reportage_and_live_have_their_subtype() {
    for (kind, subtype) in [
        ("opinion", "OpinionNewsArticle"),
        ("analysis", "AnalysisNewsArticle"),
        ("review", "ReviewNewsArticle"),
        ("feature", "ReportageNewsArticle"),
        ("live", "LiveBlogPosting"),
    ] {
        let mut story = story();
        story.article.kind = kind;
        assert_eq!(seo(&story).json_ld["@type"], json!(["NewsArticle", subtype]));
    }
}

#[test]
fn corrections_and_the_images_credit_are_told() {
    let mut story = story();
    let corrections =
        [Correction { at: at("2026-05-02T09:30:00Z"), text: "An earlier version gave a wrong pier." }];
    story.article.corrections = &corrections;
    story.lead_image = Some(Image {
        url: "https://media.courier.example/dawn.jpg",
        width: Some(1600),
        height: Some(900),
        alt: Some("Boats"),
        caption: None,
        credit: Some("Photo by A. Reader"),
        creator: None,
    });
    let head = seo(&story);
    assert_eq!(head.open_graph.image_alt.as_deref(), Some("Boats"));
    assert_eq!(head.open_graph.card, "summary_large_image");
    let ld = Value::Object(head.json_ld);
    assert_eq!(ld["correction"][0]["@type"], "CorrectionComment");
    assert_eq!(ld["correction"][0]["datePublished"], "2026-05-02T09:30:00.000000Z");
    assert_eq!(ld["image"][0]["creditText"], "Photo by A. Reader");
    assert!(ld["image"][0].get("creator").is_none());
}

#[test]
fn hostile_texts_read_as_stored_and_never_end_the_script() {
    let mut story = story();
    let hostile = "</script><b>\"'&]]> Salt &amp; <!-- Pepper";
    story.article.headline = hostile;
    let head = seo(&story);
    let text = String::from_utf8(print(&head).unwrap()).unwrap();
    assert!(!text.contains("</") && !text.contains("<!"));
    let read: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["json_ld"]["headline"], hostile);
    assert_eq!(read["open_graph"]["og:title"], hostile);
    assert_eq!(read["open_graph"]["og:image"], Value::Null);
}

#[test]
fn the_description_takes_the_first_there_is() {
    let all = [Some("a"), Some("b"), Some("c"), Some("d")];
    for (first, word) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let of = |at: usize| if at < first { Some("  ") } else { all[at] };
        assert_eq!(description(of(0), of(1), of(2), of(3)).as_deref(), Some(word));
    }
    assert_eq!(description(None, None, None, Some(" \n ")), None);
    assert_eq!(description(None, None, None, None), None);
}

#[test]
fn a_cut_ends_between_words() {
    assert_eq!(cut("one two three", 13), "one two three");
    assert_eq!(cut("one two three", 12), "one two");
    assert_eq!(cut("one two three", 7), "one two");
    assert_eq!(cut("  one \n\n two  ", 160), "one two");
    assert_eq!(cut("灯塔看守人最后一班", 4), "灯塔看守");
    assert_eq!(cut(&"x".repeat(200), 160), "x".repeat(160));
    assert_eq!(cut("aa 👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️", 8), "aa 👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️👩🏿‍⚖️");
}

#[test]
fn open_graph_locales_have_a_country() {
    for (tag, printed) in [
        ("en", "en_US"),
        ("he", "he_IL"),
        ("en-GB", "en_GB"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hans-SG", "zh_SG"),
        ("fr", "fr_FR"),
        ("eo", "eo"),
    ] {
        assert_eq!(locale(tag), printed);
    }
}

#[test]
fn a_fediverse_account_is_told_from_its_profile() {
    assert_eq!(fediverse_account("https://social.example/@ana").as_deref(), Some("ana@social.example"));
    assert_eq!(fediverse_account("https://social.example/ana"), None);
    assert_eq!(fediverse_account("javascript:alert(1)"), None);
}

proptest! {
    #[test]
    fn a_cut_is_a_beginning_of_whole_clusters(
        text in "([a-z]{1,9}|👩🏿‍⚖️|🏴󠁧󠁢󠁷󠁬󠁳󠁿|क्षि|&|\"|<|中|  ?|\n){0,120}",
        most in 1usize..170,
    ) {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = cut(&text, most);
        prop_assert!(line.starts_with(&cut));
        prop_assert!(cut.graphemes(true).count() <= most);
        let whole: Vec<&str> = line.graphemes(true).collect();
        let kept: Vec<&str> = cut.graphemes(true).collect();
        prop_assert_eq!(&whole[..kept.len()], &kept[..]);
        prop_assert!(line.is_empty() || !cut.is_empty());
    }
}
