//! What a check rules about a page: each rule of republishing, with what was found and what to do.
//!
//! A pure function of what was read of the page and of what is known of the story. It promises that the same
//! two give the same answer, that a rule which the partner's profile leaves out is `na`, and that our words
//! are quoted only to a partner who may have them.

mod codes;
mod machines;
mod pixel;
mod seen;
mod text;

use serde::{Deserialize, Serialize};

use super::reading::Reading;
use crate::db::ids::{ArticleId, MediaId, PartnerId};
use crate::rights::Duty;

pub use codes::{Code, Outcome, Rule};
pub use pixel::{Pixels, tokens};

/// The most things that are quoted as evidence of one finding.
const MOST_EVIDENCE: usize = 10;

/// What is known of the story that a page runs, and of who runs it.
#[derive(Clone, Debug)]
pub struct About {
    /// The story.
    pub article: ArticleId,
    /// Its address on our site.
    pub url: String,
    /// Its canonical address.
    pub canonical_url: String,
    /// The name of the publication.
    pub publication: String,
    /// The credit line that it asks for, where it has one of its own.
    pub credit_line: Option<String>,
    /// The names of the authors.
    pub authors: Vec<String>,
    /// What each published version says, oldest first.
    pub versions: Vec<Text>,
    /// The story's pictures that the partner may not run.
    pub denied: Vec<Denied>,
    /// Whether the story was retracted.
    pub retracted: bool,
    /// Whether the partner may have the story's words now.
    pub may_quote: bool,
    /// The partner.
    pub partner: PartnerId,
    /// What is required of it.
    pub required: Required,
    /// How our pixels are known.
    pub pixels: Pixels,
}

/// The words of a published version, as a package has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Which version.
    pub version: i32,
    /// Its passages, as `reading::passages` gives them.
    pub passages: Vec<String>,
}

/// A picture that may not be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// The asset.
    pub id: MediaId,
    /// Where it is.
    pub url: String,
}

/// What a partner's profile requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required(Vec<Rule>);

impl Required {
    /// What a profile of these rules requires.
    pub fn of(profile: &[Duty]) -> Self {
        Required(profile.iter().copied().map(Rule::from).collect())
    }

    fn holds(&self, rule: Rule) -> bool {
        self.0.contains(&rule)
    }
}

/// What was ruled by one rule; a rule that finds several things rules several times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    /// Which rule.
    pub rule: Rule,
    /// What was found; none where nothing is wrong.
    pub code: Option<Code>,
    /// What comes of it.
    pub result: Outcome,
    /// What it rests on: elements and headers of the page, or passages of its text.
    pub evidence: Vec<String>,
}

/// What a check came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// The published version whose words the page shows, else that of its pixel.
    pub version: Option<i32>,
    /// How much of that version's text the page holds, 0 to 1; none where the text was not compared.
    pub similarity: Option<f64>,
    /// Each rule in its order.
    pub rules: Vec<Ruled>,
}

impl Ruled {
    /// The page keeps to the rule.
    pub fn passed(rule: Rule) -> Self {
        Ruled { rule, code: None, result: Outcome::Pass, evidence: Vec::new() }
    }

    /// Something was found.
    pub fn found(rule: Rule, code: Code, evidence: impl IntoIterator<Item = String>) -> Self {
        let evidence = evidence.into_iter().take(MOST_EVIDENCE).collect();
        Ruled { rule, code: Some(code), result: code.outcome(), evidence }
    }
}

impl Judged {
    /// A page of which nothing more is known than this.
    pub fn of_page(code: Code, evidence: Option<String>) -> Self {
        let first = Ruled::found(Rule::Page, code, evidence);
        let others = Rule::REQUIRABLE
            .into_iter()
            .map(|rule| Ruled { result: Outcome::Na, ..Ruled::found(rule, code, None) });
        Judged { rules: std::iter::once(first).chain(others).collect(), ..Judged::default() }
    }

    /// A page that is no longer there.
    pub fn of_removed() -> Self {
        let mut rules = vec![Ruled::passed(Rule::Page)];
        rules.extend(Rule::REQUIRABLE.into_iter().map(|rule| match rule {
            Rule::Live => Ruled::passed(rule),
            _ => Ruled::found(rule, Code::PageRemoved, None),
        }));
        Judged { rules, ..Judged::default() }
    }
}

/// Whether nothing fails, of a page that could be read.
pub fn passes(rules: &[Ruled]) -> bool {
    let page_was_read = rules.first().is_some_and(|ruled| ruled.result == Outcome::Pass);
    page_was_read && rules.iter().all(|ruled| ruled.result != Outcome::Fail)
}

/// Whether the page was found not to run the story any more.
pub fn is_removed(rules: &[Ruled]) -> bool {
    rules.iter().any(|ruled| ruled.code == Some(Code::PageRemoved))
}

/// Rules about a page.
pub fn judge(reading: &Reading, about: &About) -> Judged {
    let named = pixel::version(reading, about);
    let shown = text::shown(&reading.passages, &about.versions, named);
    let version = shown.as_ref().filter(|shown| shown.is_there()).map(|shown| shown.version).or(named);
    let similarity = shown.as_ref().map(|shown| shown.similarity);
    if about.retracted {
        return Judged { version, similarity, rules: of_retracted(reading, about, shown.as_ref()) };
    }
    let mut rules = vec![Ruled::passed(Rule::Page)];
    for rule in Rule::REQUIRABLE {
        if !about.required.holds(rule) {
            rules.push(Ruled::found(rule, Code::NotRequired, None));
            continue;
        }
        let found = match rule {
            Rule::Credit => seen::credit(reading, about),
            Rule::Author => seen::author(reading, about),
            Rule::Pixel => pixel::rule(reading, about),
            Rule::Canonical => machines::canonical(reading, about),
            Rule::Noindex => machines::noindex(reading),
            Rule::Images => seen::images(reading, about),
            Rule::Text => text::rule(shown.as_ref(), about),
            Rule::Page | Rule::Live => Vec::new(),
        };
        if found.is_empty() {
            rules.push(Ruled::passed(rule));
        }
        rules.extend(found);
    }
    Judged { version, similarity, rules }
}

/// Of a page of a retracted story nothing is asked but that it no longer shows it.
fn of_retracted(reading: &Reading, about: &About, shown: Option<&text::Shown>) -> Vec<Ruled> {
    let mut evidence = pixel::quotes(reading, about);
    if let Some(shown) = shown.filter(|shown| shown.is_there()) {
        evidence.push(shown.told());
    }
    let is_gone = evidence.is_empty();
    let code = if is_gone { Code::PageRemoved } else { Code::ArticleRetracted };
    let mut rules = vec![Ruled::passed(Rule::Page)];
    for rule in Rule::REQUIRABLE {
        rules.push(match rule {
            Rule::Live if is_gone => Ruled::passed(rule),
            Rule::Live => Ruled::found(rule, Code::RetractedStillLive, std::mem::take(&mut evidence)),
            _ => Ruled::found(rule, code, None),
        });
    }
    rules
}
