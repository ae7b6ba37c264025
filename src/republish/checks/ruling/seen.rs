//! What readers see beside the text: the credit, the authors, and pictures that they should not.

use percent_encoding::percent_decode_str;
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::{About, Code, Denied, Rule, Ruled};
use crate::articles::paths::is_same_address;
use crate::fields::sort_key;
use crate::republish::checks::reading::{Picture, Reading};

/// Our name, and a link to the story.
pub(super) fn credit(reading: &Reading, about: &About) -> Vec<Ruled> {
    let page = folded(&reading.passages);
    // A credit line of its own need not hold the name.
    let line = about.credit_line.as_deref().filter(|line| !line.contains("{publication}"));
    if !names(&page, &about.publication) && !line.is_some_and(|line| names(&page, line)) {
        return vec![Ruled::found(Rule::Credit, Code::CreditMissing, None)];
    }
    let ours = [about.canonical_url.as_str(), about.url.as_str()];
    let leads_to_us = |url: &Url| ours.iter().any(|own| is_same_address(without_fragment(url).as_str(), own));
    if reading.links.iter().any(|link| leads_to_us(&link.url)) {
        return Vec::new();
    }
    let to_our_site = reading
        .links
        .iter()
        .filter(|link| Url::parse(&about.url).is_ok_and(|own| own.host_str() == link.url.host_str()));
    vec![Ruled::found(Rule::Credit, Code::CreditNotLinked, to_our_site.map(|link| link.quote.clone()))]
}

/// A link to a place in the story is one to the story.
fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}

/// Every author by name.
pub(super) fn author(reading: &Reading, about: &About) -> Vec<Ruled> {
    let page = folded(&reading.passages);
    let missing: Vec<String> = about.authors.iter().filter(|name| !names(&page, name)).cloned().collect();
    if missing.is_empty() {
        return Vec::new();
    }
    vec![Ruled::found(Rule::Author, Code::AuthorMissing, missing)]
}

/// None of the pictures that may not be run, by their addresses.
pub(super) fn images(reading: &Reading, about: &About) -> Vec<Ruled> {
    let needles: Vec<String> =
        about.denied.iter().flat_map(needles).filter(|needle| !needle.is_empty()).collect();
    let shows = |picture: &&Picture| {
        let address = bare(&picture.address);
        needles.iter().any(|needle| holds(&address, needle))
    };
    let mut quotes: Vec<String> =
        reading.pictures.iter().filter(shows).map(|picture| picture.quote.clone()).collect();
    quotes.dedup();
    if quotes.is_empty() {
        return Vec::new();
    }
    vec![Ruled::found(Rule::Images, Code::ImagesDenied, quotes)]
}

/// What the address of a denied picture, of its renditions and of a proxy for either holds.
fn needles(denied: &Denied) -> [String; 2] {
    let own =
        Url::parse(&denied.url).map(|url| format!("{}{}", url.host_str().unwrap_or_default(), url.path()));
    [bare(&own.unwrap_or_else(|_| denied.url.clone())), denied.id.to_string()]
}

/// An address as it is compared: percent signs read, as proxies carry addresses in theirs.
fn bare(address: &str) -> String {
    let once = percent_decode_str(address).decode_utf8_lossy();
    percent_decode_str(&once).decode_utf8_lossy().into_owned()
}

/// Whether an address holds another, and not one that only begins alike.
fn holds(address: &str, needle: &str) -> bool {
    address.match_indices(needle).any(|(at, _)| {
        let next = address[at + needle.len()..].chars().next();
        next.is_none_or(|next| !next.is_alphanumeric())
    })
}

/// The words of a page with case and accents folded, a blank before and after each.
fn folded(passages: &[String]) -> String {
    let mut page = String::from(" ");
    for passage in passages {
        page.push_str(&words(passage));
    }
    page
}

fn words(text: &str) -> String {
    sort_key(text).unicode_words().fold(String::new(), |mut line, word| {
        line.push_str(word);
        line.push(' ');
        line
    })
}

/// Whether a name stands among the words of a page.
fn names(page: &str, name: &str) -> bool {
    let name = words(name);
    !name.is_empty() && page.contains(&format!(" {name}"))
}
