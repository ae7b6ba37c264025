//! The revisions of a story: every save as it was, what changed between two of them, and the way back to one.

use serde_json::{Map, Value, json};

use super::lost::without_lost;
use super::{Done, State, Work, form, revision, save, store};
use crate::addresses::{self, Kind};
use crate::articles::story::Story;
use crate::body::{BlockChange, Document, diff as block_diff};
use crate::db::ids::ArticleId;
use crate::db::types::Stamp;
use crate::db::{Browse, Conn, Tx};
use crate::error::{Error, Result};
use crate::fields::Slug;

/// A revision as it was saved.
pub struct Revision {
    /// Its number, from 1.
    pub revision: i32,
    /// When it was saved.
    pub saved_at: Stamp,
    /// Who saved it, as the audit names them.
    pub saved_by: String,
    /// What is noted about it.
    pub note: Option<String>,
    /// What it says.
    pub story: Story,
}

/// What changed from one state of a story to another.
pub struct Difference {
    /// The fields that say something else, by name: the name, what it said, what it says.
    pub fields: Vec<(String, Value, Value)>,
    /// What happened to the blocks of its body.
    pub blocks: Vec<BlockChange>,
}

/// One revision. 404 where there is none of that number.
pub fn read(conn: &mut Conn, id: ArticleId, number: i32) -> Result<Revision> {
    store::full_revision(conn, id, number)?.ok_or(Error::NotFound("revision"))
}

/// A page of revisions, the newest first.
pub fn browse(conn: &mut Conn, id: ArticleId, browse: &Browse) -> Result<Vec<Revision>> {
    store::saves::browse_revisions(conn, id, browse)
}

/// What changed between two revisions. 404 where one of them is not there.
pub fn diff(conn: &mut Conn, id: ArticleId, from: i32, to: i32) -> Result<Difference> {
    Ok(difference(&revision(conn, id, from)?, &revision(conn, id, to)?))
}

/// What changed between two states of a story.
pub fn difference(from: &Story, to: &Story) -> Difference {
    Difference::between((&fields(from), &from.body), (&fields(to), &to.body))
}

impl Difference {
    /// What changed from some fields and a body to others of the same names.
    pub fn between(from: (&Map<String, Value>, &Document), to: (&Map<String, Value>, &Document)) -> Self {
        let was = |name: &String| from.0.get(name).cloned().unwrap_or_default();
        let fields = to.0.iter().map(|(name, value)| (name.clone(), was(name), value.clone()));
        Difference {
            fields: fields.filter(|(_, was, value)| was != value).collect(),
            blocks: block_diff(from.1, to.1),
        }
    }
}

/// All that a story says but its body, by the names of the API.
fn fields(story: &Story) -> Map<String, Value> {
    let mut fields = match form::of_story(story) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.insert("corrections".into(), json!(story.corrections));
    fields
}

/// Makes what a revision says the newest again, as a revision of its own; what is live stays as it is. Its
/// corrections stay those of the story: they were told. What it names that is no longer there is left out, and
/// said.
pub fn restore(tx: &mut Tx, work: &Work, number: i32) -> Result<Done> {
    if work.state == State::Trash {
        return Err(Error::InvalidState("the story is in the trash: restore it first".into()));
    }
    let old = revision(tx, work.id, number)?;
    let (old, lost) = without_lost(tx, old)?;
    let story = Story { corrections: work.story.corrections.clone(), ..old };
    if let Ok(slug) = Slug::parse(&story.slug) {
        addresses::take_slug(tx, Kind::Article, work.id, Some(slug), "")?;
    }
    let note = format!("revision {number} restored");
    let after = save::save_as(tx, work, work.desk.clone(), story, Some(&note))?;
    Ok(Done { work: after, warnings: lost })
}
