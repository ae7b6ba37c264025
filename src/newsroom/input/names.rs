//! What a story names as it is sent, with what goes along: an author's role, a part of a series.

use std::str::FromStr;

use deserr::{Deserr, IntoValue, Map, Value as Sent, ValuePointerRef};
use utoipa::ToSchema;

use crate::articles::byline::Role;
use crate::fields::{Faults, Ref};

/// An author of a story, as an object: `id` or `slug`, and the role. An id or slug alone stands for
/// the role `author`.
#[derive(ToSchema)]
pub struct ArticleCreditInput {
    /// The author's id.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub id: Option<String>,
    /// The author's slug.
    #[schema(example = "ines-duarte")]
    pub slug: Option<String>,
    /// As what they are credited. Default `author`.
    pub role: Option<Role>,
}

/// A place in a series, as an object: `id` or `slug`, and the part.
#[derive(ToSchema)]
pub struct ArticlePartInput {
    /// The series' id.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub id: Option<String>,
    /// The series' slug.
    #[schema(example = "harbour-lights")]
    pub slug: Option<String>,
    /// Which part it is, 1-10,000.
    #[schema(example = 2, minimum = 1, maximum = 10000)]
    pub part: Option<i32>,
}

/// An author of a story, with a role.
pub struct CreditInput(pub Ref, pub Role);

/// A place in a series.
pub struct PartInput(pub Ref, pub Option<i32>);

impl Deserr<Faults> for CreditInput {
    fn deserialize_from_value<V: IntoValue>(
        value: Sent<V>,
        location: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let (value, role) = take(value, "role");
        let role = match role {
            None | Some(Sent::Null) => Role::default(),
            Some(Sent::String(role)) => Role::from_str(&role).map_err(|_| wrong_role(location))?,
            Some(_) => return Err(wrong_role(location)),
        };
        Ok(CreditInput(Ref::deserialize_from_value(value, location)?, role))
    }
}

fn wrong_role(location: ValuePointerRef) -> Faults {
    let location = location.push_key("role");
    Faults::one(location, "invalid_value", "must be author, photographer, editor, translator or contributor")
}

impl Deserr<Faults> for PartInput {
    fn deserialize_from_value<V: IntoValue>(
        value: Sent<V>,
        location: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let (value, part) = take(value, "part");
        let part = match part {
            None | Some(Sent::Null) => None,
            Some(Sent::Integer(part)) if (1..=10_000).contains(&part) => i32::try_from(part).ok(),
            Some(_) => {
                let location = location.push_key("part");
                return Err(Faults::one(location, "invalid_value", "must be a whole number from 1 to 10000"));
            }
        };
        Ok(PartInput(Ref::deserialize_from_value(value, location)?, part))
    }
}

/// Takes a member out of an object.
fn take<V: IntoValue>(value: Sent<V>, name: &str) -> (Sent<V>, Option<Sent<V>>) {
    match value {
        Sent::Map(mut map) => {
            let member = map.remove(name).map(IntoValue::into_value);
            (Sent::Map(map), member)
        }
        other => (other, None),
    }
}
