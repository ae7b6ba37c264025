//! Rights and packages over HTTP.

use std::sync::{Arc, OnceLock};

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get, post};
use deserr::Deserr;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::make::{make, pixel_url};
use super::package::{Package, PackageView};
use super::partners::{Client, Partner, Portion, quota};
use super::{Asked, Circumstances, Sought, placements, seek, terms, uses};
use crate::app::App;
use crate::articles::Card;
use crate::auth::Caller;
use crate::db::Snapshot;
use crate::error::{Error, Fault, Result};
use crate::feeds::ninjs::{self, Ninjs};
use crate::fields::{Faults, Flag, Text};
use crate::http::caller::Anyone;
use crate::http::{Answer, Body, Item, Links, List, Query, Register, Reply, Saved, deliver};
use crate::media;
use crate::publication::{self, Settings};
use crate::rights::views::RightsView;
use crate::rights::{Channel, Territory};

/// Registers the routes of this room.
pub fn configure(config: &mut impl Register) {
    config.service(get_rights).service(resolve_rights).service(get_package);
    super::pixel::routes::configure(config);
    super::placements::routes::configure(config);
}

/// For what use a story is asked about.
#[derive(Clone, Copy, Debug, Default, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Use {
    /// Where the story would run. Default `web`. A partner's key has its own terms: 400.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    channel: Option<Channel>,
    /// In which country, ISO 3166-1 alpha-2; a country that nobody told is outside every list. A
    /// partner's key has its own terms: 400.
    #[deserr(default)]
    #[param(value_type = Option<String>, nullable = false, example = "PT")]
    territory: Option<Territory>,
}

/// In which form a package is asked for.
#[derive(Clone, Copy, Debug, Deserr, IntoParams)]
#[deserr(error = Faults, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Packing {
    /// `json` (default): everything; `html`, `text`, `markdown`: the bare piece, to be pasted; `ninjs`: an item
    /// of IPTC ninjs 3.1 for a news system.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    format: Option<Format>,
    /// `true`: a package to look at, which is counted nowhere and has no pixel.
    #[deserr(default)]
    #[param(inline, nullable = false)]
    dry: Option<Flag>,
}

/// The forms of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserr, ToSchema)]
#[deserr(error = Faults, rename_all = lowercase)]
#[serde(rename_all = "lowercase")]
enum Format {
    /// Everything, in `data`.
    #[default]
    Json,
    /// The piece as HTML.
    Html,
    /// The piece as plain text.
    Text,
    /// The piece as CommonMark.
    Markdown,
    /// An item of IPTC ninjs 3.1.
    Ninjs,
}

/// A package in one of its two forms in JSON: everything, in `data`, or an item of IPTC ninjs 3.1.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
enum PackageAnswer {
    // What each is stands with its schema: a reference with words beside it is one that generators of clients miss.
    Json(Box<Item<PackageView>>),
    Ninjs(Ninjs),
}

impl Use {
    /// The circumstances of a caller; a partner cannot choose its own terms.
    fn of(self, caller: &Caller, snapshot: &mut Snapshot) -> Result<Circumstances> {
        let partner = Client::of(snapshot, caller.partner())?;
        if partner.is_some() {
            let chosen = [("channel", self.channel.is_some()), ("territory", self.territory.is_some())];
            let faults: Vec<Fault> = chosen
                .iter()
                .filter(|(_, said)| *said)
                .map(|(name, _)| {
                    Fault::parameter(*name, "invalid_parameter", "a partner's key has its own terms")
                })
                .collect();
            if !faults.is_empty() {
                return Err(Error::InvalidQuery(faults));
            }
        }
        let channel = self.channel.unwrap_or(Channel::Web);
        Ok(Circumstances { partner, channel, territory: self.territory, now: snapshot.now() })
    }
}

/// What may be done with a story
///
/// The verdict for the caller: whether the story may be republished, every reason against it or every
/// condition, and a decision for each picture. 200 whatever the verdict; 410 of a retracted story.
#[utoipa::path(tag = "republishing", params(Use), responses((status = 200, body = Item<RightsView>)))]
#[get("/v1/articles/{article}/rights")]
async fn get_rights(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Query<Use>,
    links: Links,
) -> Result<Answer> {
    deliver(&app, &caller.0.clone(), move |snapshot| {
        let circumstances = query.0.of(&caller.0, snapshot)?;
        snapshot.depends_on_all("publication");
        let settings = publication::settings_at(snapshot)?;
        let view = match seek(snapshot, &article, &settings, &circumstances)? {
            Sought::Moved(slug) => return Ok(Reply::moved(links.at(&slug))),
            Sought::Found(story, asked) => RightsView::of(story.card().id, &asked.verdict),
        };
        Reply::json(&Item::new(view, links))
    })
    .await
}

