//! Live coverage: the entries below a story, each with a time of its own.
//!
//! Entries are written by the newsroom, beside the revisions of their story, and stand apart from it: a new
//! version or another type leaves them as they are. Delivery asks for them by a live story alone, so those of
//! any other are never shown. What is removed stays as a tombstone without words: whoever polls hears of it.

pub mod routes;
mod store;
pub mod views;

use std::collections::BTreeSet;
use std::mem;

use super::Shown;
use super::cards::ShortAuthor;
use crate::body::Document;
use crate::db::ids::{ArticleId, MediaId, UpdateId};
use crate::db::types::Stamp;
use crate::db::{Conn, Snapshot, Tx};
use crate::error::Result;

/// An entry of live coverage.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The key.
    pub id: UpdateId,
    /// The story that it belongs to.
    pub article: ArticleId,
    /// When it happened; entries stand in this order.
    pub at: Stamp,
    /// The headline.
    pub headline: Option<String>,
    /// What it says.
    pub body: Document,
    /// Whether it is one of the events that matter most.
    pub key_event: bool,
    /// Whether a frontend should keep it at the top.
    pub pinned: bool,
    /// Who wrote it, in order.
    pub authors: Vec<ShortAuthor>,
    /// Whether it was taken out.
    pub removed: bool,
    /// The number of its last change in the log.
    pub changed_seq: i64,
}

/// The last change that somebody knows of: its number, and the entry.
pub type Seen = (i64, String);

impl Update {
    /// The entry without its body, and that.
    pub fn apart(mut self) -> (Self, Document) {
        let body = mem::take(&mut self.body);
        (self, body)
    }

    /// Its last change.
    pub fn change(&self) -> Seen {
        (self.changed_seq, self.id.to_string())
    }

    /// Says that an answer that shows the entry depends on whom it names.
    pub fn noted_in(&self, snapshot: &mut Snapshot) {
        self.authors.iter().for_each(|author| snapshot.depends_on("author", author.id));
    }
}

/// Writes an entry as it is from now on, with the assets that it shows. The change must be recorded next.
pub fn put(tx: &mut Tx, update: &Update, media: &BTreeSet<MediaId>) -> Result<()> {
    store::put(tx, update)?;
    store::replace_authors(tx, update)?;
    store::replace_media(tx, update.id, media)
}

/// The entry of a story, unless it was removed.
pub fn find(conn: &mut Conn, article: ArticleId, id: UpdateId) -> Result<Option<Update>> {
    store::find(conn, article, id)
}

/// The entry of an id, whatever its story, one that was removed too.
pub fn with_id(conn: &mut Conn, id: UpdateId) -> Result<Option<Update>> {
    store::with_id(conn, id)
}

/// The entries of a story, newest first, after a place in that order.
pub fn newest(
    conn: &mut Conn,
    article: ArticleId,
    after: Option<(Stamp, &str)>,
    limit: i64,
) -> Result<Vec<Update>> {
    store::newest(conn, article, after, limit)
}

/// The newest entries of each story: one statement, however many they are.
pub fn newest_of_each(conn: &mut Conn, articles: &[ArticleId], most: i64) -> Result<Vec<Update>> {
    if articles.is_empty() { Ok(Vec::new()) } else { store::newest_of_each(conn, articles, most) }
}

/// What was added, changed or removed after a change, in the order of changes.
pub fn changed_after(conn: &mut Conn, article: ArticleId, seen: &Seen, limit: i64) -> Result<Vec<Update>> {
    store::changed_after(conn, article, seen, limit)
}

/// The last change of a story's entries; before all where there is none.
pub fn last_change(conn: &mut Conn, article: ArticleId) -> Result<Seen> {
    store::last_change(conn, article).map(Option::unwrap_or_default)
}

/// The authors and assets that the entries of a story name.
pub fn named_by(conn: &mut Conn, article: ArticleId) -> Result<Vec<(Shown, String)>> {
    store::named_by(conn, article)
}
