//! Rows of `articles` and `revisions`.

pub mod locks;
pub mod previews;
pub mod saves;
pub mod uses;

mod browse;

use diesel::prelude::*;

use super::{DeskFields, State, Work};
use crate::articles::story::Story;
use crate::db::Conn;
use crate::db::ids::{ArticleId, OriginId, SectionId};
use crate::db::schema::{articles, revisions};
use crate::db::types::{Json, Stamp};
use crate::error::{Error, Result};
use crate::fields::sort_key;

pub use browse::{Browse, Order, browse};
pub use saves::{full_revision, insert_revision, revision};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = articles, treat_none_as_null = true)]
struct Row {
    id: ArticleId,
    state: String,
    state_before: Option<String>,
    revision: i32,
    live_revision: Option<i32>,
    version: i32,
    slug: String,
    headline: Option<String>,
    headline_key: String,
    kind: String,
    locale: String,
    section_id: Option<SectionId>,
    origin_id: Option<OriginId>,
    path: Option<String>,
    published_slug: Option<String>,
    published_at: Option<Stamp>,
    first_published_at: Option<Stamp>,
    substantive_at: Option<Stamp>,
    modified_at: Option<Stamp>,
    scheduled_at: Option<Stamp>,
    scheduled_revision: Option<i32>,
    created_at: Stamp,
    updated_at: Stamp,
    owner_id: Option<String>,
    assignee_id: Option<String>,
    notes: Option<String>,
    source_id: Option<String>,
    translation_group: Option<String>,
    withheld: bool,
}

impl From<&Work> for Row {
    fn from(work: &Work) -> Self {
        let story = &work.story;
        Row {
            id: work.id,
            state: work.state.as_str().to_owned(),
            state_before: work.state_before.map(|state| state.as_str().to_owned()),
            revision: work.revision,
            live_revision: work.live_revision,
            version: work.version,
            slug: story.slug.clone(),
            headline: story.headline.clone(),
            headline_key: sort_key(story.headline.as_deref().unwrap_or_default()),
            kind: story.kind.as_str().to_owned(),
            locale: story.locale.clone(),
            section_id: story.section,
            origin_id: story.origin,
            path: work.path.clone(),
            published_slug: work.published_slug.clone(),
            published_at: work.published_at,
            first_published_at: work.first_published_at,
            substantive_at: work.substantive_at,
            modified_at: work.modified_at,
            scheduled_at: work.scheduled_at,
            scheduled_revision: work.scheduled_revision,
            created_at: work.created_at,
            updated_at: work.updated_at,
            owner_id: work.desk.owner.clone(),
            assignee_id: work.desk.assignee.clone(),
            notes: work.desk.notes.clone(),
            source_id: work.desk.source_id.clone(),
            translation_group: story.translation_group.clone(),
            withheld: work.withheld,
        }
    }
}

impl Row {
    fn with(self, story: Story) -> Result<Work> {
        let state = |word: &str| {
            State::parse(word).ok_or_else(|| Error::Internal(format!("`{word}` is no state of an article")))
        };
        Ok(Work {
            id: self.id,
            state: state(&self.state)?,
            state_before: self.state_before.as_deref().map(state).transpose()?,
            revision: self.revision,
            live_revision: self.live_revision,
            version: self.version,
            path: self.path,
            published_slug: self.published_slug,
            published_at: self.published_at,
            first_published_at: self.first_published_at,
            substantive_at: self.substantive_at,
            modified_at: self.modified_at,
            scheduled_at: self.scheduled_at,
            scheduled_revision: self.scheduled_revision,
            withheld: self.withheld,
            created_at: self.created_at,
            updated_at: self.updated_at,
            desk: DeskFields {
                owner: self.owner_id,
                assignee: self.assignee_id,
                notes: self.notes,
                source_id: self.source_id,
            },
            story,
        })
    }
}

pub fn insert(conn: &mut Conn, work: &Work) -> Result<()> {
    diesel::insert_into(articles::table).values(Row::from(work)).execute(conn)?;
    Ok(())
}

pub fn update(conn: &mut Conn, work: &Work) -> Result<()> {
    diesel::update(articles::table.find(work.id)).set(Row::from(work)).execute(conn)?;
    Ok(())
}

pub fn work(conn: &mut Conn, id: ArticleId) -> Result<Option<Work>> {
    let found = articles::table
        .inner_join(
            revisions::table
                .on(revisions::article_id.eq(articles::id).and(revisions::revision.eq(articles::revision))),
        )
        .filter(articles::id.eq(id))
        .select((Row::as_select(), revisions::story))
        .first::<(Row, Json<Story>)>(conn)
        .optional()?;
    let Some((row, story)) = found else { return Ok(None) };
    row.with(saves::through(conn, story.value)?).map(Some)
}
