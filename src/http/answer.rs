//! A delivery answer, from the snapshot it was read in to the bytes that are sent.
//!
//! The answer keeps what the cache will need of it: its bytes, the surrogate keys that it depends
//! on, and the number of the state that it shows. What is not there is an answer too, and depends on
//! keys as well.

use std::collections::BTreeSet;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, Responder};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::caller::turned_away;
use super::conditional::not_modified;
use super::encoding::Encoding;
use super::envelope::List;
use super::lifetime::Lifetime;
use crate::app::App;
use crate::auth::Caller;
use crate::db::Snapshot;
use crate::db::types::Stamp;
use crate::error::{Error, Result};

/// What a handler found, not yet bound to the state that it was read in.
pub struct Reply {
    status: u16,
    content_type: &'static str,
    body: Vec<u8>,
    last_modified: Option<Stamp>,
    headers: Vec<(&'static str, String)>,
    kept: bool,
    lifetime: Lifetime,
}

impl Reply {
    /// A JSON document.
    pub fn json(body: &impl Serialize) -> Result<Self> {
        let body = super::json::print(body).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Self::bytes("application/json", body))
    }

    /// A page of a list, with its neighbours in a `Link` header too.
    pub fn page<T: Serialize>(page: &List<T>) -> Result<Self> {
        let reply = Self::json(page)?;
        Ok(match page.links.header() {
            Some(links) => reply.with("link", links),
            None => reply,
        })
    }

    /// A document of another media type.
    pub fn bytes(content_type: &'static str, body: Vec<u8>) -> Self {
        Reply {
            status: 200,
            content_type,
            body,
            last_modified: None,
            headers: Vec::new(),
            kept: true,
            lifetime: Lifetime::USUAL,
        }
    }

    /// The same document under the name of a narrower media type.
    pub fn of_type(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// The thing is at another address now.
    pub fn moved(location: String) -> Self {
        let mut reply = Self::bytes("application/json", Vec::new());
        reply.status = 301;
        reply.with("location", location)
    }

    /// The instant of the last change that touched the answer; where it is not said, the last change
    /// of anything live.
    pub fn last_modified(mut self, at: Stamp) -> Self {
        self.last_modified = Some(at);
        self
    }

    /// Says that nobody may keep the answer: it shows what is not public.
    pub fn not_kept(mut self) -> Self {
        self.kept = false;
        self
    }

    /// Says how long it may be kept.
    pub fn lifetime(mut self, lifetime: Lifetime) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Adds a header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// An answer bound to the state that it shows.
pub struct Answer {
    outcome: Result<Reply>,
    keys: BTreeSet<String>,
    seq: i64,
    live_at: Stamp,
    next_due: Option<Stamp>,
    now: Stamp,
    queries: u32,
    keyed: bool,
    private: bool,
}

/// Reads an answer in one snapshot. What is not there, or no longer, is an answer as well.
pub async fn deliver<F>(app: &App, caller: &Caller, work: F) -> Result<Answer>
where
    F: FnOnce(&mut Snapshot) -> Result<Reply> + Send + 'static,
{
    let keyed = !matches!(caller, Caller::Anonymous);
    let refusal = turned_away(caller);
    let private = caller.changes_answers();
    app.db
        .read(move |snapshot| {
            let outcome = match (work(snapshot), refusal) {
                (Err(error @ Error::Retracted { .. }), _) => Err(error),
                (_, Err(refusal)) => return Err(refusal),
                (Err(error), Ok(())) if !matches!(error.status(), 404 | 410) => return Err(error),
                (outcome, Ok(())) => outcome,
            };
            Ok(Answer {
                outcome,
                keys: snapshot.keys().clone(),
                seq: snapshot.seq(),
                live_at: snapshot.live_at(),
                next_due: snapshot.next_due(),
                now: snapshot.now(),
                queries: snapshot.queries(),
                keyed,
                private,
            })
        })
        .await
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(mut self, request: &HttpRequest) -> HttpResponse {
        let outcome = std::mem::replace(&mut self.outcome, Err(Error::NotFound("answer")));
        match outcome {
            Ok(reply) if !reply.kept => Self::respond_unkept(reply),
            Ok(reply) if reply.status == 200 => self.respond_with(reply, request),
            Ok(reply) => self.respond_without_body(&reply, request),
            Err(error) => {
                let mut response = HttpResponse::from_error(error);
                self.put_headers(response.headers_mut(), Lifetime::USUAL.never_stale(), request);
                response
            }
        }
    }
}

impl Answer {
    /// Whether the client has it already, so that nothing of it is sent again.
    pub fn is_known_to(&self, request: &HttpRequest) -> bool {
        let Ok(reply) = &self.outcome else { return false };
        let etag = etag(reply, Encoding::wanted(request, reply.body.len()));
        reply.status == 200
            && not_modified(request, &etag, Some(reply.last_modified.unwrap_or(self.live_at)), self.now)
    }

    /// What nobody may keep has nothing to be compared by.
    fn respond_unkept(reply: Reply) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::OK);
        let headers = response.headers_mut();
        put(headers, header::CACHE_CONTROL, "private, no-store");
        put(headers, HeaderName::from_static("x-robots-tag"), "noindex");
        put(headers, header::CONTENT_TYPE, reply.content_type);
        for (name, value) in &reply.headers {
            put(headers, HeaderName::from_static(name), value);
        }
        response.set_body(BoxBody::new(reply.body))
    }

