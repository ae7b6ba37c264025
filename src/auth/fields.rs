//! What bodies of this room hold and no others do: passwords and networks.
//!
//! A fault never repeats what was sent.

use std::borrow::Cow;
use std::net::IpAddr;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use ipnet::IpNet;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::passwords::{LONGEST, Password, SHORTEST};
use crate::fields::{Faults, Text};

/// A password to sign in with: at most 256 characters.
pub struct TypedPassword(pub Password);

/// A password to be set: 12 to 256 characters.
pub struct NewPassword(pub Password);

/// An address, or a network in CIDR form.
pub struct Network(pub IpNet);

impl Deserr<Faults> for TypedPassword {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = Text::<LONGEST>::deserialize_from_value(value, location)?;
        Ok(TypedPassword(Password::typed(&text)))
    }
}

impl Deserr<Faults> for NewPassword {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = Text::<LONGEST>::deserialize_from_value(value, location)?;
        let password = Password::chosen(&text);
        password.map(NewPassword).map_err(|(code, rule)| Faults::one(location, code, rule))
    }
}

impl Deserr<Faults> for Network {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = Text::<64>::deserialize_from_value(value, location)?;
        let network = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(Network).map_err(|_| {
            Faults::one(location, "invalid_value", "must be an address or a network like 203.0.113.0/24")
        })
    }
}

fn password_schema(shortest: Option<usize>) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Password)))
        .min_length(shortest)
        .max_length(Some(LONGEST))
        .write_only(true)
        .into()
}

impl PartialSchema for TypedPassword {
    fn schema() -> RefOr<Schema> {
        password_schema(None)
    }
}

impl PartialSchema for NewPassword {
    fn schema() -> RefOr<Schema> {
        password_schema(Some(SHORTEST))
    }
}

impl PartialSchema for Network {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(64))
            .examples(["203.0.113.0/24"])
            .into()
    }
}

impl ToSchema for TypedPassword {
    fn name() -> Cow<'static, str> {
        "TypedPassword".into()
    }
}

impl ToSchema for NewPassword {
    fn name() -> Cow<'static, str> {
        "NewPassword".into()
    }
}

impl ToSchema for Network {
    fn name() -> Cow<'static, str> {
        "Network".into()
    }
}
