//! Stories as they are sent to the newsroom: every field, its limits, and the body in either form.

mod actions;
mod body;
mod names;

use deserr::Deserr;
use utoipa::ToSchema;

use super::draft::{DeskFields, Draft};
use crate::articles::story::{Access, StoryRights, StorySeo, StoryType};
use crate::body::Document;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::fields::{Faults, Ref, Slug, Text, Warning, WebUrl};
use crate::rights::{Channel, Territory};

pub use actions::{
    BulkAction, BulkInput, CorrectionInput, LockInput, PreviewInput, PublishInput, RetractInput,
    RetractionKind, ReturnInput, ScheduleInput, WithholdInput,
};
pub use body::BodyInput;
pub use names::{ArticleCreditInput, ArticlePartInput, CreditInput, PartInput};

/// A story to take on, or the whole of what one is changed to. What is left out or null is empty; a
/// draft may be incomplete.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub struct ArticleInput {
    /// The slug; made from the headline where it is left out.
    #[deserr(default)]
    #[schema(inline, nullable = false, example = "last-night-at-the-lighthouse")]
    pub slug: Option<Slug>,
    /// What kind of story it is. Default `news`.
    #[deserr(default, rename = "type")]
    #[schema(rename = "type")]
    pub kind: Option<StoryType>,
    /// The headline, plain text, at most 300 characters.
    #[deserr(default)]
    #[schema(inline, example = "Last night at the lighthouse")]
    pub headline: Option<Text<300>>,
    /// The line above the headline, at most 200 characters.
    #[deserr(default)]
    #[schema(inline, example = "Harbour")]
    pub kicker: Option<Text<200>>,
    /// The sentence or two below the headline, at most 1,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "After 140 years the lamp is switched off.")]
    pub standfirst: Option<Text<1000>>,
    /// A summary, at most 2,000 characters; never derived.
    #[deserr(default)]
    #[schema(inline, example = "The keepers of the harbour light hand over to a sensor.")]
    pub summary: Option<Text<2000>>,
    /// The language, BCP 47, one of the publication's. Default: its main one.
    #[deserr(default)]
    #[schema(inline, example = "en")]
    pub locale: Option<Text<35>>,
    /// Who may read it, for frontends. Default `free`.
    #[deserr(default)]
    pub access: Option<Access>,
    /// Where it runs.
    #[deserr(default)]
    #[schema(inline, example = json!("harbour"))]
    pub section: Option<Ref>,
    /// The tag that says most.
    #[deserr(default)]
    #[schema(inline, example = json!("lighthouses"))]
    pub primary_tag: Option<Ref>,
    /// Its tags, in order, at most 50.
    #[deserr(default)]
    #[schema(inline, example = json!(["lighthouses"]))]
    pub tags: Option<Vec<Ref>>,
    /// Who made it, in order, at most 50: an author, or an object with the author and a role.
    #[deserr(default)]
    #[schema(value_type = Option<Vec<ArticleCreditInput>>)]
    pub authors: Option<Vec<CreditInput>>,
    /// The series, and which part of it.
    #[deserr(default)]
    #[schema(value_type = Option<ArticlePartInput>)]
    pub series: Option<PartInput>,
    /// The picture at its top: id or key of an asset.
    #[deserr(default)]
    #[schema(inline, example = json!("lighthouse-dusk"))]
    pub lead_media: Option<Ref>,
    /// Where it comes from: code or id. Needed before it goes live.
    #[deserr(default)]
    #[schema(inline, example = json!("courier"))]
    pub origin: Option<Ref>,
    /// Its address at its origin, where that is another.
    #[deserr(default)]
    #[schema(inline, example = "https://wire.example/stories/4711")]
    pub source_url: Option<WebUrl>,
    /// A story of ours is its own canonical: what says so in other words is dropped, anything else is
    /// a fault.
    #[deserr(default)]
    #[schema(inline, example = "https://courier.example/last-night-at-the-lighthouse")]
    pub canonical_url: Option<WebUrl>,
    /// Its key in the system that it was imported from, at most 200 characters.
    #[deserr(default)]
    #[schema(inline, example = "4711")]
    pub source_id: Option<Text<200>>,
    /// A path of its own in place of the publication's template.
    #[deserr(default)]
    #[schema(inline, example = "/harbour/last-night")]
    pub path: Option<Text<512>>,
    /// The date that readers see; back, never into the future.
    #[deserr(default)]
    #[schema(inline)]
    pub published_at: Option<Stamp>,
    /// When its embargo ends; published before, it waits for that.
    #[deserr(default)]
    #[schema(inline)]
    pub embargo_until: Option<Stamp>,
    /// When it goes off the site.
    #[deserr(default)]
    #[schema(inline)]
    pub expires_at: Option<Stamp>,
    /// Names the stories that are translations of one another, at most 100 characters.
    #[deserr(default)]
    #[schema(inline, example = "lighthouse")]
    pub translation_group: Option<Text<100>>,
    /// Whose story it is: the id of a user.
    #[deserr(default)]
    #[schema(inline, example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub owner: Option<Text<36>>,
    /// Who has it now: the id of a user.
    #[deserr(default)]
    #[schema(inline, example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub assignee: Option<Text<36>>,
    /// What the desk notes about it, at most 10,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "Waiting for the port authority's answer.")]
    pub notes: Option<Text<10000>>,
    /// What others may do with it.
    #[deserr(default)]
    pub rights: Option<RightsInput>,
    /// What search engines are told in place of headline and summary.
    #[deserr(default)]
    pub seo: Option<SeoInput>,
    /// Its body, as HTML or as Portable Text blocks.
    #[deserr(default)]
    pub body: Option<BodyInput>,
}

