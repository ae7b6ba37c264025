//! Timezones by the IANA database.

use chrono_tz::Tz;
use deserr::Deserr;
use utoipa::ToSchema;

use super::{Faults, Rule};

/// A timezone by its name in the IANA database.
#[derive(Clone, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(String) = Timezone::parse -> Rule)]
#[schema(value_type = String, example = "Europe/Lisbon", max_length = 64)]
pub struct Timezone(String);

impl Timezone {
    /// Reads a timezone; the rule it breaks where it is none.
    pub fn parse(text: String) -> Result<Self, Rule> {
        Rule::plain(&text, 64)?;
        match text.parse::<Tz>() {
            Ok(zone) => Ok(Timezone(zone.name().to_owned())),
            Err(_) => Err(Rule::invalid("must be a timezone of the IANA database, like Europe/Lisbon")),
        }
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}
