//! Numbers in bodies: whole ones within limits, and parts of one.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Faults, Rule};

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number<const MIN: i32, const MAX: i32>(pub i32);

/// A part of one: 0 to 1, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Deserr, ToSchema)]
#[deserr(error = Faults, try_from(f64) = Fraction::parse -> Rule)]
#[schema(value_type = f64, minimum = 0, maximum = 1, example = 0.5)]
pub struct Fraction(pub f64);

impl Fraction {
    fn parse(number: f64) -> Result<Self, Rule> {
        if (0.0..=1.0).contains(&number) {
            Ok(Fraction(number))
        } else {
            Err(Rule::invalid("must be a number from 0 to 1"))
        }
    }
}

impl<const MIN: i32, const MAX: i32> Deserr<Faults> for Number<MIN, MAX> {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let number = i64::deserialize_from_value(value, location)?;
        match i32::try_from(number) {
            Ok(number) if (MIN..=MAX).contains(&number) => Ok(Number(number)),
            _ => Err(Faults::one(
                location,
                "invalid_value",
                format!("must be a whole number from {MIN} to {MAX}"),
            )),
        }
    }
}

impl<const MIN: i32, const MAX: i32> PartialSchema for Number<MIN, MAX> {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(MIN)).maximum(Some(MAX)).into()
    }
}

impl<const MIN: i32, const MAX: i32> ToSchema for Number<MIN, MAX> {
    fn name() -> Cow<'static, str> {
        format!("Number{MIN}To{MAX}").into()
    }
}
