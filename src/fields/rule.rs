//! The rule that a value breaks, told where the value stands.

use std::ops::ControlFlow;

use deserr::{MergeWithError, ValuePointerRef};

use super::{Faults, is_control};

/// A stable code, and in words what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule(pub &'static str, pub String);

impl Rule {
    /// The value is of the right type and cannot be meant.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Rule("invalid_value", detail.into())
    }

    /// Holds text to what all short texts must be: no control character, at most `max` characters.
    pub fn plain(text: &str, max: usize) -> Result<(), Self> {
        if text.chars().any(is_control) {
            return Err(Rule("control_character", "must not hold control characters".into()));
        }
        if text.chars().count() > max {
            return Err(Rule("too_long", format!("must be at most {max} characters")));
        }
        Ok(())
    }
}

impl MergeWithError<Rule> for Faults {
    fn merge(kept: Option<Self>, rule: Rule, location: ValuePointerRef) -> ControlFlow<Self, Self> {
        Self::merge(kept, Faults::one(location, rule.0, rule.1), location)
    }
}
