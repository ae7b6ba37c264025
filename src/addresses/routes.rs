//! Finding out what stands at a path of the publication's site.

use actix_web::get;
use actix_web::web::Data;
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::articles::paths::{Kind, Read, parse_path};
use crate::articles::site::Site;
use crate::articles::{self, Found, Standing};
use crate::authors;
use crate::db::Snapshot;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Text};
use crate::http::caller::Anyone;
use crate::http::{Answer, Item, Links, Query, Register, Reply, deliver};
use crate::publication;
use crate::taxonomy::{sections, series, tags};

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
    /// The slug that it has now.
    #[schema(example = "last-night-at-the-lighthouse")]
    slug: String,
    /// The address that it has now; another than was asked for is where to redirect to.
    #[schema(example = "https://courier.example/last-night-at-the-lighthouse")]
    url: String,
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
}

/// Find what stands at a path
///
/// For a frontend that got a path and must know what to show or where to redirect to. Every path and
/// slug under which something was public leads to it. 410 where the story was retracted; 404 where
/// nothing stands there now.
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
        for key in ["publication", "sections", "tags", "authors", "series"] {
            snapshot.depends_on_all(key);
        }
        snapshot.depends_on("list", "articles");
        let resolved = resolve(snapshot, &path)?;
        Reply::json(&Item::new(resolved, links))
    })
    .await
}

/// A story that has or had the path; else what the site's templates read in it, where that is public.
fn resolve(snapshot: &mut Snapshot, path: &str) -> Result<Resolved> {
    if let Some(Standing { id, slug, url }) = articles::find_path(snapshot, path)? {
        return Ok(Resolved { kind: ResolvedKind::Article, id: id.to_string(), slug, url });
    }
    let site = publication::settings_at(snapshot)?.site();
    for (kind, read) in site.read(path) {
        if let Some(resolved) = there(named(snapshot, &site, kind, &read))? {
            return Ok(resolved);
        }
    }
    Err(Error::NotFound("address"))
}

/// Nothing where it is not there; 410 goes on.
fn there<T>(found: Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn named(snapshot: &mut Snapshot, site: &Site, kind: Kind, read: &Read) -> Result<Resolved> {
    let last = read.section_path.as_deref().and_then(|path| path.rsplit('/').next());
    let key = read.slug.as_deref().or(read.id.as_deref());
    let missing = Error::NotFound("address");
    Ok(match kind {
        Kind::Article => return article(snapshot, key.ok_or(missing)?),
        Kind::Section => return section(snapshot, site, key.or(last).ok_or(missing)?, read),
        Kind::Tag => {
            let tag = tags::find_live(snapshot, key.ok_or(missing)?)?;
            let url = site.tag(&tag.slug, tag.id);
            Resolved { kind: ResolvedKind::Tag, id: tag.id.to_string(), slug: tag.slug, url }
        }
        Kind::Author => {
            let author = authors::find_live(snapshot, key.ok_or(missing)?)?;
            let url = site.author(&author.slug, author.id);
            Resolved { kind: ResolvedKind::Author, id: author.id.to_string(), slug: author.slug, url }
        }
        Kind::Series => {
            let series = series::find_live(snapshot, key.ok_or(missing)?)?;
            let url = site.series(&series.slug, series.id);
            Resolved { kind: ResolvedKind::Series, id: series.id.to_string(), slug: series.slug, url }
        }
    })
}

/// A live story by id or slug, old slugs included.
fn article(snapshot: &mut Snapshot, key: &str) -> Result<Resolved> {
    let card = match articles::find(snapshot, key)? {
        Found::Here(card) => *card,
        Found::Moved(slug) => articles::find(snapshot, &slug)?.here()?,
    };
    Ok(Resolved { kind: ResolvedKind::Article, id: card.id.to_string(), slug: card.slug, url: card.url })
}

/// A section by the last slug of its path. Each slug before it must be one of a section too: sections
/// move, and their old paths are not kept.
fn section(snapshot: &mut Snapshot, site: &Site, key: &str, read: &Read) -> Result<Resolved> {
    let section = sections::find(snapshot, key)?;
    if let Some(path) = read.section_path.as_deref().filter(|path| **path != section.path) {
        for slug in path.split('/') {
            sections::find(snapshot, slug)?;
        }
    }
    let url = site.section(&section.slug, section.id, &section.path);
    Ok(Resolved { kind: ResolvedKind::Section, id: section.id.to_string(), slug: section.slug, url })
}
