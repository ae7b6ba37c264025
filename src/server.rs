//! The HTTP server: one App a process, its routes on every worker, a shutdown that loses nothing.

use std::time::Duration;

use actix_cors::Cors;
use actix_web::HttpServer;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::HeaderName;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use utoipa_actix_web::AppExt;

use crate::api;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::{RoutesTable, edge, no_such_route};

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
    /// Makes the document and the table of its routes, once.
    pub fn new(app: App) -> Self {
        let collected = api::collected();
        let routes = Data::new(RoutesTable::of(&collected));
        let document = api::Document::print(&api::finished(&collected));
        Shared { app: Data::new(app), document: Data::new(document), routes }
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
    let (app, _) = actix_web::App::new().into_utoipa_app().configure(api::configure).split_for_parts();
    app.configure(api::pages)
        .app_data(shared.app.clone())
        .app_data(shared.document.clone())
        .app_data(shared.routes.clone())
        .default_service(web::to(no_such_route))
        .wrap(from_fn(edge))
        .wrap(cors(&shared.app))
}

fn cors(app: &App) -> Cors {
    let cors = match &app.config.cors_origins {
        Some(origins) => origins.iter().fold(Cors::default(), |cors, origin| cors.allowed_origin(origin)),
        // Anyone may read what anyone may read; no browser of a stranger's page may edit.
        None => Cors::default()
            .allowed_origin_fn(|_, request| !request.uri.path().starts_with("/v1/admin"))
            .send_wildcard(),
    };
    cors.allow_any_method()
        .allow_any_header()
        .expose_headers(EXPOSED.map(HeaderName::from_static))
        .max_age(600)
}

const EXPOSED: [&str; 10] = [
    "etag",
    "link",
    "location",
    "retry-after",
    "ratelimit",
    "ratelimit-policy",
    "content-language",
    "wiredesk-sequence",
    "server-timing",
    "x-request-id",
];

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
    server.run().await.map_err(|error| Error::Internal(error.to_string()))
}
