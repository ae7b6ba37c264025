//! Portable Text, as a client sends it, to blocks.
//!
//! Promises: nothing is guessed and nothing dropped: either the whole array is taken or every fault in it is
//! told at once (the first thousand), each with its place. Missing keys are made, `null` is absent, and so is
//! an empty optional text.

mod fields;
mod media;
mod text;

use std::cell::RefCell;

use serde::Serialize;
use serde_json::Value;

use super::blocks::{Block, Code, Content, Embed, MAX_LEVEL, Promo, Quote, Related};
use super::{Document, Warning, from_html, links};
use fields::{Fields, LINE, TEXT};

/// A fault in blocks that were sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where, as a JSON pointer (RFC 6901) from the array of blocks.
    pub pointer: String,
    /// What: `unknown_field invalid_value missing_field unsafe_url control_character too_long`.
    pub code: String,
    /// The same in words.
    pub detail: String,
}

/// The faults that were found so far.
type Faults = RefCell<Vec<Fault>>;

impl Document {
    /// Reads an array of blocks; all faults at once.
    pub fn from_blocks(value: &Value) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let faults = Faults::default();
        let fault = |detail: &str| Fault {
            pointer: String::new(),
            code: "invalid_value".into(),
            detail: detail.into(),
        };
        let Value::Array(items) = value else { return Err(vec![fault("must be an array of blocks")]) };
        let blocks = items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| block(item, format!("/{at}"), &faults))
            .collect();
        let faults = faults.into_inner();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut document = Self { blocks };
        document.make_keys();
        Ok((document, changed_styles(items)))
    }
}

/// The headings whose rank a body does not have.
fn changed_styles(items: &[Value]) -> Vec<Warning> {
    let ranks = [("h1", "h2"), ("h5", "h4"), ("h6", "h4")];
    let changed = ranks
        .into_iter()
        .filter(|(rank, _)| items.iter().any(|item| item.get("style").is_some_and(|style| style == rank)));
    changed
        .map(|(rank, kept)| Warning { code: "style_changed".into(), detail: format!("{rank} became {kept}") })
        .collect()
}

fn block(value: &Value, pointer: String, faults: &Faults) -> Option<Block> {
    let mut fields = Fields::new(value, pointer, faults)?;
    let content = match fields.required("_type", LINE)?.as_str() {
        "block" => text::text(&mut fields).map(Content::Text),
        "image" => media::image(&mut fields).map(Content::Image),
        "gallery" => media::gallery(&mut fields).map(Content::Gallery),
        "table" => media::table(&mut fields).map(Content::Table),
        "embed" => embed(&mut fields).map(Content::Embed),
        "quote" => quote(&mut fields).map(Content::Quote),
        "code" => code(&mut fields).map(Content::Code),
        "divider" => Some(Content::Divider),
        "related" => related(&mut fields).map(Content::Related),
        "promo" => promo(&mut fields).map(Content::Promo),
        _ => {
            fields.invalid(
                "_type",
                "must be block, image, gallery, embed, quote, table, code, divider, related or promo",
            );
            return None;
        }
    };
    let key = fields.line("_key").unwrap_or_default();
    let level = fields.number("level", 1..=u32::from(MAX_LEVEL)).and_then(|level| u8::try_from(level).ok());
    let (lang, dir) = (fields.lang("lang"), fields.dir("dir"));
    let anchor = fields.line("anchor");
    if anchor.as_ref().is_some_and(|anchor| anchor.contains(char::is_whitespace)) {
        fields.invalid("anchor", "must not hold blanks");
    }
    fields.end();
    let content = content?;
    let is_item = matches!(&content, Content::Text(text) if text.list_item.is_some());
    Some(Block { content, key, level: level.or(is_item.then_some(1)), lang, dir, anchor })
}

fn embed(fields: &mut Fields) -> Option<Embed> {
    let url = fields.required_url("url").filter(|url| {
        let is_web = links::is_web(url);
        if !is_web {
            fields.invalid("url", "must be an absolute http or https URL");
        }
        is_web
    });
    let (title, provider) = (fields.line("title"), fields.line("provider"));
    let url = url?;
    Some(Embed { title, provider: provider.or_else(|| links::provider(&url)), url })
}

fn quote(fields: &mut Fields) -> Option<Quote> {
    let attribution = fields.line("attribution");
    Some(Quote { inline: text::inline(fields)?, attribution })
}

fn code(fields: &mut Fields) -> Option<Code> {
    let language = fields.line("language");
    if language.as_ref().is_some_and(|language| !from_html::is_language(language)) {
        fields.invalid("language", "must be at most 40 of a–z A–Z 0–9 + - _ # .");
    }
    let code = fields.required("code", usize::MAX)?;
    Some(Code { language, code: fields::with_plain_line_ends(code) })
}

fn related(fields: &mut Fields) -> Option<Related> {
    // Filled by us; may be sent back.
    fields.ignore("items");
    let articles = fields.list("articles")?;
    let articles =
        articles.into_iter().filter_map(|(value, pointer)| fields.reference_in(value, pointer)).collect();
    Some(Related { articles, items: Vec::new() })
}

fn promo(fields: &mut Fields) -> Option<Promo> {
    let promo = Promo {
        title: fields.line("title"),
        text: fields.optional("text", TEXT).map(|text| from_html::collapse(&text)),
        url: fields.url("url"),
        article: fields.reference("article"),
        image: fields.picture_url("image"),
    };
    if promo.article.is_none() {
        for (name, value) in [("title", &promo.title), ("url", &promo.url)] {
            if value.is_none() {
                fields.missing(name);
            }
        }
    }
    Some(promo)
}
