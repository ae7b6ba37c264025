//! The faults of one body or query, gathered while it is read to its end.

use std::ops::ControlFlow;

use deserr::{DeserializeError, Deserr, ErrorKind, IntoValue, MergeWithError, ValueKind, ValuePointerRef};
use serde_json::Value;

use crate::error::{Error, Fault, Result};

/// Every fault met so far.
#[derive(Debug, Default)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// One fault at the place being read.
    pub fn one(location: ValuePointerRef, code: &'static str, detail: impl Into<String>) -> Self {
        Faults(vec![Fault::at(pointer(location), code, detail)])
    }

    /// Nothing, where no fault was met; else 422 with all of them.
    pub fn into_body_error(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::InvalidBody(self.0)) }
    }

    /// Adds a fault at a JSON Pointer.
    pub fn add(&mut self, pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) {
        self.0.push(Fault::at(pointer, code, detail));
    }

    /// Keeps the value, or the faults in its place.
    pub fn keep<T>(&mut self, read: std::result::Result<T, Faults>) -> Option<T> {
        read.map_err(|faults| self.0.extend(faults.0)).ok()
    }
}

/// Reads a body into its input type; 422 with every fault.
pub fn read_body<T: Deserr<Faults>>(body: Value) -> Result<T> {
    deserr::deserialize(body).map_err(|faults: Faults| Error::InvalidBody(faults.0))
}

impl MergeWithError<Faults> for Faults {
    fn merge(kept: Option<Self>, more: Faults, _: ValuePointerRef) -> ControlFlow<Self, Self> {
        let mut all = kept.unwrap_or_default();
        all.0.extend(more.0);
        ControlFlow::Continue(all)
    }
}

impl DeserializeError for Faults {
    fn error<V: IntoValue>(
        kept: Option<Self>,
        error: ErrorKind<V>,
        location: ValuePointerRef,
    ) -> ControlFlow<Self, Self> {
        Self::merge(kept, Faults(vec![fault(error, location)]), location)
    }
}

fn fault<V: IntoValue>(error: ErrorKind<V>, location: ValuePointerRef) -> Fault {
    match error {
        ErrorKind::IncorrectValueKind { actual, accepted } => Fault::at(
            pointer(location),
            "wrong_type",
            format!("must be {}, not {}", kinds(accepted), actual.kind()),
        ),
        ErrorKind::MissingField { field } => {
            Fault::at(pointer(location.push_key(field)), "missing_field", format!("`{field}` is needed"))
        }
        ErrorKind::UnknownKey { key, accepted } => {
            Fault::at(pointer(location.push_key(key)), "unknown_field", unknown(key, accepted))
        }
        ErrorKind::UnknownValue { value, accepted } => Fault::at(
            pointer(location),
            "invalid_value",
            format!("`{value}` is not one of {}", accepted.join(", ")),
        ),
        ErrorKind::BadSequenceLen { expected, .. } => {
            Fault::at(pointer(location), "invalid_value", format!("must hold {expected} values"))
        }
        ErrorKind::Unexpected { msg } => Fault::at(pointer(location), "invalid_value", msg),
    }
}

/// Names what was not known, and the nearest name that is.
pub fn unknown(name: &str, accepted: &[&str]) -> String {
    let shown: String = name.chars().take(64).collect();
    let nearest = accepted
        .iter()
        .map(|known| (strsim::jaro_winkler(name, known), *known))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((likeness, known)) if likeness > 0.7 => {
            format!("`{shown}` is not known here; did you mean `{known}`?")
        }
        _ => format!("`{shown}` is not known here; known are {}", accepted.join(", ")),
    }
}

fn kinds(accepted: &[ValueKind]) -> String {
    accepted.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

/// The place being read as a JSON Pointer (RFC 6901).
fn pointer(location: ValuePointerRef) -> String {
    match location {
        ValuePointerRef::Origin => String::new(),
        ValuePointerRef::Key { key, prev } => {
            format!("{}/{}", pointer(*prev), key.replace('~', "~0").replace('/', "~1"))
        }
        ValuePointerRef::Index { index, prev } => format!("{}/{index}", pointer(*prev)),
    }
}
