//! The public URL of a story, and its canonical one.
//!
//! A story of ours has one address, which is its canonical; a story of another origin has its
//! canonical there, where that address is known.

use thiserror::Error;
use url::Url;

/// The public URL of a path under the publication's `base_url`.
pub fn url(base_url: &str, path: &str) -> String {
    let base = base_url.trim_end_matches('/');
    // As the URL standard prints it: host in lower case and ASCII, no default port.
    Url::parse(&format!("{base}{path}")).map_or_else(|_| format!("{base}{path}"), String::from)
}

/// The canonical URL of a story: its own, or for another origin's story the address there, where
/// that is known.
pub fn canonical_url<'a>(url: &'a str, in_house: bool, source_url: Option<&'a str>) -> &'a str {
    if in_house { url } else { source_url.unwrap_or(url) }
}

/// A canonical URL given for a story of ours that is not the story's own.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the canonical URL of a story of ours is its own `{0}`: leave it out")]
pub struct CanonicalFault(pub String);

/// What is stored of a canonical URL given for a story of ours: nothing where it is the story's
/// own but for scheme, case of the host, a final slash or a query; anything else is a fault.
pub fn own_canonical(given: &str, url: &str) -> Result<Option<String>, CanonicalFault> {
    if is_same_address(given, url) { Ok(None) } else { Err(CanonicalFault(url.to_owned())) }
}

/// Whether an address leads where our own leads: the same but for scheme, case of the host, a final slash or a
/// query. Where our own has a query, that tells its pages apart.
pub fn is_same_address(given: &str, own: &str) -> bool {
    let (Ok(given), Ok(own)) = (Url::parse(given.trim()), Url::parse(own)) else { return false };
    let same_query = own.query().is_none() || own.query() == given.query();
    same_query && bare(&given).is_some_and(|given| Some(given) == bare(&own))
}

/// A web address less what does not tell two canonical URLs apart.
fn bare(url: &Url) -> Option<(&str, Option<u16>, &str)> {
    let web =
        matches!(url.scheme(), "http" | "https") && url.fragment().is_none() && url.username().is_empty();
    web.then(|| (url.host_str().unwrap_or_default(), url.port(), url.path().trim_end_matches('/')))
}
