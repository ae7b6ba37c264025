//! What the document says about paths and methods, for requests that no handler took.

use actix_web::HttpRequest;
use actix_web::dev::ResourceDef;
use actix_web::web::Data;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

use crate::error::Error;

/// Every documented path with its methods.
pub struct RoutesTable(Vec<(ResourceDef, String)>);

impl RoutesTable {
    /// Reads the table from the document.
    pub fn of(document: &OpenApi) -> Self {
        let rows =
            document.paths.paths.iter().map(|(path, item)| (ResourceDef::new(path.as_str()), allow(item)));
        RoutesTable(rows.collect())
    }

    fn methods_of(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(pattern, _)| pattern.is_match(path)).map(|(_, methods)| methods.as_str())
    }
}

fn allow(item: &PathItem) -> String {
    let methods = [
        ("GET, HEAD", item.get.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
    ];
    methods.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The default service: 405 where the path is known, 404 where it is not.
pub async fn no_such_route(request: HttpRequest, table: Data<RoutesTable>) -> Result<&'static str, Error> {
    Err(match table.methods_of(request.path()) {
        Some(methods) => Error::MethodNotAllowed(methods.to_owned()),
        None => Error::NotFound("address"),
    })
}
