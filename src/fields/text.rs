//! Plain text of a field: without control characters, and no longer than its type says.

use std::borrow::Cow;
use std::ops::Deref;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::Faults;

/// Text of at most `MAX` characters; blank text is the same as none (see [`Text::filled`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<const MAX: usize>(String);

/// Text of 1 to `MAX` characters that is not blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// The text, or none where it is blank: absent is null, never an empty string.
    pub fn filled(self) -> Option<String> {
        (!self.0.trim().is_empty()).then_some(self.0)
    }
}

impl<const MAX: usize> Name<MAX> {
    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Deref for Name<MAX> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Whether a character may not stand in text: C0 or C1, but for tab and line ends (API.md §6).
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

fn read<V: IntoValue>(value: Value<V>, location: ValuePointerRef, max: usize) -> Result<String, Faults> {
    let text = String::deserialize_from_value(value, location)?;
    let mut faults = Faults::default();
    let mut fault = |code, detail| faults.0.extend(Faults::one(location, code, detail).0);
    if text.chars().any(is_control) {
        fault("control_character", "must not hold control characters".to_owned());
    }
    if text.chars().count() > max {
        fault("too_long", format!("must be at most {max} characters"));
    }
    if faults.0.is_empty() { Ok(text) } else { Err(faults) }
}

impl<const MAX: usize> Deserr<Faults> for Text<MAX> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        read(value, location, MAX).map(Text)
    }
}

impl<const MAX: usize> Deserr<Faults> for Name<MAX> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = read(value, location, MAX)?;
        if text.trim().is_empty() {
            return Err(Faults::one(location, "missing_field", "must not be blank"));
        }
        Ok(Name(text))
    }
}

fn schema(min: Option<usize>, max: usize) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).min_length(min).max_length(Some(max)).into()
}

impl<const MAX: usize> PartialSchema for Text<MAX> {
    fn schema() -> RefOr<Schema> {
        schema(None, MAX)
    }
}

impl<const MAX: usize> PartialSchema for Name<MAX> {
    fn schema() -> RefOr<Schema> {
        schema(Some(1), MAX)
    }
}

impl<const MAX: usize> ToSchema for Text<MAX> {
    fn name() -> Cow<'static, str> {
        format!("Text{MAX}").into()
    }
}

impl<const MAX: usize> ToSchema for Name<MAX> {
    fn name() -> Cow<'static, str> {
        format!("Name{MAX}").into()
    }
}
