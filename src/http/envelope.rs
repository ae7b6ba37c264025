//! The shape of every answer: `data`, `meta`, `links`; and the answer to a write.

use std::fmt::Display;
use std::future::{Ready, ready};

use actix_web::body::BoxBody;
use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::db::Written;
use crate::error::{Error, Result};
use crate::fields::Warning;
use crate::receipts::Answered;

/// One thing.
#[derive(Serialize, ToSchema)]
pub struct Item<T> {
    /// The thing.
    pub data: T,
    /// What is said about the answer.
    pub meta: Meta,
    /// Where it and its neighbours are.
    pub links: Links,
}

/// Several things, in order.
#[derive(Serialize, ToSchema)]
pub struct List<T> {
    /// The things, in order.
    pub data: Vec<T>,
    /// What is said about the answer.
    pub meta: Meta,
    /// Where this page and its neighbours are.
    pub links: Links,
}

/// What is said about an answer.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct Meta {
    /// How many things a page holds at the most; null where the answer is not a page of a list.
    #[schema(example = 20)]
    pub limit: Option<u32>,
    /// How many there are in all; counted only where `total=true` asks for it.
    #[schema(example = 214)]
    pub total: Option<i64>,
    /// Of the `ids` that were asked for, those that are not live, whatever the cause.
    pub missing: Vec<String>,
    /// What was removed, altered or should be looked at; nothing of it stopped the request.
    pub warnings: Vec<Warning>,
}

/// Where an answer and its neighbours are.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Links {
    /// This answer.
    #[serde(rename = "self")]
    #[schema(example = "https://api.courier.example/v1/articles?limit=20")]
    pub own: String,
    /// The next page; null on the last.
    #[schema(example = "https://api.courier.example/v1/articles?limit=20&cursor=eyJr")]
    pub next: Option<String>,
    /// The page before, of a numbered archive; null elsewhere.
    #[schema(example = "https://api.courier.example/v1/articles?limit=20&page=1")]
    pub prev: Option<String>,
}

/// The links of an answer without neighbours: the address that was asked for.
impl FromRequest for Links {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let public_url = request.app_data::<Data<App>>().map_or("", |app| app.config.public_url.as_str());
        let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
        ready(Ok(Links { own: format!("{public_url}{asked}"), next: None, prev: None }))
    }
}

impl Links {
    /// Where the thing is that was asked for by `key`, if its slug is another: the same address with
    /// the slug in place of the key. An id is an address of its own.
    pub fn moved(&self, key: &str, slug: &str) -> Option<String> {
        let is_address = key == slug || Uuid::try_parse(key).is_ok();
        (!is_address).then(|| self.at(slug))
    }

    /// The same address with another slug: what follows it, and the query, stay.
    pub fn at(&self, slug: &str) -> String {
        let (path, query) = match self.own.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (self.own.as_str(), String::new()),
        };
        let mut segments: Vec<&str> = path.split('/').collect();
        // The key stands behind `v1`, the surface where it is another than delivery, and the kind of thing.
        let version = segments.iter().position(|segment| *segment == "v1");
        let place = version.map(|place| match segments.get(place + 1) {
            Some(&"syndication") => place + 3,
            Some(_) | None => place + 2,
        });
        if let Some(segment) = place.and_then(|place| segments.get_mut(place)) {
            *segment = slug;
        }
        format!("{}{query}", segments.join("/"))
    }

    /// This address with one parameter set and the place in the list left out.
    pub fn with(&self, name: &str, value: &str) -> String {
        let (path, query) = self.own.split_once('?').unwrap_or((&self.own, ""));
        let kept = query.split('&').filter(|pair| {
            let key = pair.split('=').next().unwrap_or_default();
            !pair.is_empty() && key != "cursor" && key != "page"
        });
        let query: String = kept.map(|pair| format!("{pair}&")).collect();
        format!("{path}?{query}{name}={value}")
    }

    /// The same links without a parameter: what is secret is not repeated.
    pub fn without(mut self, name: &str) -> Self {
        if let Some((path, query)) = self.own.split_once('?') {
            let kept: Vec<&str> =
                query.split('&').filter(|pair| pair.split('=').next() != Some(name)).collect();
            let mark = if kept.is_empty() { "" } else { "?" };
            self.own = format!("{path}{mark}{}", kept.join("&"));
        }
        self
    }

    /// The same as a `Link` header (RFC 8288); none where there is no neighbour.
    pub fn header(&self) -> Option<String> {
        let rels = [("next", &self.next), ("prev", &self.prev)];
        let links: Vec<String> = rels
            .iter()
            .filter_map(|(rel, url)| url.as_ref().map(|url| format!("<{url}>; rel=\"{rel}\"")))
            .collect();
        (!links.is_empty()).then(|| links.join(", "))
    }
}

