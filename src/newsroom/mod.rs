//! Stories as staff see them: every saved revision, the state of the work, and the verbs that move it.
//!
//! A revision is immutable and holds all that readers can come to see; what is the desk's alone
//! stands beside it. Publishing, unpublishing and retracting are the only ways from here to the live
//! side. Nothing of this room is shown to anyone who is not staff.

pub mod action;
pub mod arrive;
pub mod correct;
pub mod draft;
pub mod duplicate;
pub mod form;
pub mod input;
pub mod lock;
pub mod preview;
pub mod publish;
pub mod retract;
pub mod revisions;
pub mod routes;
pub mod save;
pub mod schedule;
pub mod trash;
pub mod unpublish;
pub mod updates;
pub mod views;
pub mod withhold;
pub mod workflow;

pub mod access;
mod as_live;
mod completeness;
mod lost;
mod names;
mod references;
mod store;
mod under_embargo;
mod uses;
mod verdict;

use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::addresses::{self, Kind};
use crate::articles::story::Story;
use crate::db::Conn;
use crate::db::ids::{ArticleId, UserId};
use crate::db::types::Stamp;
use crate::error::{Error, Result};
use crate::fields::{Faults, Warning, word};

pub use action::Action;
pub use arrive::{Aim, Past, Reached, arrive, reach};
pub use completeness::missing;
pub use correct::correct;
pub use draft::{DeskFields, Draft};
pub use duplicate::duplicate;
pub use names::Names;
pub use publish::{Publication, PublishOrder, Published, dry_run, publish};
pub use retract::retract;
pub use save::{change, create, unfit};
pub use schedule::{due, fall_due, miss, schedule, unschedule};
pub use store::{Browse, Order, browse};
pub use trash::{restore, trash};
pub use under_embargo::{Embargoed, under_embargo};
pub use unpublish::unpublish;
pub use workflow::{approve, send_back, submit};

/// How far a story has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ArticleState, example = "draft")]
pub enum State {
    /// Being written.
    Draft,
    /// Handed in.
    InReview,
    /// Good to go.
    Approved,
    /// Goes live by itself.
    Scheduled,
    /// Public, whatever later revisions wait.
    Live,
    /// Was public, and may be again.
    Unpublished,
    /// Was public and was taken back: 410.
    Retracted,
    /// Thrown away, restorable.
    Trash,
}

/// A story in the newsroom, with one of its revisions: the newest, unless another was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The key.
    pub id: ArticleId,
    /// How far it has come.
    pub state: State,
    /// What it was before it was scheduled, put under an embargo or thrown away.
    pub state_before: Option<State>,
    /// The number of the newest revision.
    pub revision: i32,
    /// The number of the revision that is live.
    pub live_revision: Option<i32>,
    /// Published versions so far.
    pub version: i32,
    /// The path that it was last public under.
    pub path: Option<String>,
    /// The slug that it was last public under.
    pub published_slug: Option<String>,
    /// The date that readers see.
    pub published_at: Option<Stamp>,
    /// When it was first public.
    pub first_published_at: Option<Stamp>,
    /// When it last changed in substance.
    pub substantive_at: Option<Stamp>,
    /// When anything that is shown last changed.
    pub modified_at: Option<Stamp>,
    /// When it goes live by itself.
    pub scheduled_at: Option<Stamp>,
    /// The revision that does.
    pub scheduled_revision: Option<i32>,
    /// Held back from partners until released.
    pub withheld: bool,
    /// When it was made.
    pub created_at: Stamp,
    /// When it was last saved or moved.
    pub updated_at: Stamp,
    /// What is the desk's alone.
    pub desk: DeskFields,
    /// What the revision says.
    pub story: Story,
}

/// A story after it was moved, with what should be looked at.
pub struct Done {
    /// The story.
    pub work: Work,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
}

impl Work {
    /// A new draft that says this.
    fn new(id: ArticleId, story: Story, now: Stamp) -> Self {
        Work {
            id,
            state: State::Draft,
            state_before: None,
            revision: 1,
            live_revision: None,
            version: 0,
            path: None,
            published_slug: None,
            published_at: story.published_at,
            first_published_at: None,
            substantive_at: None,
            modified_at: None,
            scheduled_at: None,
            scheduled_revision: None,
            withheld: false,
            created_at: now,
            updated_at: now,
            desk: DeskFields::default(),
            story,
        }
    }

    /// Whether the story was last public under this slug.
    fn published_slug_is(&self, slug: &str) -> bool {
        self.published_slug.as_deref() == Some(slug)
    }
}

impl State {
    /// The word of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::InReview => "in_review",
            State::Approved => "approved",
            State::Scheduled => "scheduled",
            State::Live => "live",
            State::Unpublished => "unpublished",
            State::Retracted => "retracted",
            State::Trash => "trash",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        use State::{Approved, Draft, InReview, Live, Retracted, Scheduled, Trash, Unpublished};
        [Draft, InReview, Approved, Scheduled, Live, Unpublished, Retracted, Trash]
            .into_iter()
            .find(|state| state.as_str() == word)
    }
}

impl Deserr<Faults> for State {
    fn deserialize_from_value<V: IntoValue>(
        value: Value<V>,
        location: ValuePointerRef,
    ) -> std::result::Result<Self, Faults> {
        let words = "draft, in_review, approved, scheduled, live, unpublished, retracted, trash";
        word(value, location, State::parse, words)
    }
}

/// The story by id or slug, old slugs included, with its newest revision.
pub fn find(conn: &mut Conn, key: &str) -> Result<Work> {
    let id = addresses::id_of(conn, Kind::Article, key)?;
    id.map(|id| store::work(conn, id)).transpose()?.flatten().ok_or(Error::NotFound("article"))
}

/// A revision of a story as it was saved.
pub fn revision(conn: &mut Conn, id: ArticleId, revision: i32) -> Result<Story> {
    store::revision(conn, id, revision)?.ok_or(Error::NotFound("revision"))
}

/// What the world reads of a story: the revision that is live, with the corrections of the story; none where
/// it is not live.
fn live_story(conn: &mut Conn, work: &Work) -> Result<Option<Story>> {
    match work.live_revision {
        None => Ok(None),
        Some(live) if live == work.revision => Ok(Some(work.story.clone())),
        Some(live) => revision(conn, work.id, live).map(Some),
    }
}

/// Whoever saves, as far as stories have owners: a member of staff, or nobody in particular.
pub type Owner = Option<UserId>;
