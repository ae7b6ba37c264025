//! The pixel over HTTP: it stands before the router, the authentication and the log.
//!
//! Each page of each partner asks for it, so nothing of ours comes before it that it does not need. HEAD
//! and other methods go the way of every request, and count nothing.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpResponse, get};
use futures_util::TryFutureExt;
use futures_util::future::{Either, MapOk};

use super::GIF;
use crate::app::App;
use crate::http::{REQUEST_ID, Register, is_served, reader, request_id};

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(get_pixel);
}

/// The pixel
///
/// Always the same 43-byte GIF, whatever the token: an image must not fail on a reader's page. Its token
/// names the story, its version, the partner and the channel; it sets no cookie and needs no referrer. Hits
/// are counted by class: `counted`, `repeat` (the same reader within 30 minutes, for each node), `bot` (a
/// program of the kept list), `prefetch`, and `undeduped` (`Sec-GPC: 1` or `DNT: 1`: nobody is told apart).
/// Of the page the host alone is kept, at most 50 of them for a copy in an hour; of the reader nothing.
/// HEAD is not counted.
#[utoipa::path(
    tag = "republishing",
    responses((status = 200, content((Vec<u8> = "image/gif")))),
)]
#[get("/p/{token}.gif")]
async fn get_pixel(_: Path<String>) -> HttpResponse {
    image().map_into_boxed_body()
}

fn image() -> HttpResponse<Bytes> {
    let mut response = HttpResponse::with_body(StatusCode::OK, Bytes::from_static(&GIF));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/gif"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CORP, HeaderValue::from_static("cross-origin"));
    response
}

/// Answers pixels and passes on all else.
pub struct Stand;

/// The stand of one worker.
pub struct Standing<S>(S);

type Image<B> = ServiceResponse<EitherBody<B, Bytes>>;
type Passed<F, B> = MapOk<F, fn(ServiceResponse<B>) -> Image<B>>;

impl<S, B> Transform<S, ServiceRequest> for Stand
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody,
{
    type Response = Image<B>;
    type Error = actix_web::Error;
    type Transform = Standing<S>;
    type InitError = ();
    type Future = Ready<Result<Standing<S>, ()>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(Standing(service)))
    }
}

impl<S, B> Service<ServiceRequest> for Standing<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
    B: MessageBody,
{
    type Response = Image<B>;
    type Error = actix_web::Error;
    type Future = Either<Ready<Result<Image<B>, actix_web::Error>>, Passed<S::Future, B>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), actix_web::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        match hit(&request) {
            Some(image) => Either::Left(ready(Ok(request.into_response(image).map_into_right_body()))),
            None => {
                let passed: fn(ServiceResponse<B>) -> Image<B> = ServiceResponse::map_into_left_body;
                Either::Right(self.0.call(request).map_ok(passed))
            }
        }
    }
}

/// Counts a request for a pixel and gives the image; none where it is a request for something else.
fn hit(request: &ServiceRequest) -> Option<HttpResponse<Bytes>> {
    let token = request.path().strip_prefix("/p/")?.strip_suffix(".gif")?;
    let app = request.app_data::<Data<App>>()?;
    if request.method() != Method::GET || !is_served(request) {
        return None;
    }
    let headers = request.headers();
    let referrer = headers.get(header::REFERER).map(HeaderValue::as_bytes);
    let reader = reader(request.request(), &app.crawlers);
    app.pixels.note(token, referrer, &reader, app.db.now());
    let mut image = image();
    allow(app, headers, image.headers_mut());
    if let Ok(id) = HeaderValue::from_str(&request_id(request)) {
        image.headers_mut().insert(REQUEST_ID, id);
    }
    Some(image)
}

/// Lets a page read the image that may read delivery.
fn allow(app: &App, sent: &HeaderMap, headers: &mut HeaderMap) {
    let Some(origins) = &app.config.cors_origins else {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        return;
    };
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = sent.get(header::ORIGIN)
        && origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes())
    {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
}
