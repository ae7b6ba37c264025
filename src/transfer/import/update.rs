//! An update line: read, held against the entry that has its id, and stored by the newsroom's verbs.

use deserr::Deserr;
use serde_json::{Map, Value};

use super::laid::{laid_over, member_of};
use super::line::Line;
use super::story::{kept, take_body};
use super::{Outcome, Stored};
use crate::articles::updates::{self as coverage, Update};
use crate::body::Document;
use crate::db::ids::UpdateId;
use crate::db::{Conn, Tx};
use crate::error::{Error, Fault, Result};
use crate::fields::{Faults, Ref, Warning, read_body};
use crate::newsroom::input::UpdateInput;
use crate::newsroom::updates::{self, UpdateDraft};
use crate::newsroom::views::update_form;
use crate::newsroom::{self, Work};
use crate::transfer::kind::parse_id;
use crate::transfer::things::there;

/// An update line whose body is read: slow, and so done before a transaction opens.
pub struct UpdateLine {
    id: UpdateId,
    article: Option<Ref>,
    members: Map<String, Value>,
    body: Option<(Document, Vec<Warning>)>,
}

/// The story, read from the line apart from the entry itself.
#[derive(Deserr, Default)]
#[deserr(error = Faults, deny_unknown_fields)]
struct Home {
    #[deserr(default)]
    article: Option<Ref>,
}

impl UpdateLine {
    /// Reads whose the entry is and its body, and gives every fault of theirs; what is faulty is left out, so
    /// that the rest of the line can be checked at once.
    pub fn read(line: &mut Line) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut members = std::mem::take(&mut line.members);
        members.shift_remove("id");
        let id = parse_id(&line.name).unwrap_or_else(|| {
            faults.push(Fault::at("/id", "invalid_value", "must be a UUID with hyphens"));
            UpdateId::new()
        });
        let home = members.shift_remove_entry("article");
        let home = read_body::<Home>(Value::Object(home.into_iter().collect()));
        let Home { article } = kept(home, &mut faults).unwrap_or_default();
        let body = take_body(&mut members, "/body", &mut faults);
        (UpdateLine { id, article, members, body }, faults)
    }

    /// Leaves out the members in which faults stand, so that the rest can be checked at once.
    pub fn without(&mut self, faulty: &[Fault]) {
        for fault in faulty {
            self.members.shift_remove(member_of(fault));
        }
    }

    /// Whether the line itself gives a field.
    pub fn gives(&self, member: &str) -> bool {
        self.members.contains_key(member)
    }

    /// The story that the line names.
    pub fn article(&self) -> Option<&Ref> {
        self.article.as_ref()
    }

    /// The body that the line gives, and what was done to it while it was read.
    pub fn body(&self) -> Option<&(Document, Vec<Warning>)> {
        self.body.as_ref()
    }

    /// The entry that the line is matched to, of whatever story; one that was taken out too.
    pub fn find(&self, conn: &mut Conn) -> Result<Option<Update>> {
        coverage::with_id(conn, self.id)
    }

    /// The draft that results from laying the line over an entry.
    pub fn draft(&self, present: Option<&Update>) -> Result<UpdateDraft> {
        let input: UpdateInput = laid_over(present.map(update_form), &self.members, None)?;
        Ok(input.with_body(self.body.as_ref().map(|(body, _)| body.clone())))
    }

    /// Stores the line.
    pub fn store(&self, tx: &mut Tx) -> Result<Stored> {
        let present = self.find(tx)?;
        if present.as_ref().is_some_and(|update| update.removed) {
            let detail = "the update was taken out here, and stays so";
            let warnings = vec![Warning::about("id", "left_as_it_is", detail)];
            return Ok(Stored { outcome: Outcome::Unchanged, warnings });
        }
        let work = self.story(tx, present.as_ref())?;
        let draft = self.draft(present.as_ref())?;
        let after = updates::arrive(tx, &work, self.id, present.as_ref(), draft)?;
        let outcome = match present {
            None => Outcome::Made,
            Some(present) if present == after => Outcome::Unchanged,
            Some(_) => Outcome::Changed,
        };
        Ok(Stored { outcome, warnings: Vec::new() })
    }

    fn story(&self, conn: &mut Conn, present: Option<&Update>) -> Result<Work> {
        let fault = |code, detail: &str| Error::body("/article", code, detail);
        let named = self.article.as_ref().map(Ref::as_str);
        let stored = present.map(|update| update.article);
        let name = named.or(stored.as_ref().map(|id| id.as_str()));
        let name = name.ok_or_else(|| fault("missing_field", "a new update needs its story"))?;
        let work = there(newsroom::find(conn, name))?;
        let work = work.ok_or_else(|| fault("unknown_reference", "there is no such story"))?;
        match stored {
            Some(story) if story != work.id => {
                Err(fault("invalid_value", "the update is one of another story"))
            }
            _ => Ok(work),
        }
    }
}
