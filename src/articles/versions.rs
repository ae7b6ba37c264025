//! What a story said in public, version by version.

use super::store::{read, versions};
use super::story::Story;
use crate::addresses;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::{Error, Result};

/// The last published versions of a story, at most so many, the oldest of these first; also of a story that is
/// no longer live.
pub fn latest_versions(conn: &mut Conn, id: ArticleId, most: i64) -> Result<Vec<(i32, Story)>> {
    let mut latest = versions::latest(conn, id, most)?;
    latest.reverse();
    Ok(latest)
}

/// What a story said in a version; what was merged since stands for what it was. 404 where there is none.
pub fn version(conn: &mut Conn, id: ArticleId, number: i32) -> Result<Story> {
    let story = read::version(conn, id, number)?.ok_or(Error::NotFound("version"))?;
    let names: Vec<String> = story.names().collect();
    Ok(story.through(&addresses::merged(conn, &names)?))
}

/// Which of these stories were ever public.
pub fn ever_public(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<ArticleId>> {
    if ids.is_empty() { Ok(Vec::new()) } else { versions::ever_public(conn, ids) }
}
