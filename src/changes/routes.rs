//! The log over HTTP, for editors and admins: what the newsroom did, and who in it.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, Responder, get};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use futures_util::{Stream, stream};
use utoipa::{IntoParams, ToSchema};

use super::views::ChangeView;
use super::{Entry, Filter};
use crate::app::App;
use crate::db::{Audience, Conn, Position};
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Moment, Text, Whole, word};
use crate::http::caller::Editor;
use crate::http::paging::{Cursors, Page};
use crate::http::{Links, List, Query, Register, Saved};

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
    /// How many a page holds, 1-100. Default 20.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    limit: Option<Whole<1, 100>>,
    /// Where the page begins: the cursor of the page before it, as its `links.next` has it.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    cursor: Option<Text<2000>>,
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

    /// 400 where a page is asked for of what has none.
    fn whole(&self) -> Result<()> {
        let told = "is not taken with format=ndjson, which is all of it";
        let sent = [("limit", self.limit.is_some()), ("cursor", self.cursor.is_some())];
        let faults: Vec<Fault> = sent
            .into_iter()
            .filter(|(_, is_sent)| *is_sent)
            .map(|(name, _)| Fault::parameter(name, "invalid_parameter", told))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(faults)) }
    }
}

/// Read the log
///
/// Who did what, when, to which thing; the newest first. Sign-ins stand in it too, failed ones with the
/// address they came from. Nothing in it can be changed.
#[utoipa::path(
    tag = "admin: changes",
    params(Asked),
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
    query: Query<Asked>,
    request: HttpRequest,
    links: Links,
) -> Result<HttpResponse> {
    let Query(asked) = query;
    if asked.format == Some(Format::Ndjson) {
        asked.whole()?;
        return Ok(streamed(app, asked.filter()));
    }
    let db = app.db.clone();
    let page = db.read(move |snapshot| {
        let epoch = snapshot.epoch().to_owned();
        page(&app, snapshot, &asked, links, &epoch)
    });
    Ok(Saved::seen(&page.await?).respond_to(&request))
}

fn page(app: &App, conn: &mut Conn, asked: &Asked, links: Links, epoch: &str) -> Result<List<ChangeView>> {
    let filter = asked.filter();
    let cursors = Cursors::new(&app.auth.secrets, format!("admin/changes\n{filter:?}\n{epoch}"));
    let limit = asked.limit.map_or(20, |limit| limit.0);
    let page = Page::new(cursors, limit, asked.cursor.as_deref(), links)?;
    let browse = page.browse(false, None);
    let below = match &browse.after {
        Some(position) => position.key.parse().map_err(|_| Error::InvalidCursor)?,
        None => i64::MAX,
    };
    let entries = super::browse(conn, &filter, below, browse.limit)?;
    let position = |entry: &Entry| Position { key: entry.seq.to_string(), id: String::new() };
    Ok(page.of(entries, position, ChangeView::from))
}

fn streamed(app: Data<App>, filter: Filter) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    response.content_type("application/x-ndjson").streaming(lines(app, filter))
}

/// The lines of the log in batches, each read when the one before it was taken.
fn lines(app: Data<App>, filter: Filter) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold(Some(i64::MAX), move |below| {
        let (db, filter) = (app.db.clone(), filter.clone());
        async move {
            let Some(below) = below else { return Ok(None) };
            let batch = db.read(move |snapshot| {
                let entries = super::browse(snapshot, &filter, below, BATCH)?;
                let is_full = entries.len() as i64 == BATCH;
                let next = entries.last().map(|entry| entry.seq).filter(|_| is_full);
                Ok((printed(entries), next))
            });
            batch.await.map(Some)
        }
    })
}

fn printed(entries: Vec<Entry>) -> Bytes {
    let mut lines = Vec::new();
    for entry in entries {
        // A view of ours cannot fail to print.
        lines.extend(serde_json::to_vec(&ChangeView::from(entry)).unwrap_or_default());
        lines.push(b'\n');
    }
    lines.into()
}
