//! Pages, each with all that a check must find on it.
//!
//! `pages/NAME.html` is a page on which a partner runs a story; in it `{{own}}` and its like stand for the
//! tokens of pixels, `{{denied}}` for the id of a picture. `pages/NAME.json` tells the headers that came with
//! it, what differs about the story, and what must be found: a rule that is not named passes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use url::Url;
use wiredesk::db::ids::{ArticleId, MediaId, PartnerId};
use wiredesk::republish::checks::ruling::{Denied, Pixels, Text};
use wiredesk::republish::checks::{About, Code, Judged, Page, Required, Rule, Ruled, judge, read, reading};
use wiredesk::republish::pixel::{Key, Token};
use wiredesk::rights::{Channel, Duty};

const KEY: Key = [7; 32];
const URL: &str = "https://courier.example/last-night-at-the-lighthouse";
const ARTICLE: &str = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e6f";
const OTHER_ARTICLE: &str = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e70";
const PARTNER: &str = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e71";
const OTHER_PARTNER: &str = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e72";
const DENIED: &str = "01970f3a-5b00-7c3e-9d5f-2a1b3c4d5e73";

/// What a page comes with, and what must be found on it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    headers: BTreeMap<String, String>,
    profile: Option<Vec<Duty>>,
    #[serde(default)]
    retracted: bool,
    may_quote: Option<bool>,
    version: Option<i32>,
    similarity: Option<f64>,
    /// By rule: result and code of all that it finds.
    rules: BTreeMap<String, Vec<String>>,
    /// By code: what is quoted.
    #[serde(default)]
    evidence: BTreeMap<String, Vec<String>>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/checks/pages")
}

/// The text of a version, in which the lighthouse opened in some year.
fn version(number: i32, year: u32) -> Text {
    let html = format!(
        "<h1>Last night at the lighthouse</h1><p>After 112 years the lamp at Skerry Point goes dark.</p>\
         <p>The lamp at Skerry Point was lit for the last time on Friday, and a small crowd stood on the quay \
         to watch it turn.</p><p>The lighthouse opened in {year} and guided the herring fleet home through two \
         wars.</p><p>“It was never only a light,” said Rosa Lindqvist, the last keeper. “It was how we knew \
         the night had an end.”</p><p>From Monday a buoy with a solar lamp will mark the rocks.</p>"
    );
    Text { version: number, passages: reading::passages(&html) }
}

/// The story that every page runs, and the partner who runs it.
pub fn about() -> About {
    About {
        article: ARTICLE.parse().unwrap(),
        url: URL.to_owned(),
        canonical_url: URL.to_owned(),
        publication: "The Harbour Courier".to_owned(),
        credit_line: None,
        authors: vec!["Inês Duarte".to_owned(), "Marek Solano".to_owned()],
        versions: vec![version(1, 1914), version(2, 1911)],
        denied: vec![Denied {
            id: DENIED.parse().unwrap(),
            url: "https://media.courier.example/lamp-room.jpg".to_owned(),
        }],
        retracted: false,
        may_quote: true,
        partner: PARTNER.parse().unwrap(),
        required: Required::of(&Duty::ALL),
        pixels: Pixels { host: "api.courier.example".to_owned(), keys: vec![[9; 32], KEY] },
    }
}

fn token(article: &str, version: u32, partner: Option<&str>, key: &Key) -> String {
    let partner: Option<PartnerId> = partner.map(|partner| partner.parse().unwrap());
    let article: ArticleId = article.parse().unwrap();
    Token::new(&article, version, partner.as_ref(), Channel::Web).encode(key)
}

/// A text with what its names in braces stand for.
pub fn filled(text: &str) -> String {
    let tokens = [
        ("{{own}}", token(ARTICLE, 2, Some(PARTNER), &KEY)),
        ("{{first}}", token(ARTICLE, 1, Some(PARTNER), &KEY)),
        ("{{nobody}}", token(ARTICLE, 2, None, &KEY)),
        ("{{other_partner}}", token(ARTICLE, 2, Some(OTHER_PARTNER), &KEY)),
        ("{{other_story}}", token(OTHER_ARTICLE, 2, Some(PARTNER), &KEY)),
        ("{{forged}}", token(ARTICLE, 2, Some(PARTNER), &[8; 32])),
        ("{{denied}}", DENIED.parse::<MediaId>().unwrap().to_string()),
    ];
    tokens.iter().fold(text.to_owned(), |text, (name, token)| text.replace(name, token))
}

