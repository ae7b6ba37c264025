//! What the document says about paths and methods, for requests that no handler took.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::dev::ResourceDef;
use actix_web::web::Data;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::Error;

/// Every documented path with its methods.
pub struct RoutesTable(Vec<(ResourceDef, String)>);

/// As much of the document as the table is made of.
#[derive(Deserialize)]
struct Paths {
    paths: BTreeMap<String, BTreeMap<String, IgnoredAny>>,
}

impl RoutesTable {
    /// Reads the table from the document; one that cannot be read has no paths.
    pub fn of(document: &str) -> Self {
        let paths = serde_json::from_str::<Paths>(document).map_or_else(|_| BTreeMap::new(), |all| all.paths);
        let row = |(path, item): (&String, &BTreeMap<String, IgnoredAny>)| {
            (ResourceDef::new(path.as_str()), allow(item))
        };
        RoutesTable(paths.iter().map(row).collect())
    }

    fn methods_of(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(pattern, _)| pattern.is_match(path)).map(|(_, methods)| methods.as_str())
    }
}

fn allow(item: &BTreeMap<String, IgnoredAny>) -> String {
    let methods =
        [("get", "GET, HEAD"), ("post", "POST"), ("put", "PUT"), ("patch", "PATCH"), ("delete", "DELETE")];
    let there = methods.iter().filter(|(method, _)| item.contains_key(*method));
    there.map(|(_, names)| *names).collect::<Vec<_>>().join(", ")
}

/// The default service: 405 where the path is known, 404 where it is not.
pub async fn no_such_route(request: HttpRequest, table: Data<RoutesTable>) -> Result<&'static str, Error> {
    Err(match table.methods_of(request.path()) {
        Some(methods) => Error::MethodNotAllowed(methods.to_owned()),
        None => Error::NotFound("address"),
    })
}
