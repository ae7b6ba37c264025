//! Which story a page runs, and what is known of it to the partner who runs it.

use url::Url;

use super::reading::{self, Place, Reading};
use super::ruling::{About, Denied, Pixels, Required, Text, tokens};
use crate::addresses::{self, Kind};
use crate::articles::byline::Role;
use crate::articles::paths::{self, parse_path};
use crate::articles::story::Story;
use crate::articles::{self, Card};
use crate::auth::secrets::{Purpose, Secrets};
use crate::body::{Rendering, escape_html};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Conn, Snapshot};
use crate::error::{Error, Result};
use crate::media::Asset;
use crate::publication::{self, Settings};
use crate::republish::partners::{Client, Portion};
use crate::republish::{Circumstances, ask};

/// How many versions a page is compared with: no page that anybody runs is older than the last of these.
const MOST_VERSIONS: i64 = 30;

/// A story that a page told, as partners may know it.
pub enum Told {
    /// It is live.
    Live(Box<Card>),
    /// It was retracted.
    Retracted(ArticleId),
}

impl Told {
    /// The story.
    pub fn article(&self) -> ArticleId {
        match self {
            Told::Live(card) => card.id,
            Told::Retracted(id) => *id,
        }
    }
}

/// How the pixels of an installation are known.
pub fn pixels(public_url: &str, secrets: &Secrets) -> Pixels {
    let url = Url::parse(public_url).ok();
    Pixels {
        host: url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default(),
        keys: secrets.verifying_keys(Purpose::Pixel).map(|(_, key)| key).collect(),
    }
}

/// The story that a page runs: the one of its pixel, else of its canonical link, else the one that was named.
/// None where that is no story that partners may know.
pub fn told(
    conn: &mut Conn,
    settings: &Settings,
    reading: &Reading,
    pixels: &Pixels,
    named: Option<ArticleId>,
) -> Result<Option<Told>> {
    let mut ids: Vec<ArticleId> = tokens(reading, pixels).iter().map(|token| token.article()).collect();
    // A page with several stories is asked about the one that was named.
    ids.sort_by_key(|id| Some(*id) != named);
    let mut links: Vec<_> = reading.canonicals.iter().collect();
    links.sort_by_key(|link| link.place == Place::Body);
    for url in links.into_iter().filter_map(|link| link.url.as_ref()) {
        ids.extend(at(conn, settings, url)?);
    }
    ids.extend(named);
    ids.dedup();
    for id in ids {
        if let Some(told) = known(conn, id)? {
            return Ok(Some(told));
        }
    }
    Ok(None)
}

/// The story that partners may know by an id or slug.
pub(super) fn named(conn: &mut Conn, key: &str) -> Result<Option<ArticleId>> {
    let Some(id) = addresses::id_of(conn, Kind::Article, key)? else { return Ok(None) };
    Ok(known(conn, id)?.map(|told| told.article()))
}

fn known(conn: &mut Conn, id: ArticleId) -> Result<Option<Told>> {
    if let Some(card) = articles::cards(conn, &[id])?.pop() {
        return Ok(Some(Told::Live(Box::new(card))));
    }
    Ok(addresses::gone(conn, id)?.map(|_| Told::Retracted(id)))
}

/// The story at an address of our site, now or formerly.
fn at(conn: &mut Conn, settings: &Settings, url: &Url) -> Result<Option<ArticleId>> {
    let Ok(base) = Url::parse(&settings.base_url) else { return Ok(None) };
    let below = url.path().strip_prefix(base.path().trim_end_matches('/'));
    let Some(path) = below.filter(|_| url.host() == base.host()).and_then(|path| parse_path(path).ok())
    else {
        return Ok(None);
    };
    if let Some(holder) = addresses::path_holder(conn, &path)? {
        return Ok(holder.parse().ok());
    }
    for (kind, read) in settings.site().read(&path) {
        if let (paths::Kind::Article, Some(key)) = (kind, read.slug.or(read.id)) {
            return addresses::id_of(conn, Kind::Article, &key);
        }
    }
    Ok(None)
}

/// What is known of a story to a partner.
pub fn about(snapshot: &mut Snapshot, told: &Told, client: &Client, pixels: &Pixels) -> Result<About> {
    let settings = publication::settings(snapshot)?;
    let agreement = &client.partner.agreement;
    let texts = texts(snapshot, told.article(), &settings, agreement.text)?;
    let unknown = About {
        article: told.article(),
        url: String::new(),
        canonical_url: String::new(),
        publication: settings.name.clone(),
        credit_line: Some(settings.credit_line.clone()),
        authors: Vec::new(),
        versions: texts,
        denied: Vec::new(),
        retracted: true,
        may_quote: false,
        partner: client.partner.id,
        required: Required::of(&agreement.profile),
        pixels: pixels.clone(),
    };
    match told {
        Told::Retracted(_) => Ok(unknown),
        Told::Live(card) => of_live(snapshot, card, client, &settings, unknown),
    }
}

fn of_live(
    snapshot: &mut Snapshot,
    card: &Card,
    client: &Client,
    settings: &Settings,
    about: About,
) -> Result<About> {
    let now: Stamp = snapshot.now();
    let circumstances = Circumstances::on_the_web(Some(client.clone()), now);
    let asked = ask(snapshot, card, settings, &circumstances)?;
    let denies = |asset: &&Asset| {
        let decisions = asked.verdict.assets.iter();
        decisions.filter(|decision| !decision.allowed()).any(|denied| denied.media == asset.id.as_str())
    };
    let denied = asked.assets.iter().filter(denies);
    let authors = card.authors.iter().filter(|author| author.role == Role::Author);
    Ok(About {
        url: card.url.clone(),
        canonical_url: card.canonical_url.clone(),
        authors: authors.map(|author| author.name.clone()).collect(),
        denied: denied.map(|asset| Denied { id: asset.id, url: asset.facts.url.clone() }).collect(),
        retracted: false,
        may_quote: asked.verdict.allows(),
        ..about
    })
}

/// What each of a story's last versions says in a package, corrections among it.
fn texts(conn: &mut Conn, id: ArticleId, settings: &Settings, portion: Portion) -> Result<Vec<Text>> {
    let site = Url::parse(&settings.base_url)
        .map_err(|error| Error::Internal(format!("{}: {error}", settings.base_url)))?;
    let versions = articles::latest_versions(conn, id, MOST_VERSIONS)?;
    let text = |(version, story): (i32, Story)| {
        let passages = reading::passages(&html(&story, &site, portion));
        Text { version, passages }
    };
    Ok(versions.into_iter().map(text).collect())
}

/// The words of a version as HTML, from its headline on.
fn html(story: &Story, site: &Url, portion: Portion) -> String {
    let paragraph = |text: &str| format!("<p>{}</p>", escape_html(text));
    let mut html = story.headline.as_deref().map(paragraph).unwrap_or_default();
    let lead = match portion {
        Portion::Full => story.standfirst.as_deref(),
        Portion::Summary => story.summary.as_deref().or(story.standfirst.as_deref()),
    };
    html.push_str(&lead.map(paragraph).unwrap_or_default());
    if portion == Portion::Full {
        html.push_str(&story.body.for_republishing(site).0.to_html(&Rendering::default()));
        let corrections = story.corrections.iter().map(|correction| paragraph(&correction.text));
        html.extend(corrections);
    }
    html
}
