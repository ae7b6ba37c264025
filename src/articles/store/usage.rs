//! Reading which stories and lists name a thing.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::Shown;
use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::db::schema::{article_uses, articles, list_articles, lists};
use crate::error::Result;

/// How many stories use a thing, by state.
pub fn by_state(conn: &mut Conn, shown: Shown, id: &str) -> Result<Vec<(String, i64)>> {
    Ok(articles::table
        .inner_join(article_uses::table)
        .filter(article_uses::kind.eq(shown.name()))
        .filter(article_uses::entity_id.eq(id))
        .group_by(articles::state)
        .order_by(articles::state)
        .select((articles::state, count_star()))
        .load(conn)?)
}

/// The keys of the lists that hold a story.
pub fn lists_of(conn: &mut Conn, id: ArticleId) -> Result<Vec<String>> {
    Ok(list_articles::table
        .inner_join(lists::table)
        .filter(list_articles::article_id.eq(id))
        .order(lists::key)
        .select(lists::key)
        .load(conn)?)
}
