//! The HTTP server: one App a process, its routes on every worker, a shutdown that loses nothing.
//!
//! Beside it runs what is done by itself: the list of `jobs`.

pub mod jobs;

use std::time::Duration;

use actix_cors::Cors;
use actix_web::HttpServer;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::rt::spawn;
use actix_web::web::{self, Data};
use tokio::sync::watch;

use crate::api;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::{RoutesTable, edge, no_such_route};
use crate::republish::pixel;

pub use jobs::{JOBS, count};

/// How long running requests may take to end at a shutdown.
const FAREWELL: u64 = 8;

/// What every worker shares beside the App.
#[derive(Clone)]
pub struct Shared {
    app: Data<App>,
    document: Data<api::Document>,
    routes: Data<RoutesTable>,
}

impl Shared {
    /// Reads the table of the routes from the document, once.
    pub fn new(app: App) -> Self {
        let routes = Data::new(RoutesTable::of(api::COMMITTED));
        Shared { app: Data::new(app), document: Data::new(api::Document::committed()), routes }
    }

    /// The App.
    pub fn app(&self) -> &App {
        &self.app
    }
}

/// The whole service, as the server and the tests run it.
pub fn service(
    shared: Shared,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    actix_web::App::new()
        .configure(api::configure)
        .configure(api::pages)
        .app_data(shared.app.clone())
        .app_data(shared.document.clone())
        .app_data(shared.routes.clone())
        .default_service(web::to(no_such_route))
        .wrap(from_fn(edge))
        .wrap(cors(&shared.app))
        .wrap(from_fn(expose))
        .wrap(pixel::routes::Stand)
}

fn cors(app: &App) -> Cors {
    let cors = match &app.config.cors_origins {
        Some(origins) => origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin)),
        // Anyone may read what anyone may read; no browser of a stranger's page may edit.
        None => Cors::default()
            .allowed_origin_fn(|_, request| !request.uri.path().starts_with("/v1/admin"))
            .send_wildcard()
            .disable_vary_header(),
    };
    cors.allow_any_method().allow_any_header().max_age(600)
}

/// What a browser lets scripts read of an answer that they may read; in one order on every worker.
const EXPOSED: &str = "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Content-Language, \
    Wiredesk-Sequence, Server-Timing, X-Request-Id";

async fn expose(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> std::result::Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    if response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        let exposed = HeaderValue::from_static(EXPOSED);
        response.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    Ok(response)
}

/// Serves until a signal ends it: SIGTERM and SIGINT let running requests finish.
pub async fn run(app: App) -> Result<()> {
    let bind = app.config.bind;
    let workers = app.config.workers;
    let shared = Shared::new(app);
    let serving = shared.clone();
    let server = HttpServer::new(move || service(serving.clone()))
        .workers(workers)
        .client_request_timeout(Duration::from_secs(5))
        .keep_alive(Duration::from_secs(75))
        .shutdown_timeout(FAREWELL)
        .bind(bind)
        .map_err(|error| Error::Internal(format!("cannot listen on {bind}: {error}")))?;
    tracing::info!("listening on http://{bind}");
    let (stop, stopped) = watch::channel(());
    let jobs: Vec<_> =
        JOBS.iter().map(|job| spawn(jobs::repeat(shared.app.clone(), *job, stopped.clone()))).collect();
    let served = server.run().await;
    drop(stop);
    for job in jobs {
        // A job that panicked was logged where it ran.
        let _ = job.await;
    }
    // What the last requests counted.
    jobs::run(&shared.app, jobs::COUNTING).await;
    served.map_err(|error| Error::Internal(error.to_string()))
}
