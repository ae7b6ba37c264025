//! A story as it is handed to the newsroom: read, but its references not yet looked up.

use serde::{Deserialize, Serialize};

use crate::articles::byline::Role;
use crate::articles::story::{Access, Correction, StoryRights, StorySeo, StoryType};
use crate::body::Document;
use crate::db::types::Stamp;
use crate::fields::{Ref, Slug, Warning};

/// What is to be saved. What is `None` is empty; a body that is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The slug; made from the headline where it is left out.
    pub slug: Option<Slug>,
    /// What kind of story it is.
    pub kind: StoryType,
    /// The headline.
    pub headline: Option<String>,
    /// The line above it.
    pub kicker: Option<String>,
    /// The sentence below it.
    pub standfirst: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// The language; the publication's where it is left out.
    pub locale: Option<String>,
    /// Who may read it.
    pub access: Access,
    /// Where it runs.
    pub section: Option<Ref>,
    /// The tag that says most.
    pub primary_tag: Option<Ref>,
    /// Its tags.
    pub tags: Vec<Ref>,
    /// Who made it.
    pub authors: Vec<(Ref, Role)>,
    /// The series, and which part of it.
    pub series: Option<(Ref, Option<i32>)>,
    /// The picture at its top.
    pub lead_media: Option<Ref>,
    /// Where it comes from.
    pub origin: Option<Ref>,
    /// Its address at its origin.
    pub source_url: Option<String>,
    /// A canonical address, which a story of ours has only as its own.
    pub canonical_url: Option<String>,
    /// A path of its own.
    pub path: Option<String>,
    /// The date that readers see.
    pub published_at: Option<Stamp>,
    /// When its embargo ends.
    pub embargo_until: Option<Stamp>,
    /// When it goes off the site.
    pub expires_at: Option<Stamp>,
    /// Names its translations.
    pub translation_group: Option<String>,
    /// What others may do with it.
    pub rights: StoryRights,
    /// What search engines are told.
    pub seo: StorySeo,
    /// Its corrections, where they are not to stay as they are.
    pub corrections: Option<Vec<Correction>>,
    /// Its body, with what was done to it while it was read.
    pub body: Option<(Document, Vec<Warning>)>,
    /// What is the desk's alone.
    pub desk: DeskFields,
}

/// What stands beside the revisions; changing it makes none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskFields {
    /// Whose story it is: the id of a user.
    pub owner: Option<String>,
    /// Who has it now: the id of a user.
    pub assignee: Option<String>,
    /// What the desk notes about it.
    pub notes: Option<String>,
    /// Its key in the system that it was imported from.
    pub source_id: Option<String>,
}
