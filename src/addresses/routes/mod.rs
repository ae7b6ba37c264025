//! Finding out what stands at a path of the publication's site.

use actix_web::get;
use actix_web::web::Data;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::db::types::Id;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Text, parse_path};
use crate::http::caller::Anyone;
use crate::http::{Answer, Item, Links, Query, Register, Reply, deliver};

mod standing;
mod trail;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(resolve_path);
}

/// Which path.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PathAsked {
    /// A path of the publication's site, beginning with `/`, percent-encoded as a parameter.
    #[param(inline, nullable = false, example = "/last-night-at-the-lighthouse")]
    path: Text<2000>,
}

/// What stands at a path.
#[derive(Serialize, ToSchema)]
struct Resolved {
    /// What kind of thing it is.
    kind: ResolvedKind,
    /// Its key.
    #[schema(format = "uuid", example = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f")]
    id: String,
    /// The slug that it has now; null for a redirect.
    #[schema(example = "last-night-at-the-lighthouse")]
    slug: Option<String>,
    /// The address that it has now, or where a redirect leads in the end; another than was asked for is where
    /// to redirect to.
    #[schema(example = "https://courier.example/last-night-at-the-lighthouse")]
    url: String,
    /// How a redirect is to be answered: 301, or 302 where it or one that it leads over is for now; null for
    /// anything else.
    #[schema(minimum = 301, maximum = 302, example = 301)]
    status: Option<i32>,
}

/// What kind of thing stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(example = "article")]
enum ResolvedKind {
    /// A story.
    Article,
    /// A section.
    Section,
    /// A tag.
    Tag,
    /// An author.
    Author,
    /// A series.
    Series,
    /// A redirect.
    Redirect,
}

impl Resolved {
    fn thing<T>(kind: ResolvedKind, id: Id<T>, slug: String, url: String) -> Self {
        Resolved { kind, id: id.to_string(), slug: Some(slug), url, status: None }
    }
}

/// Find what stands at a path
///
/// For a frontend that got a path and must know what to show or where to redirect to. Every path and
/// slug under which something was public leads to it, and a redirect leads where it ends, over others too:
/// what stands at `url` never redirects on. A live story goes before a redirect from its address. 410 where the
/// story was retracted or a redirect says that it is gone; 404 where nothing stands there now.
#[utoipa::path(
    tag = "addresses",
    params(PathAsked),
    responses((status = 200, body = Item<Resolved>), (status = 404), (status = 410))
)]
#[get("/v1/resolve")]
async fn resolve_path(
    app: Data<App>,
    caller: Anyone,
    query: Query<PathAsked>,
    links: Links,
) -> Result<Answer> {
    let path = parse_path(&query.0.path).map_err(|fault| {
        Error::InvalidQuery(vec![Fault::parameter("path", "invalid_parameter", fault.to_string())])
    })?;
    deliver(&app, &caller.0, move |snapshot| {
        for key in ["publication", "sections", "tags", "authors", "series", "redirects"] {
            snapshot.depends_on_all(key);
        }
        snapshot.depends_on("list", "articles");
        let resolved = trail::resolve(snapshot, &path)?;
        Reply::json(&Item::new(resolved, links))
    })
    .await
}
