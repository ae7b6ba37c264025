//! The item of a story that may no longer be run: what a copy is known by, and none of its words.

use serde_json::{Value, json};

use super::{Ninjs, standard, told, urn};
use crate::addresses::Gone;
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;

/// A story that may no longer be run.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// Which.
    pub id: ArticleId,
    /// Its last published version, where that is known.
    pub version: Option<i32>,
    /// Its last headline; one that was taken back as `legal` is not told.
    pub headline: Option<&'a str>,
    /// Why.
    pub why: Holding<'a>,
}

/// Why a story may no longer be run.
#[derive(Clone, Copy, Debug)]
pub enum Holding<'a> {
    /// Held back since then, until it is released.
    Withheld(Stamp),
    /// Taken back for good: copies must go.
    Retracted(&'a Gone),
}

/// The item of a story that may no longer be run: `withheld`, or `canceled` where it was taken back.
pub fn held(held: &Held<'_>) -> Ninjs {
    let (status, at, reason, legal) = match held.why {
        Holding::Withheld(since) => ("withheld", since, None, false),
        Holding::Retracted(gone) => ("canceled", gone.at, gone.reason.as_deref(), gone.kind == "legal"),
    };
    let headline = held.headline.filter(|text| !legal && !text.trim().is_empty());
    Ninjs(told(json!({
        "standard": standard(),
        "uri": urn(&held.id),
        "type": "text",
        "representationType": "partial",
        "profile": "text-only",
        "version": held.version.map(|version| version.to_string()),
        "versionCreated": at,
        "pubStatus": status,
        "edNote": reason,
        "headlines": headline.iter().map(|text| json!({ "role": "main", "value": text })).collect::<Value>(),
    })))
}
