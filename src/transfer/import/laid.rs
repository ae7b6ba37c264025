//! A line laid over what there is: what it leaves out stays.

use deserr::Deserr;
use serde_json::{Map, Value};

use crate::error::{Error, Fault, Place, Result};
use crate::fields::{Faults, read_body};

/// Objects that a line may give in part. Any other object names a thing, and is taken as a whole.
const IN_PARTS: [&str; 4] = ["rights", "seo", "contact", "notice_due_hours"];

/// Reads the input that results from laying a line over the present form of a thing; `name` is the field
/// that a line is matched by, and its present value, which stays.
///
/// Faults are told of what stands in the line alone; what was stored before is not the line's.
pub fn laid_over<T: Deserr<Faults>>(
    present: Option<Value>,
    line: &Map<String, Value>,
    name: Option<(&str, &str)>,
) -> Result<T> {
    let is_new = present.is_none();
    let mut whole = if let Some(Value::Object(members)) = present { members } else { Map::new() };
    for (member, value) in line {
        match (IN_PARTS.contains(&member.as_str()), whole.get_mut(member)) {
            (true, Some(kept)) => json_patch::merge(kept, value),
            _ => drop(whole.insert(member.clone(), value.clone())),
        }
    }
    if let Some((field, value)) = name {
        whole.insert(field.to_owned(), Value::from(value));
    }
    read_body(Value::Object(whole)).map_err(|error| match error {
        Error::InvalidBody(faults) if !is_new => {
            let (sent, stored): (Vec<_>, Vec<_>) =
                faults.into_iter().partition(|fault| line.contains_key(member_of(fault)));
            Error::InvalidBody(if sent.is_empty() { stored } else { sent })
        }
        other => other,
    })
}

/// The member in which a fault stands.
pub fn member_of(fault: &Fault) -> &str {
    match &fault.place {
        Place::Pointer(pointer) => pointer.split('/').nth(1).unwrap_or_default(),
        Place::Parameter(name) => name,
    }
}
