//! Text blocks: styles, spans, marks.
//!
//! Taken is what Portable Text's editors write: `h1`, `h5` and `h6` become the nearest rank that a body has,
//! `underline` and `strike-through` are read as `u` and `s`; definitions that no span names are left out.

use std::collections::HashSet;

use serde_json::Value;

use super::super::blocks::{ListKind, Style, Text};
use super::super::inline::{Annotation, Decorator, Inline, Link, MarkDef, Span};
use super::Faults;
use super::fields::{self, Fields, LINE, TEXT, note};

pub(super) fn text(fields: &mut Fields) -> Option<Text> {
    let style = match fields.line("style").as_deref() {
        None | Some("normal") => Some(Style::Normal),
        Some("h1" | "h2") => Some(Style::H2),
        Some("h3") => Some(Style::H3),
        Some("h4" | "h5" | "h6") => Some(Style::H4),
        Some("blockquote") => Some(Style::Blockquote),
        Some(_) => {
            fields.invalid("style", "must be normal, blockquote or h1 to h6");
            None
        }
    };
    let list_item = match fields.line("listItem").as_deref() {
        None => None,
        Some("bullet") => Some(ListKind::Bullet),
        Some("number") => Some(ListKind::Number),
        Some(_) => {
            fields.invalid("listItem", "must be bullet or number");
            None
        }
    };
    Some(Text { inline: inline(fields)?, style: style?, list_item })
}

/// `children` and `markDefs`.
pub(super) fn inline(fields: &mut Fields) -> Option<Inline> {
    let faults = fields.faults();
    let defs =
        fields.value("markDefs").is_some().then(|| fields.list("markDefs")).flatten().unwrap_or_default();
    let mark_defs: Vec<MarkDef> =
        defs.into_iter().filter_map(|(value, pointer)| mark_def(value, pointer, faults)).collect();
    // A definition that has faults of its own is not also unknown to the spans that name it.
    let sent = fields.value("markDefs").and_then(Value::as_array).into_iter().flatten();
    let names: HashSet<&str> = sent.filter_map(|def| def.get("_key")?.as_str()).collect();
    let children = fields.list("children")?;
    let children =
        children.into_iter().filter_map(|(value, pointer)| span(value, pointer, &names, faults)).collect();
    let mut inline = Inline { children, mark_defs };
    inline.tidy();
    Some(inline)
}

fn mark_def(value: &Value, pointer: String, faults: &Faults) -> Option<MarkDef> {
    let mut fields = Fields::new(value, pointer, faults)?;
    let key = fields.required("_key", LINE);
    if key.as_deref().is_some_and(|key| key.is_empty() || Decorator::named(key).is_some()) {
        fields.invalid("_key", "must not be empty or the name of a decorator");
    }
    let annotation = match fields.required("_type", LINE)?.as_str() {
        "link" => link(&mut fields),
        "footnote" => required_line(&mut fields, "text").map(|text| Annotation::Footnote { text }),
        "abbr" => required_line(&mut fields, "title").map(|title| Annotation::Abbr { title }),
        "ruby" => required_line(&mut fields, "reading").map(|reading| Annotation::Ruby { reading }),
        "lang" => required_line(&mut fields, "lang")
            .and_then(|_| fields.lang("lang"))
            .map(|lang| Annotation::Lang { lang }),
        "dir" => required_line(&mut fields, "dir")
            .and_then(|_| fields.dir("dir"))
            .map(|dir| Annotation::Dir { dir }),
        _ => {
            fields.invalid("_type", "must be link, footnote, abbr, ruby, lang or dir");
            return None;
        }
    };
    fields.end();
    Some(MarkDef { key: key?, annotation: annotation? })
}

fn link(fields: &mut Fields) -> Option<Annotation> {
    let is_there = fields.value("href").is_some() || fields.value("article").is_some();
    if !is_there {
        fields.missing("href");
    }
    let link = Link { href: fields.url("href"), article: fields.reference("article") };
    (link != Link::default()).then_some(Annotation::Link(link))
}

fn required_line(fields: &mut Fields, name: &'static str) -> Option<String> {
    let text = super::from_html::collapse(&fields.required(name, TEXT)?);
    if text.is_empty() {
        fields.invalid(name, "must not be empty");
    }
    (!text.is_empty()).then_some(text)
}

fn span(value: &Value, pointer: String, names: &HashSet<&str>, faults: &Faults) -> Option<Span> {
    let mut fields = Fields::new(value, pointer, faults)?;
    if fields.required("_type", LINE)? != "span" {
        fields.invalid("_type", "must be span");
        return None;
    }
    let key = fields.line("_key").unwrap_or_default();
    let text = fields.required("text", usize::MAX).map(fields::with_plain_line_ends);
    let marks = fields.value("marks").is_some().then(|| fields.list("marks")).flatten().unwrap_or_default();
    let marks =
        marks.into_iter().filter_map(|(value, pointer)| mark(value, pointer, names, faults)).collect();
    fields.end();
    Some(Span { key, text: text?, marks })
}

/// A decorator, also by the names that Portable Text's own editors give it, or the key of a definition.
fn mark(value: &Value, pointer: String, names: &HashSet<&str>, faults: &Faults) -> Option<String> {
    let name = fields::text(value, pointer.clone(), LINE, faults)?;
    let name = match name.as_str() {
        "underline" => "u",
        "strike-through" => "s",
        name => name,
    };
    if Decorator::named(name).is_none() && !names.contains(name) {
        note(
            faults,
            pointer,
            "invalid_value",
            "must be strong, em, sub, sup, s, u, code or the _key of one of markDefs",
        );
        return None;
    }
    Some(name.to_owned())
}