impl<T> Item<T> {
    /// A thing with nothing to say about it.
    pub fn new(data: T, links: Links) -> Self {
        Item { data, meta: Meta::default(), links }
    }

    /// The same with warnings.
    pub fn warned(mut self, warnings: Vec<Warning>) -> Self {
        self.meta.warnings = warnings;
        self
    }
}

impl<T> List<T> {
    /// A whole list, which has no other page.
    pub fn whole(data: Vec<T>, links: Links) -> Self {
        List { data, meta: Meta::default(), links }
    }
}

/// The answer to a write or to a look at the newsroom's side: never kept by anyone, with the number
/// of the log after the write.
pub struct Saved {
    status: StatusCode,
    body: Option<Vec<u8>>,
    seq: Option<i64>,
    location: Option<String>,
    etag: Option<String>,
    secret: Option<String>,
}

impl Saved {
    fn new<T: Serialize>(status: StatusCode, body: Option<&T>, seq: Option<i64>) -> Self {
        // A view of ours cannot fail to print.
        let body = body.map(|body| serde_json::to_vec(body).unwrap_or_default());
        Saved { status, body, seq, location: None, etag: None, secret: None }
    }

    /// 200 with the new state.
    pub fn ok<T: Serialize>(written: &Written<T>) -> Self {
        Self::new(StatusCode::OK, Some(&written.value), Some(written.seq))
    }

    /// 201 with what was made, and where it is.
    pub fn created<T: Serialize>(written: &Written<T>, location: String) -> Self {
        Saved {
            location: Some(location),
            ..Self::new(StatusCode::CREATED, Some(&written.value), Some(written.seq))
        }
    }

    /// 204: done, nothing to show.
    pub fn gone<T>(written: &Written<T>) -> Self {
        Self::new::<()>(StatusCode::NO_CONTENT, None, Some(written.seq))
    }

    /// 200 with a state of the newsroom's side that was only looked at.
    pub fn seen<T: Serialize>(body: &T) -> Self {
        Self::new(StatusCode::OK, Some(body), None)
    }

    /// Adds the ETag that a save must name.
    pub fn etag(mut self, etag: impl Into<String>) -> Self {
        self.etag = Some(etag.into());
        self
    }

    /// Says that it holds a secret of what was made, which is shown this once.
    pub fn holds_secret_of(mut self, made: impl Display) -> Self {
        self.secret = Some(made.to_string());
        self
    }

    /// The id of what it holds a secret of.
    pub(super) fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// What is kept of it, to be told again.
    pub(super) fn answered(&self) -> Answered {
        Answered {
            status: self.status.as_u16(),
            seq: self.seq.unwrap_or_default(),
            location: self.location.clone(),
            etag: self.etag.clone(),
            body: self.body.as_deref().map(|body| String::from_utf8_lossy(body).into_owned()),
        }
    }
}

impl From<Answered> for Saved {
    fn from(answered: Answered) -> Self {
        Saved {
            status: StatusCode::from_u16(answered.status).unwrap_or(StatusCode::OK),
            body: answered.body.map(String::into_bytes),
            seq: Some(answered.seq),
            location: answered.location,
            etag: answered.etag,
            secret: None,
        }
    }
}

impl Responder for Saved {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::new(self.status);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let pairs = [
            (HeaderName::from_static("wiredesk-sequence"), self.seq.map(|seq| seq.to_string())),
            (header::LOCATION, self.location),
            (header::ETAG, self.etag),
        ];
        for (name, value) in pairs {
            if let Some(Ok(value)) = value.map(|value| HeaderValue::from_str(&value)) {
                headers.insert(name, value);
            }
        }
        match self.body {
            None => response,
            Some(body) => {
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                response.set_body(BoxBody::new(body))
            }
        }
    }
}
