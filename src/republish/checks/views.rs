//! Checks as JSON, in and out.

use std::collections::BTreeMap;

use deserr::Deserr;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::{Check, Code, Outcome, Page, Reading, Rule, Ruled, Source, State};
use crate::db::ids::{ArticleId, CheckId};
use crate::db::types::Stamp;
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Ref, WebUrl};

/// What relative addresses start from on a page that was sent without its own (RFC 2606).
const NOWHERE: &str = "https://page.invalid/";

/// A check of a partner's page.
#[derive(Serialize, ToSchema)]
#[schema(as = Check)]
pub struct CheckView {
    /// The key.
    pub id: CheckId,
    /// Whether it is done, or waits for its page to be fetched.
    pub state: CheckState,
    /// The story that the page runs; null until the page told it, or where it does not.
    pub article: Option<ArticleId>,
    /// The published version that the page shows, by its words, else by its pixel; null where it shows none.
    #[schema(example = 2)]
    pub version: Option<i32>,
    /// How much of that version's text the page holds, 0 to 1; null where it was not compared.
    #[schema(example = 0.97, minimum = 0.0, maximum = 1.0)]
    pub similarity: Option<f64>,
    /// The page; null of HTML that was submitted without its address.
    #[schema(format = "uri", example = "https://northern-echo.example/news/lighthouse")]
    pub url: Option<String>,
    /// Where the page came from.
    pub source: Source,
    /// From when on the page is fetched; null where the check is done.
    pub due_at: Option<Stamp>,
    /// When the page was looked at; null until it was.
    pub checked_at: Option<Stamp>,
    /// Each rule with what was found, in a fixed order; a rule that finds several things stands several times.
    /// Empty until the check is done.
    pub rules: Vec<RuledView>,
}

/// Whether a check is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(example = "done")]
pub enum CheckState {
    /// It waits for its page to be fetched.
    Pending,
    /// It is done.
    Done,
}

/// What came of one rule.
#[derive(Serialize, ToSchema)]
#[schema(as = CheckRuling)]
pub struct RuledView {
    /// Which rule.
    pub rule: Rule,
    /// What was found; null where nothing is wrong.
    pub code: Option<Code>,
    /// What comes of it.
    pub result: Outcome,
    /// What it rests on, at most ten: elements and headers of the page, or passages of its text.
    #[schema(example = json!(["<link rel=\"canonical\" href=\"https://courier.example/harbour-reopens\">"]))]
    pub evidence: Vec<String>,
    /// What to do about it, for a person; null where there is nothing to do.
    #[schema(
        example = "Move the canonical link into the page's head. An element that belongs into the body ends the head."
    )]
    pub fix: Option<&'static str>,
}

/// A page to check: an address to fetch it from, or the page itself.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct CheckInput {
    /// Where the page is, on one of your registered hosts. Needed where `html` is left out.
    #[deserr(default)]
    #[schema(inline, example = "https://northern-echo.example/news/lighthouse")]
    url: Option<WebUrl>,
    /// The page itself, which then is not fetched.
    #[deserr(default)]
    #[schema(value_type = Option<String>, example = "<!doctype html><html><head><title>Harbour reopens</title></head><body></body></html>")]
    html: Option<String>,
    /// The headers that the page is served with, by name; beside `html` alone.
    #[deserr(default)]
    #[schema(value_type = Option<BTreeMap<String, String>>, example = json!({"X-Robots-Tag": "noindex"}))]
    headers: Option<BTreeMap<String, String>>,
    /// The story, by id or slug; for a page that tells by neither its pixel nor its canonical link.
    #[deserr(default)]
    #[schema(inline, example = "harbour-reopens")]
    article: Option<Ref>,
}

/// What is to be checked.
pub struct Wanted {
    /// Where the page is.
    pub url: Option<Url>,
    /// The page itself, with its headers; none where it is to be fetched.
    pub page: Option<(String, Vec<(String, String)>)>,
    /// The story that it is said to run.
    pub article: Option<String>,
}

impl Wanted {
    /// What is read of the page; none where it is to be fetched.
    pub fn reading(&self) -> Result<Option<Reading>> {
        let Some((html, headers)) = &self.page else { return Ok(None) };
        let nowhere = Url::parse(NOWHERE).map_err(|error| Error::Internal(error.to_string()))?;
        let url = self.url.as_ref().unwrap_or(&nowhere);
        Ok(Some(super::read(&Page { html, headers, url })))
    }
}

impl CheckInput {
    /// What is to be checked; every fault of what was sent.
    pub fn wanted(self) -> Result<Wanted> {
        let mut faults = Vec::new();
        if self.html.is_none() && self.url.is_none() {
            faults.push(Fault::at("/url", "missing_field", "say where the page is, or send it as `html`"));
        }
        if self.html.is_none() && self.headers.is_some() {
            faults.push(Fault::at("/headers", "invalid_value", "headers go with `html` alone"));
        }
        if !faults.is_empty() {
            return Err(Error::InvalidBody(faults));
        }
        let headers = self.headers.unwrap_or_default().into_iter().collect();
        Ok(Wanted {
            url: self.url.and_then(|url| Url::parse(url.as_str()).ok()),
            page: self.html.map(|html| (html, headers)),
            article: self.article.map(|article| article.as_str().to_owned()),
        })
    }
}

impl From<Check> for CheckView {
    fn from(check: Check) -> Self {
        CheckView {
            id: check.id,
            state: match check.state {
                State::Pending { .. } => CheckState::Pending,
                State::Done => CheckState::Done,
            },
            article: check.article,
            version: check.version,
            similarity: check.findings.similarity,
            due_at: check.due_at(),
            url: check.url,
            source: check.source,
            checked_at: check.checked_at,
            rules: check.findings.rules.into_iter().map(RuledView::from).collect(),
        }
    }
}

impl From<Ruled> for RuledView {
    fn from(ruled: Ruled) -> Self {
        RuledView {
            rule: ruled.rule,
            code: ruled.code,
            result: ruled.result,
            evidence: ruled.evidence,
            fix: ruled.code.and_then(Code::fix),
        }
    }
}
