//! An article line: read, held against the story that has its slug, and stored by the newsroom's verbs.

use std::mem;

use serde_json::{Map, Value};

use super::beside::Beside;
use super::laid::laid_over;
use super::line::Line;
use super::things::there;
use super::{Outcome, Stored};
use crate::body::Document;
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::{Error, Fault, Result};
use crate::fields::{Warning, read_body};
use crate::newsroom::input::{ArticleInput, BodyInput};
use crate::newsroom::views::form;
use crate::newsroom::{self, Aim, Draft, Past, State, Work};

/// An article line whose body is read: slow, and so done before a transaction opens.
pub struct StoryLine {
    slug: String,
    members: Map<String, Value>,
    beside: Beside,
    body: Option<(Document, Vec<Warning>)>,
}

impl StoryLine {
    /// Reads the body and what stands beside the story; every fault of theirs.
    pub fn read(line: &mut Line) -> std::result::Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let beside = read_body::<Beside>(Value::Object(mem::take(&mut line.beside)));
        let body = match line.members.shift_remove("body") {
            None => None,
            Some(Value::Null) => Some(Ok((Document::default(), Vec::new()))),
            Some(body) => Some(
                read_body::<BodyInput>(body).map_err(|error| error.under("/body")).and_then(BodyInput::read),
            ),
        };
        let beside = kept(beside, &mut faults);
        let body = body.map(|body| kept(body, &mut faults));
        match (beside, body) {
            (Some(beside), None) => Ok((beside, None)),
            (Some(beside), Some(Some(body))) => Ok((beside, Some(body))),
            (None, _) | (_, Some(None)) => Err(faults),
        }
        .map(|(beside, body)| {
            let members = mem::take(&mut line.members);
            StoryLine { slug: line.name.clone(), members, beside, body }
        })
    }

    /// What was done to the body while it was read.
    pub fn warnings(&self) -> &[Warning] {
        self.body.as_ref().map_or(&[], |(_, warnings)| warnings)
    }

    /// The body.
    pub fn body(&self) -> Option<&Document> {
        self.body.as_ref().map(|(body, _)| body)
    }

    /// What stands beside the story.
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    /// Whether the line itself gives a field.
    pub fn gives(&self, member: &str) -> bool {
        self.members.contains_key(member)
    }

    /// The story that the line is matched to: by its slug, now or before, or else by its id.
    pub fn find(&self, conn: &mut Conn) -> Result<Option<Work>> {
        match there(newsroom::find(conn, &self.slug))? {
            Some(work) => Ok(Some(work)),
            None => match &self.beside.id {
                Some(id) => there(newsroom::find(conn, id.0.as_str())),
                None => Ok(None),
            },
        }
    }

    /// The input that results from laying the line over a story.
    pub fn input(&self, conn: &mut Conn, present: Option<&Work>) -> Result<ArticleInput> {
        let Some(present) = present else { return laid_over(None, &self.members, None) };
        // A line that is matched by an old slug does not take the story back to it.
        let is_old = self.slug != present.story.slug && there(newsroom::find(conn, &self.slug))?.is_some();
        let name = is_old.then_some(("slug", present.story.slug.as_str()));
        laid_over(Some(form(present)), &self.members, name)
    }

    /// The draft that results from it, its body included where the line gives one.
    pub fn draft(&self, conn: &mut Conn, present: Option<&Work>) -> Result<Draft> {
        let mut draft = self.input(conn, present)?.with_body(self.body.clone());
        draft.corrections = self.beside.corrections();
        if let Some(work) = present
            && draft.published_at == work.published_at
        {
            // The date that it has already: said by staff or not, nothing changes.
            draft.published_at = work.story.published_at;
        }
        Ok(draft)
    }

    /// The state to reach, by what time has done to it already; none where the line does not say.
    pub fn aim(&self, draft: &Draft, now: Stamp) -> Option<State> {
        let has_come = |at: Option<Stamp>| at.is_none_or(|at| at <= now);
        let state = match self.beside.status? {
            State::Scheduled if has_come(self.beside.scheduled_at) && has_come(draft.embargo_until) => {
                State::Live
            }
            state => state,
        };
        Some(match state {
            State::Live if draft.expires_at.is_some_and(|at| at <= now) => State::Unpublished,
            State::Live if !has_come(draft.embargo_until) => State::Scheduled,
            state => state,
        })
    }

    fn aim_at(&self, state: State, now: Stamp) -> Aim {
        let scheduled_at = self.beside.scheduled_at.filter(|at| *at > now);
        Aim { state, scheduled_at, gone: self.beside.gone() }
    }

    /// Stores the line.
    pub fn store(self, tx: &mut Tx) -> Result<Stored> {
        match self.find(tx)? {
            Some(work) => self.alter(tx, work),
            None => self.make(tx),
        }
    }

    fn make(self, tx: &mut Tx) -> Result<Stored> {
        let now = tx.now();
        let draft = self.draft(tx, None)?;
        let aim = self.aim_at(self.aim(&draft, now).unwrap_or(State::Draft), now);
        let past: Past = self.beside.past();
        let id = self.beside.id.map(|id| id.0).unwrap_or_default();
        let warnings = newsroom::arrive(tx, id, draft, &past, &aim)?;
        Ok(Stored { outcome: Outcome::Made, warnings })
    }

    fn alter(self, tx: &mut Tx, work: Work) -> Result<Stored> {
        let now = tx.now();
        let wanted = self.beside.status.unwrap_or(work.state);
        if matches!(work.state, State::Trash | State::Retracted) && wanted != work.state {
            let detail = format!("the story is in state `{}` here, and stays as it is", work.state.as_str());
            let warnings = vec![Warning::about("status", "left_as_it_is", detail)];
            return Ok(Stored { outcome: Outcome::Unchanged, warnings });
        }
        if work.state == State::Trash {
            return Ok(Stored { outcome: Outcome::Unchanged, warnings: Vec::new() });
        }
        // Where edits wait behind what is live, the line is laid over what is live, and then over them:
        // an import never publishes what nobody published.
        let waiting = match work.live_revision {
            Some(live) if live != work.revision => Some(newsroom::revision(tx, work.id, live)?),
            Some(_) | None => None,
        };
        let base = match waiting {
            Some(live) => Work { story: live, ..work.clone() },
            None => work.clone(),
        };
        let edits_wait = base.story != work.story;
        let mut draft = self.draft(tx, Some(&base))?;
        let aim = self.aim_at(self.aim(&draft, now).unwrap_or(work.state), now);
        let corrected = draft.corrections.as_ref().is_some_and(|given| *given != base.story.corrections);
        let desk = mem::replace(&mut draft.desk, work.desk.clone());
        if !edits_wait {
            draft.desk = desk;
        }
        let (after, _) = newsroom::change(tx, &base, draft)?;
        let is_renewed = after.revision != base.revision;
        let is_saved = after != base;
        let reached = newsroom::reach(tx, after, &aim, is_renewed, corrected)?;
        let mut is_changed = is_saved || reached.is_moved;
        if edits_wait {
            is_changed |= self.lay_over_edits(tx, &work, reached.work, is_renewed)?;
        }
        let outcome = if is_changed { Outcome::Changed } else { Outcome::Unchanged };
        Ok(Stored { outcome, warnings: reached.warnings })
    }

    /// Saves the edits that wait, with the line laid over them; they are not published.
    fn lay_over_edits(self, tx: &mut Tx, before: &Work, reached: Work, is_renewed: bool) -> Result<bool> {
        let edits = Work { story: before.story.clone(), ..reached.clone() };
        let mut draft = self.draft(tx, Some(&edits))?;
        if draft.body.is_none() {
            draft.body = Some((before.story.body.clone(), Vec::new()));
        }
        let present = if is_renewed { reached } else { edits };
        let (after, _) = newsroom::change(tx, &present, draft)?;
        Ok(after != present)
    }
}

/// What was read, or its faults.
fn kept<T>(read: Result<T>, faults: &mut Vec<Fault>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(Error::InvalidBody(more)) => {
            faults.extend(more);
            None
        }
        Err(other) => {
            faults.push(Fault::at("", other.code(), other.to_string()));
            None
        }
    }
}
