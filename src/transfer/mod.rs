//! The newsroom bundle: a newsroom as NDJSON, in and out.
//!
//! A line is a thing with its `type`; things name each other by slug, code or key, so a bundle means the same
//! in every database. What a bundle does to the newsroom it does by the verbs of the rooms, so no rule can be
//! got around by importing. Keys, users, earlier revisions and the audit are never in one.

pub mod export;
pub mod import;

mod kind;
mod store;
mod things;

pub use export::export;
pub use import::{ImportError, LineFault, LineFaults, Report, Source, Step, Watch, import};
pub use kind::Kind;
