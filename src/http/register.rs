//! Where a room registers its operations: on each worker of the server, or once in the document.
//!
//! To describe them all takes longer and holds more than to serve them, so a worker does not.

use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use utoipa_actix_web::{OpenApiFactory, service_config};

/// What takes operations.
pub trait Register {
    /// Takes one.
    fn service<O>(&mut self, operation: O) -> &mut Self
    where
        O: HttpServiceFactory + OpenApiFactory + 'static;
}

/// A worker, which serves them.
impl Register for web::ServiceConfig {
    fn service<O>(&mut self, operation: O) -> &mut Self
    where
        O: HttpServiceFactory + OpenApiFactory + 'static,
    {
        web::ServiceConfig::service(self, operation)
    }
}

/// The document, which describes them.
impl Register for service_config::ServiceConfig<'_> {
    fn service<O>(&mut self, operation: O) -> &mut Self
    where
        O: HttpServiceFactory + OpenApiFactory + 'static,
    {
        service_config::ServiceConfig::service(self, operation)
    }
}
