//! Strict query parameters: unknown, repeated, undecodable or out of range is 400, all faults at once.

use std::any::TypeId;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use deserr::Deserr;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use utoipa::IntoParams;

use crate::error::{Error, Fault, Place, Result};
use crate::fields::{Faults, unknown};

/// The parameters of an operation, read into `T`.
pub struct Query<T>(pub T);

/// An operation that takes no parameter.
#[derive(Deserr)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct NoParameters {}

/// The parameters of an operation in two sets, each read into its own type.
pub struct Both<A, B>(pub A, pub B);

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
    match deserr::deserialize(Value::Object(values)) {
        Ok(parameters) if faults.is_empty() => Ok(parameters),
        Ok(_) => Err(Error::InvalidQuery(faults)),
        Err(Faults(more)) => {
            faults.extend(more.into_iter().map(as_parameter));
            Err(Error::InvalidQuery(faults))
        }
    }
}

impl<A, B> FromRequest for Both<A, B>
where
    A: Deserr<Faults> + IntoParams + 'static,
    B: Deserr<Faults> + IntoParams + 'static,
{
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read_both(request.query_string()))
    }
}

/// Reads a raw query string into two sets of parameters, which share no name.
pub fn read_both<A, B>(raw: &str) -> Result<Both<A, B>>
where
    A: Deserr<Faults> + IntoParams + 'static,
    B: Deserr<Faults> + IntoParams + 'static,
{
    let (values, mut faults) = decoded(raw);
    let (first, second) = (names::<A>(), names::<B>());
    let (mut ours, mut theirs) = (Map::new(), Map::new());
    for (name, value) in values {
        if first.contains(&name) {
            ours.insert(name, value);
        } else if second.contains(&name) {
            theirs.insert(name, value);
        } else {
            let known: Vec<&str> = first.iter().chain(second.iter()).map(String::as_str).collect();
            faults.push(Fault::parameter(shown(&name), "unknown_parameter", unknown(&name, &known)));
        }
    }
    let first: std::result::Result<A, Faults> = deserr::deserialize(Value::Object(ours));
    let second: std::result::Result<B, Faults> = deserr::deserialize(Value::Object(theirs));
    match (first, second) {
        (Ok(first), Ok(second)) if faults.is_empty() => Ok(Both(first, second)),
        (first, second) => {
            let more = first.err().into_iter().chain(second.err()).flat_map(|faults| faults.0);
            faults.extend(more.map(as_parameter));
            Err(Error::InvalidQuery(faults))
        }
    }
}

/// The names of a set of parameters, as the document has them.
fn names<T: IntoParams + 'static>() -> Arc<[String]> {
    static NAMES: LazyLock<RwLock<HashMap<TypeId, Arc<[String]>>>> = LazyLock::new(RwLock::default);
    let known = NAMES.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()).cloned();
    known.unwrap_or_else(|| {
        let names: Arc<[String]> =
            T::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
        NAMES.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), names.clone());
        names
    })
}

/// Names and values; a repeated name holds an array.
fn decoded(raw: &str) -> (Map<String, Value>, Vec<Fault>) {
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
    (values, faults)
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