/// The stories that are asked about.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
struct RightsQuestion {
    /// Ids or slugs, 1-100.
    #[schema(value_type = Vec<String>, min_items = 1, max_items = 100, example = json!(["last-night-at-the-lighthouse"]))]
    ids: Vec<Text<200>>,
    /// Where the stories would run. Default `web`. A partner's key has its own terms: 400.
    #[deserr(default)]
    channel: Option<Channel>,
    /// In which country, ISO 3166-1 alpha-2. A partner's key has its own terms: 400.
    #[deserr(default)]
    #[schema(value_type = Option<String>, example = "PT")]
    territory: Option<Territory>,
}

/// What may be done with several stories
///
/// The verdicts for the caller, in the order asked. An id that is not live for the caller, also one
/// that never existed, is `deny` with the one reason `not_live`.
#[utoipa::path(
    tag = "republishing",
    request_body = RightsQuestion,
    responses((status = 200, body = List<RightsView>))
)]
#[post("/v1/rights/resolve")]
async fn resolve_rights(
    app: Data<App>,
    caller: Anyone,
    body: Body<RightsQuestion>,
    links: Links,
) -> Result<Saved> {
    let question = body.0;
    if question.ids.is_empty() || question.ids.len() > 100 {
        return Err(Error::body("/ids", "invalid_value", "must be 1 to 100 ids"));
    }
    let seen = app.db.read(move |snapshot| {
        let wanted = Use { channel: question.channel, territory: question.territory };
        let circumstances = wanted.of(&caller.0, snapshot)?;
        let settings = publication::settings(snapshot)?;
        let mut views = Vec::with_capacity(question.ids.len());
        for id in &question.ids {
            views.push(view(snapshot, id, &settings, &circumstances)?);
        }
        Ok(List::whole(views, links))
    });
    Ok(Saved::seen(&seen.await?))
}

/// The verdict about one of several stories; an old slug means the story that has it now.
fn view(
    snapshot: &mut Snapshot,
    key: &str,
    settings: &Settings,
    circumstances: &Circumstances,
) -> Result<RightsView> {
    let found = match seek(snapshot, key, settings, circumstances) {
        Ok(Sought::Moved(slug)) => seek(snapshot, &slug, settings, circumstances),
        other => other,
    };
    match found {
        Ok(Sought::Found(_, asked)) => Ok(RightsView::of(key, &asked.verdict)),
        Ok(Sought::Moved(_)) | Err(Error::NotFound(_) | Error::Retracted { .. }) => {
            Ok(RightsView::unknown(key))
        }
        Err(error) => Err(error),
    }
}

/// A story made ready to republish
///
/// The whole piece with byline, every paragraph and hyperlink, corrections, the credit line and the
/// pixel; never a picture, a script, an appeal or a promo. Canonical and robots stand beside it, as
/// head tags and as HTTP headers. 403 with every reason where the verdict denies; 410 of a retracted
/// story. The same version, partner and terms give the same bytes and ETag.
#[utoipa::path(
    tag = "republishing",
    params(Packing),
    responses((
        status = 200,
        content(
            (PackageAnswer = "application/json"),
            (String = "text/html"),
            (String = "text/plain"),
            (String = "text/markdown"),
        ),
    ))
)]
#[get("/v1/articles/{article}/republish")]
async fn get_package(
    app: Data<App>,
    caller: Anyone,
    article: Path<String>,
    query: Query<Packing>,
    links: Links,
    request: HttpRequest,
) -> Result<Answer> {
    let (at, asking, packing) = (app.clone(), caller.0.clone(), query.0);
    let look = move |snapshot: &mut Snapshot, taking: &Taking| {
        pack(snapshot, &at, &asking, &article, packing, links.clone(), taking)
    };
    deliver_to_take(&app, &caller.0, &request, look).await
}

/// What a partner takes: it counts against its quota, and stands in the ledger.
pub type Taking = OnceLock<(Partner, uses::Use)>;

