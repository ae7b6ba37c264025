//! Strict query parameters: unknown, repeated, undecodable or out of range is 400, all faults at once.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use deserr::Deserr;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::error::{Error, Fault, Place, Result};
use crate::fields::Faults;

/// The parameters of an operation, read into `T`.
pub struct Query<T>(pub T);

/// An operation that takes no parameter.
#[derive(Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct NoParameters {}

impl<T: Deserr<Faults>> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Query))
    }
}

/// Reads a raw query string into its parameters.
pub fn read<T: Deserr<Faults>>(raw: &str) -> Result<T> {
    let (values, mut faults) = decoded(raw);
    match deserr::deserialize(values) {
        Ok(parameters) if faults.is_empty() => Ok(parameters),
        Ok(_) => Err(Error::InvalidQuery(faults)),
        Err(Faults(more)) => {
            faults.extend(more.into_iter().map(as_parameter));
            Err(Error::InvalidQuery(faults))
        }
    }
}

/// Names and values; a repeated name holds an array.
fn decoded(raw: &str) -> (Value, Vec<Fault>) {
    let mut values = Map::new();
    let mut faults = Vec::new();
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(name), Some(value)) = (text(name), text(value)) else {
            faults.push(Fault::parameter(
                shown(name),
                "invalid_parameter",
                "must be percent-encoded UTF-8 without control characters",
            ));
            continue;
        };
        match values.get_mut(&name) {
            None => {
                values.insert(name, Value::String(value));
            }
            Some(Value::Array(all)) => all.push(Value::String(value)),
            Some(first) => *first = Value::Array(vec![first.take(), Value::String(value)]),
        }
    }
    (Value::Object(values), faults)
}

fn text(raw: &str) -> Option<String> {
    let spaced = raw.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8().ok()?;
    (!text.chars().any(char::is_control)).then(|| text.into_owned())
}

fn shown(raw: &str) -> String {
    raw.chars().filter(|c| c.is_ascii_graphic()).take(64).collect()
}

/// A fault of the reader, told of a parameter in place of a pointer.
fn as_parameter(fault: Fault) -> Fault {
    let name = match &fault.place {
        Place::Pointer(pointer) => pointer.split('/').nth(1).unwrap_or_default(),
        Place::Parameter(name) => name,
    };
    let code = if fault.code == "unknown_field" { "unknown_parameter" } else { "invalid_parameter" };
    Fault::parameter(shown(&name.replace("~1", "/").replace("~0", "~")), code, fault.detail)
}