fn found(rules: &[Ruled], rule: Rule) -> Vec<String> {
    let told = |ruled: &Ruled| {
        let result = serde_json::to_value(ruled.result).unwrap();
        let code = ruled.code.map(|code| format!(" {}", code.word())).unwrap_or_default();
        format!("{}{code}", result.as_str().unwrap())
    };
    rules.iter().filter(|ruled| ruled.rule == rule).map(told).collect()
}

/// What differs between what was found on a page and what must be.
fn differences(name: &str, judged: &Judged, expected: &Expected) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut compare = |what: &str, is: String, should: String| {
        if is != should {
            wrong.push(format!("{name}: {what} is {is}, not {should}"));
        }
    };
    compare("version", format!("{:?}", judged.version), format!("{:?}", expected.version));
    compare("similarity", format!("{:?}", judged.similarity), format!("{:?}", expected.similarity));
    for rule in std::iter::once(Rule::Page).chain(Rule::REQUIRABLE) {
        let should = expected.rules.get(rule.word()).cloned().unwrap_or(vec!["pass".to_owned()]);
        compare(rule.word(), format!("{:?}", found(&judged.rules, rule)), format!("{should:?}"));
    }
    for (code, should) in &expected.evidence {
        let ruled = judged.rules.iter().find(|ruled| ruled.code.is_some_and(|found| found.word() == code));
        let should: Vec<String> = should.iter().map(|quote| filled(quote)).collect();
        compare(code, format!("{:?}", ruled.map(|ruled| &ruled.evidence)), format!("{:?}", Some(should)));
    }
    wrong
}

#[test]
fn every_page_has_exactly_what_is_wrong_with_it() {
    let url = Url::parse("https://northern-echo.example/news/lighthouse").unwrap();
    let mut wrong = Vec::new();
    let mut codes = BTreeSet::new();
    let mut pages = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|kind| kind != "html") {
            continue;
        }
        pages += 1;
        let html = filled(&fs::read_to_string(&path).unwrap());
        let beside = fs::read_to_string(path.with_extension("json")).unwrap();
        let expected: Expected = serde_json::from_str(&beside).unwrap();
        let headers: Vec<(String, String)> = expected.headers.clone().into_iter().collect();
        let mut about = about();
        about.retracted = expected.retracted;
        about.may_quote = expected.may_quote.unwrap_or(true);
        about.required = Required::of(expected.profile.as_deref().unwrap_or(&Duty::ALL));
        let judged = judge(&read(&Page { html: &html, headers: &headers, url: &url }), &about);
        codes.extend(judged.rules.iter().filter_map(|ruled| ruled.code).map(Code::word));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        wrong.extend(differences(&name, &judged, &expected));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(pages >= 60, "{pages} pages");
    let of_fetching = [
        "page_unreachable",
        "redirect_to_other_host",
        "host_not_registered",
        "closed_by_robots_txt",
        "article_unknown",
    ];
    let missing: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.word())
        .filter(|word| !codes.contains(word) && !of_fetching.contains(word))
        .collect();
    assert!(missing.is_empty(), "no page has {missing:?}");
}

#[test]
fn the_words_of_a_story_that_is_denied_are_not_told() {
    let page = fs::read_to_string(folder().join("text_of_a_denied_story_is_not_quoted.html")).unwrap();
    let url = Url::parse("https://northern-echo.example/news/lighthouse").unwrap();
    let reading = read(&Page { html: &filled(&page), headers: &[], url: &url });
    let told = |about: &About| format!("{:?}", judge(&reading, about).rules);
    assert!(told(&about()).contains("herring fleet"));
    assert!(!told(&About { may_quote: false, ..about() }).contains("herring fleet"));
}

#[test]
fn every_code_that_is_no_pass_says_what_to_do() {
    for code in Code::ALL {
        let told = serde_json::to_value(code).unwrap();
        assert_eq!(told, code.word());
        let nothing_to_do = ["page_removed", "article_retracted", "not_required"].contains(&code.word());
        assert_eq!(code.fix().is_none(), nothing_to_do, "{}", code.word());
    }
}
