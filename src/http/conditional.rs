//! Conditional requests (RFC 9110 §13): 304 for what the client has, 412 for saves over another's.

use std::future::{Ready, ready};
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName};
use actix_web::{FromRequest, HttpRequest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::caller::peer;
use crate::db::Tx;
use crate::db::types::Stamp;
use crate::error::{Error, Result};

/// Whether the client already has what it would be sent. `If-None-Match` compares weakly and goes
/// before `If-Modified-Since`, which counts only where the last change is more than a second old:
/// two changes of one second share a `Last-Modified`.
pub fn not_modified(request: &HttpRequest, etag: &str, last_modified: Option<Stamp>, now: Stamp) -> bool {
    if let Some(tags) = text(request, &header::IF_NONE_MATCH) {
        return tags.trim() == "*" || tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
    }
    let since =
        text(request, &header::IF_MODIFIED_SINCE).and_then(|date| DateTime::parse_from_rfc2822(date).ok());
    match (since, last_modified) {
        (Some(since), Some(changed)) => {
            changed.unix_seconds() <= since.timestamp() && changed.plus_seconds(1) < now
        }
        _ => false,
    }
}

/// The strong ETag of what staff send of a resource: of the form that a patch is laid over. What only hangs on
/// other resources, such as its address, is no part of it.
pub fn form_etag(form: &Value) -> String {
    let digest = Sha256::digest(form.to_string());
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..15]))
}

/// What a save says about the state it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// Nothing.
    Unsaid,
    /// `*`: whatever is there; the audit says so, and from which address it came.
    Forced(IpAddr),
    /// These ETags, strong ones alone.
    Tags(Vec<String>),
}

impl IfMatch {
    /// Reads `If-Match`. A weak ETag never matches (RFC 9110 §13.1.1).
    pub fn of(request: &HttpRequest) -> Self {
        let lines: Vec<_> = request.headers().get_all(header::IF_MATCH).collect();
        // What cannot be read matches nothing: it must not pass for a save that said nothing.
        let tags = lines.iter().flat_map(|line| line.to_str().unwrap_or_default().split(','));
        match tags.map(str::trim).collect::<Vec<_>>().as_slice() {
            [] => IfMatch::Unsaid,
            ["*"] => IfMatch::Forced(peer(request)),
            tags => IfMatch::Tags(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        }
    }

    /// 428 where nothing was said.
    pub fn required(self) -> Result<Self> {
        if self == IfMatch::Unsaid { Err(Error::PreconditionRequired) } else { Ok(self) }
    }

    /// Lets the audit say so where a save is forced.
    pub fn tell(&self, tx: &mut Tx) {
        if let IfMatch::Forced(from) = self {
            tx.force(*from);
        }
    }

    /// 412 with the current revision where the save was made from another.
    pub fn check_revision(&self, current: i32) -> Result<()> {
        match self {
            IfMatch::Tags(tags) if !tags.contains(&format!("\"{current}\"")) => {
                Err(Error::StaleRevision(current))
            }
            IfMatch::Unsaid | IfMatch::Forced(_) | IfMatch::Tags(_) => Ok(()),
        }
    }

    /// 412 where the form of the resource is another than it was; lets the audit say so where the save is
    /// forced. Call it in the transaction of the save, before the verb.
    pub fn check_form(&self, tx: &mut Tx, form: &Value) -> Result<()> {
        match self {
            IfMatch::Tags(tags) if !tags.contains(&form_etag(form)) => return Err(Error::StaleEtag),
            IfMatch::Unsaid | IfMatch::Forced(_) | IfMatch::Tags(_) => self.tell(tx),
        }
        Ok(())
    }
}

/// What any save may say, and those of stories must (`required`).
impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(IfMatch::of(request)))
    }
}

fn text<'r>(request: &'r HttpRequest, name: &HeaderName) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}
