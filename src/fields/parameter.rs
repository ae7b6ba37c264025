//! Values of query parameters: whole numbers, flags and lists with commas.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Sequence, Value, ValuePointerRef};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::Faults;
use crate::db::types::{INSTANT_FORM, Stamp};

/// A whole number from `MIN` to `MAX`, in plain digits without sign or leading zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole<const MIN: u32, const MAX: u32>(pub u32);

/// `true` or `false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flag(pub bool);

/// At most `MAX` values with commas between; the same parameter sent again adds to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names<const MAX: usize>(pub Vec<String>);

/// An instant, RFC 3339 with a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub Stamp);

fn one<V: IntoValue>(value: Value<V>, location: ValuePointerRef) -> Result<String, Faults> {
    match value {
        Value::String(text) => Ok(text),
        Value::Sequence(_) => Err(Faults::one(location, "invalid_value", "must be given once")),
        other => Err(Faults::one(location, "wrong_type", format!("must be text, not {}", other.kind()))),
    }
}

/// Reads one word out of a fixed set; `words` names them all.
pub fn word<T, V: IntoValue>(
    value: Value<V>,
    location: ValuePointerRef,
    parse: impl Fn(&str) -> Option<T>,
    words: &str,
) -> Result<T, Faults> {
    let text = one(value, location)?;
    parse(&text).ok_or_else(|| Faults::one(location, "invalid_value", format!("must be one of {words}")))
}

impl<const MIN: u32, const MAX: u32> Deserr<Faults> for Whole<MIN, MAX> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = one(value, location)?;
        let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
        match text.parse() {
            Ok(number) if plain && (MIN..=MAX).contains(&number) => Ok(Whole(number)),
            _ => Err(Faults::one(
                location,
                "invalid_value",
                format!("must be a whole number from {MIN} to {MAX}"),
            )),
        }
    }
}

impl Deserr<Faults> for Flag {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        match one(value, location)?.as_str() {
            "true" => Ok(Flag(true)),
            "false" => Ok(Flag(false)),
            _ => Err(Faults::one(location, "invalid_value", "must be true or false")),
        }
    }
}

impl Deserr<Faults> for Moment {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = one(value, location)?;
        // A raw `+` of a query is a blank once it is read.
        let plus = if text.contains(' ') { "; a `+` in a query is written %2B" } else { "" };
        Stamp::parse(&text)
            .map(Moment)
            .ok_or_else(|| Faults::one(location, "invalid_value", format!("must be {INSTANT_FORM}{plus}")))
    }
}

impl<const MAX: usize> Deserr<Faults> for Names<MAX> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let wrong = |detail: String| Err(Faults::one(location, "invalid_value", detail));
        let texts: Vec<String> = match value {
            Value::String(text) => vec![text],
            Value::Sequence(sent) => sent
                .into_iter()
                .filter_map(|item| match item.into_value() {
                    Value::String(text) => Some(text),
                    _ => None,
                })
                .collect(),
            _ => return wrong("must be values with commas between".into()),
        };
        let names: Vec<String> = texts.iter().flat_map(|text| text.split(',')).map(str::to_owned).collect();
        if names.iter().any(String::is_empty) {
            return wrong("must be values with commas between, none of them empty".into());
        }
        if names.len() > MAX {
            return wrong(format!("must be at most {MAX} values"));
        }
        Ok(Names(names))
    }
}

impl<const MIN: u32, const MAX: u32> PartialSchema for Whole<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(MIN)).maximum(Some(MAX)).into()
    }
}

impl PartialSchema for Flag {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Boolean).into()
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        Stamp::schema()
    }
}

impl<const MAX: usize> PartialSchema for Names<MAX> {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)).max_items(Some(MAX)).into()
    }
}

impl<const MIN: u32, const MAX: u32> ToSchema for Whole<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        format!("Whole{MIN}To{MAX}").into()
    }
}

impl ToSchema for Flag {
    fn name() -> Cow<'static, str> {
        "Flag".into()
    }
}

impl ToSchema for Moment {
    fn name() -> Cow<'static, str> {
        "Moment".into()
    }
}

impl<const MAX: usize> ToSchema for Names<MAX> {
    fn name() -> Cow<'static, str> {
        format!("Names{MAX}").into()
    }
}