/// What others may do with a story.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = StoryRightsInput)]
pub struct RightsInput {
    /// Not to be republished at all. Default false.
    #[deserr(default)]
    #[schema(example = false)]
    pub opt_out: Option<bool>,
    /// From when on it may not be republished any more.
    #[deserr(default)]
    #[schema(inline)]
    pub expires_at: Option<Stamp>,
    /// Where it may run; empty binds nothing.
    #[deserr(default)]
    pub channels: Option<Vec<Channel>>,
    /// The countries in which it may run (ISO 3166-1 alpha-2); empty binds nothing.
    #[deserr(default)]
    #[schema(value_type = Option<Vec<String>>, example = json!(["PT"]))]
    pub territories_in: Option<Vec<Territory>>,
    /// The countries in which it may not run.
    #[deserr(default)]
    #[schema(value_type = Option<Vec<String>>, example = json!(["ES"]))]
    pub territories_out: Option<Vec<Territory>>,
}

/// What search engines are told.
#[derive(Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = StorySeoInput)]
pub struct SeoInput {
    /// In place of the headline, at most 300 characters.
    #[deserr(default)]
    #[schema(inline, example = "The last night of the harbour light")]
    pub title: Option<Text<300>>,
    /// In place of the summary, at most 1,000 characters.
    #[deserr(default)]
    #[schema(inline, example = "How the keepers left.")]
    pub description: Option<Text<1000>>,
}

impl ArticleInput {
    /// The draft, its body read.
    pub fn read(mut self) -> Result<Draft> {
        let body = self.body.take().map(BodyInput::read).transpose()?;
        Ok(self.with_body(body))
    }

    /// The draft with a body that was read before; `None` leaves the body as it is.
    pub fn with_body(self, body: Option<(Document, Vec<Warning>)>) -> Draft {
        let rights = self.rights.map(StoryRights::from).unwrap_or_default();
        let seo = self.seo.map(StorySeo::from).unwrap_or_default();
        Draft {
            slug: self.slug,
            kind: self.kind.unwrap_or_default(),
            headline: self.headline.and_then(Text::filled),
            kicker: self.kicker.and_then(Text::filled),
            standfirst: self.standfirst.and_then(Text::filled),
            summary: self.summary.and_then(Text::filled),
            locale: self.locale.and_then(Text::filled),
            access: self.access.unwrap_or_default(),
            section: self.section,
            primary_tag: self.primary_tag,
            tags: self.tags.unwrap_or_default(),
            authors: self
                .authors
                .unwrap_or_default()
                .into_iter()
                .map(|CreditInput(who, role)| (who, role))
                .collect(),
            series: self.series.map(|PartInput(series, part)| (series, part)),
            lead_media: self.lead_media,
            origin: self.origin,
            source_url: self.source_url.map(WebUrl::into_string),
            canonical_url: self.canonical_url.map(WebUrl::into_string),
            path: self.path.and_then(Text::filled),
            published_at: self.published_at,
            embargo_until: self.embargo_until,
            expires_at: self.expires_at,
            translation_group: self.translation_group.and_then(Text::filled),
            rights,
            seo,
            corrections: None,
            body,
            desk: DeskFields {
                owner: self.owner.and_then(Text::filled),
                assignee: self.assignee.and_then(Text::filled),
                notes: self.notes.and_then(Text::filled),
                source_id: self.source_id.and_then(Text::filled),
            },
        }
    }
}

impl From<RightsInput> for StoryRights {
    fn from(input: RightsInput) -> Self {
        StoryRights {
            opt_out: input.opt_out.unwrap_or_default(),
            expires_at: input.expires_at,
            channels: input.channels.unwrap_or_default(),
            territories_in: input.territories_in.unwrap_or_default(),
            territories_out: input.territories_out.unwrap_or_default(),
        }
    }
}

impl From<SeoInput> for StorySeo {
    fn from(input: SeoInput) -> Self {
        StorySeo {
            title: input.title.and_then(Text::filled),
            description: input.description.and_then(Text::filled),
        }
    }
}
