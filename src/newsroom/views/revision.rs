//! Revisions, and what changed between two of them, in JSON, out.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{StaffArticleView, StoryRightsView, StorySeoView};
use crate::articles::story::{Access, Correction, StoryType};
use crate::articles::views::{
    ArticleAuthor, ArticleBody, ArticleOrigin, ArticleSection, ArticleSeries, ArticleTag, LeadImage,
};
use crate::auth::users;
use crate::body::{BlockChange, ChangeOp};
use crate::db::Conn;
use crate::db::ids::UserId;
use crate::db::types::Stamp;
use crate::error::Result;
use crate::newsroom::revisions::{Difference, Revision};
use crate::newsroom::{Names, Work};

/// A save as it was.
#[derive(Serialize, ToSchema)]
#[schema(as = ArticleRevision)]
pub struct RevisionView {
    /// Its number, from 1.
    #[schema(example = 3)]
    pub revision: i32,
    /// When it was saved.
    pub saved_at: Stamp,
    /// Who saved it.
    pub saved_by: SavedBy,
    /// What is noted about it.
    #[schema(example = "revision 2 restored")]
    pub note: Option<String>,
    /// What the story said.
    pub article: RevisionStory,
}

/// Who saved a revision.
#[derive(Clone, Serialize, ToSchema)]
pub struct SavedBy {
    /// As the audit names them: `user:ID`, `key:ID`, `system` or `import`.
    #[schema(example = "user:01938f5e-7c1a-7b6e-9a55-3c2f1d0e4b8a")]
    pub id: String,
    /// The name of the member of staff; null where it was none.
    #[schema(example = "Ines Duarte")]
    pub name: Option<String>,
}

/// What a story said after a save: all that readers can come to see.
#[derive(Serialize, ToSchema)]
pub struct RevisionStory {
    /// The slug.
    #[schema(example = "last-night-at-the-lighthouse")]
    pub slug: String,
    /// What kind of story it is.
    #[serde(rename = "type")]
    #[schema(rename = "type")]
    pub kind: StoryType,
    /// The headline.
    #[schema(example = "Last night at the lighthouse")]
    pub headline: Option<String>,
    /// The line above it.
    #[schema(example = "Harbour")]
    pub kicker: Option<String>,
    /// The sentence below it.
    #[schema(example = "After 140 years the lamp is switched off.")]
    pub standfirst: Option<String>,
    /// The summary.
    #[schema(example = "The keepers of the harbour light hand over to a sensor.")]
    pub summary: Option<String>,
    /// The language, BCP 47.
    #[schema(example = "en")]
    pub locale: String,
    /// Who may read it.
    pub access: Access,
    /// Where it runs.
    pub section: Option<ArticleSection>,
    /// The tag that says most.
    pub primary_tag: Option<ArticleTag>,
    /// Its tags, in order.
    pub tags: Vec<ArticleTag>,
    /// Who made it, in order.
    pub authors: Vec<ArticleAuthor>,
    /// The series, and which part of it.
    pub series: Option<ArticleSeries>,
    /// The picture at its top.
    pub lead_media: Option<LeadImage>,
    /// Where it comes from.
    pub origin: Option<ArticleOrigin>,
    /// Its address at its origin.
    #[schema(example = "https://wire.example/harbour-light")]
    pub source_url: Option<String>,
    /// A path of its own.
    #[schema(example = "/harbour/last-night")]
    pub path: Option<String>,
    /// The date that readers see, where staff set it.
    pub published_at: Option<Stamp>,
    /// When its embargo ends.
    pub embargo_until: Option<Stamp>,
    /// When it goes off the site.
    pub expires_at: Option<Stamp>,
    /// Names its translations.
    #[schema(example = "lighthouse")]
    pub translation_group: Option<String>,
    /// What others may do with it.
    pub rights: StoryRightsView,
    /// What search engines are told.
    pub seo: StorySeoView,
    /// Its corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// Its body, as blocks.
    pub body: ArticleBody,
}

