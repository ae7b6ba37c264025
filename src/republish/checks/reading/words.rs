//! What a reader of a page sees in words, and the links among them.

use url::Url;

use super::{MOST, is, quote};
use crate::body::markup::{DOCUMENT, Id, Tree, View};

/// A link that a reader sees.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it leads.
    pub url: Url,
    /// The element.
    pub quote: String,
}

/// The passages and links of a page.
pub(super) fn read(tree: &Tree, base: &Url) -> (Vec<String>, Vec<Link>) {
    let seen = tree.walk(DOCUMENT, |id| is_seen(tree, id)).filter(|id| is(tree, *id, "a"));
    let links = seen.filter_map(|id| {
        let url = base.join(tree.attribute(id, "href")?.trim()).ok()?;
        is_seen(tree, id).then(|| Link { url, quote: quote(tree, id) })
    });
    (passages(tree), links.take(MOST).collect())
}

/// The words that a reader sees: a passage for each run of text that no block or line break parts.
pub(super) fn passages(tree: &Tree) -> Vec<String> {
    let mut passages = Vec::new();
    let mut passage = String::new();
    let mut block = None;
    for id in tree.walk(DOCUMENT, |id| is_seen(tree, id)) {
        match tree.view(id) {
            View::Text(text) => {
                let own = tree.ancestors(id).find(|above| is_block(tree.name(*above)));
                if block != Some(own) {
                    close(&mut passage, &mut passages);
                    block = Some(own);
                }
                passage.push_str(text);
            }
            View::Element(name) if is_block(name) => block = None,
            View::Element(_) | View::Other => {}
        }
    }
    close(&mut passage, &mut passages);
    passages
}

fn close(passage: &mut String, passages: &mut Vec<String>) {
    let text = passage.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        passages.push(text);
    }
    passage.clear();
}

/// Whether a reader sees what an element holds.
fn is_seen(tree: &Tree, id: Id) -> bool {
    let never = matches!(
        tree.name(id),
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "iframe"
            | "object"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "textarea"
            | "title"
    );
    let closed = is(tree, id, "dialog") && tree.attribute(id, "open").is_none();
    !never && !closed && tree.attribute(id, "hidden").is_none() && !is_styled_away(tree, id)
}

fn is_styled_away(tree: &Tree, id: Id) -> bool {
    let Some(style) = tree.attribute(id, "style") else { return false };
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        let value = value.split_whitespace().next().unwrap_or_default();
        matches!((name.as_str(), value), ("display", "none") | ("visibility", "hidden"))
    })
}

/// Elements that begin a line of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
