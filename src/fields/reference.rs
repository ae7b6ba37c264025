//! How a body names another thing: by id, by slug (code, key), or by an object that holds either.

use std::borrow::Cow;

use deserr::{Deserr, IntoValue, Map, Value, ValuePointerRef};
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::Faults;

/// An id, a slug, or an object with `id` or `slug` (`code` of an origin, `key` of an asset); what else
/// the object holds is not read, so that what a GET gives can be sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ref(String);

impl Ref {
    /// The id or slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Names a thing by its id or slug.
    pub fn to(name: impl Into<String>) -> Self {
        Ref(name.into())
    }
}

const NAMES: [&str; 4] = ["id", "slug", "code", "key"];

impl Deserr<Faults> for Ref {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let wrong =
            || Faults::one(location, "invalid_value", "must be an id, a slug, or an object with one of them");
        let name = match value {
            Value::String(name) => Some(name),
            Value::Map(mut map) => {
                NAMES.iter().find_map(|name| match map.remove(name).map(IntoValue::into_value) {
                    Some(Value::String(name)) => Some(name),
                    _ => None,
                })
            }
            _ => None,
        };
        let name = name.ok_or_else(wrong)?;
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(wrong());
        }
        Ok(Ref(name))
    }
}

impl PartialSchema for Ref {
    fn schema() -> RefOr<Schema> {
        let object = NAMES.iter().fold(ObjectBuilder::new().schema_type(Type::Object), |object, name| {
            let field = ObjectBuilder::new().schema_type(Type::String);
            object.property(*name, field.description(Some(format!("Its {name}."))))
        });
        let object =
            object.description(Some("A thing by one of its names; what else stands here is not read."));
        OneOfBuilder::new()
            .item(ObjectBuilder::new().schema_type(Type::String).max_length(Some(200)).examples(["harbour"]))
            .item(object)
            .description(Some("An id, a slug, or an object that holds either."))
            .into()
    }
}

impl ToSchema for Ref {
    fn name() -> Cow<'static, str> {
        "Reference".into()
    }
}
