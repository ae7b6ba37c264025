//! Rows of `versions`, as they are read.

use diesel::prelude::*;

use crate::articles::story::Story;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::db::schema::versions;
use crate::db::types::Json;
use crate::error::Result;

/// The last published versions of a story, the newest first.
pub fn latest(conn: &mut Conn, id: ArticleId, most: i64) -> Result<Vec<(i32, Story)>> {
    let rows = versions::table
        .filter(versions::article_id.eq(id))
        .order(versions::version.desc())
        .limit(most)
        .select((versions::version, versions::story))
        .load::<(i32, Json<Story>)>(conn)?;
    Ok(rows.into_iter().map(|(version, story)| (version, story.value)).collect())
}

/// Which of these stories were ever public.
pub fn ever_public(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<ArticleId>> {
    let public = versions::table.filter(versions::article_id.eq_any(ids)).select(versions::article_id);
    Ok(public.distinct().load(conn)?)
}
