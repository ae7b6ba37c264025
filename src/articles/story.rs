//! A story as a document: all that readers can come to see of it, as one revision holds it.
//!
//! It names other things by id. What is the desk's alone (owner, notes, state) stands beside it in
//! the newsroom's tables, and what is made of it when it goes live in the live tables.

use std::collections::HashMap;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::byline::Role;
use crate::body::Document;
use crate::db::ids::{AuthorId, MediaId, OriginId, SectionId, SeriesId, TagId};
use crate::db::types::{Id, Stamp};
use crate::fields::Faults;
use crate::rights::{Channel, Territory};

/// One revision of a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Story {
    /// The slug that it has from its next publication.
    pub slug: String,
    /// What kind of story it is.
    #[serde(rename = "type")]
    pub kind: StoryType,
    /// The headline, plain text.
    pub headline: Option<String>,
    /// The line above the headline.
    pub kicker: Option<String>,
    /// The sentence or two below the headline.
    pub standfirst: Option<String>,
    /// A summary; never derived.
    pub summary: Option<String>,
    /// The language, BCP 47.
    pub locale: String,
    /// Who may read it, for frontends.
    pub access: Access,
    /// Where it runs.
    pub section: Option<SectionId>,
    /// The tag that says most.
    pub primary_tag: Option<TagId>,
    /// Its tags, in order.
    pub tags: Vec<TagId>,
    /// Who made it, in order.
    pub authors: Vec<Credit>,
    /// The series that it is a part of.
    pub series: Option<Part>,
    /// The picture at its top.
    pub lead_media: Option<MediaId>,
    /// Where it comes from.
    pub origin: Option<OriginId>,
    /// Its address at its origin.
    pub source_url: Option<String>,
    /// A path of its own in place of the template's.
    pub path: Option<String>,
    /// The date that readers see, where staff set it.
    pub published_at: Option<Stamp>,
    /// When its embargo ends.
    pub embargo_until: Option<Stamp>,
    /// When it goes off the site.
    pub expires_at: Option<Stamp>,
    /// Names the stories that are translations of one another.
    pub translation_group: Option<String>,
    /// What others may do with it.
    pub rights: StoryRights,
    /// What search engines are told in place of headline and summary.
    pub seo: StorySeo,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Its body.
    pub body: Document,
}

/// What kind of story it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "news")]
pub enum StoryType {
    /// News.
    #[default]
    News,
    /// Analysis.
    Analysis,
    /// Opinion.
    Opinion,
    /// Review.
    Review,
    /// Interview.
    Interview,
    /// Feature.
    Feature,
    /// Obituary.
    Obituary,
    /// Live coverage.
    Live,
    /// Gallery.
    Gallery,
    /// Video.
    Video,
    /// Audio.
    Audio,
    /// Letter.
    Letter,
}

/// Who may read a story; the body is served to every caller, frontends decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "free")]
pub enum Access {
    /// Everybody.
    #[default]
    Free,
    /// Who has an account.
    Registered,
    /// Who pays.
    Subscribers,
}

/// Somebody who made the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Who.
    pub author: AuthorId,
    /// As what.
    pub role: Role,
}

/// A place in a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The series.
    pub series: SeriesId,
    /// Which part it is.
    pub part: Option<i32>,
}

/// What others may do with the story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StoryRights {
    /// Not to be republished at all.
    pub opt_out: bool,
    /// From when on it may not be republished any more.
    pub expires_at: Option<Stamp>,
    /// Where it may run; empty binds nothing.
    pub channels: Vec<Channel>,
    /// The countries in which it may run; empty binds nothing.
    pub territories_in: Vec<Territory>,
    /// The countries in which it may not run.
    pub territories_out: Vec<Territory>,
}

/// What search engines are told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StorySeo {
    /// In place of the headline.
    pub title: Option<String>,
    /// In place of the summary.
    pub description: Option<String>,
}

impl Story {
    /// The ids of authors, tags and sections that it names.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        let authors = self.authors.iter().map(|credit| credit.author.to_string());
        let tags = self.tags.iter().chain(&self.primary_tag).map(ToString::to_string);
        authors.chain(tags).chain(self.section.map(|section| section.to_string()))
    }

    /// The story with what was merged into another in the place of the other, each once.
    pub fn through(mut self, merged: &HashMap<String, String>) -> Self {
        fn stands_for<T>(id: &mut Id<T>, merged: &HashMap<String, String>) {
            if let Some(other) = merged.get(id.as_str()).and_then(|other| other.parse().ok()) {
                *id = other;
            }
        }
        if merged.is_empty() {
            return self;
        }
        self.authors.iter_mut().for_each(|credit| stands_for(&mut credit.author, merged));
        self.tags.iter_mut().chain(&mut self.primary_tag).for_each(|tag| stands_for(tag, merged));
        self.section.iter_mut().for_each(|section| stands_for(section, merged));
        let mut credits = Vec::new();
        self.authors.retain(|credit| {
            !credits.contains(credit) && {
                credits.push(*credit);
                true
            }
        });
        let mut tags = Vec::new();
        self.tags.retain(|tag| {
            !tags.contains(tag) && {
                tags.push(*tag);
                true
            }
        });
        self
    }
}

/// What was wrong, and is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Correction {
    /// When it was made.
    #[schema(value_type = String, format = DateTime, example = "2026-05-02T08:00:00.000000Z")]
    pub at: Stamp,
    /// What kind it is.
    pub kind: CorrectionKind,
    /// How much it matters to those who run a copy.
    pub severity: Severity,
    /// What it says.
    #[schema(example = "An earlier version gave the wrong year for the lighthouse's opening.")]
    pub text: String,
}

/// What kind a correction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "correction")]
pub enum CorrectionKind {
    /// Something was wrong.
    Correction,
    /// Something could be misread.
    Clarification,
    /// Something was added.
    Update,
    /// The story, or a part of it, is taken back in words.
    Retraction,
}

/// How much a correction matters to those who run a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Deserr, ToSchema)]
#[serde(rename_all = "snake_case")]
#[deserr(error = Faults, rename_all = lowercase)]
#[schema(example = "substantive")]
pub enum Severity {
    /// Copies may stay as they are.
    Minor,
    /// Copies are stale until they have it.
    Substantive,
    /// Copies must go.
    Kill,
}

impl Severity {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Minor => "minor",
            Severity::Substantive => "substantive",
            Severity::Kill => "kill",
        }
    }
}

impl StoryType {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            StoryType::News => "news",
            StoryType::Analysis => "analysis",
            StoryType::Opinion => "opinion",
            StoryType::Review => "review",
            StoryType::Interview => "interview",
            StoryType::Feature => "feature",
            StoryType::Obituary => "obituary",
            StoryType::Live => "live",
            StoryType::Gallery => "gallery",
            StoryType::Video => "video",
            StoryType::Audio => "audio",
            StoryType::Letter => "letter",
        }
    }
}

impl Access {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Access::Free => "free",
            Access::Registered => "registered",
            Access::Subscribers => "subscribers",
        }
    }
}

impl CorrectionKind {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            CorrectionKind::Correction => "correction",
            CorrectionKind::Clarification => "clarification",
            CorrectionKind::Update => "update",
            CorrectionKind::Retraction => "retraction",
        }
    }

    /// How much a correction of this kind matters where nothing is said.
    pub fn severity(self) -> Severity {
        match self {
            CorrectionKind::Correction | CorrectionKind::Retraction => Severity::Substantive,
            CorrectionKind::Clarification | CorrectionKind::Update => Severity::Minor,
        }
    }
}
