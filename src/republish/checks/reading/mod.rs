//! A partner's page as a check reads it: what stands in its head and headers, its pictures, links and words.
//!
//! The page is parsed as a browser that runs scripts parses it, so a canonical link behind a stray `<div>` of
//! the head is one in the body. Comments, templates and scripts hold nothing; a `noscript` holds pictures
//! alone. Promises: no page makes it panic or take longer than its length asks for, and what it quotes of
//! one is short. It knows neither our stories nor who runs the page.

mod head;
mod headers;
mod pictures;
mod words;

use url::Url;

use crate::body::markup::{self, DOCUMENT, Id, Tree};

pub use head::{Agent, Canonical, Place, Robots};
pub use pictures::{Held, Picture};
pub use words::Link;

/// How much of a page is read, in bytes; the rest is as if it were not there.
pub const LARGEST: usize = 2 * 1024 * 1024;
/// How much of an element or header is quoted, in characters.
const LONGEST_QUOTE: usize = 300;
/// How many things of a kind are taken from a page: no page that people read has more.
const MOST: usize = 5_000;

/// A page as it was fetched or submitted.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// Its HTML.
    pub html: &'p str,
    /// The headers of its answer, by name.
    pub headers: &'p [(String, String)],
    /// Its address.
    pub url: &'p Url,
}

/// What a check takes from a page.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its canonical links, those of headers first.
    pub canonicals: Vec<Canonical>,
    /// What it tells search engines, headers first.
    pub robots: Vec<Robots>,
    /// Every picture that it shows or may come to show.
    pub pictures: Vec<Picture>,
    /// Its links that a reader sees.
    pub links: Vec<Link>,
    /// Its words that a reader sees, a passage a block.
    pub passages: Vec<String>,
}

/// Reads a page.
pub fn read(page: &Page<'_>) -> Reading {
    let (tree, _) = markup::page(bounded(page.html));
    let base = base(&tree, page.url);
    let mut reading = Reading::default();
    for (name, value) in page.headers {
        match name.to_ascii_lowercase().as_str() {
            "link" => reading.canonicals.extend(headers::canonicals(value, page.url)),
            "x-robots-tag" => reading.robots.extend(headers::robots(value)),
            _ => {}
        }
    }
    head::read(&tree, &base, &mut reading);
    reading.pictures = pictures::read(&tree, &base);
    let (passages, links) = words::read(&tree, &base);
    (reading.passages, reading.links) = (passages, links);
    reading.canonicals.truncate(MOST);
    reading.robots.truncate(MOST);
    reading
}

/// The passages of a piece of HTML, as they are read of a page: what a page's words are compared with.
pub fn passages(html: &str) -> Vec<String> {
    words::passages(&markup::page(html).0)
}

fn bounded(html: &str) -> &str {
    let mut end = html.len().min(LARGEST);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    &html[..end]
}

/// What the page's relative addresses start from: its first `<base href>`, else its own address.
fn base(tree: &Tree, url: &Url) -> Url {
    let mut bases = tree.walk(DOCUMENT, enters(tree)).filter(|id| is(tree, *id, "base"));
    let href = bases.find_map(|id| tree.attribute(id, "href"));
    href.and_then(|href| url.join(href.trim()).ok()).unwrap_or_else(|| url.clone())
}

/// What a browser builds nothing of.
fn enters(tree: &Tree) -> impl Fn(Id) -> bool {
    |id| !matches!(tree.name(id), "template" | "script")
}

/// Whether it is an element of HTML of this name.
fn is(tree: &Tree, id: Id, name: &str) -> bool {
    tree.name(id) == name && tree.is_html(id)
}

/// The start tag of an element, as evidence.
fn quote(tree: &Tree, id: Id) -> String {
    let mut tag = format!("<{}", tree.name(id));
    for (name, value) in tree.attributes(id) {
        if tag.len() > LONGEST_QUOTE * 4 {
            break;
        }
        tag.push_str(&format!(" {name}=\"{}\"", short(value)));
    }
    short(&format!("{tag}>"))
}

/// The beginning of a text, on one line.
pub(super) fn short(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut start: String = plain.take(LONGEST_QUOTE + 1).collect();
    if let Some((end, _)) = start.char_indices().nth(LONGEST_QUOTE) {
        start.truncate(end);
        start.push('…');
    }
    start
}