    fn respond_with(&self, reply: Reply, request: &HttpRequest) -> HttpResponse {
        let encoding = Encoding::wanted(request, reply.body.len());
        let etag = etag(&reply, encoding);
        let changed = reply.last_modified.unwrap_or(self.live_at);
        let fresh = not_modified(request, &etag, Some(changed), self.now);
        let mut response = HttpResponse::new(if fresh { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        let headers = response.headers_mut();
        self.put_headers(headers, reply.lifetime, request);
        put(headers, header::ETAG, &etag);
        put(
            headers,
            header::LAST_MODIFIED,
            &changed.datetime().format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
        );
        for (name, value) in &reply.headers {
            put(headers, HeaderName::from_static(name), value);
        }
        if fresh {
            return response;
        }
        put(headers, header::CONTENT_TYPE, reply.content_type);
        if let Some(coding) = encoding.name() {
            put(headers, header::CONTENT_ENCODING, coding);
        }
        response.set_body(BoxBody::new(encoding.encode(reply.body)))
    }

    fn respond_without_body(&self, reply: &Reply, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::new(status);
        self.put_headers(response.headers_mut(), reply.lifetime, request);
        for (name, value) in &reply.headers {
            put(response.headers_mut(), HeaderName::from_static(name), value);
        }
        response
    }

    fn put_headers(&self, headers: &mut header::HeaderMap, lifetime: Lifetime, request: &HttpRequest) {
        let lifetime = lifetime.cache_control(self.private, self.now, self.next_due);
        put(headers, header::CACHE_CONTROL, &lifetime);
        put(
            headers,
            header::VARY,
            if self.private { "Accept-Encoding, Authorization, X-Api-Key" } else { "Accept-Encoding" },
        );
        put(headers, HeaderName::from_static("x-robots-tag"), "noindex");
        let keys: Vec<&str> = self.keys.iter().map(String::as_str).collect();
        put(headers, HeaderName::from_static("surrogate-key"), &keys.join(" "));
        put(headers, HeaderName::from_static("cache-tag"), &keys.join(","));
        if self.keyed {
            let timing = format!("db;desc=\"{} queries\"", self.queries);
            put(headers, HeaderName::from_static("server-timing"), &timing);
        }
        if request.headers().contains_key("wiredesk-min-sequence") {
            put(headers, HeaderName::from_static("wiredesk-sequence"), &self.seq.to_string());
        }
    }
}

/// A strong ETag: it names the bytes that are sent, coding included.
fn etag(reply: &Reply, encoding: Encoding) -> String {
    let mut digest = Sha256::new();
    digest.update(&reply.body);
    for (name, value) in &reply.headers {
        digest.update(name.as_bytes());
        digest.update(value.as_bytes());
    }
    let digest = digest.finalize();
    format!("\"{}{}\"", URL_SAFE_NO_PAD.encode(&digest[..15]), encoding.mark())
}

fn put(headers: &mut header::HeaderMap, name: HeaderName, value: &str) {
    // Every value here is ours or was cleaned at the save; one that is not a header value is left out.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
