//! What a page says to machines in its markup: canonical links and robots rules, and where each stands.

use url::Url;

use super::{Reading, enters, is, quote};
use crate::body::markup::{DOCUMENT, Id, Tree};

/// Where something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a header of the answer.
    Header,
    /// In the head of the page.
    Head,
    /// In its body, where no machine looks for it.
    Body,
}

/// A canonical link.
#[derive(Clone, Debug)]
pub struct Canonical {
    /// Where it stands.
    pub place: Place,
    /// Where it leads; none where that is no address.
    pub url: Option<Url>,
    /// The element or header itself.
    pub quote: String,
}

/// Whom a robots rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agent {
    /// Every search engine.
    All,
    /// Google's.
    Googlebot,
    /// Google's for news alone.
    GooglebotNews,
}

/// A robots rule.
#[derive(Clone, Debug)]
pub struct Robots {
    /// Where it stands.
    pub place: Place,
    /// Whom it is for.
    pub agent: Agent,
    /// Whether it keeps the page out of the index.
    pub noindex: bool,
    /// The element or header itself.
    pub quote: String,
}

impl Agent {
    /// Whom a name means; none for engines that we do not ask about.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "robots" => Some(Agent::All),
            "googlebot" => Some(Agent::Googlebot),
            "googlebot-news" => Some(Agent::GooglebotNews),
            _ => None,
        }
    }
}

/// Whether one word of a robots rule keeps a page out of the index.
pub(super) fn is_noindex(word: &str) -> bool {
    ["noindex", "none"].iter().any(|known| word.trim().eq_ignore_ascii_case(known))
}

/// Reads the links and rules of the markup.
pub(super) fn read(tree: &Tree, base: &Url, reading: &mut Reading) {
    for id in tree.walk(DOCUMENT, enters(tree)) {
        if is(tree, id, "link") && is_canonical(tree, id) {
            let href = tree.attribute(id, "href").map(str::trim).filter(|href| !href.is_empty());
            let url = href.and_then(|href| base.join(href).ok());
            reading.canonicals.push(Canonical { place: place(tree, id), url, quote: quote(tree, id) });
        } else if is(tree, id, "meta")
            && let Some(agent) = tree.attribute(id, "name").and_then(Agent::named)
        {
            let words = tree.attribute(id, "content").unwrap_or_default();
            let noindex = words.split([',', ' ', '\t', '\n', '\r', '\x0c']).any(is_noindex);
            reading.robots.push(Robots { place: place(tree, id), agent, noindex, quote: quote(tree, id) });
        }
    }
}

fn is_canonical(tree: &Tree, id: Id) -> bool {
    let rel = tree.attribute(id, "rel").unwrap_or_default();
    rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"))
}

fn place(tree: &Tree, id: Id) -> Place {
    if tree.ancestors(id).any(|above| is(tree, above, "head")) { Place::Head } else { Place::Body }
}
