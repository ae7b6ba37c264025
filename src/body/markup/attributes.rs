//! A bound on the attributes of a tag, before the tokenizer sees them: it compares each with all before it.
//!
//! Reads tags as the HTML standard's tokenizer does, as far as it takes to find where attributes begin and a
//! tag ends. A text without such a tag is passed on as it is.

use std::borrow::Cow;

/// How many attributes of a tag are read.
const MAX_ATTRIBUTES: usize = 256;

/// Elements whose content is text up to their own end tag.
const RAW: [&str; 9] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// The text with the attributes of each tag beyond the bound cut out, and how many these are.
pub(super) fn bounded(html: &str) -> (Cow<'_, str>, usize) {
    let bytes = html.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut left_out = 0;
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|offset| at + offset) {
        if html[start..].starts_with("<!--") {
            at = html[start + 4..].find("-->").map_or(html.len(), |offset| start + 4 + offset);
            continue;
        }
        if !bytes.get(start + 1).is_some_and(u8::is_ascii_alphabetic) {
            at = start + 1;
            continue;
        }
        let tag = read_tag(html, start + 1);
        if let Some(cut) = tag.cut {
            out.push_str(&html[copied..cut]);
            copied = tag.end;
            left_out += tag.count - MAX_ATTRIBUTES;
        }
        at = after_raw_text(html, tag.name, tag.end);
    }
    if copied == 0 {
        return (Cow::Borrowed(html), 0);
    }
    out.push_str(&html[copied..]);
    (Cow::Owned(out), left_out)
}

struct Tag<'h> {
    name: &'h str,
    count: usize,
    /// Where the first attribute beyond the bound begins.
    cut: Option<usize>,
    /// The place of the closing `>`.
    end: usize,
}

/// Reads a tag from the first letter of its name.
fn read_tag(html: &str, start: usize) -> Tag<'_> {
    let bytes = html.as_bytes();
    let until = |from: usize, stop: fn(u8) -> bool| {
        bytes[from..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |offset| from + offset)
    };
    let not_blank: fn(u8) -> bool = |byte| !byte.is_ascii_whitespace();
    let mut at = until(start, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let mut tag = Tag { name: &html[start..at], count: 0, cut: None, end: bytes.len() };
    loop {
        at = until(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if bytes.get(at).is_none_or(|byte| *byte == b'>') {
            tag.end = at;
            return tag;
        }
        tag.count += 1;
        if tag.count > MAX_ATTRIBUTES && tag.cut.is_none() {
            tag.cut = Some(at);
        }
        // A name may begin with `=`.
        at = until(at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let value = until(at, not_blank);
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        let value = until(value + 1, not_blank);
        at = match bytes.get(value) {
            Some(b'"') => (until(value + 1, |byte| byte == b'"') + 1).min(bytes.len()),
            Some(b'\'') => (until(value + 1, |byte| byte == b'\'') + 1).min(bytes.len()),
            Some(_) | None => until(value, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
    }
}

/// Where reading goes on after a start tag: behind the text of an element that holds nothing but text.
fn after_raw_text(html: &str, name: &str, end: usize) -> usize {
    let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) else { return end };
    let mut at = end;
    while let Some(offset) = html[at..].find("</") {
        at += offset + 2;
        if html.as_bytes()[at..]
            .get(..raw.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(raw.as_bytes()))
        {
            return at;
        }
    }
    html.len()
}
