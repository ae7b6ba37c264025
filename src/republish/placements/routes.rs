//! Placements over HTTP: of a story for the newsroom, of a partner for itself, and the stale ones.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::{Names, PlacementView, StaleView};
use super::{Filter, Placement};
use crate::app::App;
use crate::articles::story::Severity;
use crate::db::ids::PlacementId;
use crate::db::{Position, Snapshot};
use crate::error::{Error, Result};
use crate::fields::{Faults, Text, Whole};
use crate::http::caller::{Editor, PartnerKey};
use crate::http::paging::{Cursors, Page};
use crate::http::{Links, List, Query, Register, Saved};
use crate::newsroom::{self, access};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_placements).service(list_own_placements).service(report_stale_copies);
}

/// Which page of placements.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Paged {
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    cursor: Option<Text<2000>>,
}

/// Which stale copies.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Stale {
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    cursor: Option<Text<2000>>,
    /// Only copies whose gravest lack is of this severity: `substantive`, or `kill` of a retracted story.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    severity: Option<Severity>,
}

/// A page of placements in the making, and the id below which it begins.
struct Begun {
    page: Page,
    below: Option<PlacementId>,
}

impl Begun {
    fn of(app: &App, snapshot: &Snapshot, asked: &Paged, list: &str, links: Links) -> Result<Self> {
        let cursors = Cursors::new(&app.auth.secrets, format!("{list}\n{}", snapshot.epoch()));
        let limit = asked.limit.map_or(20, |limit| limit.0);
        let page = Page::new(cursors, limit, asked.cursor.as_deref(), links)?;
        let after = page.browse(false, None).after;
        let below = after.map(|at| at.key.parse().map_err(|_| Error::InvalidCursor)).transpose()?;
        Ok(Begun { page, below })
    }

    /// How many to ask for.
    fn limit(&self) -> i64 {
        self.page.browse(false, None).limit
    }
}

fn position(placement: &Placement) -> Position {
    Position { key: placement.id.to_string(), id: String::new() }
}

fn listed(snapshot: &mut Snapshot, begun: Begun, filter: &Filter) -> Result<List<PlacementView>> {
    let placements = super::browse(snapshot, filter, begun.below, begun.limit())?;
    let names = Names::of(snapshot, placements.iter())?;
    let rows: Vec<_> = super::staleness(snapshot, &placements)?.into_iter().zip(placements).collect();
    Ok(begun.page.of(
        rows,
        |(_, placement)| position(placement),
        |(staleness, placement)| PlacementView::new(placement, staleness, &names),
    ))
}

/// List where a story runs
///
/// Each copy that a partner fetched, or whose pixel was seen: which version it shows, what it lacks, and the
/// hits of its pixel by class; the newest first. A copy is stale from the instant of a substantive correction
/// or retraction that came after its version, until a later version is seen in its place; minor corrections
/// and edits make none stale.
#[utoipa::path(
    tag = "admin: republishing",
    params(Paged),
    responses((status = 200, body = List<PlacementView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/articles/{article}/placements")]
async fn list_placements(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    query: Query<Paged>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let work = newsroom::find(snapshot, &article)?;
        access::see(snapshot, &editor.0, &work)?;
        let begun = Begun::of(&app, snapshot, &query.0, &format!("placements\n{}", work.id), links)?;
        listed(snapshot, begun, &Filter { article: Some(work.id), ..Filter::default() })
    });
    Ok(Saved::seen(&page.await?))
}

/// List where the partner's copies run
///
/// The caller's own alone: which version each shows, what it lacks, and the hits of its pixel by class; the
/// newest first.
#[utoipa::path(
    tag = "syndication",
    params(Paged),
    responses((status = 200, body = List<PlacementView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/placements")]
async fn list_own_placements(
    app: Data<App>,
    partner: PartnerKey,
    query: Query<Paged>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let own = partner.0.id;
        let begun = Begun::of(&app, snapshot, &query.0, &format!("own placements\n{own}"), links)?;
        listed(snapshot, begun, &Filter { partner: Some(own), ..Filter::default() })
    });
    Ok(Saved::seen(&page.await?))
}

/// Report the stale copies
///
/// The copies of all partners that lack a substantive correction, or show a story that was retracted; the
/// newest placement first.
#[utoipa::path(
    tag = "admin: republishing",
    params(Stale),
    responses((status = 200, body = List<StaleView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/reports/stale")]
async fn report_stale_copies(app: Data<App>, _: Editor, query: Query<Stale>, links: Links) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let Stale { limit, cursor, severity } = query.0;
        let list = format!("stale\n{severity:?}");
        let begun = Begun::of(&app, snapshot, &Paged { limit, cursor }, &list, links)?;
        let rows = super::stale(snapshot, severity, begun.below, begun.limit())?;
        let names = Names::of(snapshot, rows.iter().map(|(placement, _)| placement))?;
        Ok(begun.page.of(
            rows,
            |(placement, _)| position(placement),
            |(placement, staleness)| StaleView::new(placement, staleness, &names),
        ))
    });
    Ok(Saved::seen(&page.await?))
}
