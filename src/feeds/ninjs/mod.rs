//! A story as IPTC ninjs 3.1, the JSON that partners' systems read already.
//!
//! With the copyable piece it is a full item, without one the entry of a list. The body is the package's HTML,
//! pixel included; pictures are associations, and only those that the package names: nothing of another is told.
//! What may no longer be run is an item too, without its words. Every item is valid by IPTC's schema, which takes
//! neither null nor a member that it does not know.

mod held;
mod parts;
mod schema;

use serde::Serialize;
use serde_json::{Value, json};

use crate::articles::Card;
use crate::db::types::{Id, Stamp};
use crate::publication::{Origin, Settings};
use crate::republish::package::PackageView;
use crate::republish::partners::Portion;
use crate::rights::ConditionView;

pub use held::{Held, Holding, held};

/// The schema that every item is valid by.
pub const SCHEMA: &str = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#";

/// The media type: ninjs has none of its own, so the profile names it.
pub const MEDIA_TYPE: &str =
    "application/json; profile=\"http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#\"";

/// A ninjs document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Ninjs(Value);

/// What an item is made of.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The story.
    pub card: &'a Card,
    /// Where it comes from.
    pub origin: &'a Origin,
    /// The publication.
    pub settings: &'a Settings,
    /// Where its terms stand for machines.
    pub terms_url: &'a str,
    /// What a copy must keep to.
    pub conditions: &'a [ConditionView],
    /// The copyable piece; none in a list.
    pub package: Option<&'a PackageView>,
    /// How much of the story the piece holds.
    pub portion: Portion,
    /// The end of the embargo that the caller reads it under.
    pub embargoed_until: Option<Stamp>,
}

/// The item of a story that may be run, or will be when its embargo ends.
pub fn ninjs(item: &Item<'_>) -> Ninjs {
    let (card, package) = (item.card, item.package);
    let whole = package.is_some() && item.portion == Portion::Full;
    let pictures = package.map_or(&[][..], |package| &package.images);
    let body = package.map(|package| {
        json!([{
            "role": "main",
            "contentType": "text/html",
            "wordCount": whole.then_some(card.word_count),
            "value": package.html,
        }])
    });
    Ninjs(told(json!({
        "standard": standard(),
        "uri": urn(&card.id),
        "type": "text",
        "representationType": if whole { "full" } else { "partial" },
        "profile": if pictures.is_empty() { "text-only" } else { "text-photo" },
        "version": card.version.to_string(),
        "firstCreated": card.first_published_at,
        "versionCreated": card.modified_at,
        "embargoedUntil": item.embargoed_until,
        "pubStatus": if item.embargoed_until.is_some() { "withheld" } else { "usable" },
        "copyrightHolder": parts::holder(item),
        "copyrightNotice": parts::copyright(item),
        "usageTerms": parts::usage_terms(item),
        "rightsInfo": { "linkedRights": item.terms_url },
        "edNote": parts::note(card),
        "language": card.locale,
        "by": card.byline(),
        "slugline": card.slug,
        "headlines": parts::headlines(card),
        "descriptions": parts::descriptions(card),
        "bodies": body,
        "people": parts::people(card, item.settings),
        "subjects": parts::subjects(card),
        "genres": parts::genres(card),
        "infoSources": parts::sources(item),
        "altIds": [{ "role": "canonicalUrl", "value": card.canonical_url }],
        "associations": parts::associations(card, pictures),
        "expires": card.facts.expires_at,
    })))
}

fn standard() -> Value {
    json!({ "name": "ninjs", "version": "3.1", "schema": SCHEMA })
}

fn urn<T>(id: &Id<T>) -> String {
    format!("urn:uuid:{}", id.as_str())
}

/// The same without the members that say nothing.
fn told(value: Value) -> Value {
    let silent =
        |value: &Value| value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty);
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, told(value)));
            Value::Object(members.filter(|(_, value)| !silent(value)).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(told).collect()),
        plain => plain,
    }
}
