//! Where a promo or an appeal leads: a page anywhere on the web, or a path on the publication's site.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Faults, Rule, WebUrl};

/// The longest link that is taken, in characters.
const LONGEST: usize = 2000;

/// An absolute http or https URL, or a path on the publication's own site that begins with one `/`;
/// at most 2,000 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteLink(String);

impl SiteLink {
    /// Reads a link; the rule it breaks where it is none.
    pub fn parse(text: &str) -> Result<Self, Rule> {
        let text = text.trim();
        Rule::plain(text, LONGEST)?;
        if !text.starts_with('/') {
            let url = WebUrl::parse(text).map_err(unsafe_url)?;
            // As it was typed, where the URL standard would do no more than end a bare host with a slash.
            let as_typed = url.as_str().strip_suffix('/') == Some(text);
            return Ok(SiteLink(if as_typed { text.to_owned() } else { url.into_string() }));
        }
        // Browsers take a backslash for a slash, so `/\host` names a host as `//host` does.
        if text.starts_with("//") || text.contains('\\') {
            return Err(unsafe_url("must be a path that begins with one `/`, without a backslash"));
        }
        if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(unsafe_url("must not hold blanks: write %20"));
        }
        Ok(SiteLink(text.to_owned()))
    }

    /// The link.
    pub fn into_string(self) -> String {
        self.0
    }
}

fn unsafe_url(detail: &str) -> Rule {
    Rule("unsafe_url", detail.to_owned())
}

impl Deserr<Faults> for SiteLink {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = String::deserialize_from_value(value, location)?;
        SiteLink::parse(&text).map_err(|rule| Faults::one(location, rule.0, rule.1))
    }
}

impl PartialSchema for SiteLink {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(LONGEST)).into()
    }
}

impl ToSchema for SiteLink {
    fn name() -> Cow<'static, str> {
        "SiteLink".into()
    }
}
