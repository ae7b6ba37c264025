//! An article line: read, held against the story that has its slug, and stored by the newsroom's verbs.

use std::mem;

use serde_json::{Map, Value};

use super::beside::Beside;
use super::laid::{laid_over, member_of};
use super::line::Line;
use super::{Outcome, Stored};
use crate::body::Document;
use crate::db::types::Stamp;
use crate::db::{Conn, Tx};
use crate::error::{Error, Fault, Result};
use crate::fields::{Warning, read_body};
use crate::newsroom::form;
use crate::newsroom::input::{ArticleInput, BodyInput};
use crate::newsroom::{self, Aim, Draft, State, Work};
use crate::transfer::things::there;

/// An article line whose body is read: slow, and so done before a transaction opens.
pub struct StoryLine {
    slug: String,
    said: Said,
    edits: Option<Said>,
    beside: Beside,
    has_body: bool,
}

/// What is said of a story, its body read.
struct Said {
    members: Map<String, Value>,
    body: Option<(Document, Vec<Warning>)>,
}

/// Which words of a line: what is shown or will be, or that with the edits that wait behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// What the line says.
    Shown,
    /// The same with the edits over it.
    Edited,
}

impl StoryLine {
    /// Reads the bodies and what stands beside the story, and gives every fault of theirs; what is faulty is
    /// left out, so that the rest of the line can be checked at once.
    pub fn read(line: &mut Line) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let beside = read_body::<Beside>(Value::Object(mem::take(&mut line.beside)));
        let beside = kept(beside, &mut faults).unwrap_or_default();
        let edits = match line.members.shift_remove("edits") {
            None | Some(Value::Null) => None,
            Some(Value::Object(mut members)) => {
                if let Some(kind) = members.shift_remove("article_type") {
                    members.insert("type".to_owned(), kind);
                }
                Some(Said { body: take_body(&mut members, "/edits/body", &mut faults), members })
            }
            Some(_) => {
                faults.push(Fault::at("/edits", "wrong_type", "must be an object"));
                None
            }
        };
        let has_body = line.members.contains_key("body");
        let body = take_body(&mut line.members, "/body", &mut faults);
        let said = Said { members: mem::take(&mut line.members), body };
        (StoryLine { slug: line.name.clone(), said, edits, beside, has_body }, faults)
    }

    /// Leaves out the members in which faults stand, so that the rest can be checked at once.
    pub fn without(&mut self, faulty: &[Fault]) {
        for fault in faulty {
            let member = member_of(fault);
            self.said.members.shift_remove(member);
            if let Some(edits) = &mut self.edits {
                edits.members.shift_remove(member);
            }
        }
    }

    /// Whether the line gives a body, faulty or not.
    pub fn has_body(&self) -> bool {
        self.has_body
    }

    /// What was done to the bodies while they were read.
    pub fn warnings(&self) -> impl Iterator<Item = &Warning> {
        let said = [Some(&self.said), self.edits.as_ref()];
        said.into_iter().flatten().filter_map(|said| said.body.as_ref()).flat_map(|(_, warnings)| warnings)
    }

    /// The bodies that the line gives.
    pub fn bodies(&self) -> impl Iterator<Item = &Document> {
        let said = [Some(&self.said), self.edits.as_ref()];
        said.into_iter().flatten().filter_map(|said| said.body.as_ref()).map(|(body, _)| body)
    }

    /// What stands beside the story.
    pub fn beside(&self) -> &Beside {
        &self.beside
    }

    /// Which words the line has.
    pub fn all_words(&self) -> &'static [Words] {
        if self.edits.is_some() { &[Words::Shown, Words::Edited] } else { &[Words::Shown] }
    }

    /// The slug that the edits give.
    pub fn edited_slug(&self) -> Option<&str> {
        self.edits.as_ref()?.members.get("slug")?.as_str()
    }

    /// Whether the line itself gives a field.
    pub fn gives(&self, member: &str) -> bool {
        let gives = |said: &Said| said.members.contains_key(member);
        gives(&self.said) || self.edits.as_ref().is_some_and(gives)
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

    fn input(&self, conn: &mut Conn, present: Option<&Work>, words: Words) -> Result<ArticleInput> {
        let mut members = self.said.members.clone();
        if let Some(work) = present {
            // A line that is matched by an old slug does not take the story back to it.
            let is_old = self.slug != work.story.slug && there(newsroom::find(conn, &self.slug))?.is_some();
            if is_old {
                members.insert("slug".to_owned(), Value::from(work.story.slug.as_str()));
            }
        }
        if let (Words::Edited, Some(edits)) = (words, &self.edits) {
            members.extend(edits.members.clone());
        }
        laid_over(present.map(form::of), &members, None)
    }

    /// The draft that results from laying the line over a story, its body included where the line gives one.
    pub fn draft(&self, conn: &mut Conn, present: Option<&Work>, words: Words) -> Result<Draft> {
        let edited = self.edits.as_ref().filter(|_| words == Words::Edited);
        let body = edited.and_then(|edits| edits.body.clone()).or_else(|| self.said.body.clone());
        let mut draft = self.input(conn, present, words)?.with_body(body);
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
    fn aim(&self, draft: &Draft, now: Stamp) -> Option<State> {
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
    pub fn store(&self, tx: &mut Tx) -> Result<Stored> {
        match self.find(tx)? {
            Some(work) => self.alter(tx, work),
            None => self.make(tx),
        }
    }

    fn make(&self, tx: &mut Tx) -> Result<Stored> {
        let now = tx.now();
        let draft = self.draft(tx, None, Words::Shown)?;
        let aim = self.aim_at(self.aim(&draft, now).unwrap_or(State::Draft), now);
        let id = self.beside.id.map(|id| id.0).unwrap_or_default();
        let (work, warnings) = newsroom::arrive(tx, id, draft, &self.beside.past(), &aim)?;
        if self.edits.is_some() {
            let edited = self.draft(tx, Some(&work), Words::Edited)?;
            newsroom::change(tx, &work, edited)?;
        }
        Ok(Stored { outcome: Outcome::Made, warnings })
    }

    fn alter(&self, tx: &mut Tx, work: Work) -> Result<Stored> {
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
        // Where edits wait behind what is shown, the line is laid over what is shown, and then over them:
        // an import never publishes what nobody published.
        let base = match work.live_revision.or(work.scheduled_revision) {
            Some(shown) if shown != work.revision => {
                Work { story: newsroom::revision(tx, work.id, shown)?, ..work.clone() }
            }
            Some(_) | None => work.clone(),
        };
        let edits_wait = base.story != work.story;
        let mut draft = self.draft(tx, Some(&base), Words::Shown)?;
        let aim = self.aim_at(self.aim(&draft, now).unwrap_or(work.state), now);
        let corrected = draft.corrections.as_ref().is_some_and(|given| *given != base.story.corrections);
        if edits_wait {
            draft.desk = work.desk.clone();
        }
        let (after, _) = newsroom::change(tx, &base, draft)?;
        let is_renewed = after.revision != base.revision;
        let is_saved = after != base;
        let reached = newsroom::reach(tx, after, &aim, is_renewed, corrected)?;
        let mut is_changed = is_saved || reached.is_moved;
        if edits_wait || self.edits.is_some() {
            let edited = if edits_wait { work.story } else { reached.work.story.clone() };
            let edited = Work { story: edited, ..reached.work.clone() };
            let present = if is_renewed || !edits_wait { reached.work } else { edited.clone() };
            is_changed |= self.lay_over_edits(tx, &present, &edited)?;
        }
        let outcome = if is_changed { Outcome::Changed } else { Outcome::Unchanged };
        Ok(Stored { outcome, warnings: reached.warnings })
    }

    /// Saves the edits that wait, with the line laid over them; they are not published.
    fn lay_over_edits(&self, tx: &mut Tx, present: &Work, edited: &Work) -> Result<bool> {
        let mut draft = self.draft(tx, Some(edited), Words::Edited)?;
        if draft.body.is_none() {
            draft.body = Some((edited.story.body.clone(), Vec::new()));
        }
        let (after, _) = newsroom::change(tx, present, draft)?;
        Ok(after != *present)
    }
}

/// Takes the body out of what is said and reads it.
pub fn take_body(
    members: &mut Map<String, Value>,
    pointer: &str,
    faults: &mut Vec<Fault>,
) -> Option<(Document, Vec<Warning>)> {
    match members.shift_remove("body")? {
        Value::Null => Some((Document::default(), Vec::new())),
        body => {
            let read = read_body::<BodyInput>(body).map_err(|error| error.under("/body"));
            let read = read.and_then(BodyInput::read);
            let parent = pointer.trim_end_matches("/body");
            kept(read.map_err(|error| error.under(parent)), faults)
        }
    }
}

/// What was read, or its faults.
pub fn kept<T>(read: Result<T>, faults: &mut Vec<Fault>) -> Option<T> {
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
