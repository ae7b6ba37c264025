//! Channels and territories as they are sent.

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};

use super::{Channel, TERRITORY_FORM, Territory};
use crate::fields::{Faults, word};

impl Deserr<Faults> for Channel {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        word(value, location, Channel::parse, &Channel::ALL.map(Channel::as_str).join(", "))
    }
}

impl Deserr<Faults> for Territory {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        word(value, location, Territory::parse, TERRITORY_FORM)
    }
}
