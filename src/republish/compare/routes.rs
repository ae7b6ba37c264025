//! What changed between two versions over HTTP, for partners.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::compare;
use crate::app::App;
use crate::articles::{self, Found};
use crate::error::Result;
use crate::fields::{Faults, Whole};
use crate::http::caller::HeldPartner;
use crate::http::{Item, Links, Query, Register, Saved};
use crate::newsroom::views::DifferenceView;
use crate::publication;
use crate::republish::partners::Client;
use crate::republish::{Circumstances, ask};

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config.service(diff_versions);
}

/// Which two published versions.
#[derive(Clone, Copy, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Versions {
    /// The one that the copy shows, by number.
    #[param(inline, example = 1)]
    from: Whole<1, 2_000_000_000>,
    /// The one that it should show, by number.
    #[param(inline, example = 3)]
    to: Whole<1, 2_000_000_000>,
}

/// Compare two versions of a story
///
/// What to change in a copy that was edited by hand: `headline standfirst summary byline corrections` and, block by
/// block, the body, as copies show them. Of pictures those alone that the partner may run with the story now; blocks
/// are known by their `_key`. A partner that gets summaries is told no blocks. 403 with every reason where the
/// verdict denies, 404 where a version never was, 410 of a retracted story.
#[utoipa::path(
    tag = "syndication",
    params(Versions),
    responses((status = 200, body = Item<DifferenceView>)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/articles/{article}/diff")]
async fn diff_versions(
    app: Data<App>,
    partner: HeldPartner,
    article: Path<String>,
    query: Result<Query<Versions>>,
    links: Links,
) -> Result<Saved> {
    let Query(asked) = query?;
    let seen = app.db.read(move |snapshot| {
        let card = match articles::find(snapshot, &article)? {
            Found::Moved(slug) => articles::find(snapshot, &slug)?.here()?,
            Found::Here(card) => *card,
        };
        let partner = Client::of(snapshot, Some(&partner.0))?;
        let now = snapshot.now();
        let circumstances = Circumstances::on_the_web(partner, now);
        let settings = publication::settings_at(snapshot)?;
        let permitted = ask(snapshot, &card, &settings, &circumstances)?.permitted(now)?;
        let (from, to) = (number(asked.from), number(asked.to));
        let difference = compare(snapshot, &card, &permitted, circumstances.portion(), (from, to))?;
        Ok(Item::new(DifferenceView::new(from, to, difference), links))
    });
    Ok(Saved::seen(&seen.await?))
}

fn number(Whole(number): Whole<1, 2_000_000_000>) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
