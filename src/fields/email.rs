//! E-mail addresses.

use deserr::Deserr;
use utoipa::ToSchema;

use super::{Faults, Rule};

/// The most characters of an address (RFC 5321 §4.5.3.1.3, less its brackets).
const LONGEST: usize = 254;

/// An e-mail address: one `@` with something on both sides, no blanks, at most 254 characters.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = Email::parse -> Rule)]
#[schema(value_type = String, example = "ines@courier.example", min_length = 3, max_length = 254)]
pub struct Email(pub String);

impl Email {
    /// Reads an address; the rule it breaks where it is none.
    pub fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, LONGEST)?;
        let text = text.trim();
        let is_one = text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
        });
        // A fault never repeats what was sent.
        if is_one {
            Ok(Email(text.to_owned()))
        } else {
            Err(Rule::invalid("must be an e-mail address like ines@courier.example"))
        }
    }
}
