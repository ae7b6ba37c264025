//! How many stories use a thing, in every state: what may not be deleted.

use serde_json::{Map, Value};

use super::{Shown, store};
use crate::db::Conn;
use crate::db::types::Id;
use crate::error::{Error, Result};

/// Stories that use a thing, counted by state.
pub struct Usage(Vec<(String, i64)>);

impl Usage {
    /// 409 `in_use` with the counts, where there are any.
    pub fn refuse(self, what: &str) -> Result<()> {
        let total: i64 = self.0.iter().map(|(_, count)| count).sum();
        if total == 0 {
            return Ok(());
        }
        let stories = if total == 1 { "story uses" } else { "stories use" };
        let counts: Map<String, Value> =
            self.0.into_iter().map(|(state, count)| (state, Value::from(count))).collect();
        Err(Error::InUse { detail: format!("{total} {stories} this {what}"), counts })
    }
}

/// Counts the stories that use a thing, or did when they were last public.
pub fn uses(conn: &mut Conn, shown: Shown, id: &str) -> Result<Usage> {
    let rows = store::usage::by_state(conn, shown, id)?;
    Ok(Usage(rows))
}

/// Whether a live story shows the thing: only then is an author, tag, series or asset public.
pub fn shows<T>(conn: &mut Conn, shown: Shown, id: Id<T>) -> Result<bool> {
    store::shows(conn, shown, id.as_str())
}
