//! Lists keep their depth.

use super::{html, json, pass, read};
use serde_json::Value;

/// Level, kind and words of each item.
fn items(input: &str) -> Vec<(u64, String, String)> {
    let Value::Array(blocks) = json(&read(input)) else { panic!() };
    blocks
        .iter()
        .map(|block| {
            let words =
                block["children"].as_array().unwrap().iter().map(|span| span["text"].as_str().unwrap());
            (
                block["level"].as_u64().unwrap_or(0),
                block["listItem"].as_str().unwrap_or("-").to_owned(),
                words.collect(),
            )
        })
        .collect()
}

fn item(level: u64, kind: &str, words: &str) -> (u64, String, String) {
    (level, kind.to_owned(), words.to_owned())
}

#[test]
fn r32_a_list_that_starts_deep_gets_empty_parents_and_keeps_its_depth() {
    let input = "<ul><li><ul><li><ul><li>deep</li></ul></li></ul></li><li>top</li></ul>";
    assert_eq!(
        items(input),
        [item(1, "bullet", ""), item(2, "bullet", ""), item(3, "bullet", "deep"), item(1, "bullet", "top")]
    );
    assert_eq!(pass(input), input);
    assert_eq!(read(input).to_text(), "-\n  -\n    - deep\n- top");
    assert_eq!(read(input).to_markdown(), "- - - deep\n- top");
}

#[test]
fn r32_lists_put_directly_into_lists_never_jump_more_than_one_level() {
    let input = "<ul><li>a</li><ul><ul><li>deep</li></ul></ul><li>b</li></ul>";
    assert_eq!(
        items(input),
        [item(1, "bullet", "a"), item(2, "bullet", ""), item(3, "bullet", "deep"), item(1, "bullet", "b")]
    );
    assert_eq!(pass(input), "<ul><li>a<ul><li><ul><li>deep</li></ul></li></ul></li><li>b</li></ul>");
}

#[test]
fn r32_bullets_and_numbers_nest() {
    let input = "<ul><li>a<ol><li>b<ul><li>c</li></ul></li><li>d</li></ol></li></ul>";
    assert_eq!(
        items(input),
        [item(1, "bullet", "a"), item(2, "number", "b"), item(3, "bullet", "c"), item(2, "number", "d")]
    );
    assert_eq!(pass(input), input);
    assert_eq!(read(input).to_markdown(), "- a\n  1. b\n     - c\n  2. d");
}

#[test]
fn an_item_of_several_blocks_becomes_an_item_and_blocks_that_continue_it() {
    let input = "<ol><li><p>a</p><p>b</p><ul><li>x</li></ul><h3>c</h3><pre>d</pre></li><li>e</li></ol>";
    assert_eq!(
        pass(input),
        "<ol><li>a<p>b</p><ul><li>x</li></ul><h3>c</h3><pre><code>d</code></pre></li><li>e</li></ol>"
    );
    let document = read(input);
    assert_eq!(
        document.blocks.iter().map(|block| block.level).collect::<Vec<_>>(),
        [1, 1, 2, 1, 1, 1].map(Some)
    );
    assert_eq!(document.to_text(), "1. a\n  b\n  - x\n  c\n  d\n2. e");
    assert_eq!(document.to_markdown(), "1. a\n\n   b\n\n   - x\n\n   ### c\n\n   ```\n   d\n   ```\n2. e");
}

#[test]
fn an_item_that_is_a_picture_keeps_its_place_and_the_numbers_go_on() {
    let input = r#"<ol><li><img src="/a.jpg" alt="x"></li><li>two</li></ol>"#;
    assert_eq!(pass(input), r#"<ol><li><figure><img src="/a.jpg" alt="x" /></figure></li><li>two</li></ol>"#);
}

#[test]
fn items_without_a_list_are_bullets_and_empty_items_are_none() {
    assert_eq!(pass("<li>a</li><li></li><p>b</p>"), "<ul><li>a</li></ul><p>b</p>");
    assert_eq!(pass("<ul></ul><ul><li><ul></ul></li></ul>"), "");
}

#[test]
fn headings_and_quotations_in_items_stay_what_they_are() {
    let input = "<ul><li><h2>a</h2></li><li><blockquote>b</blockquote></li></ul>";
    assert_eq!(pass(input), input);
}

#[test]
fn lists_are_nested_as_portable_text_to_html_nests_them() {
    let item = |level: u8, kind: &str, text: &str| serde_json::json!({"_type": "block", "listItem": kind, "level": level, "children": [{"_type": "span", "text": text}]});
    let document = super::blocks(serde_json::json!([
        item(1, "bullet", "a"),
        item(3, "bullet", "b"),
        item(2, "bullet", "c"),
        item(1, "number", "d")
    ]));
    assert_eq!(
        html(&document),
        "<ul><li>a<ul><li>b</li></ul><ul><li>c</li></ul></li></ul><ol><li>d</li></ol>"
    );
}

#[test]
fn r38_items_keep_their_direction_and_do_not_give_it_to_what_has_none() {
    let input = concat!(
        "<ul dir=\"rtl\"><li>א<ul><li>ב</li></ul></li></ul>",
        "<ul><li><p dir=\"rtl\" lang=\"he\">ג</p><p>b</p></li></ul>",
    );
    let output = concat!(
        "<ul><li dir=\"rtl\">א<ul><li dir=\"rtl\">ב</li></ul></li>",
        "<li><p lang=\"he\" dir=\"rtl\">ג</p><p>b</p></li></ul>",
    );
    assert_eq!(pass(input), output);
}
