//! Importing a newsroom bundle: checked whole, and only then stored.
//!
//! The bundle is read twice. First every line is checked against the bundle and the database; where one is
//! faulty, all faults are told by line and field and nothing is stored. Then the lines are stored by kind, in
//! short transactions, so that a server on the same database goes on. An import that was cut short is run
//! again; a second run of the same bundle changes nothing.

mod beside;
mod check;
mod check_story;
mod check_update;
mod laid;
mod late;
mod line;
mod names;
mod source;
mod store;
mod story;
mod tree;
mod update;
mod views;
mod ways;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::db::Db;
use crate::error::Error;
use crate::fields::Warning;
use crate::transfer::Kind;

pub use source::{LONGEST, Source};

/// The most faults that are kept to be told; the rest is counted.
const MOST_FAULTS: usize = 100_000;

/// What an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Checking every line; counted in bytes.
    Checking,
    /// Storing; counted in lines.
    Storing,
}

/// Whoever looks on while an import runs.
pub trait Watch {
    /// A step begins, with so much to do.
    fn begins(&mut self, _step: Step, _of: u64) {}
    /// So much of the step is done.
    fn is_at(&mut self, _done: u64) {}
    /// Something was done to a line, or should be looked at.
    fn warns(&mut self, line: usize, warning: &Warning);
}

/// Something that is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineFault {
    /// The number of the line, from 1.
    pub line: usize,
    /// The field, such as `tags/2`; empty for the line as a whole.
    pub field: String,
    /// Stable code.
    pub code: &'static str,
    /// In words.
    pub detail: String,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let LineFault { line, field, code, detail } = self;
        if field.is_empty() {
            write!(f, "line {line}: {detail} [{code}]")
        } else {
            write!(f, "line {line}, {field}: {detail} [{code}]")
        }
    }
}

/// Everything that is wrong with a bundle.
#[derive(Debug, Default)]
pub struct LineFaults {
    /// The faults, by line.
    pub faults: Vec<LineFault>,
    /// How many more there are than are kept.
    pub more: usize,
}

impl LineFaults {
    fn add(&mut self, fault: LineFault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else {
            self.more += 1;
        }
    }
}

/// Why an import did not come to its end.
#[derive(Debug)]
pub enum ImportError {
    /// Lines are faulty; nothing was stored.
    Faulty(LineFaults),
    /// A line could not be stored, although it was checked: the newsroom changed meanwhile. What stands in
    /// the batches before it is stored; the import can be run again.
    CutShort {
        /// The number of the line.
        line: usize,
        /// What went wrong.
        error: Error,
    },
    /// The bundle or the database cannot be read.
    Failed(Error),
}

impl From<Error> for ImportError {
    fn from(error: Error) -> Self {
        ImportError::Failed(error)
    }
}

/// What an import gives.
pub type Imported<T> = Result<T, ImportError>;

/// What was done with the lines of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Made.
    pub made: u64,
    /// Changed.
    pub changed: u64,
    /// As they were.
    pub unchanged: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Report {
    /// By kind, in the order of storing.
    pub counts: BTreeMap<Kind, Count>,
}

impl Report {
    fn note(&mut self, kind: Kind, outcome: Outcome) {
        let count = self.counts.entry(kind).or_default();
        match outcome {
            Outcome::Made => count.made += 1,
            Outcome::Changed => count.changed += 1,
            Outcome::Unchanged => count.unchanged += 1,
        }
    }
}

/// What was done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Made,
    Changed,
    Unchanged,
}

/// A line that was stored, and what should be looked at.
struct Stored {
    outcome: Outcome,
    warnings: Vec<Warning>,
}

/// Imports a bundle.
pub fn import(db: &Db, source: &Source, watch: &mut dyn Watch) -> Imported<Report> {
    let look = source.look()?;
    watch.begins(Step::Checking, look.length());
    let places = check::check(db, source, watch)?;
    if source.look()? != look {
        let detail = "the bundle was changed while it was read: nothing was stored";
        return Err(ImportError::Failed(Error::InvalidState(detail.into())));
    }
    watch.begins(Step::Storing, places.len() as u64);
    store::store(db, source, &places, watch)
}
