//! Simulations over HTTP.

use actix_web::post;
use actix_web::web::{Data, Path};

use super::views::{AffectedPartnerView, FlipView, SimulationView};
use super::{Flip, simulate};
use crate::app::App;
use crate::db::Position;
use crate::db::ids::ArticleId;
use crate::error::Result;
use crate::http::caller::Admin;
use crate::http::paging::Paging;
use crate::http::{Item, Links, List, Patch, Query, Register, Saved};
use crate::publication;
use crate::publication::views::{OriginInput, OriginView};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(simulate_origin);
}

/// Try a change of an origin
///
/// Takes what PATCH of the origin takes, changes nothing, and tells which stories and which partners it would touch.
#[utoipa::path(
    tag = "admin: origins",
    params(Paging),
    request_body(content = OriginInput, content_type = "application/merge-patch+json"),
    responses((status = 200, body = Item<SimulationView>)),
    security(("bearer" = ["admin"]))
)]
#[post("/v1/admin/origins/{code}/simulate")]
async fn simulate_origin(
    app: Data<App>,
    _: Admin,
    code: Path<String>,
    query: Query<Paging>,
    patch: Patch,
    links: Links,
) -> Result<Saved> {
    let db = app.db.clone();
    let seen = db.read(move |snapshot| {
        let before = publication::find_origin(snapshot, &code)?;
        let input: OriginInput = patch.onto(OriginView::form(&before))?;
        let after = publication::OriginDraft::from(input).with(before.id);
        let simulation = simulate(snapshot, &before, &after)?;
        let list = format!("simulate\n{}\n{after:?}", before.id);
        let page = query.0.page(&app.auth.secrets, links, &list, snapshot.epoch())?;
        let passed = page.after_id::<ArticleId>()?;
        let total = simulation.flips.len();
        let rest =
            simulation.flips.into_iter().filter(|flip| passed.is_none_or(|passed| flip.article > passed));
        let position = |flip: &Flip| Position::of_id(flip.article);
        let List { data: articles, meta, links } = page.of(rest.collect(), position, FlipView::from);
        let partners = simulation.partners.into_iter();
        let partners = partners.map(|(id, articles)| AffectedPartnerView { id, articles }).collect();
        let mut item = Item::new(SimulationView { articles, partners, total }, links);
        item.meta = meta;
        Ok(item)
    });
    Ok(Saved::seen(&seen.await?))
}
