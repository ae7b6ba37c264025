//! The use ledger over HTTP: the whole of it to the newsroom, and a partner's own word into it.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, Responder, get, post};
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use futures_util::{Stream, StreamExt, stream};
use utoipa::{IntoParams, ToSchema};

use super::views::{COLUMNS, UsageReportInput, UseView};
use super::{Filter, Line, Told, Use, browse, report};
use crate::addresses::{Kind, known_id};
use crate::app::App;
use crate::db::ids::UseId;
use crate::db::ids::kinds::Article;
use crate::db::{Position, Snapshot};
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Moment, Text, Whole, word};
use crate::http::caller::{Editor, PartnerKey};
use crate::http::paging::{Cursors, Page};
use crate::http::{Body, Item, Links, List, Once, Query, Register, Saved};
use crate::publication;
use crate::republish::partners::{self, Client};
use crate::republish::{Circumstances, Sought, Subject, placements, seek};

/// How many lines are in memory at once, of however many are sent.
const BATCH: i64 = 500;

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(report_uses).service(report_usage);
}

/// Which lines of the ledger, and how.
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
    /// Only of this partner, by id or slug.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "the-ferryman")]
    partner: Option<Text<100>>,
    /// Only of this story, by id or slug.
    #[deserr(default)]
    #[param(inline, nullable = false, example = "last-night-at-the-lighthouse")]
    article: Option<Text<100>>,
    /// Only what was written from this instant on.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    after: Option<Moment>,
    /// Only what was written before this instant.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    before: Option<Moment>,
    /// `json`: a page. `csv` (RFC 4180) and `ndjson`: all of it; they take neither `limit` nor `cursor`. Default `json`.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    format: Option<Format>,
}

/// How the ledger is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
enum Format {
    /// A page of a list.
    Json,
    /// All of it, a row a line.
    Csv,
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
            "csv" => Some(Format::Csv),
            "ndjson" => Some(Format::Ndjson),
            _ => None,
        };
        word(value, location, parse, "json, csv, ndjson")
    }
}

impl Asked {
    /// The filter; `None` where it names what is not there, which nothing was used of.
    fn filter(&self, snapshot: &mut Snapshot) -> Result<Option<Filter>> {
        let mut filter = Filter {
            after: self.after.map(|moment| moment.0),
            before: self.before.map(|moment| moment.0),
            ..Filter::default()
        };
        if let Some(partner) = &self.partner {
            let Some(partner) = partners::find(snapshot, partner)? else { return Ok(None) };
            filter.partner = Some(partner.id);
        }
        if let Some(article) = &self.article {
            let Some(article) = known_id::<Article>(snapshot, Kind::Article, article)? else {
                return Ok(None);
            };
            filter.article = Some(article);
        }
        Ok(Some(filter))
    }

    /// 400 where a page is asked for of what has none.
    fn whole(&self) -> Result<()> {
        let sent = [("limit", self.limit.is_some()), ("cursor", self.cursor.is_some())];
        let faults: Vec<Fault> = sent
            .into_iter()
            .filter(|(_, is_sent)| *is_sent)
            .map(|(name, _)| Fault::parameter(name, "invalid_parameter", "is taken with format=json alone"))
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::InvalidQuery(faults)) }
    }
}

/// Read the use ledger
///
/// Each package that a partner fetched and each use that it reported, with the verdict of that moment; the newest
/// first. In CSV a text that a spreadsheet would take for a formula is led by an apostrophe.
#[utoipa::path(
    tag = "admin: republishing",
    params(Asked),
    responses((
        status = 200,
        content(
            (List<UseView> = "application/json"),
            (String = "text/csv"),
            (String = "application/x-ndjson"),
        )
    )),
    security(("bearer" = ["editor"]))
)]
#[get("/v1/admin/reports/uses")]
async fn report_uses(
    app: Data<App>,
    _: Editor,
    query: Query<Asked>,
    request: HttpRequest,
    links: Links,
) -> Result<HttpResponse> {
    let Query(asked) = query;
    let format = asked.format.unwrap_or(Format::Json);
    if format == Format::Json {
        let db = app.db.clone();
        let page = db.read(move |snapshot| page(&app, snapshot, &asked, links));
        return Ok(Saved::seen(&page.await?).respond_to(&request));
    }
    asked.whole()?;
    let filter = app.db.read(move |snapshot| asked.filter(snapshot)).await?;
    Ok(streamed(app, filter, format))
}

