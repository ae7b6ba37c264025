//! Placements over HTTP: of a story for the newsroom, of a partner for itself, and the stale ones.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::{Names, PlacementView, StaleView};
use super::{Filter, Placement};
use crate::app::App;
use crate::articles::story::Severity;
use crate::db::{Position, Snapshot};
use crate::error::Result;
use crate::fields::Faults;
use crate::http::caller::{Editor, PartnerKey};
use crate::http::paging::{Page, Paging};
use crate::http::{Both, Links, List, Query, Register, Saved};
use crate::newsroom::{self, access};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_placements).service(list_own_placements).service(report_stale_copies);
}

/// Which stale copies.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Stale {
    /// Only copies whose gravest lack is of this severity: `substantive`, or `kill` of a retracted story.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    severity: Option<Severity>,
}

fn position(placement: &Placement) -> Position {
    Position::of_id(placement.id)
}

fn listed(snapshot: &mut Snapshot, page: Page, filter: &Filter) -> Result<List<PlacementView>> {
    let placements = super::browse(snapshot, filter, page.after_id()?, page.most())?;
    let names = Names::of(snapshot, placements.iter())?;
    let rows: Vec<_> = super::staleness(snapshot, &placements)?.into_iter().zip(placements).collect();
    Ok(page.of(
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
    params(Paging),
    responses((status = 200, body = List<PlacementView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/articles/{article}/placements")]
async fn list_placements(
    app: Data<App>,
    editor: Editor,
    article: Path<String>,
    query: Query<Paging>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let work = newsroom::find(snapshot, &article)?;
        access::see(snapshot, &editor.0, &work)?;
        let list = format!("placements\n{}", work.id);
        let page = query.0.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
        listed(snapshot, page, &Filter { article: Some(work.id), ..Filter::default() })
    });
    Ok(Saved::seen(&page.await?))
}

/// List where the partner's copies run
///
/// The caller's own alone: which version each shows, what it lacks, and the hits of its pixel by class; the
/// newest first.
#[utoipa::path(
    tag = "syndication",
    params(Paging),
    responses((status = 200, body = List<PlacementView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/placements")]
async fn list_own_placements(
    app: Data<App>,
    partner: PartnerKey,
    query: Query<Paging>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let own = partner.0.id;
        let list = format!("own placements\n{own}");
        let page = query.0.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
        listed(snapshot, page, &Filter { partner: Some(own), ..Filter::default() })
    });
    Ok(Saved::seen(&page.await?))
}

/// Report the stale copies
///
/// The copies of all partners that lack a substantive correction, or show a story that was retracted; the
/// newest placement first.
#[utoipa::path(
    tag = "admin: republishing",
    params(Paging, Stale),
    responses((status = 200, body = List<StaleView>)),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/reports/stale")]
async fn report_stale_copies(
    app: Data<App>,
    _: Editor,
    query: Both<Paging, Stale>,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let Both(paging, Stale { severity }) = query;
        let list = format!("stale\n{severity:?}");
        let page = paging.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
        let rows = super::stale(snapshot, severity, page.after_id()?, page.most())?;
        let names = Names::of(snapshot, rows.iter().map(|(placement, _)| placement))?;
        Ok(page.of(
            rows,
            |(placement, _)| position(placement),
            |(placement, staleness)| StaleView::new(placement, staleness, &names),
        ))
    });
    Ok(Saved::seen(&page.await?))
}
