//! Rows of `revisions`.

use diesel::prelude::*;

use super::super::Work;
use super::super::revisions::Revision;
use crate::addresses;
use crate::articles::story::Story;
use crate::db::ids::ArticleId;
use crate::db::schema::revisions;
use crate::db::types::{Json, Stamp};
use crate::db::{Browse, Conn, Tx};
use crate::error::{Error, Result};

type Row = (i32, Stamp, String, Option<String>, Json<Story>);

/// The story as it is read now: what it names may have been merged into another since.
pub fn through(conn: &mut Conn, story: Story) -> Result<Story> {
    let names: Vec<String> = story.names().collect();
    Ok(story.through(&addresses::merged(conn, &names)?))
}

/// As `through`, for several stories, in one statement.
pub fn all_through(conn: &mut Conn, stories: &mut [&mut Story]) -> Result<()> {
    let names: Vec<String> = stories.iter().flat_map(|story| story.names()).collect();
    let merged = addresses::merged(conn, &names)?;
    for story in stories {
        **story = std::mem::take(*story).through(&merged);
    }
    Ok(())
}

fn saved((revision, saved_at, saved_by, note, story): Row) -> Revision {
    Revision { revision, saved_at, saved_by, note, story: story.value }
}

pub fn insert_revision(tx: &mut Tx, work: &Work, note: Option<&str>) -> Result<()> {
    let row = (
        revisions::article_id.eq(work.id),
        revisions::revision.eq(work.revision),
        revisions::saved_at.eq(tx.now()),
        revisions::saved_by.eq(tx.actor().to_string()),
        revisions::note.eq(note),
        revisions::story.eq(Json::of(&work.story)),
    );
    diesel::insert_into(revisions::table).values(row).execute(&mut **tx)?;
    Ok(())
}

pub fn revision(conn: &mut Conn, id: ArticleId, revision: i32) -> Result<Option<Story>> {
    let story = revisions::table
        .find((id, revision))
        .select(revisions::story)
        .first::<Json<Story>>(conn)
        .optional()?;
    story.map(|story| through(conn, story.value)).transpose()
}

pub fn full_revision(conn: &mut Conn, id: ArticleId, revision: i32) -> Result<Option<Revision>> {
    let row = revisions::table
        .find((id, revision))
        .select((
            revisions::revision,
            revisions::saved_at,
            revisions::saved_by,
            revisions::note,
            revisions::story,
        ))
        .first::<Row>(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let mut revision = saved(row);
    revision.story = through(conn, revision.story)?;
    Ok(Some(revision))
}

/// A page of revisions, the newest first; their number is the key.
pub fn browse_revisions(conn: &mut Conn, id: ArticleId, browse: &Browse) -> Result<Vec<Revision>> {
    let mut query = revisions::table
        .filter(revisions::article_id.eq(id))
        .select((
            revisions::revision,
            revisions::saved_at,
            revisions::saved_by,
            revisions::note,
            revisions::story,
        ))
        .into_boxed();
    if let Some(after) = &browse.after {
        let before: i32 = after.key.parse().map_err(|_| Error::InvalidCursor)?;
        query = query.filter(revisions::revision.lt(before));
    }
    let rows = query.order(revisions::revision.desc()).limit(browse.limit).load::<Row>(conn)?;
    let mut revisions: Vec<Revision> = rows.into_iter().map(saved).collect();
    let mut stories: Vec<&mut Story> = revisions.iter_mut().map(|revision| &mut revision.story).collect();
    all_through(conn, &mut stories)?;
    Ok(revisions)
}
