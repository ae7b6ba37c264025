//! Live coverage over HTTP, as readers get it.

use actix_web::get;
use actix_web::web::{Data, Path};
use deserr::Deserr;
use utoipa::IntoParams;

use super::views::UpdateView;
use super::{Seen, Update};
use crate::app::App;
use crate::articles::views::BodyForm;
use crate::articles::{Found, find};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Position, Snapshot};
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Text};
use crate::http::caller::Anyone;
use crate::http::paging::{Cursors, Paging};
use crate::http::{Answer, Both, Lifetime, Links, List, Meta, Register, Reply, deliver};
use crate::media;

/// Registers the routes of this file.
pub fn configure(config: &mut impl Register) {
    config.service(list_updates);
}

/// Which entries.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UpdateParameters {
    /// Only what was added, changed or removed since the answer whose `meta.token` this is, in the order of the
    /// changes. Not together with `cursor`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    since: Option<Text<2000>>,
    /// The form of the bodies. Default `html`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    body: Option<BodyForm>,
}

impl UpdateParameters {
    fn form(&self) -> BodyForm {
        self.body.unwrap_or(BodyForm::Html)
    }
}

/// List the entries of live coverage
///
/// The newest first, by `at`; an entry that is pinned says so and stands in its place all the same. To follow
/// the coverage, read the first page, keep its `meta.token`, and ask with `since`: each change of an entry is told
/// once, those that were taken out with `removed: true`, and every answer has the token for the next question.
/// Where more changed than `limit`, `links.next` goes on. An answer may be kept for a few seconds.
#[utoipa::path(
    tag = "articles",
    params(Paging, UpdateParameters),
    responses((status = 200, body = List<UpdateView>))
)]
#[get("/v1/articles/{article}/updates")]
async fn list_updates(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Result<Both<Paging, UpdateParameters>>,
    links: Links,
) -> Result<Answer> {
    deliver(&app.clone(), &caller.0, move |snapshot| {
        let found = find(snapshot, &article);
        if let Ok(Found::Moved(slug)) = found {
            return Ok(Reply::moved(links.at(&slug)));
        }
        let Both(paging, asked) = query?;
        let id = found?.here()?.id;
        snapshot.depends_on("article", id);
        snapshot.depends_on("updates", id);
        let page = match &asked.since {
            Some(since) => changes(snapshot, &app, id, since, (&paging, asked.form()), links)?,
            None => newest(snapshot, &app, id, (&paging, asked.form()), links)?,
        };
        Ok(Reply::page(&page)?.lifetime(Lifetime::BRIEF))
    })
    .await
}

/// The tokens of a story's entries by their changes; a cursor of the entries by time is none of them.
fn tokens(app: &App, snapshot: &Snapshot, id: ArticleId) -> Cursors {
    Cursors::new(&app.auth.secrets, format!("updates since\n{id}\n{}", snapshot.epoch()))
}

/// A page by time. Its token is that of the last change of all, wherever in the order that stands.
fn newest(
    snapshot: &mut Snapshot,
    app: &App,
    id: ArticleId,
    (paging, form): (&Paging, BodyForm),
    links: Links,
) -> Result<List<UpdateView>> {
    let page = paging.page(&app.auth.secrets, links, &format!("updates\n{id}"), snapshot.epoch())?;
    let browse = page.browse(false, None);
    let after = browse.after.as_ref().map(instant).transpose()?;
    let after = after.zip(browse.after.as_ref()).map(|(at, position)| (at, position.id.as_str()));
    let rows = super::newest(snapshot, id, after, browse.limit)?;
    let place = |update: &Update| Position { key: update.at.0.to_string(), id: update.id.to_string() };
    let page = page.of(rows, place, |update| update);
    let token = tokens(app, snapshot, id).after(&position(super::last_change(snapshot, id)?));
    let meta = Meta { token: Some(token), ..page.meta };
    Ok(List { data: shown(snapshot, page.data, form)?, meta, links: page.links })
}

/// A page of what changed since a token. Its token is that of its own last change, so that whoever stops here
/// misses nothing.
fn changes(
    snapshot: &mut Snapshot,
    app: &App,
    id: ArticleId,
    since: &str,
    (paging, form): (&Paging, BodyForm),
    mut links: Links,
) -> Result<List<UpdateView>> {
    if paging.has_cursor() {
        let fault = Fault::parameter("cursor", "invalid_parameter", "send `since` or `cursor`, not both");
        return Err(Error::InvalidQuery(vec![fault]));
    }
    let tokens = tokens(app, snapshot, id);
    let seen = seen(&tokens.read(since)?)?;
    let mut rows = super::changed_after(snapshot, id, &seen, i64::from(paging.limit()) + 1)?;
    let more = rows.len() > paging.limit() as usize;
    rows.truncate(paging.limit() as usize);
    let token = tokens.after(&position(rows.last().map_or(seen, Update::change)));
    if more {
        links.next = Some(links.clone().without("since").with("since", &token));
    }
    let meta = Meta { limit: Some(paging.limit()), token: Some(token), ..Meta::default() };
    Ok(List { data: shown(snapshot, rows, form)?, meta, links })
}

fn shown(snapshot: &mut Snapshot, updates: Vec<Update>, form: BodyForm) -> Result<Vec<UpdateView>> {
    updates.iter().for_each(|update| update.noted_in(snapshot));
    let updates = media::resolved(snapshot, updates.into_iter().map(Update::apart).collect())?;
    Ok(updates.into_iter().map(|(update, body)| UpdateView::new(update, &body, form)).collect())
}

fn instant(position: &Position) -> Result<Stamp> {
    position.key.parse().map(Stamp).map_err(|_| Error::InvalidCursor)
}

fn position((seq, id): Seen) -> Position {
    Position { key: seq.to_string(), id }
}

fn seen(position: &Position) -> Result<Seen> {
    let seq = position.key.parse().map_err(|_| Error::InvalidCursor)?;
    Ok((seq, position.id.clone()))
}
