//! The use ledger over HTTP: the whole of it to the newsroom, and a partner's own word into it.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder, get, post};
use deserr::Deserr;
use utoipa::{IntoParams, ToSchema};

use super::views::{COLUMNS, UsageReportInput, UseView};
use super::{Filter, Line, Told, Use, browse, report};
use crate::addresses::{Kind, known_id};
use crate::app::App;
use crate::db::ids::UseId;
use crate::db::ids::kinds::Article;
use crate::db::{Position, Snapshot};
use crate::error::{Error, Result};
use crate::fields::{Faults, Moment, Text};
use crate::http::caller::{Editor, PartnerKey};
use crate::http::paging::Paging;
use crate::http::{Body, Both, Item, Links, List, Once, Register, Saved, in_batches, json_lines};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(rename_all = "lowercase")]
enum Format {
    /// A page of a list.
    Json,
    /// All of it, a row a line.
    Csv,
    /// All of it, an object a line.
    Ndjson,
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
}

/// Read the use ledger
///
/// Each package that a partner fetched and each use that it reported, with the verdict of that moment; the newest
/// first. In CSV a text that a spreadsheet would take for a formula is led by an apostrophe.
#[utoipa::path(
    tag = "admin: republishing",
    params(Paging, Asked),
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
    query: Both<Paging, Asked>,
    request: HttpRequest,
    links: Links,
) -> Result<HttpResponse> {
    let Both(paging, asked) = query;
    let format = asked.format.unwrap_or(Format::Json);
    if format == Format::Json {
        let db = app.db.clone();
        let page = db.read(move |snapshot| page(&app, snapshot, &paging, &asked, links));
        return Ok(Saved::seen(&page.await?).respond_to(&request));
    }
    paging.refuse("is taken with format=json alone")?;
    let filter = app.db.read(move |snapshot| asked.filter(snapshot)).await?;
    Ok(streamed(app, filter, format))
}

fn page(
    app: &App,
    snapshot: &mut Snapshot,
    paging: &Paging,
    asked: &Asked,
    links: Links,
) -> Result<List<UseView>> {
    let filter = asked.filter(snapshot)?;
    let page = paging.page(&app.auth.secrets, links, &format!("admin/uses\n{filter:?}"), snapshot.epoch())?;
    let lines = match filter {
        Some(filter) => browse(snapshot, &filter, page.after_id()?, page.most())?,
        None => Vec::new(),
    };
    Ok(page.of(lines, |line: &Line| Position::of_id(line.id), UseView::from))
}

fn streamed(app: Data<App>, filter: Option<Filter>, format: Format) -> HttpResponse {
    let (kind, head) = match format {
        Format::Csv => ("text/csv; charset=utf-8", row(&COLUMNS.map(str::to_owned))),
        Format::Json | Format::Ndjson => ("application/x-ndjson", Vec::new()),
    };
    in_batches(kind, head, filter.map(|filter| (filter, None::<UseId>)), move |(filter, below)| {
        let db = app.db.clone();
        async move {
            let batch = db.read(move |snapshot| {
                let lines = browse(snapshot, &filter, below, BATCH)?;
                let is_full = lines.len() as i64 == BATCH;
                let next = lines.last().map(|line| (filter, Some(line.id))).filter(|_| is_full);
                Ok((printed(lines, format), next))
            });
            batch.await
        }
    })
}

fn printed(lines: Vec<Line>, format: Format) -> Vec<u8> {
    let views = lines.into_iter().map(UseView::from);
    match format {
        Format::Csv => views.flat_map(|view| row(&view.cells())).collect(),
        Format::Json | Format::Ndjson => json_lines(views),
    }
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
        let has_fetched = !placements::fetched_by(snapshot, own.id, &[card.id])?.is_empty();
        let asked = if has_fetched { *asked } else { asked.permitted(now)? };
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
