//! Keys: the names by which staff and imports call assets, origins, lists and appeals.

use deserr::Deserr;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Faults, Rule};

/// The most characters of a key.
const LONGEST: usize = 100;

/// A name that staff gave: 1-100 characters of `A-Z a-z 0-9 . _ -`, beginning with a letter or digit,
/// never the form of a UUID. It is kept and compared as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = Key::parse -> Rule)]
#[schema(
    value_type = String,
    example = "harbour-at-dawn",
    min_length = 1,
    max_length = 100,
    pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$"
)]
pub struct Key(String);

impl Key {
    /// Reads a key; the rule it breaks where it is none.
    pub fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, LONGEST)?;
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !text.chars().all(good) {
            return Err(Rule::invalid(
                "must be letters, digits, `.`, `_` and `-`, beginning with a letter or digit",
            ));
        }
        if Uuid::try_parse(&text).is_ok() {
            return Err(Rule::invalid("must not have the form of a UUID, that of ids"));
        }
        Ok(Key(text))
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