/// As `deliver`, of what a partner takes: once it is made, it is counted against the quota and noted in the ledger.
/// What the partner has already costs nothing.
pub async fn deliver_to_take(
    app: &App,
    caller: &Caller,
    request: &HttpRequest,
    look: impl Fn(&mut Snapshot, &Taking) -> Result<Reply> + Send + Sync + 'static,
) -> Result<Answer> {
    let look = Arc::new(look);
    // Between the look at the quota and the count others may have used it up: the second look tells.
    loop {
        let (taking, look) = (Arc::new(Taking::new()), look.clone());
        let here = taking.clone();
        let answer = deliver(app, caller, move |snapshot| look(snapshot, &here)).await?;
        let Some((partner, used)) = taking.get().cloned() else { return Ok(answer) };
        let is_known = answer.is_known_to(request);
        let taken = app.db.write_unlogged(move |tx| {
            let taken = is_known || quota::take(tx, &partner, used.article)?;
            if taken {
                placements::fetched(tx, &used)?;
            }
            Ok(taken)
        });
        if taken.await? {
            return Ok(answer);
        }
    }
}

/// Notes what a partner takes; of nobody else there is nothing to note.
pub fn note_taking(
    taking: &Taking,
    caller: &Caller,
    card: &Card,
    circumstances: &Circumstances,
    asked: &Asked,
) {
    let Some(client) = &circumstances.partner else { return };
    let used = uses::Use {
        partner: client.partner.id,
        key: caller.key().map(|key| key.id),
        article: card.id,
        version: card.version,
        channel: circumstances.channel,
        territory: client.partner.agreement.territory,
        ruling: asked.verdict.ruling,
        reasons: Vec::new(),
    };
    // Set once in a look: there is nothing to replace.
    let _ = taking.set((client.partner.clone(), used));
}

fn pack(
    snapshot: &mut Snapshot,
    app: &App,
    caller: &Caller,
    article: &str,
    packing: Packing,
    links: Links,
    taking: &Taking,
) -> Result<Reply> {
    snapshot.depends_on_all("publication");
    let circumstances = Use::default().of(caller, snapshot)?;
    let settings = publication::settings_at(snapshot)?;
    let (story, asked) = match seek(snapshot, article, &settings, &circumstances)? {
        Sought::Moved(slug) => return Ok(Reply::moved(links.at(&slug))),
        Sought::Found(story, asked) => (story, asked.permitted(snapshot.now())?),
    };
    let card = story.card();
    let counted = !packing.dry.is_some_and(|dry| dry.0);
    let pixel = counted.then(|| pixel_url(&app.config.public_url, &app.auth.secrets, card, &circumstances));
    let portion = circumstances.portion();
    let body = media::body(snapshot, card)?;
    let package = make(card, &body, &asked, &settings, portion, pixel.as_deref())?;
    if counted {
        note_taking(taking, caller, card, &circumstances, &asked);
    }
    let reply = match packing.format.unwrap_or_default() {
        Format::Json => Reply::json(&PackageAnswer::Json(Box::new(Item::new(package.into_view(), links))))?,
        Format::Ninjs => {
            let item = news_item(card, &asked, &settings, portion, &package, &app.config.public_url);
            Reply::json(&PackageAnswer::Ninjs(item))?.of_type(ninjs::MEDIA_TYPE)
        }
        Format::Html => Reply::bytes("text/html; charset=utf-8", package.html().to_owned().into_bytes()),
        Format::Text => Reply::bytes("text/plain; charset=utf-8", package.text().into_bytes()),
        Format::Markdown => Reply::bytes("text/markdown; charset=utf-8", package.markdown().into_bytes()),
    };
    let headers = terms::headers(&settings, &app.config.public_url, &card.canonical_url);
    Ok(headers
        .into_iter()
        .fold(reply, |reply, (name, value)| reply.with(name, value))
        .last_modified(card.changed_at))
}

/// A package as a news item.
fn news_item(
    card: &Card,
    asked: &Asked,
    settings: &Settings,
    portion: Portion,
    package: &Package,
    public_url: &str,
) -> Ninjs {
    ninjs::ninjs(&ninjs::Item {
        card,
        origin: &asked.origin,
        settings,
        terms_url: &terms::url(public_url),
        conditions: &package.view().rules,
        package: Some(package.view()),
        portion,
        embargoed_until: None,
    })
}
