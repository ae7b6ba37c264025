//! What a story said in public, version by version.

use super::store::versions;
use super::story::Story;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::Result;

/// The last published versions of a story, at most so many, the oldest of these first; also of a story that is
/// no longer live.
pub fn latest_versions(conn: &mut Conn, id: ArticleId, most: i64) -> Result<Vec<(i32, Story)>> {
    let mut latest = versions::latest(conn, id, most)?;
    latest.reverse();
    Ok(latest)
}