impl RevisionView {
    /// A save with what it names.
    pub fn new(save: Revision, work: Work, names: Names) -> Self {
        let (path, published_at) = (work.story.path.clone(), work.story.published_at);
        let view = StaffArticleView::new(work, names, None, None);
        let article = RevisionStory {
            slug: view.slug,
            kind: view.kind,
            headline: view.headline,
            kicker: view.kicker,
            standfirst: view.standfirst,
            summary: view.summary,
            locale: view.locale,
            access: view.access,
            section: view.section,
            primary_tag: view.primary_tag,
            tags: view.tags,
            authors: view.authors,
            series: view.series,
            lead_media: view.lead_media,
            origin: view.origin,
            source_url: view.source_url,
            path,
            published_at,
            embargo_until: view.embargo_until,
            expires_at: view.expires_at,
            translation_group: view.translation_group,
            rights: view.rights,
            seo: view.seo,
            corrections: view.corrections,
            body: view.body,
        };
        let saved_by = SavedBy { id: save.saved_by, name: None };
        RevisionView { revision: save.revision, saved_at: save.saved_at, saved_by, note: save.note, article }
    }

    /// Gives those who saved their names, where they are of the newsroom.
    pub fn name_savers(conn: &mut Conn, views: &mut [RevisionView]) -> Result<()> {
        let user = |view: &RevisionView| view.saved_by.id.strip_prefix("user:")?.parse::<UserId>().ok();
        let mut ids: Vec<UserId> = views.iter().filter_map(user).collect();
        ids.sort();
        ids.dedup();
        let names = users::names(conn, &ids)?;
        for view in views {
            view.saved_by.name = user(view).and_then(|id| names.get(&id).cloned());
        }
        Ok(())
    }
}

/// What changed from one state of a story to another.
#[derive(Serialize, ToSchema)]
#[schema(as = ArticleDifference)]
pub struct DifferenceView {
    /// The earlier one, by number.
    #[schema(example = 1)]
    pub from: i32,
    /// The later one, by number.
    #[schema(example = 2)]
    pub to: i32,
    /// The fields that say something else.
    pub fields: Vec<FieldChange>,
    /// What happened to the blocks of the body, in order.
    pub blocks: Vec<BlockChangeView>,
}

/// A field that says something else.
#[derive(Serialize, ToSchema)]
pub struct FieldChange {
    /// Its name.
    #[schema(example = "headline")]
    pub name: String,
    /// What it said; what it names stands by id.
    #[schema(value_type = Option<Value>, example = json!("Last night at the light"))]
    pub from: Value,
    /// What it says.
    #[schema(value_type = Option<Value>, example = json!("Last night at the lighthouse"))]
    pub to: Value,
}

/// What happened to a block of a body.
#[derive(Serialize, ToSchema)]
#[schema(as = BlockChange)]
pub struct BlockChangeView {
    /// `added`, `removed`, `changed` or `moved`.
    pub op: ChangeOp,
    /// Its `_key`.
    #[schema(example = "p1")]
    pub key: String,
    /// The block as it was; null where it was added; of one that moved its place from 0.
    #[schema(value_type = Option<Value>, example = json!({"_type": "block", "_key": "p1"}))]
    pub from: Value,
    /// The block as it is; null where it was removed; of one that moved its place from 0.
    #[schema(value_type = Option<Value>, example = json!({"_type": "block", "_key": "p1"}))]
    pub to: Value,
}

impl DifferenceView {
    /// What changed, from one number to another.
    pub fn new(from: i32, to: i32, difference: Difference) -> Self {
        let field = |(name, from, to)| FieldChange { name, from, to };
        let block = |change: BlockChange| BlockChangeView {
            op: change.op,
            key: change.key,
            from: change.from,
            to: change.to,
        };
        DifferenceView {
            from,
            to,
            fields: difference.fields.into_iter().map(field).collect(),
            blocks: difference.blocks.into_iter().map(block).collect(),
        }
    }
}
