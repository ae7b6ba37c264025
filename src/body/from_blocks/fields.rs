//! The fields of one JSON object: each read once by name, faults noted with their place.
//!
//! Promises: a field that nobody asked for is told, and so is each fault, up to a bound; `null` is absent. A fault
//! never repeats what was sent.

use std::ops::RangeInclusive;

use oxilangtag::LanguageTag;
use serde_json::{Map, Value};

use super::super::inline::Dir;
use super::super::links::{self, Refused};
use super::{Fault, Faults, from_html};

/// Characters that a text of one line may have.
pub(super) const LINE: usize = 1_000;

/// Characters that a longer text may have.
pub(super) const TEXT: usize = 10_000;

/// Characters that a URL may have.
const URL: usize = 4_096;

/// How many faults are told.
const MAX_FAULTS: usize = 1_000;

/// The fields of an object that are still unread, and where it stands.
pub(super) struct Fields<'v, 'f> {
    fields: &'v Map<String, Value>,
    read: Vec<&'static str>,
    pointer: String,
    faults: &'f Faults,
}

impl<'v, 'f> Fields<'v, 'f> {
    pub(super) fn new(value: &'v Value, pointer: String, faults: &'f Faults) -> Option<Self> {
        let Value::Object(fields) = value else {
            note(faults, pointer, "invalid_value", "must be an object");
            return None;
        };
        Some(Self { fields, read: Vec::new(), pointer, faults })
    }

    /// Tells the fields that nobody read.
    pub(super) fn end(self) {
        for name in self.fields.keys().filter(|name| !self.read.contains(&name.as_str())) {
            note(self.faults, self.place(name), "unknown_field", "is no field here");
        }
    }

    pub(super) fn faults(&self) -> &'f Faults {
        self.faults
    }

    pub(super) fn ignore(&mut self, name: &'static str) {
        self.read.push(name);
    }

    pub(super) fn invalid(&self, name: &str, detail: &str) {
        note(self.faults, self.place(name), "invalid_value", detail);
    }

    pub(super) fn missing(&self, name: &str) {
        note(self.faults, self.place(name), "missing_field", "is needed");
    }

    /// The value of a field; `null` is absent.
    pub(super) fn value(&mut self, name: &'static str) -> Option<&'v Value> {
        self.read.push(name);
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A text as it is, if it is not empty.
    pub(super) fn optional(&mut self, name: &'static str, max: usize) -> Option<String> {
        let value = self.value(name)?;
        text(value, self.place(name), max, self.faults).filter(|text| !text.trim().is_empty())
    }

    /// A text on one line.
    pub(super) fn line(&mut self, name: &'static str) -> Option<String> {
        self.optional(name, LINE).map(|text| from_html::collapse(&text))
    }

    /// A text that must be there; it may be empty.
    pub(super) fn required(&mut self, name: &'static str, max: usize) -> Option<String> {
        match self.value(name) {
            Some(value) => text(value, self.place(name), max, self.faults),
            None => {
                self.missing(name);
                None
            }
        }
    }

    pub(super) fn flag(&mut self, name: &'static str) -> bool {
        match self.value(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.invalid(name, "must be true or false");
                false
            }
            None => false,
        }
    }

    pub(super) fn number(&mut self, name: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        let value = self.value(name)?;
        let number = value
            .as_u64()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            self.invalid(name, &format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        number
    }

    /// The items of a list with their places; absent is a fault.
    pub(super) fn list(&mut self, name: &'static str) -> Option<Vec<(&'v Value, String)>> {
        match self.value(name) {
            Some(Value::Array(items)) => {
                let place = self.place(name);
                Some(items.iter().enumerate().map(|(at, item)| (item, format!("{place}/{at}"))).collect())
            }
            Some(_) => {
                self.invalid(name, "must be an array");
                None
            }
            None => {
                self.missing(name);
                None
            }
        }
    }

    pub(super) fn lang(&mut self, name: &'static str) -> Option<String> {
        let lang = self.line(name)?;
        let is_tag = LanguageTag::parse(lang.as_str()).is_ok();
        if !is_tag {
            self.invalid(name, "must be a language tag (BCP 47)");
        }
        is_tag.then_some(lang)
    }

    pub(super) fn dir(&mut self, name: &'static str) -> Option<Dir> {
        let dir = Dir::named(&self.line(name)?);
        if dir.is_none() {
            self.invalid(name, "must be ltr, rtl or auto");
        }
        dir
    }

    /// A URL that may stand in a body.
    pub(super) fn url(&mut self, name: &'static str) -> Option<String> {
        let value = self.value(name)?;
        let raw = text(value, self.place(name), URL, self.faults)?;
        match links::check(&raw) {
            Ok(url) => Some(url),
            Err(Refused::Empty) => {
                self.invalid(name, "must not be empty");
                None
            }
            Err(Refused::Unsafe(_)) => {
                let detail = "must be http, https, mailto, tel, a fragment or relative";
                note(self.faults, self.place(name), "unsafe_url", detail);
                None
            }
        }
    }

    pub(super) fn required_url(&mut self, name: &'static str) -> Option<String> {
        if self.value(name).is_none() {
            self.missing(name);
        }
        self.url(name)
    }

    pub(super) fn picture_url(&mut self, name: &'static str) -> Option<String> {
        let url = self.url(name)?;
        let is_fetchable = links::is_fetchable(&url);
        if !is_fetchable {
            self.invalid(name, "must be the URL of a picture");
        }
        is_fetchable.then_some(url)
    }

    /// An id, slug or key, or an object that holds one.
    pub(super) fn reference(&mut self, name: &'static str) -> Option<String> {
        let value = self.value(name)?;
        self.reference_in(value, self.place(name))
    }

    pub(super) fn reference_in(&self, value: &Value, pointer: String) -> Option<String> {
        let value = ["id", "key", "slug"].into_iter().find_map(|name| value.get(name)).unwrap_or(value);
        let text = text(value, pointer.clone(), 200, self.faults)?;
        let text = from_html::collapse(&text);
        if text.is_empty() {
            note(self.faults, pointer, "invalid_value", "must be an id or a slug");
        }
        (!text.is_empty()).then_some(text)
    }

    /// The pointer of a field.
    pub(super) fn place(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1"))
    }
}

/// A string within bounds and without control characters.
pub(super) fn text(value: &Value, pointer: String, max: usize, faults: &Faults) -> Option<String> {
    let Value::String(text) = value else {
        note(faults, pointer, "invalid_value", "must be a string");
        return None;
    };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        note(faults, pointer, "control_character", "must not hold control characters");
        return None;
    }
    if text.len() > max && text.chars().count() > max {
        note(faults, pointer, "too_long", &format!("must have at most {max} characters"));
        return None;
    }
    Some(text.clone())
}

pub(super) fn note(faults: &Faults, pointer: String, code: &str, detail: &str) {
    let mut faults = faults.borrow_mut();
    if faults.len() < MAX_FAULTS {
        faults.push(Fault { pointer, code: code.into(), detail: detail.into() });
    }
}

/// `\n` for every line end.
pub(super) fn with_plain_line_ends(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
