//! Blocks as clients send them: taken whole, or every fault told.

use super::{blocks, html, json};
use serde_json::{Value, json};
use wiredesk::body::{Document, Fault};

fn faults(value: Value) -> Vec<(String, String)> {
    let faults: Vec<Fault> = Document::from_blocks(&value).unwrap_err();
    faults.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

fn linked(href: &str) -> Value {
    json!([{"_type": "block", "children": [{"_type": "span", "text": "x", "marks": ["l"]}],
        "markDefs": [{"_type": "link", "_key": "l", "href": href}]}])
}

#[test]
fn inj_05_unsafe_urls_in_blocks_are_refused() {
    for href in [
        "javascript:alert(1)",
        " jAvA\tscript:alert(1)",
        "//evil.example/x",
        "/\\evil.example",
        "data:text/html,x",
        "vbscript:x",
        "\u{1}javascript:x",
        "file:///etc/passwd",
        "blob:https://a.example/x",
        "http://",
    ] {
        let code = if href.contains('\u{1}') { "control_character" } else { "unsafe_url" };
        assert_eq!(faults(linked(href)), [("/0/markDefs/0/href".to_owned(), code.to_owned())], "{href:?}");
    }
    for href in [
        "https://a.example/Ä",
        "mailto:a@b.example",
        "tel:+351",
        "#x",
        "/about",
        "pieces/two",
        "../up",
        "?page=2",
        "a:b/c".trim_start_matches("a:"),
    ] {
        assert!(Document::from_blocks(&linked(href)).is_ok(), "{href}");
    }
}

#[test]
fn inj_05_unknown_blocks_and_marks_are_refused() {
    assert_eq!(
        faults(json!([{"_type": "html", "html": "<b>"}])),
        [("/0/_type".into(), "invalid_value".into())]
    );
    assert_eq!(
        faults(json!([{"_type": "block", "children": [{"_type": "span", "text": "x", "marks": ["blink"]}]}])),
        [("/0/children/0/marks/0".into(), "invalid_value".into())]
    );
}

#[test]
fn all_faults_are_told_at_once_with_their_places() {
    let sent = json!([
        {"_type": "block", "style": "loud", "children": [{"_type": "span", "text": "a\u{7}"}, {"_type": "x"}], "a/b": 1},
        {"_type": "image", "alt": "x", "width": 0},
        {"_type": "table", "rows": [{"cells": [{"children": 3, "colspan": "2"}]}]},
        {"_type": "embed", "url": "/relative"},
        {"_type": "promo"},
        {"_type": "gallery", "images": [{"url": "javascript:x"}]},
        7,
        {},
        {"_type": "quote", "children": [], "lang": "no tag", "dir": "up", "attribution": "x".repeat(1001)},
    ]);
    let expected = [
        ("/0/style", "invalid_value"),
        ("/0/children/0/text", "control_character"),
        ("/0/children/1/_type", "invalid_value"),
        ("/0/a~1b", "unknown_field"),
        ("/1/media", "missing_field"),
        ("/1/width", "invalid_value"),
        ("/2/rows/0/cells/0/colspan", "invalid_value"),
        ("/2/rows/0/cells/0/children", "invalid_value"),
        ("/3/url", "invalid_value"),
        ("/4/title", "missing_field"),
        ("/4/url", "missing_field"),
        ("/5/images/0/url", "unsafe_url"),
        ("/6", "invalid_value"),
        ("/7/_type", "missing_field"),
        ("/8/attribution", "too_long"),
        ("/8/lang", "invalid_value"),
        ("/8/dir", "invalid_value"),
    ];
    assert_eq!(faults(sent), expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    assert_eq!(faults(json!({})), [(String::new(), "invalid_value".to_owned())]);
}

#[test]
fn zero_width_and_direction_marks_are_text() {
    let text = "a\u{200b}b\u{200f}c\u{2066}d\u{feff}\t.";
    let document = blocks(json!([{"_type": "block", "children": [{"_type": "span", "text": text}]}]));
    assert_eq!(document.to_text(), text);
}

#[test]
fn what_is_stored_can_be_sent_back() {
    let sent = json!([
        {"_type": "block", "_key": "a", "style": "h3", "children": [{"_type": "span", "_key": "x", "text": "T", "marks": ["strong", "m"]}],
         "markDefs": [{"_key": "m", "_type": "link", "href": "/a", "article": "id1"}], "lang": "fr", "dir": "ltr", "anchor": "n"},
        {"_type": "block", "_key": "b", "style": "normal", "listItem": "bullet", "level": 2, "children": [{"_type": "span", "_key": "s0", "text": "i", "marks": []}], "markDefs": []},
        {"_type": "image", "_key": "c", "media": "m1", "alt": "a", "caption": "C", "credit": "R", "width": 3, "height": 2},
        {"_type": "gallery", "_key": "d", "images": [{"url": "/x.jpg", "decorative": true}]},
        {"_type": "embed", "_key": "e", "url": "https://vimeo.com/1", "title": "V", "provider": "vimeo"},
        {"_type": "table", "_key": "f", "rows": [{"cells": [{"header": true, "colspan": 2, "children": [{"_type": "span", "_key": "s0", "text": "c", "marks": []}], "markDefs": []}]}]},
        {"_type": "code", "_key": "g", "language": "rust", "code": "x\n"},
        {"_type": "divider", "_key": "h"},
        {"_type": "related", "_key": "i", "articles": ["id2"]},
        {"_type": "promo", "_key": "j", "title": "P", "text": "t", "url": "/p", "image": "/p.jpg"},
        {"_type": "quote", "_key": "k", "children": [{"_type": "span", "_key": "s0", "text": "q", "marks": []}], "markDefs": [], "attribution": "A"}
    ]);
    let document = blocks(sent.clone());
    assert_eq!(json(&document), sent);
    assert_eq!(serde_json::from_value::<Document>(sent).unwrap(), document);
}

#[test]
fn empty_and_null_optional_fields_are_absent_and_missing_keys_are_made() {
    let document = blocks(json!([
        {"_type": "image", "url": "/a.jpg", "alt": "", "credit": null, "caption": "  "},
        {"_type": "block", "children": []},
        {"_type": "block", "_key": "k", "children": [{"_type": "span", "text": "x"}]},
        {"_type": "block", "_key": "k", "children": [{"_type": "span", "text": "y"}]}
    ]));
    let stored = json(&document);
    assert_eq!(stored[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["_type", "url", "_key"]);
    let keys: std::collections::HashSet<&str> =
        document.blocks.iter().map(|block| block.key.as_str()).collect();
    assert!(keys.len() == 4 && !keys.contains("") && keys.contains("k"));
}

#[test]
fn plain_blocks_come_out_as_portable_text_to_html_writes_them() {
    let document = blocks(json!([
        {"_type": "block", "style": "normal", "markDefs": [{"_key": "l", "_type": "link", "href": "https://a.example/?a=1&b=2"}], "children": [
            {"_type": "span", "text": "It's \"<b>\" & ", "marks": ["em"]},
            {"_type": "span", "text": "both", "marks": ["strong", "em"]},
            {"_type": "span", "text": "line\nbreak", "marks": ["code"]},
            {"_type": "span", "text": "a", "marks": ["strong"]},
            {"_type": "span", "text": "b", "marks": ["l", "strong"]},
            {"_type": "span", "text": "c", "marks": ["l"]},
            {"_type": "span", "text": "d", "marks": ["underline"]},
            {"_type": "span", "text": "e", "marks": ["strike-through"]}]},
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "T", "marks": []}]},
        {"_type": "block", "style": "blockquote", "children": [{"_type": "span", "text": "Q"}]}
    ]));
    assert_eq!(
        html(&document),
        concat!(
            "<p><em>It&#x27;s &quot;&lt;b&gt;&quot; &amp; <strong>both</strong></em><code>line<br />break</code>",
            // Theirs would cut the link in two.
            "<strong>a</strong><a href=\"https://a.example/?a=1&amp;b=2\"><strong>b</strong>c</a>",
            "<u>d</u><s>e</s></p><h2>T</h2><blockquote>Q</blockquote>"
        )
    );
}
