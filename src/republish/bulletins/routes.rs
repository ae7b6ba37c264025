//! Bulletins over HTTP: page by page, and held until there is one.

use std::time::Duration;

use actix_web::get;
use actix_web::web::Data;
use deserr::Deserr;
use tokio::time::{Instant, timeout_at};
use utoipa::IntoParams;

use super::views::BulletinView;
use super::{Read, beginning};
use crate::app::App;
use crate::db::ids::PartnerId;
use crate::db::{Position, Snapshot};
use crate::error::{Error, Result};
use crate::fields::{Faults, Text, Whole};
use crate::http::caller::HeldPartner;
use crate::http::paging::Cursors;
use crate::http::{Links, List, Meta, Query, Register, Saved};
use crate::publication;
use crate::republish::partners::{self, Client};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_bulletins);
}

/// From where on, and how long to wait.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Following {
    /// What happened after the answer whose `meta.token` this is; left out: all of the last 90 days. One that is older
    /// is 410 `cursor_expired`, with the address to begin anew in `restart`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    token: Option<Text<2000>>,
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where there is nothing to tell, how many seconds to wait for it, 0-30. Default 0.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    wait: Option<Whole<0, 30>>,
}

/// Follow what happens to stories
///
/// The oldest first, each at least once. Page by `links.next`; where it is null you have seen all: keep `meta.token`,
/// and go on from there, with `wait` to be told at once. While you are suspended it holds the corrections and
/// retractions of stories that you fetched, and nothing else.
#[utoipa::path(
    tag = "syndication",
    params(Following),
    responses((status = 200, body = List<BulletinView>), (status = 410)),
    security(("bearer" = ["partner"]))
)]
#[get("/v1/syndication/changes")]
async fn list_bulletins(
    app: Data<App>,
    partner: HeldPartner,
    query: Query<Following>,
    links: Links,
) -> Result<Saved> {
    let asked = query.0;
    let own = partner.0.id;
    let limit = asked.limit.map_or(20, |limit| limit.0);
    let wait = Duration::from_secs(asked.wait.map_or(0, |wait| u64::from(wait.0)));
    let deadline = Instant::now() + wait;
    let mut news = app.db.news();
    loop {
        news.borrow_and_update();
        let (at, token, here) = (app.clone(), asked.token.clone(), links.clone());
        let page =
            app.db.read(move |snapshot| page(snapshot, &at, own, token.as_deref(), limit, here)).await?;
        let is_empty = page.data.is_empty();
        if !is_empty || timeout_at(deadline, news.changed()).await.is_err() {
            return Ok(Saved::seen(&page));
        }
    }
}

fn page(
    snapshot: &mut Snapshot,
    app: &App,
    own: PartnerId,
    token: Option<&str>,
    limit: u32,
    mut links: Links,
) -> Result<List<BulletinView>> {
    let name = format!("syndication/changes\n{own}\n{}", snapshot.epoch());
    let tokens = Cursors::new(&app.auth.secrets, name);
    let beginning = beginning(snapshot)?;
    let after = match token {
        None => beginning,
        Some(token) => number(&tokens.read(token)?)?,
    };
    if after < beginning {
        return Err(Error::CursorExpired { restart: links.without("token").own });
    }
    let partner = partners::read(snapshot, own.as_str())?;
    let client = Client::new(snapshot, partner)?;
    let settings = publication::settings_at(snapshot)?;
    let Read { bulletins, upto, more } = super::read(snapshot, &client, &settings, after, limit as usize)?;
    let token = tokens.after(&Position { key: upto.to_string(), id: String::new() });
    links.next = more.then(|| links.clone().without("token").with("token", &token));
    let meta = Meta { limit: Some(limit), token: Some(token), ..Meta::default() };
    Ok(List { data: bulletins.into_iter().map(BulletinView::from).collect(), meta, links })
}

fn number(position: &Position) -> Result<i64> {
    position.key.parse().map_err(|_| Error::InvalidCursor)
}
