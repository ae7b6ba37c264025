//! Rows of `live_article_corrections` and `gone`, in one order.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::super::story::{Correction, Story};
use crate::both;
use crate::db::ids::ArticleId;
use crate::db::schema::{live_article_corrections, versions};
use crate::db::types::{Json, Stamp};
use crate::db::{Conn, Statement};
use crate::error::Result;

/// A correction of a live story by its place among them, or a story that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// When.
    pub at: Stamp,
    /// Which story.
    pub article: ArticleId,
    /// The place of the correction; none where the story was taken back.
    pub place: Option<usize>,
}

impl Row {
    /// The instant and the place, as a cursor keeps them.
    pub fn key(&self) -> String {
        format!("{}/{}", self.at.0, self.number())
    }

    /// The row of a cursor.
    pub fn of(key: &str, id: &str) -> Option<Self> {
        let (at, number) = key.split_once('/')?;
        let number: i64 = number.parse().ok()?;
        Some(Row {
            at: Stamp(at.parse().ok()?),
            article: id.parse().ok()?,
            place: usize::try_from(number).ok(),
        })
    }

    fn number(&self) -> i64 {
        self.place.and_then(|place| i64::try_from(place).ok()).unwrap_or(-1)
    }
}

/// The newest after a row, at most so many.
pub fn newest(conn: &mut Conn, after: Option<&Row>, limit: i64) -> Result<Vec<Row>> {
    let mut statement = Statement::default();
    statement.sql(
        "SELECT at, id, place FROM (\
         SELECT at, article_id AS id, CAST(position AS BIGINT) AS place FROM live_article_corrections \
         UNION ALL SELECT at, article_id AS id, CAST(-1 AS BIGINT) AS place FROM gone) AS told",
    );
    if let Some(row) = after {
        let id = row.article.to_string();
        statement.sql(" WHERE at < ").number(row.at.0).sql(" OR (at = ").number(row.at.0);
        statement.sql(" AND (id < ").text(&id).sql(" OR (id = ").text(&id);
        statement.sql(" AND place < ").number(row.number()).sql(")))");
    }
    statement.sql(" ORDER BY at DESC, id DESC, place DESC LIMIT ").number(limit);
    let rows = statement.load::<(BigInt, Text, BigInt), (i64, ArticleId, i64)>(conn)?;
    let row = |(at, article, place)| Row { at: Stamp(at), article, place: usize::try_from(place).ok() };
    Ok(rows.into_iter().map(row).collect())
}

/// What a story last said in public.
pub fn last_version(conn: &mut Conn, id: ArticleId) -> Result<Option<Story>> {
    let story = versions::table
        .filter(versions::article_id.eq(id))
        .order(versions::version.desc())
        .select(versions::story)
        .first::<Json<Story>>(conn)
        .optional()?;
    Ok(story.map(|story| story.value))
}

/// Writes the corrections of a story that goes live; those before went with its row.
pub fn insert(conn: &mut Conn, id: ArticleId, corrections: &[Correction]) -> Result<()> {
    let rows: Vec<_> = (0..)
        .zip(corrections)
        .map(|(position, correction)| {
            (
                live_article_corrections::article_id.eq(id),
                live_article_corrections::position.eq(position),
                live_article_corrections::at.eq(correction.at),
            )
        })
        .collect();
    if !rows.is_empty() {
        both!(conn, c => diesel::insert_into(live_article_corrections::table).values(&rows).execute(c))?;
    }
    Ok(())
}
