//! Checks: does a partner's page keep to the rules of a story that it runs?
//!
//! `reading` takes from a page what the rules are about, `ruling` holds it against the story; both are pure.
//! A page is submitted as HTML and checked at once, or waits to be fetched from one of the partner's own
//! hosts (`fetching`). A check is its own partner's alone; its end is told in the log as `check.done`. It
//! promises that nothing of a story is learned by a check but what its partner may know.

pub mod fetching;
pub mod reading;
pub mod routes;
pub mod ruling;
pub mod views;

mod store;
mod story;

use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;
use utoipa::ToSchema;

use crate::db::ids::{ArticleId, CheckId, PartnerId};
use crate::db::types::Stamp;
use crate::db::{Audience, Change, Conn, Position, Snapshot, Tx};
use crate::error::{Error, Result};
use crate::publication;
use crate::republish::partners::{Client, Partner};

pub use reading::{Page, Reading, read};
pub use ruling::{About, Code, Judged, Outcome, Pixels, Required, Rule, Ruled, judge};
pub use story::pixels;

/// How long after a page is first known it is looked at again, in seconds.
const AGAIN_AFTER: [i64; 4] = [0, 3_600, 24 * 3_600, 7 * 24 * 3_600];
/// How long a finished check is kept, in seconds: 400 days.
const KEPT: i64 = 400 * 24 * 3_600;

/// A check of a partner's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its id.
    pub id: CheckId,
    /// Whose page it is about.
    pub partner: PartnerId,
    /// Which story; none until the page told it.
    pub article: Option<ArticleId>,
    /// The published version that the page shows.
    pub version: Option<i32>,
    /// The page; none of HTML that was submitted without its address.
    pub url: Option<String>,
    /// Where the page came from.
    pub source: Source,
    /// Whether it is done.
    pub state: State,
    /// When the page was looked at.
    pub checked_at: Option<Stamp>,
    /// What came of it; empty until it is done.
    pub findings: Findings,
}

/// Where a checked page came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = CheckSource, example = "fetched")]
pub enum Source {
    /// The partner sent it.
    Submitted,
    /// We fetched it.
    Fetched,
}

/// Whether a check is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its page to be fetched.
    Pending {
        /// From when on.
        due: Stamp,
    },
    /// It is done.
    Done,
}

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// How much of the version's text the page holds, 0 to 1.
    pub similarity: Option<f64>,
    /// Each rule, in the order of answers.
    pub rules: Vec<Ruled>,
}

/// What the log tells of a finished check, as its detail holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Whose page.
    pub partner: PartnerId,
    /// Which story; none where the page did not tell.
    pub article: Option<ArticleId>,
    /// The published version that the page shows.
    pub version: Option<i32>,
    /// The page.
    pub url: Option<String>,
    /// Whether no rule failed.
    pub passed: bool,
    /// Whether the page no longer runs the story.
    pub removed: bool,
    /// Where the page came from.
    pub source: Source,
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Source::Submitted => "submitted",
            Source::Fetched => "fetched",
        }
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        source.name().to_owned()
    }
}

impl TryFrom<String> for Source {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        let known = [Source::Submitted, Source::Fetched].into_iter().find(|source| source.name() == text);
        known.ok_or_else(|| Error::Internal(format!("`{text}` is no source of a page")))
    }
}

impl Check {
    /// From when on its page is fetched; none where it is done.
    pub fn due_at(&self) -> Option<Stamp> {
        match self.state {
            State::Pending { due } => Some(due),
            State::Done => None,
        }
    }

    /// The same check, done.
    fn with(self, article: Option<ArticleId>, judged: Judged, now: Stamp) -> Self {
        Check {
            article: article.or(self.article),
            version: judged.version,
            state: State::Done,
            checked_at: Some(now),
            findings: Findings { similarity: judged.similarity, rules: judged.rules },
            ..self
        }
    }

    /// What the log tells of it; none until it is done.
    fn done(&self) -> Option<Done> {
        self.checked_at?;
        let rules = &self.findings.rules;
        Some(Done {
            partner: self.partner,
            article: self.article,
            version: self.version,
            url: self.url.clone(),
            passed: ruling::passes(rules),
            removed: ruling::is_removed(rules),
            source: self.source,
        })
    }
}

/// Holds what was read of a page against the story that it runs; `named` is what it is said to run. None
/// where that is no story that the partner may know.
fn hold_against(
    snapshot: &mut Snapshot,
    reading: &Reading,
    partner: Partner,
    pixels: &Pixels,
    named: Option<ArticleId>,
) -> Result<Option<(ArticleId, Judged)>> {
    let settings = publication::settings(snapshot)?;
    let Some(told) = story::told(snapshot, &settings, reading, pixels, named)? else { return Ok(None) };
    let client = Client::new(snapshot, partner)?;
    let about = story::about(snapshot, &told, &client, pixels)?;
    Ok(Some((told.article(), judge(reading, &about))))
}

