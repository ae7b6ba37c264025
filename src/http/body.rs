//! Request bodies: read whole within their limit, as strict JSON, into the input type of a resource.
//!
//! The JSON is read by the rules of `fields::json`; what a request adds is its media type, its size and the
//! time that it may take.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use deserr::Deserr;
use futures_util::StreamExt;
use serde_json::Value;
use utoipa::ToSchema;

use super::caller::Admission;
use super::once::note_body;
use crate::error::{Error, Fault, Place, Result};
use crate::fields::{Faults, Ref, read_body};

pub use crate::fields::json::{DEEPEST, parse};

/// The largest JSON body that is read, in bytes.
pub const LARGEST: usize = 1024 * 1024;
/// The largest body of a sign-in or a view, in bytes.
pub const LARGEST_SMALL: usize = 8 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);

/// A JSON body, read into `T`.
pub struct Body<T>(pub T);

/// A JSON body of at most 8 KiB, read into `T`: sign-ins.
pub struct SmallBody<T>(pub T);

/// A JSON body of at most 8 KiB that may be called plain text, read into `T`: a browser's beacon.
pub struct BeaconBody<T>(pub T);

/// A JSON body that may be left out, read into `T`.
pub struct OptionalBody<T>(pub Option<T>);

/// A merge patch (RFC 7396), not yet laid over what it patches.
#[derive(Clone)]
pub struct Patch(pub Value);

/// What something is merged into.
#[derive(Clone, Debug, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct MergeInput {
    /// The other, by id or slug, or an object that holds either.
    #[schema(inline, example = json!("ines-duarte"))]
    pub into: Ref,
}

impl MergeInput {
    /// What the other is; 422 at `/into` where there is none.
    pub fn other<T>(&self, find: impl FnOnce(&str) -> Result<T>) -> Result<T> {
        match find(self.into.as_str()) {
            Err(Error::NotFound(what)) => {
                let detail = format!("there is no {what} `{}`", self.into.as_str());
                Err(Error::body("/into", "unknown_reference", detail))
            }
            found => found,
        }
    }
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<T: Deserr<Faults> + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = read_json(request, payload, &["application/json"], LARGEST);
        Box::pin(async move { Ok(Body(read_body(reading.await?)?)) })
    }
}

impl<T: Deserr<Faults> + 'static> FromRequest for SmallBody<T> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = read_json(request, payload, &["application/json"], LARGEST_SMALL);
        Box::pin(async move { Ok(SmallBody(read_body(reading.await?)?)) })
    }
}

impl<T: Deserr<Faults> + 'static> FromRequest for BeaconBody<T> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading = read_json(request, payload, &["application/json", "text/plain"], LARGEST_SMALL);
        Box::pin(async move { Ok(BeaconBody(read_body(reading.await?)?)) })
    }
}

impl<T: Deserr<Faults> + 'static> FromRequest for OptionalBody<T> {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let bytes = read_bytes(&request, payload, LARGEST);
        Box::pin(async move {
            Admission::granted(&request).await;
            let bytes = bytes.await?;
            if bytes.is_empty() {
                return Ok(OptionalBody(None));
            }
            check_kind(&request, &["application/json"])?;
            Ok(OptionalBody(Some(read_body(parse(&bytes)?)?)))
        })
    }
}

impl FromRequest for Patch {
    type Error = Error;
    type Future = Reading<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let reading =
            read_json(request, payload, &["application/merge-patch+json", "application/json"], LARGEST);
        Box::pin(async move {
            let patch = reading.await?;
            if patch.is_object() {
                Ok(Patch(patch))
            } else {
                Err(Error::body("", "wrong_type", "a merge patch is an object"))
            }
        })
    }
}

impl Patch {
    /// The patch without one member, and that member read by itself: what takes long to read is read
    /// before a transaction opens. `None` where it was not sent, `Some(None)` where it was null.
    pub fn without<T: Deserr<Faults>>(mut self, name: &str) -> Result<(Self, Option<Option<T>>)> {
        let member = self.0.as_object_mut().and_then(|members| members.remove(name));
        let read = match member {
            None => None,
            Some(Value::Null) => Some(None),
            Some(value) => Some(Some(read_body(value).map_err(|error| error.under(&format!("/{name}")))?)),
        };
        Ok((self, read))
    }

    /// The input that results from laying the patch over the present form of the resource.
    ///
    /// Faults are told of what was sent alone: what was stored before is not the sender's.
    pub fn onto<T: Deserr<Faults>>(self, present: Value) -> Result<T> {
        let mut merged = present;
        json_patch::merge(&mut merged, &self.0);
        let patch = self.0;
        read_body(merged).map_err(|error| {
            let Error::InvalidBody(faults) = error else { return error };
            let (sent, stored): (Vec<_>, Vec<_>) =
                faults.into_iter().partition(|fault| stands_in(&patch, fault));
            Error::InvalidBody(if sent.is_empty() { stored } else { sent })
        })
    }
}

fn stands_in(patch: &Value, fault: &Fault) -> bool {
    match &fault.place {
        Place::Pointer(pointer) => pointer
            .split('/')
            .nth(1)
            .is_none_or(|member| patch.get(member.replace("~1", "/").replace("~0", "~")).is_some()),
        Place::Parameter(_) => true,
    }
}

fn read_json(
    request: &HttpRequest,
    payload: &mut Payload,
    kinds: &'static [&'static str],
    most: usize,
) -> Reading<Value> {
    let kind = check_kind(request, kinds);
    let bytes = read_bytes(request, payload, most);
    let request = request.clone();
    Box::pin(async move {
        Admission::granted(&request).await;
        kind?;
        parse(&bytes.await?)
    })
}

/// 415 where the body is not of one of these kinds, in UTF-8.
fn check_kind(request: &HttpRequest, kinds: &'static [&'static str]) -> Result<()> {
    let good_kind = kinds.contains(&request.content_type());
    let good_charset = request.encoding().is_ok_and(|encoding| encoding.name() == "UTF-8");
    if good_kind && good_charset {
        return Ok(());
    }
    Err(Error::UnsupportedMediaType(kinds.first().copied().unwrap_or("application/json")))
}

/// The bytes of a body, at most `most` of them, within the time that a body may take.
pub fn read_bytes(request: &HttpRequest, payload: &mut Payload, most: usize) -> Reading<Vec<u8>> {
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let mut payload = payload.take();
    let request = request.clone();
    Box::pin(async move {
        if announced.is_some_and(|length: usize| length > most) {
            return Err(Error::BodyTooLarge(most));
        }
        let gather = async {
            let mut bytes = Vec::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|error| Error::MalformedJson(error.to_string()))?;
                if bytes.len() + chunk.len() > most {
                    return Err(Error::BodyTooLarge(most));
                }
                bytes.extend_from_slice(&chunk);
            }
            note_body(&request, &bytes);
            Ok(bytes)
        };
        tokio::time::timeout(PATIENCE, gather).await.unwrap_or(Err(Error::RequestTimeout))
    })
}
