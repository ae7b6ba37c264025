//! The values of a list filter: `a,b` is any of them, the parameter sent again narrows further, and a
//! value with `-` before it is one that a story must not have.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Sequence, Value, ValuePointerRef};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::fields::{Faults, Slug};

/// The most values of one filter, over all the times that it is sent.
pub const MOST: usize = 20;

/// What stories must have, and must not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Of each of these groups, one at least.
    pub all: Vec<Vec<String>>,
    /// None of these.
    pub none: Vec<String>,
}

impl Choice {
    /// Whether there is nothing to choose by.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.none.is_empty()
    }

    /// Every value, plain or with `-`.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flatten().chain(&self.none).map(String::as_str)
    }

    /// The one value, where it is the only one and without `-`.
    pub fn single(&self) -> Option<&str> {
        match (self.all.as_slice(), self.none.as_slice()) {
            ([group], []) if group.len() == 1 => group.first().map(String::as_str),
            _ => None,
        }
    }

    fn add(&mut self, text: &str) -> bool {
        let mut group = Vec::new();
        for value in text.split(',') {
            let (value, wanted) = value.strip_prefix('-').map_or((value, true), |value| (value, false));
            if value.is_empty() {
                return false;
            }
            if wanted { group.push(value.to_owned()) } else { self.none.push(value.to_owned()) }
        }
        if !group.is_empty() {
            self.all.push(group);
        }
        true
    }
}

/// The form in which slugs and ids are stored; other text stays as it is, and names nothing.
pub fn as_stored(value: &str) -> Cow<'_, str> {
    match Slug::parse(value) {
        Ok(slug) => Cow::Owned(slug.into()),
        Err(_) => Cow::Borrowed(value),
    }
}

impl Deserr<Faults> for Choice {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let texts: Vec<String> = match value {
            Value::String(text) => vec![text],
            Value::Sequence(sent) => sent
                .into_iter()
                .map(|item| String::deserialize_from_value(item.into_value(), location))
                .collect::<Result<_, Faults>>()?,
            other => {
                return Err(Faults::one(
                    location,
                    "wrong_type",
                    format!("must be text, not {}", other.kind()),
                ));
            }
        };
        let mut choice = Choice::default();
        if !texts.iter().all(|text| choice.add(text)) {
            let detail = "must be values with commas between, none of them empty";
            return Err(Faults::one(location, "invalid_value", detail));
        }
        if choice.values().count() > MOST {
            return Err(Faults::one(location, "invalid_value", format!("must be at most {MOST} values")));
        }
        Ok(choice)
    }
}

impl PartialSchema for Choice {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).into()
    }
}

impl ToSchema for Choice {
    fn name() -> Cow<'static, str> {
        "Choice".into()
    }
}