/// Notes what came of a page that a partner submitted.
pub fn submit(
    tx: &mut Tx,
    partner: PartnerId,
    article: ArticleId,
    url: Option<Url>,
    judged: Judged,
) -> Result<Check> {
    let check = new(partner, Some(article), url.as_ref(), Source::Submitted, tx.now());
    let check = check.with(Some(article), judged, tx.now());
    store::insert(tx, &check, host(url.as_ref()))?;
    report(tx, &check);
    Ok(check)
}

/// Lets a partner's page be fetched and checked; `article` says which story it runs where it does not itself.
pub fn request(tx: &mut Tx, partner: PartnerId, article: Option<ArticleId>, url: &Url) -> Result<Check> {
    let check = new(partner, article, Some(url), Source::Fetched, tx.now());
    store::insert(tx, &check, host(Some(url)))?;
    let asked = Change::new(Audience::Staff, "check.asked", "check", check.id);
    tx.record(asked.detail(json!({ "partner": partner, "article": article, "url": url.as_str() })));
    Ok(check)
}

/// Lets a page on which a partner runs a story be checked again at an instant; planned twice, it is done once.
/// Whether the address is the partner's is looked at then.
pub fn recheck(tx: &mut Tx, partner: PartnerId, article: ArticleId, url: &str, when: Stamp) -> Result<()> {
    let Some(url) = Url::parse(url).ok().filter(|url| url.host_str().is_some()) else { return Ok(()) };
    if store::is_planned(tx, partner, url.as_str(), when)? {
        return Ok(());
    }
    let check = Check {
        state: State::Pending { due: when },
        ..new(partner, Some(article), Some(&url), Source::Fetched, when)
    };
    store::insert(tx, &check, host(Some(&url)))
}

/// Lets a page that was just seen for the first time be checked now and three times more within a week.
pub fn follow(tx: &mut Tx, partner: PartnerId, article: ArticleId, url: &str) -> Result<()> {
    let now = tx.now();
    for seconds in AGAIN_AFTER {
        recheck(tx, partner, article, url, now.plus_seconds(seconds))?;
    }
    Ok(())
}

/// Notes what came of a page that was fetched. Nothing where another node was first.
fn finish(tx: &mut Tx, check: Check, article: Option<ArticleId>, judged: Judged) -> Result<()> {
    let check = check.with(article, judged, tx.now());
    if store::finish(tx, &check)? {
        report(tx, &check);
    }
    Ok(())
}

/// A partner's check; 404 where there is none, or it is another partner's.
pub fn find(conn: &mut Conn, partner: PartnerId, key: &str) -> Result<Check> {
    let missing = || Error::NotFound("check");
    let id = key.parse().map_err(|_| missing())?;
    store::find(conn, id)?.filter(|check| check.partner == partner).ok_or_else(missing)
}

/// A page of a partner's checks, the newest first, of one story or all.
pub fn browse(
    conn: &mut Conn,
    partner: PartnerId,
    article: Option<ArticleId>,
    after: Option<&Position>,
    limit: i64,
) -> Result<Vec<Check>> {
    store::browse(conn, partner, article, after, limit)
}

/// What the last finished checks of a partner's pages of a story came to, the newest first.
pub fn last_done(conn: &mut Conn, partner: PartnerId, article: ArticleId) -> Result<Vec<Done>> {
    let checks = store::browse(conn, partner, Some(article), None, 100)?;
    Ok(checks.iter().filter_map(Check::done).collect())
}

/// Forgets what was found long ago.
pub fn forget_old(tx: &mut Tx) -> Result<()> {
    let before = tx.now().plus_seconds(-KEPT);
    store::delete_before(tx, before)
}

fn new(
    partner: PartnerId,
    article: Option<ArticleId>,
    url: Option<&Url>,
    source: Source,
    due: Stamp,
) -> Check {
    Check {
        id: CheckId::new(),
        partner,
        article,
        version: None,
        url: url.map(|url| url.as_str().to_owned()),
        source,
        state: State::Pending { due },
        checked_at: None,
        findings: Findings::default(),
    }
}

/// Whether a page is on a host that was registered for a partner.
fn is_on_a_host_of(partner: &Partner, url: &Url) -> bool {
    // An IPv6 address stands in brackets in a URL, and without in the register.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    partner.agreement.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
}

/// The host of a page, with the port, as what is asked one thing at a time.
fn host(url: Option<&Url>) -> Option<String> {
    let url = url?;
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

fn report(tx: &mut Tx, check: &Check) {
    let Some(done) = check.done() else { return };
    let change = Change::new(Audience::Partner, "check.done", "check", check.id).detail(json!(done));
    tx.record(match check.version {
        Some(version) => change.version(version),
        None => change,
    });
}
