//! Exporting the newsroom as a bundle, from one snapshot, in an order that depends on names alone.
//!
//! A bundle that is imported into another database and exported there is the same to the byte. What is live
//! goes out as it is live; edits that wait behind it stand apart (`edits`), so that importing never publishes
//! what nobody published. Keys, users, earlier revisions and the audit are a backup's.

mod stories;
mod things;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Kind, store};
use crate::db::types::{Id, Stamp};
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::publication;

/// How many things are read at a time.
const PAGE: i64 = 200;

/// What reads the names of some things by their ids.
type Naming<T> = fn(&mut Conn, &[Id<T>]) -> Result<HashMap<String, String>>;

/// How many lines of each kind were written.
pub type Written = BTreeMap<Kind, u64>;

/// Writes the whole newsroom. `warn` is told what an import could not take as it is.
pub fn export(db: &Db, to: &mut dyn Write, warn: &mut dyn FnMut(&str)) -> Result<Written> {
    db.pass_through_now(|snapshot| {
        let mut bundle = Bundle { to, warn, written: Written::new() };
        let settings = publication::settings(snapshot)?;
        bundle.line(Kind::Publication, json!(settings))?;
        for kind in Kind::ALL {
            match kind {
                Kind::Publication => {}
                Kind::Article => stories::write(snapshot, &mut bundle)?,
                Kind::Views => write_views(snapshot, &mut bundle)?,
                Kind::Origin | Kind::Partner | Kind::Section | Kind::Author | Kind::Tag => {
                    things::write(snapshot, kind, &mut bundle)?;
                }
                Kind::Series | Kind::Media | Kind::List | Kind::Appeal | Kind::Redirect => {
                    things::write(snapshot, kind, &mut bundle)?;
                }
            }
        }
        bundle.to.flush().map_err(unwritable)?;
        Ok(bundle.written)
    })
}

/// The bundle as it is written.
struct Bundle<'w> {
    to: &'w mut dyn Write,
    warn: &'w mut dyn FnMut(&str),
    written: Written,
}

impl Bundle<'_> {
    /// Writes a line; its `type` first.
    fn line(&mut self, kind: Kind, fields: Value) -> Result<()> {
        let text = line(kind, fields)?;
        self.text(kind, &text)
    }

    fn text(&mut self, kind: Kind, text: &[u8]) -> Result<()> {
        self.to.write_all(text).and_then(|()| self.to.write_all(b"\n")).map_err(unwritable)?;
        *self.written.entry(kind).or_default() += 1;
        Ok(())
    }
}

/// A line without its end.
fn line(kind: Kind, fields: Value) -> Result<Vec<u8>> {
    let mut members = Map::from_iter([("type".to_owned(), Value::from(kind.as_str()))]);
    if let Value::Object(fields) = fields {
        members.extend(fields);
    }
    serde_json::to_vec(&members).map_err(|error| Error::Internal(error.to_string()))
}

fn unwritable(error: io::Error) -> Error {
    Error::Internal(format!("the bundle cannot be written: {error}"))
}

fn write_views(conn: &mut Conn, bundle: &mut Bundle) -> Result<()> {
    let mut after = String::new();
    loop {
        let page = store::stories(conn, &after, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        let ids: Vec<_> = page.iter().map(|(_, id)| *id).collect();
        let hours = store::views_of(conn, &ids)?;
        for (slug, id) in page {
            for ((_, hour), count) in hours.range((id, Stamp(i64::MIN))..=(id, Stamp(i64::MAX))) {
                bundle.line(Kind::Views, json!({"article": slug, "hour": hour, "count": count}))?;
            }
        }
    }
}
