//! The address of a page or picture on the web.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::Faults;

/// The longest address that is taken, in characters.
const LONGEST: usize = 2000;

/// An absolute http or https URL of at most 2,000 characters, as the URL standard prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebUrl(String);

impl WebUrl {
    /// Reads an address; the rule it breaks where it is none.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if text.chars().count() > LONGEST {
            return Err("must be at most 2000 characters");
        }
        // The URL standard strips tabs and line ends, which has hidden schemes from readers before.
        if text.chars().any(char::is_control) {
            return Err("must not hold control characters");
        }
        let url = Url::parse(text).map_err(|_| "must be an absolute URL like https://example.org/a")?;
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some()
        {
            return Err("must be an http or https URL without a user name");
        }
        Ok(WebUrl(url.into()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deserr<Faults> for WebUrl {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = String::deserialize_from_value(value, location)?;
        if text.chars().any(super::text::is_control) {
            return Err(Faults::one(location, "control_character", "must not hold control characters"));
        }
        WebUrl::parse(text.trim()).map_err(|rule| Faults::one(location, "unsafe_url", rule))
    }
}

impl PartialSchema for WebUrl {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uri)))
            .max_length(Some(LONGEST))
            .into()
    }
}

impl ToSchema for WebUrl {
    fn name() -> Cow<'static, str> {
        "WebUrl".into()
    }
}
