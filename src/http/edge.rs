//! The edge that every request passes, going in and coming out.
//!
//! In: the request's id, the limits of the head, HEAD as GET, reading what was just written. Out: the
//! problem document of whatever failed, panics included, the security headers, and one log line.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::ResponseError;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use futures_util::FutureExt;
use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::problem;
use crate::app::App;
use crate::error::{Error, Result};

/// The longest address that is read, in bytes.
const LONGEST_URI: usize = 8 * 1024;

/// Names a request, so that an answer can be found in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
pub(super) const MIN_SEQUENCE: &str = "wiredesk-min-sequence";

/// The middleware around everything.
pub async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let began = Instant::now();
    let id = request_id(&request);
    let is_head = request.method() == Method::HEAD;
    let method = request.method().clone();
    if is_head {
        request.head_mut().method = Method::GET;
    }
    let path = request.path().to_owned();
    let secure =
        request.app_data::<Data<App>>().is_some_and(|app| app.config.public_url.starts_with("https:"));
    let response = match admit(&request).await {
        Ok(()) => called(next, request, &id).await?,
        Err(error) => request.error_response(error),
    };
    let mut response = told(response, &id);
    if secure {
        let always = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, always);
    }
    log_line(&method, &path, &response, &id, began);
    Ok(if is_head { without_body(response) } else { response })
}

/// The response of the services within. One that panicked is a 500 of its own: the worker lives.
async fn called(
    next: Next<impl MessageBody + 'static>,
    request: ServiceRequest,
    id: &str,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(response) => Ok(response?.map_into_boxed_body()),
        Err(_) => {
            let error = Error::Internal("a handler panicked".into());
            let body = problem::document(&error, id).to_string();
            tracing::error!(request_id = id, "a handler panicked");
            let mut response = error.error_response().set_body(BoxBody::new(body));
            put_headers(response.headers_mut(), id);
            response
                .headers_mut()
                .insert(header::CONTENT_TYPE, HeaderValue::from_static(problem::PROBLEM_JSON));
            Err(InternalError::from_response(error, response).into())
        }
    }
}

async fn admit(request: &ServiceRequest) -> Result<()> {
    if !is_served(request) {
        return Err(Error::UnknownHost);
    }
    if request.uri().to_string().len() > LONGEST_URI {
        return Err(Error::UriTooLong(LONGEST_URI));
    }
    // No address of ours has such a character, and PostgreSQL takes no NUL; but a pixel is a pixel.
    let path = percent_decode_str(request.path()).decode_utf8();
    if request.path().starts_with("/p/") {
        return Ok(());
    }
    if path.is_err() || path.is_ok_and(|path| path.chars().any(char::is_control)) {
        return Err(Error::NotFound("address"));
    }
    if request.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Error::UnsupportedContentEncoding);
    }
    if let Some(wanted) = request.headers().get(MIN_SEQUENCE) {
        let wanted = wanted.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let wanted = wanted.and_then(|text| text.parse::<i64>().ok());
        let wanted = wanted
            .ok_or_else(|| Error::InvalidHeader("Wiredesk-Min-Sequence must be a whole number".into()))?;
        if let Some(app) = request.app_data::<Data<App>>() {
            app.db.wait_for(wanted).await?;
        }
    }
    Ok(())
}

/// Whether this installation serves the host that was asked for, by the request itself: what a proxy or anyone
/// says beside it does not count.
pub fn is_served(request: &ServiceRequest) -> bool {
    let hosts = request.app_data::<Data<App>>().and_then(|app| app.config.hosts.as_ref());
    let Some(hosts) = hosts else { return true };
    let named = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    let host = request.uri().authority().map(|authority| authority.as_str()).or(named).unwrap_or_default();
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) | None => host,
    };
    hosts.iter().any(|served| served.eq_ignore_ascii_case(host))
}

/// The id of a request: the client's where it is harmless, else ours.
pub fn request_id(request: &ServiceRequest) -> String {
    let sent = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let harmless = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    sent.filter(harmless).map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

/// The response with its problem document, where it is one, and with the headers that all have.
fn told(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let mut response = if status.is_client_error() || status.is_server_error() {
        with_problem(response, id)
    } else {
        response
    };
    put_headers(response.headers_mut(), id);
    response
}

/// The headers that all responses have.
fn put_headers(headers: &mut HeaderMap, id: &str) {
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // The documentation is a page with scripts of its own, and says so itself.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn with_problem(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let stand_in;
    let error = match response.response().error().and_then(|error| error.as_error::<Error>()) {
        Some(error) => error,
        None => {
            stand_in = problem::of_status(status);
            &stand_in
        }
    };
    if error.status() >= 500 {
        tracing::error!(request_id = id, "{error:?}");
    }
    let body = problem::document(error, id).to_string();
    let mut response = response.map_body(|_, _| BoxBody::new(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(problem::PROBLEM_JSON));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

fn log_line(method: &Method, path: &str, response: &ServiceResponse<BoxBody>, id: &str, began: Instant) {
    let status = response.status();
    let took = began.elapsed().as_micros();
    // The path alone: a query may hold a preview token. `?` escapes what is not printable.
    let quiet = status.is_success() || status == StatusCode::NOT_MODIFIED;
    if quiet {
        tracing::debug!(%method, ?path, status = status.as_u16(), took_us = took, request_id = id, "answered");
    } else {
        tracing::info!(%method, ?path, status = status.as_u16(), took_us = took, request_id = id, "answered");
    }
}

/// A body of a known length that is not sent.
struct Unsent(BodySize);

impl MessageBody for Unsent {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<std::result::Result<Bytes, Self::Error>>> {
        std::task::Poll::Ready(None)
    }
}

fn without_body(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    response.map_body(|_, body| BoxBody::new(Unsent(body.size())))
}
