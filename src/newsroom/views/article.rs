//! A story with all that the newsroom knows of it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::story::{Access, Correction, StoryType};
use crate::articles::views::{
    ArticleAuthor, ArticleBody, ArticleOrigin, ArticleSection, ArticleSeries, ArticleTag, LeadImage,
};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::newsroom::lock::Lock;
use crate::newsroom::{Names, State, Work};
use crate::rights::views::RightsView;
use crate::rights::{Channel, Territory};

/// A story with all that the newsroom knows of it. What can be sent back says so; the rest is read-only.
#[derive(Serialize, ToSchema)]
#[schema(as = StaffArticle)]
pub struct StaffArticleView {
    /// The key.
    pub id: ArticleId,
    /// The slug that it has from its next publication.
    #[schema(example = "last-night-at-the-lighthouse")]
    pub slug: String,
    /// What kind of story it is.
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    pub kind: StoryType,
    /// How far it has come.
    pub state: State,
    /// The number of the newest revision; the ETag is the same in quotes.
    #[schema(example = 3)]
    pub revision: i32,
    /// The number of the revision that is live.
    #[schema(example = 2)]
    pub live_revision: Option<i32>,
    /// Whether it is held back from partners until it is released.
    #[schema(example = false)]
    pub withheld: bool,
    /// Published versions so far.
    #[schema(example = 1)]
    pub version: i32,
    /// The headline, plain text.
    #[schema(example = "Last night at the lighthouse")]
    pub headline: Option<String>,
    /// The line above the headline.
    #[schema(example = "Harbour")]
    pub kicker: Option<String>,
    /// The sentence or two below the headline.
    #[schema(example = "After 140 years the lamp is switched off.")]
    pub standfirst: Option<String>,
    /// A summary; never derived.
    #[schema(example = "The keepers of the harbour light hand over to a sensor.")]
    pub summary: Option<String>,
    /// The address that it is or was last public under; null before.
    #[schema(example = "https://courier.example/last-night-at-the-lighthouse")]
    pub url: Option<String>,
    /// The language, BCP 47.
    #[schema(example = "en")]
    pub locale: String,
    /// Who may read it, for frontends.
    pub access: Access,
    /// Where it runs.
    pub section: Option<ArticleSection>,
    /// The tag that says most.
    pub primary_tag: Option<ArticleTag>,
    /// Its tags, in order.
    pub tags: Vec<ArticleTag>,
    /// Who made it, in order.
    pub authors: Vec<ArticleAuthor>,
    /// The printed byline; null without authors.
    #[schema(example = "By Inês Duarte")]
    pub byline: Option<String>,
    /// The series that it is a part of.
    pub series: Option<ArticleSeries>,
    /// The picture at its top.
    pub lead_media: Option<LeadImage>,
    /// Where it comes from.
    pub origin: Option<ArticleOrigin>,
    /// Its address at its origin.
    #[schema(example = "https://wire.example/stories/4711")]
    pub source_url: Option<String>,
    /// Its key in the system that it was imported from.
    #[schema(example = "4711")]
    pub source_id: Option<String>,
    /// A path of its own in place of the publication's template.
    #[schema(example = "/harbour/last-night")]
    pub path: Option<String>,
    /// The date that readers see.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub published_at: Option<Stamp>,
    /// When it was first public; set once.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub first_published_at: Option<Stamp>,
    /// When it last changed in substance: a correction, or a publication that said so.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub updated_at: Option<Stamp>,
    /// When anything that is shown last changed.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub modified_at: Option<Stamp>,
    /// When it was made.
    #[schema(example = "2026-04-30T16:00:00.000000Z")]
    pub created_at: Stamp,
    /// When it was last saved or moved.
    #[schema(example = "2026-05-01T09:30:00.000000Z")]
    pub saved_at: Stamp,
    /// When it goes live by itself.
    #[schema(example = "2026-05-02T04:00:00.000000Z")]
    pub scheduled_at: Option<Stamp>,
    /// When its embargo ends; published before, it waits for that.
    #[schema(example = "2026-05-02T04:00:00.000000Z")]
    pub embargo_until: Option<Stamp>,
    /// When it goes off the site.
    #[schema(example = "2027-05-01T00:00:00.000000Z")]
    pub expires_at: Option<Stamp>,
    /// Names the stories that are translations of one another.
    #[schema(example = "lighthouse")]
    pub translation_group: Option<String>,
    /// Whose story it is: the id of a user.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub owner: Option<String>,
    /// Who has it now: the id of a user.
    #[schema(example = "01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub assignee: Option<String>,
    /// What the desk notes about it.
    #[schema(example = "Waiting for the port authority's answer.")]
    pub notes: Option<String>,
    /// Who works on it now; null where nobody said so.
    pub lock: Option<Lock>,
    /// What others may do with it.
    pub rights: StoryRightsView,
    /// What search engines are told in place of headline and summary.
    pub seo: StorySeoView,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Words in its body.
    #[schema(example = 640)]
    pub word_count: usize,
    /// Minutes to read it, at least 1.
    #[schema(example = 3)]
    pub reading_minutes: usize,
    /// Its body, as blocks.
    pub body: ArticleBody,
}

