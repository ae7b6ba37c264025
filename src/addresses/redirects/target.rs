//! Where a redirect leads, in one form: two targets that are one address are one text.

use deserr::Deserr;
use percent_encoding::{CONTROLS, utf8_percent_encode};
use url::Url;
use utoipa::ToSchema;

use crate::fields::{Faults, Rule, SiteLink, parse_path};

/// An absolute http or https URL, or a path on the publication's own site, with query and fragment where it has
/// them; at most 2,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = Target::read -> Rule)]
#[schema(value_type = String, min_length = 1, max_length = 2000, example = "/harbour/new-pier")]
pub struct Target(String);

impl Target {
    fn read(text: String) -> Result<Self, Rule> {
        let link = SiteLink::parse(&text)?.into_string();
        if !link.starts_with('/') {
            return Ok(Target(link));
        }
        let (path, rest) = link.split_at(path_end(&link));
        Ok(Target(parse_path(path)? + &utf8_percent_encode(rest, CONTROLS).to_string()))
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Where the path of a link ends: a query or a fragment follows, or nothing.
fn path_end(link: &str) -> usize {
    link.find(['?', '#']).unwrap_or(link.len())
}

/// The path of the site at `base_url` that a link leads to, without query and fragment; none where it leads
/// elsewhere. http and https are one site: which of them answers is the web server's to say.
pub fn own_path(base_url: &str, link: &str) -> Option<String> {
    if link.starts_with('/') {
        return parse_path(link.split_at(path_end(link)).0).ok();
    }
    let (base, url) = (Url::parse(base_url).ok()?, Url::parse(link).ok()?);
    if host(&base) != host(&url) || base.port() != url.port() {
        return None;
    }
    match url.path().strip_prefix(base.path().trim_end_matches('/'))? {
        "" => Some("/".to_owned()),
        path => parse_path(path).ok(),
    }
}

/// The host, which may be written with the dot of the root.
fn host(url: &Url) -> Option<&str> {
    url.host_str().map(|host| host.trim_end_matches('.'))
}
