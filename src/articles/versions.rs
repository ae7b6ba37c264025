//! The published versions of a story, as they went live.

use super::store::read;
use super::story::Story;
use crate::addresses;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::error::{Error, Result};

/// What a story said in a version; what was merged since stands for what it was. 404 where there is none.
pub fn version(conn: &mut Conn, id: ArticleId, number: i32) -> Result<Story> {
    let story = read::version(conn, id, number)?.ok_or(Error::NotFound("version"))?;
    let names: Vec<String> = story.names().collect();
    Ok(story.through(&addresses::merged(conn, &names)?))
}