fn page(app: &App, snapshot: &mut Snapshot, asked: &Asked, links: Links) -> Result<List<UseView>> {
    let filter = asked.filter(snapshot)?;
    let cursors = Cursors::new(&app.auth.secrets, format!("admin/uses\n{filter:?}\n{}", snapshot.epoch()));
    let limit = asked.limit.map_or(20, |limit| limit.0);
    let page = Page::new(cursors, limit, asked.cursor.as_deref(), links)?;
    let after = page.browse(false, None).after;
    let below = after.map(|at| at.key.parse().map_err(|_| Error::InvalidCursor)).transpose()?;
    let lines = match filter {
        Some(filter) => browse(snapshot, &filter, below, i64::from(limit) + 1)?,
        None => Vec::new(),
    };
    let position = |line: &Line| Position { key: line.id.to_string(), id: line.id.to_string() };
    Ok(page.of(lines, position, UseView::from))
}

fn streamed(app: Data<App>, filter: Option<Filter>, format: Format) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")));
    let (kind, head) = match format {
        Format::Csv => ("text/csv; charset=utf-8", row(&COLUMNS.map(str::to_owned))),
        Format::Json | Format::Ndjson => ("application/x-ndjson", Vec::new()),
    };
    let head = stream::iter([Ok(Bytes::from(head))]);
    response.content_type(kind).streaming(head.chain(lines(app, filter, format)))
}

/// The lines of the ledger in batches, each read when the one before it was taken.
fn lines(app: Data<App>, filter: Option<Filter>, format: Format) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold(filter.map(|filter| (filter, None::<UseId>)), move |place| {
        let db = app.db.clone();
        async move {
            let Some((filter, below)) = place else { return Ok(None) };
            let batch = db.read(move |snapshot| {
                let lines = browse(snapshot, &filter, below, BATCH)?;
                let is_full = lines.len() as i64 == BATCH;
                let next = lines.last().map(|line| (filter, Some(line.id))).filter(|_| is_full);
                Ok((printed(lines, format), next))
            });
            batch.await.map(Some)
        }
    })
}

fn printed(lines: Vec<Line>, format: Format) -> Bytes {
    let mut bytes = Vec::new();
    for view in lines.into_iter().map(UseView::from) {
        if format == Format::Csv {
            bytes.extend(row(&view.cells()));
        } else {
            // A view of ours cannot fail to print.
            bytes.extend(serde_json::to_vec(&view).unwrap_or_default());
            bytes.push(b'\n');
        }
    }
    bytes.into()
}

/// A row by RFC 4180: every cell in quotes, a quote in one doubled.
fn row(cells: &[String]) -> Vec<u8> {
    let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    format!("{}\r\n", quoted.join(",")).into_bytes()
}

/// Report a use that leaves no pixel
///
/// In print, on the radio, in a newsletter: a line of the use ledger, with the verdict of now for that channel. For
/// a story that you may run there or once fetched; 403 with every reason otherwise.
#[utoipa::path(
    tag = "syndication",
    request_body = UsageReportInput,
    responses((status = 201, body = Item<UseView>), (status = 404), (status = 410)),
    security(("bearer" = ["partner"]))
)]
#[post("/v1/syndication/usage-reports")]
async fn report_usage(
    app: Data<App>,
    partner: PartnerKey,
    once: Once,
    body: Body<UsageReportInput>,
    links: Links,
) -> Result<Saved> {
    let input = body.0;
    let (caller, key) = (partner.caller().clone(), input.article.as_str().to_owned());
    let channel = input.channel;
    let used = app.db.read(move |snapshot| {
        let now = snapshot.now();
        let client = Client::of(snapshot, caller.partner())?.ok_or(Error::InvalidCredential)?;
        let own = client.partner.clone();
        let circumstances = Circumstances { partner: Some(client), channel, territory: None, now };
        let settings = publication::settings_at(snapshot)?;
        let sought = match seek(snapshot, &key, &settings, &circumstances)? {
            Sought::Moved(slug) => seek(snapshot, &slug, &settings, &circumstances)?,
            sought => sought,
        };
        let Sought::Found(Subject::Live(card), asked) = sought else {
            return Err(Error::NotFound("article"));
        };
        let fetched = placements::fetchers(snapshot, card.id)?.iter().any(|(partner, _)| *partner == own.id);
        let asked = if fetched { *asked } else { asked.permitted(now)? };
        let used = Use {
            partner: own.id,
            key: caller.key().map(|key| key.id),
            article: card.id,
            version: card.version,
            channel,
            territory: own.agreement.territory,
            ruling: asked.verdict.ruling,
            reasons: Vec::new(),
        };
        Ok(used.judged(&asked.verdict))
    });
    let used = used.await?;
    let made = once.write(&app, partner.actor(), move |tx| {
        let used_at = input.used_at.unwrap_or(tx.now());
        if used_at > tx.now() {
            return Err(Error::body("/used_at", "invalid_value", "must not be in the future"));
        }
        let told = Told { used_at, note: input.note.and_then(Text::filled) };
        let id = report(tx, &used, &told)?;
        let line = super::read(tx, id)?;
        Ok(Item::new(UseView::from(line), links))
    });
    made.answer(|made| Saved::created(made, "/v1/syndication/usage-reports".to_owned())).await
}