/// What others may do with a story.
#[derive(Serialize, ToSchema)]
#[schema(as = StoryRights)]
pub struct StoryRightsView {
    /// Not to be republished at all.
    #[schema(example = false)]
    pub opt_out: bool,
    /// From when on it may not be republished any more.
    #[schema(example = "2027-05-01T00:00:00.000000Z")]
    pub expires_at: Option<Stamp>,
    /// Where it may run; empty binds nothing.
    pub channels: Vec<Channel>,
    /// The countries in which it may run (ISO 3166-1 alpha-2); empty binds nothing.
    #[schema(value_type = Vec<String>, example = json!(["PT"]))]
    pub territories_in: Vec<Territory>,
    /// The countries in which it may not run.
    #[schema(value_type = Vec<String>, example = json!(["ES"]))]
    pub territories_out: Vec<Territory>,
}

/// What search engines are told.
#[derive(Serialize, ToSchema)]
#[schema(as = StorySeo)]
pub struct StorySeoView {
    /// In place of the headline.
    #[schema(example = "The last night of the harbour light")]
    pub title: Option<String>,
    /// In place of the summary.
    #[schema(example = "How the keepers left.")]
    pub description: Option<String>,
}

/// A story after it was published, with what others may do with it.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedArticle)]
pub struct PublishedView {
    /// The story.
    pub article: StaffArticleView,
    /// What anybody who is no partner may do with it.
    pub rights: RightsView,
}

impl StaffArticleView {
    /// The story with what it names; `url` is its address, where it has one, `lock` who works on it.
    pub fn new(work: Work, names: Names, url: Option<String>, lock: Option<Lock>) -> Self {
        let byline = names.byline(&work.story.locale);
        let story = work.story;
        StaffArticleView {
            id: work.id,
            slug: story.slug,
            kind: story.kind,
            state: work.state,
            revision: work.revision,
            live_revision: work.live_revision,
            withheld: work.withheld,
            version: work.version,
            headline: story.headline,
            kicker: story.kicker,
            standfirst: story.standfirst,
            summary: story.summary,
            url,
            locale: story.locale,
            access: story.access,
            section: names.section.map(ArticleSection::from),
            primary_tag: names.primary_tag.map(ArticleTag::from),
            tags: names.tags.into_iter().map(ArticleTag::from).collect(),
            authors: names.authors.into_iter().map(ArticleAuthor::from).collect(),
            byline,
            series: names.series.map(ArticleSeries::from),
            lead_media: names.lead_media.map(LeadImage::from),
            origin: names.origin.map(ArticleOrigin::from),
            source_url: story.source_url,
            source_id: work.desk.source_id,
            path: story.path,
            published_at: work.published_at,
            first_published_at: work.first_published_at,
            updated_at: work.substantive_at,
            modified_at: work.modified_at,
            created_at: work.created_at,
            saved_at: work.updated_at,
            scheduled_at: work.scheduled_at,
            embargo_until: story.embargo_until,
            expires_at: story.expires_at,
            translation_group: story.translation_group,
            owner: work.desk.owner,
            assignee: work.desk.assignee,
            notes: work.desk.notes,
            lock,
            rights: StoryRightsView {
                opt_out: story.rights.opt_out,
                expires_at: story.rights.expires_at,
                channels: story.rights.channels,
                territories_in: story.rights.territories_in,
                territories_out: story.rights.territories_out,
            },
            seo: StorySeoView { title: story.seo.title, description: story.seo.description },
            corrections: story.corrections,
            word_count: story.body.word_count(),
            reading_minutes: story.body.reading_minutes(),
            body: ArticleBody::blocks(&story.body),
        }
    }
}
