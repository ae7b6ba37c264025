//! Rows of `article_locks`.

use diesel::prelude::*;

use super::super::lock::Lock;
use crate::both;
use crate::db::ids::{ArticleId, UserId};
use crate::db::schema::article_locks;
use crate::db::types::Stamp;
use crate::db::{AmongThese, Conn};
use crate::error::Result;

pub fn of_all(conn: &mut Conn, ids: &[ArticleId]) -> Result<Vec<(ArticleId, Lock)>> {
    let rows =
        article_locks::table
            .filter(article_locks::article_id.among(ids))
            .load::<(ArticleId, UserId, Stamp, Stamp)>(conn)?;
    Ok(rows.into_iter().map(|(id, user, since, until)| (id, Lock { user, since, until })).collect())
}

pub fn put(conn: &mut Conn, id: ArticleId, lock: &Lock) -> Result<()> {
    let values = (
        article_locks::user_id.eq(lock.user),
        article_locks::since.eq(lock.since),
        article_locks::until.eq(lock.until),
    );
    both!(conn, c => diesel::insert_into(article_locks::table)
        .values((article_locks::article_id.eq(id), values))
        .on_conflict(article_locks::article_id)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: ArticleId, user: UserId) -> Result<()> {
    diesel::delete(article_locks::table.find(id).filter(article_locks::user_id.eq(user))).execute(conn)?;
    Ok(())
}
