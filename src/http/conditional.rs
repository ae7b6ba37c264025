//! Conditional requests (RFC 9110 §13): 304 for what the client has, 412 for saves over another's.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderName};
use chrono::DateTime;

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

/// What a save says about the revision it was made from.
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
        match text(request, &header::IF_MATCH).map(str::trim) {
            None => IfMatch::Unsaid,
            Some("*") => IfMatch::Forced(peer(request)),
            Some(tags) => IfMatch::Tags(tags.split(',').map(|tag| tag.trim().to_owned()).collect()),
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

    /// 412 where the resource has another ETag now.
    pub fn check_etag(&self, current: &str) -> Result<()> {
        match self {
            IfMatch::Tags(tags) if !tags.iter().any(|tag| tag == current) => Err(Error::StaleEtag),
            IfMatch::Unsaid | IfMatch::Forced(_) | IfMatch::Tags(_) => Ok(()),
        }
    }
}

fn text<'r>(request: &'r HttpRequest, name: &HeaderName) -> Option<&'r str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}
