//! The one error of the house.
//!
//! Every refusal a client can meet is a variant here; `status` and `code` are exhaustive, so a new
//! variant cannot be forgotten in either. It knows neither the web framework nor the database:
//! `http::problem` turns it into RFC 9457 problem details, `db` turns engine errors into it. What
//! an `Internal` holds goes to the log and never to a client.

use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error as ThisError;

/// The result of every verb.
pub type Result<T> = std::result::Result<T, Error>;

/// One thing that is wrong with a request: where, under which code, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// JSON Pointer (RFC 6901) into the body, or the name of a query parameter.
    #[serde(flatten)]
    pub place: Place,
    /// Stable code, such as `too_long` or `unknown_field`.
    pub code: &'static str,
    /// What is wrong and what would be right, for a person.
    pub detail: String,
}

/// Where a fault stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// JSON Pointer into the body.
    Pointer(String),
    /// Name of a query parameter.
    Parameter(String),
}

impl Fault {
    /// A fault in a body, at a JSON Pointer.
    pub fn at(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Fault { place: Place::Pointer(pointer.into()), code, detail: detail.into() }
    }

    /// A fault in a query parameter.
    pub fn parameter(name: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Fault { place: Place::Parameter(name.into()), code, detail: detail.into() }
    }
}

/// Why a request was refused.
#[derive(Debug, ThisError)]
pub enum Error {
    /// 400: query parameters that are unknown or cannot be read; all of them.
    #[error("the query is not valid")]
    InvalidQuery(Vec<Fault>),
    /// 400: a cursor that is not ours, or of another list.
    #[error("the cursor is not one of this list: start again without it")]
    InvalidCursor,
    /// 400: a body that cannot be read as JSON.
    #[error("the body cannot be read as JSON: {0}")]
    MalformedJson(String),
    /// 400: a body nested deeper than we read.
    #[error("the body is nested deeper than {0} levels")]
    TooDeep(usize),
    /// 400: a header whose value has no meaning here.
    #[error("{0}")]
    InvalidHeader(String),
    /// 400: more than one credential.
    #[error("send one credential, in one header")]
    AmbiguousCredential,
    /// 401: none was sent and one is needed.
    #[error(
        "this needs a credential: a key or a staff token in Authorization: Bearer, or a key in X-Api-Key"
    )]
    MissingCredential,
    /// 401: it is not one of ours, or no longer.
    #[error("the credential is not valid")]
    InvalidCredential,
    /// 401: a staff token past its end.
    #[error("the access token has expired: refresh it")]
    TokenExpired,
    /// 401: a refresh token used twice; its whole family is signed out.
    #[error("this refresh token was already used: sign in again")]
    RefreshReused,
    /// 403: known, but not allowed to.
    #[error("{0}")]
    Forbidden(String),
    /// 403: the key may not be used from this address.
    #[error("this key may not be used from this address")]
    AddressNotAllowed,
    /// 403: the rules of republishing deny it; the first reason is the code, all stand in `reasons`.
    #[error("{detail}")]
    Denied {
        /// Code of the first reason.
        code: &'static str,
        /// The first reason in words.
        detail: String,
        /// Members that go beside it: `reasons`, and `origin` where a reserved origin is why.
        members: Map<String, Value>,
        /// Seconds until the answer may change, where that is known.
        retry_after: Option<u64>,
    },
    /// 404: not there, or not for this caller.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// 405: the path is known, the method is not.
    #[error("this path takes {0}")]
    MethodNotAllowed(String),
    /// 408: the body did not arrive in time.
    #[error("the request did not arrive in time")]
    RequestTimeout,
    /// 409: not in this state.
    #[error("{0}")]
    InvalidState(String),
    /// 409: an address that another holds or held.
    #[error("the slug `{0}` is taken")]
    SlugTaken(String),
    /// 409: a name that must be unique and is not.
    #[error("{0}")]
    Taken(String),
    /// 409: still used by stories; the counts stand beside it.
    #[error("{detail}")]
    InUse {
        /// What uses it, in words.
        detail: String,
        /// The counts, by kind.
        counts: Map<String, Value>,
    },
    /// 409: nobody could administer the newsroom any more.
    #[error("this is the last admin: make another one first")]
    LastAdmin,
    /// 409: there are saved edits that are not live, and it was not said whether they go along.
    #[error("there are saved edits that are not live: say with `with_edits` whether they go along")]
    PendingEdits,
    /// 409: another works on it now; who, since when and until when stands beside it.
    #[error("another works on this story now: `takeover` takes it over")]
    Locked(Value),
    /// 409: done before, and its answer held a secret, which is told once.
    #[error("this request was already done, and what is secret of `{made}` is not told twice")]
    NotReplayable {
        /// The id of what it made.
        made: String,
    },
    /// 410: it was public and was taken back.
    #[error("this story was retracted")]
    Retracted {
        /// The instant, RFC 3339.
        at: String,
        /// `withdraw`, `legal` or `kill`.
        kind: String,
        /// What the newsroom tells the public.
        reason: Option<String>,
    },
    /// 410: a redirect says that nothing will stand there again.
    #[error("what stood at this path is gone for good")]
    Gone,
    /// 410: a token from before what the log tells; where to begin anew.
    #[error("the token is older than what is kept: begin anew at {restart}")]
    CursorExpired {
        /// The address without a token.
        restart: String,
    },
    /// 412: the revision in `If-Match` is not the current one.
    #[error("the story is at revision {0} now: read it again")]
    StaleRevision(i32),
    /// 412: the ETag in `If-Match` is not the current one.
    #[error("it was changed since you read it: read it again")]
    StaleEtag,
    /// 413: larger than we read.
    #[error("the body is larger than {0} bytes")]
    BodyTooLarge(usize),
    /// 414: the address is longer than we read.
    #[error("the address is longer than {0} bytes")]
    UriTooLong(usize),
    /// 415: a body of a kind that this operation does not take.
    #[error("send the body as {0}")]
    UnsupportedMediaType(&'static str),
    /// 415: request bodies are taken uncompressed.
    #[error("send the body without Content-Encoding")]
    UnsupportedContentEncoding,
    /// 421: a host that this installation does not serve.
    #[error("this host is not served here")]
    UnknownHost,
    /// 422: read and found wrong; every fault.
    #[error("the body is not valid")]
    InvalidBody(Vec<Fault>),
    /// 422: another request had this name.
    #[error("this Idempotency-Key was already sent with another request: take a new one")]
    IdempotencyMismatch,
    /// 428: a save without `If-Match`.
    #[error("send the revision you read in If-Match")]
    PreconditionRequired,
    /// 429: too often.
    #[error("too many requests")]
    RateLimited {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// 500: our fault. Told to the log alone.
    #[error("something went wrong on our side")]
    Internal(String),
    /// 503: more work than can be done.
    #[error("too much at once: try again")]
    Overloaded,
    /// 503: the database does not answer. The cause goes to the log alone.
    #[error("the database does not answer: try again")]
    DatabaseUnavailable(String),
    /// 503: no room to write.
    #[error("there is no room left to write: nothing was stored")]
    StorageFull,
    /// 503: this node has not yet seen the state that was asked for.
    #[error("this node has not reached that sequence yet: try again")]
    NotCaughtUp,
}

impl Error {
    /// The HTTP status.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub fn status(&self) -> u16 {
        match self {
            Error::InvalidQuery(_)
            | Error::InvalidCursor
            | Error::MalformedJson(_)
            | Error::TooDeep(_)
            | Error::InvalidHeader(_)
            | Error::AmbiguousCredential => 400,
            Error::MissingCredential
            | Error::InvalidCredential
            | Error::TokenExpired
            | Error::RefreshReused => 401,
            Error::Forbidden(_) | Error::AddressNotAllowed | Error::Denied { .. } => 403,
            Error::NotFound(_) => 404,
            Error::MethodNotAllowed(_) => 405,
            Error::RequestTimeout => 408,
            Error::InvalidState(_)
            | Error::SlugTaken(_)
            | Error::Taken(_)
            | Error::InUse { .. }
            | Error::PendingEdits
            | Error::Locked(_)
            | Error::LastAdmin
            | Error::NotReplayable { .. } => 409,
            Error::Retracted { .. } | Error::Gone | Error::CursorExpired { .. } => 410,
            Error::StaleRevision(_) | Error::StaleEtag => 412,
            Error::BodyTooLarge(_) => 413,
            Error::UriTooLong(_) => 414,
            Error::UnsupportedMediaType(_) | Error::UnsupportedContentEncoding => 415,
            Error::UnknownHost => 421,
            Error::InvalidBody(_) | Error::IdempotencyMismatch => 422,
            Error::PreconditionRequired => 428,
            Error::RateLimited { .. } => 429,
            Error::Internal(_) => 500,
            Error::Overloaded | Error::DatabaseUnavailable(_) | Error::StorageFull | Error::NotCaughtUp => {
                503
            }
        }
    }

    /// The stable code that clients switch on.
    #[deny(clippy::wildcard_enum_match_arm)]
    pub fn code(&self) -> &'static str {
        match self {
            Error::InvalidQuery(faults) => faults.first().map_or("invalid_parameter", |fault| fault.code),
            Error::InvalidCursor => "invalid_cursor",
            Error::MalformedJson(_) => "malformed_json",
            Error::TooDeep(_) => "too_deep",
            Error::InvalidHeader(_) => "invalid_parameter",
            Error::AmbiguousCredential => "ambiguous_credential",
            Error::MissingCredential => "missing_credential",
            Error::InvalidCredential => "invalid_credential",
            Error::TokenExpired => "token_expired",
            Error::RefreshReused => "refresh_reused",
            Error::Forbidden(_) => "forbidden",
            Error::AddressNotAllowed => "address_not_allowed",
            Error::Denied { code, .. } => code,
            Error::NotFound(_) => "not_found",
            Error::MethodNotAllowed(_) => "method_not_allowed",
            Error::RequestTimeout => "request_timeout",
            Error::InvalidState(_) => "invalid_state",
            Error::SlugTaken(_) => "slug_taken",
            Error::Taken(_) => "taken",
            Error::InUse { .. } => "in_use",
            Error::PendingEdits => "pending_edits",
            Error::Locked(_) => "locked",
            Error::LastAdmin => "last_admin",
            Error::NotReplayable { .. } => "not_replayable",
            Error::Retracted { .. } => "retracted",
            Error::Gone => "gone",
            Error::CursorExpired { .. } => "cursor_expired",
            Error::StaleRevision(_) | Error::StaleEtag => "stale_revision",
            Error::BodyTooLarge(_) => "body_too_large",
            Error::UriTooLong(_) => "uri_too_long",
            Error::UnsupportedMediaType(_) => "unsupported_media_type",
            Error::UnsupportedContentEncoding => "unsupported_content_encoding",
            Error::UnknownHost => "unknown_host",
            Error::InvalidBody(_) => "invalid_body",
            Error::IdempotencyMismatch => "idempotency_mismatch",
            Error::PreconditionRequired => "precondition_required",
            Error::RateLimited { .. } => "rate_limited",
            Error::Internal(_) => "internal",
            Error::Overloaded => "overloaded",
            Error::DatabaseUnavailable(_) => "database_unavailable",
            Error::StorageFull => "storage_full",
            Error::NotCaughtUp => "not_caught_up",
        }
    }

    /// One fault in the body.
    pub fn body(pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Error::InvalidBody(vec![Fault::at(pointer, code, detail)])
    }

    /// The same error, its places in a body led by a JSON Pointer: what was read apart stands there.
    pub fn under(self, pointer: &str) -> Self {
        match self {
            Error::InvalidBody(faults) => Error::InvalidBody(
                faults
                    .into_iter()
                    .map(|fault| match fault.place {
                        Place::Pointer(place) => {
                            Fault { place: Place::Pointer(format!("{pointer}{place}")), ..fault }
                        }
                        Place::Parameter(_) => fault,
                    })
                    .collect(),
            ),
            other => other,
        }
    }
}
