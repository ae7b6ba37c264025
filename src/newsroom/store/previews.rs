//! Rows of `preview_tokens`.

use diesel::prelude::*;

use super::super::preview::Preview;
use crate::db::Conn;
use crate::db::ids::{ArticleId, PreviewId, UserId};
use crate::db::schema::preview_tokens;
use crate::db::types::Stamp;
use crate::error::Result;

type Row = (PreviewId, ArticleId, Option<i32>, Option<UserId>, Stamp, Stamp);

fn preview((id, article, revision, made_by, created_at, expires_at): Row) -> Preview {
    Preview { id, article, revision, made_by, created_at, expires_at }
}

pub fn insert(conn: &mut Conn, preview: &Preview) -> Result<()> {
    diesel::insert_into(preview_tokens::table)
        .values((
            preview_tokens::id.eq(preview.id),
            preview_tokens::article_id.eq(preview.article),
            preview_tokens::revision.eq(preview.revision),
            preview_tokens::made_by.eq(preview.made_by),
            preview_tokens::created_at.eq(preview.created_at),
            preview_tokens::expires_at.eq(preview.expires_at),
        ))
        .execute(conn)?;
    Ok(())
}

pub fn by_id(conn: &mut Conn, id: PreviewId) -> Result<Option<Preview>> {
    let row = preview_tokens::table.find(id).first::<Row>(conn).optional()?;
    Ok(row.map(preview))
}

pub fn of_article(conn: &mut Conn, article: ArticleId, now: Stamp) -> Result<Vec<Preview>> {
    let rows = preview_tokens::table
        .filter(preview_tokens::article_id.eq(article))
        .filter(preview_tokens::expires_at.gt(now))
        .order((preview_tokens::created_at.desc(), preview_tokens::id.desc()))
        .limit(100)
        .load::<Row>(conn)?;
    Ok(rows.into_iter().map(preview).collect())
}

pub fn delete(conn: &mut Conn, article: ArticleId, id: PreviewId) -> Result<bool> {
    let row = preview_tokens::table.find(id).filter(preview_tokens::article_id.eq(article));
    Ok(diesel::delete(row).execute(conn)? > 0)
}

pub fn delete_expired(conn: &mut Conn, now: Stamp) -> Result<()> {
    diesel::delete(preview_tokens::table.filter(preview_tokens::expires_at.le(now))).execute(conn)?;
    Ok(())
}
