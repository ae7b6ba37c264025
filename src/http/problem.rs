//! The one error as RFC 9457 problem details.
//!
//! A handler's error travels inside the response; the edge, which knows the request's id, prints it.
//! What the framework refuses by itself is told in the same shape, by its status.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::error::Error;

/// What went wrong (RFC 9457). The members after `request_id` are there where they mean something.
// The shape alone: `document` makes it, a member that has no meaning left out.
#[derive(ToSchema)]
pub struct Problem {
    /// `about:blank`: the status and `code` say what kind of problem it is.
    #[schema(example = "about:blank")]
    pub r#type: String,
    /// The status in words.
    #[schema(example = "Not Found")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 404, minimum = 400, maximum = 599)]
    pub status: u16,
    /// What went wrong, for a person.
    #[schema(example = "there is no such story")]
    pub detail: String,
    /// Stable code, for a program.
    #[schema(example = "not_found")]
    pub code: String,
    /// Finds the request in the log; also in `X-Request-Id`.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub request_id: String,
    /// Every fault of the query or the body.
    #[schema(nullable = false)]
    pub errors: Option<Vec<ProblemFault>>,
    /// When, how and why a story was taken back, of a 410.
    #[schema(nullable = false)]
    pub retracted: Option<Retraction>,
    /// All reasons by which republishing is denied, of a 403; `code` is the first.
    #[schema(nullable = false, value_type = Option<Vec<serde_json::Value>>)]
    pub reasons: Option<Vec<Value>>,
    /// The origin that reserves its stories, and whom to ask, of a 403.
    #[schema(nullable = false, value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub origin: Option<Map<String, Value>>,
    /// How many things use it, by kind, of a 409 `in_use`.
    #[schema(nullable = false, value_type = Option<std::collections::BTreeMap<String, i64>>)]
    pub counts: Option<Map<String, Value>>,
    /// Who works on the story, of a 409 `locked`.
    #[schema(nullable = false, value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>)]
    pub lock: Option<Map<String, Value>>,
    /// The current revision, of a 412.
    #[schema(nullable = false, example = 4)]
    pub revision: Option<i32>,
    /// The id of what the request made when it came for the first time, of a 409 `not_replayable`.
    #[schema(nullable = false, example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub made: Option<String>,
}

/// One thing that is wrong with a request.
#[derive(ToSchema)]
pub struct ProblemFault {
    /// Where in the body: a JSON Pointer (RFC 6901).
    #[schema(nullable = false, example = "/name")]
    pub pointer: Option<String>,
    /// Which parameter of the query.
    #[schema(nullable = false, example = "limit")]
    pub parameter: Option<String>,
    /// Stable code.
    #[schema(example = "too_long")]
    pub code: String,
    /// What is wrong and what would be right, for a person.
    #[schema(example = "must be at most 200 characters")]
    pub detail: String,
}

/// How a story was taken back.
#[derive(ToSchema)]
pub struct Retraction {
    /// The instant.
    #[schema(example = "2026-05-01T09:30:00.000000Z", format = DateTime)]
    pub at: String,
    /// `withdraw`, `legal` or `kill`.
    #[schema(example = "withdraw")]
    pub kind: String,
    /// What the newsroom tells the public; null where it tells nothing.
    #[schema(example = "The report could not be confirmed.")]
    pub reason: Option<String>,
}

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
        Error::Locked(lock) => {
            problem.insert("lock".into(), lock.clone());
        }
        Error::InUse { counts, .. } => {
            problem.insert("counts".into(), Value::Object(counts.clone()));
        }
        Error::Retracted { at, kind, reason } => {
            problem.insert("retracted".into(), json!({"at": at, "kind": kind, "reason": reason}));
        }
        Error::CursorExpired { restart } => {
            problem.insert("restart".into(), restart.as_str().into());
        }
        Error::StaleRevision(current) => {
            problem.insert("revision".into(), (*current).into());
        }
        Error::NotReplayable { made } => {
            problem.insert("made".into(), made.as_str().into());
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
