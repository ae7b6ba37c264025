//! The one error as RFC 9457 problem details.
//!
//! A handler's error travels inside the response; the edge, which knows the request's id, prints it.
//! What the framework refuses by itself is told in the same shape, by its status.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Map, Value, json};

use crate::error::Error;

/// The media type of RFC 9457.
pub const PROBLEM_JSON: &str = "application/problem+json";

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::new(self.status_code());
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry_after(self) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status() == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Error::MethodNotAllowed(methods) = self
            && let Ok(value) = HeaderValue::from_str(methods)
        {
            headers.insert(header::ALLOW, value);
        }
        response
    }
}

fn retry_after(error: &Error) -> Option<u64> {
    match error {
        Error::RateLimited { retry_after } => Some(*retry_after),
        Error::Denied { retry_after, .. } => *retry_after,
        other if other.status() == 503 => Some(1),
        _ => None,
    }
}

/// The problem document of an error.
pub fn document(error: &Error, request_id: &str) -> Value {
    let mut problem = Map::new();
    problem.insert("type".into(), "about:blank".into());
    problem.insert("title".into(), title(error.status()).into());
    problem.insert("status".into(), error.status().into());
    problem.insert("detail".into(), error.to_string().into());
    problem.insert("code".into(), error.code().into());
    problem.insert("request_id".into(), request_id.into());
    match error {
        Error::InvalidQuery(faults) | Error::InvalidBody(faults) => {
            problem.insert("errors".into(), json!(faults));
        }
        Error::Denied { members, .. } => problem.extend(members.clone()),
        Error::InUse { counts, .. } => {
            problem.insert("counts".into(), Value::Object(counts.clone()));
        }
        Error::Retracted { at, kind, reason } => {
            problem.insert("retracted".into(), json!({"at": at, "kind": kind, "reason": reason}));
        }
        Error::StaleRevision(current) => {
            problem.insert("revision".into(), (*current).into());
        }
        _ => {}
    }
    Value::Object(problem)
}

/// The error that stands for a status which the framework gave by itself.
pub fn of_status(status: StatusCode) -> Error {
    match status.as_u16() {
        404 => Error::NotFound("address"),
        405 => Error::MethodNotAllowed("GET".into()),
        408 => Error::RequestTimeout,
        413 => Error::BodyTooLarge(super::body::LARGEST),
        415 => Error::UnsupportedMediaType("application/json"),
        400..=499 => Error::InvalidHeader("the request cannot be read".into()),
        503 => Error::Overloaded,
        _ => Error::Internal(format!("the framework answered {status}")),
    }
}

fn title(status: u16) -> &'static str {
    StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("Error")
}
