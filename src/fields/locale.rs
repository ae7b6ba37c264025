//! Languages by BCP 47 (RFC 5646).

use deserr::Deserr;
use oxilangtag::LanguageTag;
use utoipa::ToSchema;

use super::{Faults, Rule};

/// The most characters of a language tag that is taken.
const LONGEST: usize = 35;

/// A language by BCP 47 (RFC 5646), in its canonical case: `en`, `pt-BR`, `zh-Hant`.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = Locale::parse -> Rule)]
#[schema(value_type = String, example = "en", min_length = 2, max_length = 35)]
pub struct Locale(String);

impl Locale {
    /// Reads a language tag in any case; the rule it breaks where it is none.
    pub fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, LONGEST)?;
        LanguageTag::parse_and_normalize(&text)
            .map(|tag| Locale(tag.into_inner()))
            .map_err(|_| Rule::invalid("must be a language by BCP 47, like en or pt-BR"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}
