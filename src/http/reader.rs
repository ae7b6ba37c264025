//! Who reads, as a request tells it.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};

use super::caller::peer;
use crate::app::App;
use crate::error::{Error, Result};
use crate::readers::{Crawlers, Reader};

/// Who reads.
pub struct By(pub Reader);

impl FromRequest for By {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<Data<App>>();
        let app = app.ok_or_else(|| Error::Internal("the app is not in the request".into()));
        ready(app.map(|app| By(reader(request, &app.crawlers))))
    }
}

/// Who sent a request. Whoever asks not to be tracked is told apart from nobody.
pub fn reader(request: &HttpRequest, crawlers: &Crawlers) -> Reader {
    let headers = request.headers();
    let user_agent = headers.get(header::USER_AGENT).map_or(&b""[..], |value| value.as_bytes());
    if crawlers.include(user_agent) {
        return Reader::Crawler;
    }
    if is_ahead(headers) {
        return Reader::Prefetch;
    }
    let says_one = |name: &str| headers.get(name).is_some_and(|value| value.as_bytes() == b"1");
    if says_one("sec-gpc") || says_one("dnt") {
        return Reader::Unmarked;
    }
    Reader::Marked(peer(request), user_agent.to_vec())
}

/// Whether a browser fetches what nobody sees yet: `Sec-Purpose` by the Fetch standard, the others as older
/// browsers say it.
fn is_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose", "x-purpose", "x-moz"].iter().any(|name| {
        let value = headers.get(*name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let word = value.split(';').next().unwrap_or_default().trim();
        ["prefetch", "prerender", "preview"].iter().any(|ahead| word.eq_ignore_ascii_case(ahead))
    })
}
