//! Slugs: the names of stories, sections, tags, authors and series in addresses.
//!
//! A `Slug` is 1–96 characters of `a–z 0–9` and single inner hyphens and never the form of a UUID,
//! so that a path segment is an id or a slug and never both. A typed one is brought to NFC and
//! lower case and otherwise taken as it is or refused by name of the rule; one made from words is
//! transliterated, and shorter, so that `-2`, `-3` … still fit. Whether it is free is asked
//! elsewhere.

use std::fmt;
use std::str::FromStr;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use deunicode::deunicode_with_tofu;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Faults;
use crate::db::types::Id;

/// The most characters a slug has.
pub const MAX: usize = 96;

/// The most characters of a slug that is made from words: room stays for `-2` to `-99999`.
const MADE_MAX: usize = 90;

/// A name in addresses: 1–96 characters of `a–z 0–9` and single inner hyphens, never the form of a
/// UUID.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(
    value_type = String,
    example = "tide-table",
    min_length = 1,
    max_length = 96,
    pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
)]
pub struct Slug(String);

/// Which rule of slugs a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SlugFault {
    /// There is nothing in it.
    #[error("a slug has at least one character; leave it out to have one made")]
    Empty,
    /// It has more than 96 characters.
    #[error("a slug has at most 96 characters, this one has {0}")]
    TooLong(usize),
    /// It holds a character that no slug has.
    #[error("a slug holds only a-z, 0-9 and hyphens, not {0:?}")]
    Character(char),
    /// It begins or ends with a hyphen.
    #[error("a slug neither begins nor ends with a hyphen")]
    OuterHyphen,
    /// Two hyphens stand together.
    #[error("hyphens in a slug stand one at a time")]
    DoubleHyphen,
    /// It reads as a UUID, which is what ids look like.
    #[error("a slug must not have the form of a UUID, that of ids")]
    UuidForm,
}

impl SlugFault {
    /// The stable code of the fault in a 422.
    pub fn code(self) -> &'static str {
        match self {
            SlugFault::TooLong(_) => "too_long",
            SlugFault::Empty
            | SlugFault::Character(_)
            | SlugFault::OuterHyphen
            | SlugFault::DoubleHyphen
            | SlugFault::UuidForm => "invalid_slug",
        }
    }
}

impl Slug {
    /// A typed slug: brought to NFC and lower case, then held against each rule.
    pub fn parse(text: &str) -> Result<Self, SlugFault> {
        let text: String = text.nfc().collect::<String>().to_lowercase();
        if text.is_empty() {
            return Err(SlugFault::Empty);
        }
        if let Some(other) = text.chars().find(|c| !is_slug_character(*c)) {
            return Err(SlugFault::Character(other));
        }
        if text.len() > MAX {
            return Err(SlugFault::TooLong(text.len()));
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err(SlugFault::OuterHyphen);
        }
        if text.contains("--") {
            return Err(SlugFault::DoubleHyphen);
        }
        if Uuid::try_parse(&text).is_ok() {
            return Err(SlugFault::UuidForm);
        }
        Ok(Slug(text))
    }

    /// A slug from a headline or a name, by transliteration; `None` where nothing is left of it.
    pub fn from_words(words: &str) -> Option<Self> {
        let mut slug = String::new();
        let ascii = deunicode_with_tofu(&words.nfc().collect::<String>(), " ");
        // An apostrophe joins: "harbour's" is one word.
        let ascii = ascii.replace('\'', "");
        for word in ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()) {
            let needed = word.len() + usize::from(!slug.is_empty());
            if slug.len() + needed > MADE_MAX {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word.to_ascii_lowercase());
        }
        if slug.is_empty() {
            // One word longer than a slug is cut inside it rather than lost.
            let first = ascii.split(|c: char| !c.is_ascii_alphanumeric()).find(|w| !w.is_empty())?;
            slug = first.chars().take(MADE_MAX).collect::<String>().to_ascii_lowercase();
        }
        Slug::parse(&slug).ok()
    }

    /// The slug of something whose name leaves nothing: a word and the end of its id.
    pub fn from_id<T>(word: &'static str, id: &Id<T>) -> Self {
        let end = id.as_str().rsplit('-').next().unwrap_or_default();
        Slug(format!("{word}-{end}"))
    }

    /// The same with `-n` at its end, cut where it would be too long.
    pub fn with_suffix(&self, n: u32) -> Self {
        let suffix = format!("-{n}");
        let room = MAX - suffix.len();
        let stem = self.0.get(..room).unwrap_or(&self.0).trim_end_matches('-');
        Slug(format!("{stem}{suffix}"))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_slug_character(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '-')
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = SlugFault;

    fn from_str(text: &str) -> Result<Self, SlugFault> {
        Slug::parse(text)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugFault;

    fn try_from(text: String) -> Result<Self, SlugFault> {
        Slug::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

impl Deserr<Faults> for Slug {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> Result<Self, Faults> {
        let text = String::deserialize_from_value(value, location)?;
        if text.chars().any(super::text::is_control) {
            return Err(Faults::one(location, "control_character", "must not hold control characters"));
        }
        Slug::parse(&text).map_err(|fault| Faults::one(location, fault.code(), fault.to_string()))
    }
}
