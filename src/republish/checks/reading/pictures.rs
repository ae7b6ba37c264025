//! Every picture that a page shows, or comes to show once its scripts have run.

use url::Url;

use super::{MOST, enters, is, quote};
use crate::body::markup::{self, DOCUMENT, Id, Tree, View};

/// Attributes longer than this hold no address.
const LONGEST: usize = 8_192;

/// How a page holds a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// By the `src` of an `img`: every browser asks for it.
    Shown,
    /// As above, once a reader comes near it.
    Lazy,
    /// By `srcset`, by an attribute that a script moves into `src`, as a poster, by a style: some browsers
    /// may ask for it, sometime.
    Deferred,
    /// In a `noscript`: browsers without scripts ask for it.
    Noscript,
}

/// An address that a page has a picture from.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The address, absolute where it can be read as one.
    pub address: String,
    /// How the page holds it.
    pub held: Held,
    /// The element that names it.
    pub quote: String,
}

/// The pictures of a page, in its order.
pub(super) fn read(tree: &Tree, base: &Url) -> Vec<Picture> {
    let mut found = Vec::new();
    gather(tree, base, false, &mut found);
    found
}

fn gather(tree: &Tree, base: &Url, in_noscript: bool, found: &mut Vec<Picture>) {
    for id in tree.walk(DOCUMENT, enters(tree)) {
        if found.len() >= MOST {
            return;
        }
        match tree.view(id) {
            View::Element("noscript") if !in_noscript => {
                let text: String = tree.children(id).filter_map(|child| words(tree, child)).collect();
                gather(&markup::page(&text).0, base, true, found);
            }
            View::Element("style") => {
                let text: String = tree.children(id).filter_map(|child| words(tree, child)).collect();
                let named = urls(&text).into_iter().take(MOST - found.len());
                found.extend(named.map(|url| picture(url, base, Held::Deferred, "<style>".to_owned())));
            }
            View::Element(_) => {
                let named =
                    addresses(tree, id).into_iter().take(MOST - found.len()).map(|(address, held)| {
                        let held = if in_noscript { Held::Noscript } else { held };
                        picture(address, base, held, quote(tree, id))
                    });
                found.extend(named);
            }
            View::Text(_) | View::Other => {}
        }
    }
}

fn words(tree: &Tree, id: Id) -> Option<&str> {
    if let View::Text(text) = tree.view(id) { Some(text) } else { None }
}

fn picture(address: &str, base: &Url, held: Held, quote: String) -> Picture {
    let address = base.join(address).map_or_else(|_| address.to_owned(), String::from);
    Picture { address, held, quote }
}

/// The addresses that an element names.
fn addresses(tree: &Tree, id: Id) -> Vec<(&str, Held)> {
    let mut named: Vec<(&str, Held)> = Vec::new();
    let is_image = tree.name(id) == "img" || (is(tree, id, "input") && tree.attribute(id, "src").is_some());
    let lazy = tree.attribute(id, "loading").is_some_and(|value| value.trim().eq_ignore_ascii_case("lazy"));
    for (name, value) in tree.attributes(id).filter(|(_, value)| value.len() <= LONGEST) {
        let value = value.trim();
        match (tree.name(id), name) {
            (_, "src") if is_image => {
                named.push((value, if lazy { Held::Lazy } else { Held::Shown }));
            }
            ("video", "poster") | (_, "background") | ("image", "href") => {
                named.push((value, Held::Deferred));
            }
            ("source" | "video" | "audio" | "embed" | "amp-img", "src") => {
                named.push((value, Held::Deferred));
            }
            ("meta", "content") if is_card(tree, id) => named.push((value, Held::Deferred)),
            ("link", "href") if is_preloaded(tree, id) => named.push((value, Held::Deferred)),
            (_, "srcset" | "imagesrcset") => named.extend(candidates(value).map(|one| (one, Held::Deferred))),
            (_, "style") => named.extend(urls(value).into_iter().map(|one| (one, Held::Deferred))),
            (_, name) if name.starts_with("data-") && value.contains('/') => {
                named.extend(candidates(value).map(|one| (one, Held::Deferred)));
            }
            _ => {}
        }
    }
    named.retain(|(address, _)| !address.is_empty());
    named
}

/// Whether a `meta` names the picture of a card that other sites show.
fn is_card(tree: &Tree, id: Id) -> bool {
    let name = tree.attribute(id, "property").or(tree.attribute(id, "name")).unwrap_or_default();
    ["og:image", "og:image:url", "og:image:secure_url", "twitter:image"].contains(&name)
}

fn is_preloaded(tree: &Tree, id: Id) -> bool {
    tree.attribute(id, "as").is_some_and(|kind| kind.eq_ignore_ascii_case("image"))
}

/// The addresses of a `srcset`: each up to a blank, a comma at its end not included.
fn candidates(value: &str) -> impl Iterator<Item = &str> {
    let words = value.split_ascii_whitespace().map(|word| word.trim_matches(','));
    words.filter(|word| !is_size(word))
}

/// A width, height or density such as `640w` or `1.5x`.
fn is_size(word: &str) -> bool {
    word.strip_suffix(['w', 'h', 'x']).is_some_and(|number| number.parse::<f64>().is_ok())
}

/// The addresses within `url(…)` of a style.
fn urls(style: &str) -> Vec<&str> {
    let lower = style.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = lower[at..].find("url(").map(|offset| at + offset + 4) {
        let end = style[start..].find(')').map_or(style.len(), |offset| start + offset);
        found.push(style[start..end].trim().trim_matches(['"', '\'']));
        at = end;
        if found.len() >= MOST {
            break;
        }
    }
    found
}
