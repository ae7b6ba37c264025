//! Simulations over HTTP.

use actix_web::post;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::{AffectedPartnerView, FlipView, SimulationView};
use super::{Flip, simulate};
use crate::app::App;
use crate::db::Position;
use crate::error::Result;
use crate::fields::{Faults, Text, Whole};
use crate::http::caller::Admin;
use crate::http::paging::{Cursors, Page};
use crate::http::{Item, Links, List, Patch, Query, Register, Saved};
use crate::publication;
use crate::publication::views::{OriginInput, OriginView};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(simulate_origin);
}

/// Which page of the stories.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SimulationPage {
    /// How many stories a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    cursor: Option<Text<2000>>,
}

/// Try a change of an origin
///
/// Takes what PATCH of the origin takes, changes nothing, and tells which stories and which partners it would touch.
#[utoipa::path(
    tag = "admin: origins",
    params(SimulationPage),
    request_body(content = OriginInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<SimulationView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/origins/{code}/simulate")]
async fn simulate_origin(
    app: Data<App>,
    _: Admin,
    code: Path<String>,
    query: Query<SimulationPage>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let seen = db.read(move |snapshot| {
        let before = publication::find_origin(snapshot, &code)?;
        let input: OriginInput = patch.onto(OriginView::form(&before))?;
        let after = publication::OriginDraft::from(input).with(before.id);
        let simulation = simulate(snapshot, &before, &after)?;
        let name = format!("simulate\n{}\n{after:?}\n{}", before.id, snapshot.epoch());
        let cursors = Cursors::new(&app.auth.secrets, name);
        let limit = query.0.limit.map_or(20, |limit| limit.0);
        let page = Page::new(cursors, limit, query.0.cursor.as_deref(), links)?;
        let passed = page.browse(false, None).after.map(|at| at.id);
        let total = simulation.flips.len();
        let rest = simulation
            .flips
            .into_iter()
            .filter(|flip| passed.as_deref().is_none_or(|passed| flip.article.as_str() > passed));
        let rest: Vec<Flip> = rest.take(limit as usize + 1).collect();
        let position = |flip: &Flip| Position { key: String::new(), id: flip.article.to_string() };
        let List { data: articles, meta, links } = page.of(rest, position, FlipView::from);
        let partners = simulation.partners.into_iter();
        let partners = partners.map(|(id, articles)| AffectedPartnerView { id, articles }).collect();
        let mut item = Item::new(SimulationView { articles, partners, total }, links);
        item.meta = meta;
        Ok(item)
    });
    Ok(Saved::seen(&seen.await?))
}
