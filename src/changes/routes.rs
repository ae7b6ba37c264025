//! The log over HTTP, for editors and admins: what the newsroom did, and who in it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::{IntoParams, ToSchema};

use super::views::ChangeView;
use super::{Entry, Filter};
use crate::app::App;
use crate::db::{Audience, Conn, Position};
use crate::error::{Error, Result};
use crate::fields::{Faults, Moment, Text, word};
use crate::http::caller::Editor;
use crate::http::paging::Paging;
use crate::http::{Both, Links, List, Register, Saved, in_batches, json_lines};

/// How many lines of the log are in memory at once, of however many are sent.
const BATCH: i64 = 500;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(list_changes);
}

/// Which lines of the log, and how.
#[derive(Clone, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// Only what happened to this kind of thing: `article`, `user`, `key` …
    #[deserr(default)]
    #[param(inline, nullable = false)]
    entity: Option<Text<100>>,
    /// Only what happened to the thing of this id.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    entity_id: Option<Text<100>>,
    /// Only this: `article.saved`, `session.failed` …
    #[deserr(default)]
    #[param(inline, nullable = false)]
    kind: Option<Text<100>>,
    /// Only what they did: `user:ID`, `key:ID`, `system`, `import` or `anonymous`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    actor: Option<Text<100>>,
    /// Only what these may ever see.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    audience: Option<Audience>,
    /// Only from this instant on.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    after: Option<Moment>,
    /// Only from before this instant.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    before: Option<Moment>,
    /// `json`: a page. `ndjson`: all of it, an object a line; takes neither `limit` nor `cursor`. Default `json`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    format: Option<Format>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
enum Format {
    /// A page of a list.
    Json,
    /// All of it, an object a line.
    Ndjson,
}

impl Deserr<Faults> for Format {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let parse = |text: &str| match text {
            "json" => Some(Format::Json),
            "ndjson" => Some(Format::Ndjson),
            _ => None,
        };
        word(value, location, parse, "json, ndjson")
    }
}

impl Asked {
    fn filter(&self) -> Filter {
        let text = |text: &Option<Text<100>>| text.as_deref().map(str::to_owned);
        Filter {
            entity: text(&self.entity),
            entity_id: text(&self.entity_id),
            kind: text(&self.kind),
            actor: text(&self.actor),
            audience: self.audience,
            after: self.after.map(|moment| moment.0),
            before: self.before.map(|moment| moment.0),
        }
    }
}

/// Read the log
///
/// Who did what, when, to which thing; the newest first. Sign-ins stand in it too, failed ones with the
/// address they came from. Nothing in it can be changed.
#[utoipa::path(
    tag = "admin: changes",
    params(Paging, Asked),
    responses((
        status = 200,
        content((List<ChangeView> = "application/json"), (String = "application/x-ndjson"))
    )),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/changes")]
async fn list_changes(
    app: Data<App>,
    _: Editor,
    query: Both<Paging, Asked>,
    request: HttpRequest,
    links: Links,
) -> Result<HttpResponse> {
    let Both(paging, asked) = query;
    if asked.format == Some(Format::Ndjson) {
        paging.refuse("is not taken with format=ndjson, which is all of it")?;
        return Ok(streamed(app, asked.filter()));
    }
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let epoch = snapshot.epoch().to_owned();
        page(&app, snapshot, &paging, &asked.filter(), links, &epoch)
    });
    Ok(Saved::seen(&page.await?).respond_to(&request))
}

fn page(
    app: &App,
    conn: &mut Conn,
    paging: &Paging,
    filter: &Filter,
    links: Links,
    epoch: &str,
) -> Result<List<ChangeView>> {
    let page = paging.page(&app.auth.secrets, links, &format!("admin/changes\n{filter:?}"), epoch)?;
    let browse = page.browse(false, None);
    let below = match &browse.after {
        Some(position) => position.key.parse().map_err(|_| Error::InvalidCursor)?,
        None => i64::MAX,
    };
    let entries = super::browse(conn, filter, below, browse.limit)?;
    let position = |entry: &Entry| Position { key: entry.seq.to_string(), id: String::new() };
    Ok(page.of(entries, position, ChangeView::from))
}

fn streamed(app: Data<App>, filter: Filter) -> HttpResponse {
    in_batches("application/x-ndjson", Vec::new(), Some(i64::MAX), move |below| {
        let (db, filter) = (app.db.clone(), filter.clone());
        async move {
            let batch = db.read(move |snapshot| {
                let entries = super::browse(snapshot, &filter, below, BATCH)?;
                let is_full = entries.len() as i64 == BATCH;
                let next = entries.last().map(|entry| entry.seq).filter(|_| is_full);
                Ok((json_lines(entries.into_iter().map(ChangeView::from)), next))
            });
            batch.await
        }
    })
}
