//! The body: HTML and Portable Text in; HTML, text, Markdown and packages out.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod blocks;
mod changes;
mod hostile;
mod lists;
mod markdown;
mod measures;
mod properties;
mod reading;
mod republishing;
mod resolving;

use serde_json::Value;
use wiredesk::body::{Document, Rendering, Warning};

/// The document that HTML is read as.
fn read(html: &str) -> Document {
    Document::from_html(html).0
}

fn warnings(html: &str) -> Vec<Warning> {
    Document::from_html(html).1
}

/// Whether a warning of that code names that.
fn warns(html: &str, code: &str, what: &str) -> bool {
    warnings(html).iter().any(|warning| warning.code == code && warning.detail.contains(what))
}

fn html(document: &Document) -> String {
    document.to_html(&Rendering::default())
}

/// HTML after one pass through blocks; a second pass must change nothing, and find nothing to remove.
fn pass(input: &str) -> String {
    let once = html(&read(input));
    let (again, warnings) = Document::from_html(&once);
    assert_eq!(html(&again), once, "second pass of {input:?}");
    assert_eq!(warnings, [], "second pass of {input:?}: {once}");
    once
}

fn json(document: &Document) -> Value {
    serde_json::to_value(document).unwrap()
}

fn blocks(value: Value) -> Document {
    Document::from_blocks(&value).unwrap().0
}

/// The words of Markdown as a CommonMark parser reads them, breaks as `\n`, blocks parted by `\n`.
fn markdown_words(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser};
    let mut out = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::HardBreak | Event::SoftBreak => out.push('\n'),
            Event::InlineHtml(tag) if tag.starts_with("<br") => out.push('\n'),
            Event::Html(html) => out.push_str(&read(&html).to_text()),
            Event::End(end) if !is_inline(end) && !out.ends_with('\n') => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn is_inline(end: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough)
}
