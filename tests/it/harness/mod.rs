//! What a test has: a desk of its own, with its own database, on each engine.
//!
//! `desks()` gives one on SQLite, and one on PostgreSQL where `TEST_DATABASE_URL` names a server. Each
//! answer that a desk sees is checked: its shape against the document, and what every answer must
//! have. The clock is the test's.
// What the harness offers is there before the test that needs it.
#![allow(dead_code, unused_imports)]

mod answer;
mod bulk;
mod bundle;
mod database;
mod desk;
mod document;
mod evidence;
mod newsroom;
mod people;
mod receiver;
mod stories;

pub use answer::Answer;
pub use bundle::PAGE;
pub use database::{Schema, postgres_url};
pub use desk::{Call, Desk, desks};
pub use document::document;
pub use evidence::note;
pub use people::{PASSWORD, Tokens};
pub use receiver::{Heard, Receiver};
