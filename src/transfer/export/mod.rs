//! Exporting the newsroom as a bundle, from one snapshot, in an order that depends on names alone.
//!
//! A bundle that is imported into another database and exported there is the same to the byte. What is live
//! goes out as it is live; edits that wait behind it stand apart (`edits`), so that importing never publishes
//! what nobody published. Keys, users, earlier revisions and the audit are a backup's.

mod stories;
mod things;
mod updates;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::import::LONGEST;
use super::{Kind, store};
use crate::body::{Document, Rendering};
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
                Kind::Update => updates::write(snapshot, &mut bundle)?,
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

    /// Writes a line with a body, which is told as HTML where the line would be too long with its blocks.
    fn worded(
        &mut self,
        kind: Kind,
        what: &str,
        mut members: Map<String, Value>,
        body: &Document,
    ) -> Result<()> {
        let mut text = line(kind, Value::Object(members.clone()))?;
        if text.len() > LONGEST {
            members.insert("body".to_owned(), json!({"html": body.to_html(&Rendering::default())}));
            text = line(kind, Value::Object(members))?;
            let how = if text.len() > LONGEST { "and cannot be imported" } else { "so its body is HTML" };
            (self.warn)(&format!("the {what} is longer as blocks than the {LONGEST} bytes of a line, {how}"));
        }
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

/// The names of some ids; nothing is asked where there are none.
fn some<T>(conn: &mut Conn, ids: &[Id<T>], names: Naming<T>) -> Result<HashMap<String, String>> {
    if ids.is_empty() { Ok(HashMap::new()) } else { names(conn, ids) }
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
