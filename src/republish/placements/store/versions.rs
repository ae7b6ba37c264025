//! What the versions of stories said of their corrections, and which stories were retracted.

use std::collections::HashMap;

use diesel::dsl::max;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::articles::story::Correction;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::db::schema::{gone, versions};
use crate::db::types::{Json, Stamp};
use crate::error::Result;

/// As much of a version as staleness is told by.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Its corrections.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

/// The number of the newest version of each of these stories.
pub fn newest(conn: &mut Conn, articles: &[ArticleId]) -> Result<Vec<(ArticleId, i32)>> {
    let rows = versions::table
        .filter(versions::article_id.eq_any(articles))
        .group_by(versions::article_id)
        .select((versions::article_id, max(versions::version)))
        .load::<(ArticleId, Option<i32>)>(conn)?;
    Ok(rows.into_iter().filter_map(|(article, version)| Some((article, version?))).collect())
}

/// The versions of these stories that have one of these numbers.
pub fn kept(
    conn: &mut Conn,
    articles: &[ArticleId],
    numbers: &[i32],
) -> Result<HashMap<(ArticleId, i32), Kept>> {
    let rows = versions::table
        .filter(versions::article_id.eq_any(articles))
        .filter(versions::version.eq_any(numbers))
        .select((versions::article_id, versions::version, versions::story))
        .load::<(ArticleId, i32, Json<Kept>)>(conn)?;
    Ok(rows.into_iter().map(|(article, version, kept)| ((article, version), kept.value)).collect())
}

/// Those of these stories that were retracted, and when.
pub fn retracted(conn: &mut Conn, articles: &[ArticleId]) -> Result<Vec<(ArticleId, Stamp)>> {
    let rows = gone::table.filter(gone::article_id.eq_any(articles)).select((gone::article_id, gone::at));
    Ok(rows.load(conn)?)
}
