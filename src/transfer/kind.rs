//! The kinds of lines, in the order in which they are stored: each names only what stands before it.

use serde::Serialize;

use crate::db::types::Id;
use crate::error::Fault;
use crate::fields::{Key, Slug, parse_path, unknown};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The settings.
    Publication,
    /// Where stories come from.
    Origin,
    /// A partner publication.
    Partner,
    /// A section.
    Section,
    /// An author.
    Author,
    /// A tag.
    Tag,
    /// A series.
    Series,
    /// An asset.
    Media,
    /// A story.
    Article,
    /// An entry of live coverage.
    Update,
    /// A curated list.
    List,
    /// An appeal.
    Appeal,
    /// A redirect.
    Redirect,
    /// How often a story was read within an hour.
    Views,
}

impl Kind {
    /// Every kind, in the order of storing.
    pub const ALL: [Kind; 14] = [
        Kind::Publication,
        Kind::Origin,
        Kind::Partner,
        Kind::Section,
        Kind::Author,
        Kind::Tag,
        Kind::Series,
        Kind::Media,
        Kind::Article,
        Kind::Update,
        Kind::List,
        Kind::Appeal,
        Kind::Redirect,
        Kind::Views,
    ];

    /// The word in `type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Publication => "publication",
            Kind::Origin => "origin",
            Kind::Partner => "partner",
            Kind::Section => "section",
            Kind::Author => "author",
            Kind::Tag => "tag",
            Kind::Series => "series",
            Kind::Media => "media",
            Kind::Article => "article",
            Kind::Update => "update",
            Kind::List => "list",
            Kind::Appeal => "appeal",
            Kind::Redirect => "redirect",
            Kind::Views => "views",
        }
    }

    /// The kind of a word; the fault where it is none.
    pub fn parse(word: &str) -> Result<Self, Fault> {
        let words = Kind::ALL.map(Kind::as_str);
        Kind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| Fault::at("/type", "invalid_value", unknown(word, &words)))
    }

    /// The field by which a line of this kind is matched; none where a line is no thing of its own.
    pub fn name_field(self) -> Option<&'static str> {
        match self {
            Kind::Publication | Kind::Views => None,
            Kind::Origin => Some("code"),
            Kind::Media | Kind::List | Kind::Appeal => Some("key"),
            Kind::Update => Some("id"),
            Kind::Redirect => Some("from"),
            Kind::Partner | Kind::Section | Kind::Author | Kind::Tag | Kind::Series | Kind::Article => {
                Some("slug")
            }
        }
    }

    /// The form in which a name of this kind is compared; none where it can be no name.
    pub fn name(self, text: &str) -> Option<String> {
        match self.name_field() {
            Some("slug") => Slug::parse(text).ok().map(String::from),
            Some("from") => parse_path(text).ok(),
            Some("id") => parse_id::<()>(text).map(|id| id.to_string()),
            _ => Key::parse(text.to_owned()).ok().map(Key::into_string),
        }
    }
}

/// An id of ours in the form with hyphens alone: it is the one that is printed and compared.
pub fn parse_id<T>(text: &str) -> Option<Id<T>> {
    text.parse().ok().filter(|_| text.len() == 36)
}
