//! Rows that should agree with each other and may not.

use diesel::dsl::{count_star, exists, max, min, not};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::Conn;
use crate::db::ids::ArticleId;
use crate::db::schema::{
    articles, authors, changes, live_articles, log_counter, sections, series, slugs, tags,
};
use crate::error::Result;

/// How many are named of what is wrong.
const NAMED: i64 = 100;

/// The change log as it is counted.
pub struct LogCount {
    /// How many changes there are.
    pub count: i64,
    /// The first number and the last.
    pub range: Option<(i64, i64)>,
    /// The last number that was given out.
    pub counter: i64,
}

pub fn log_count(conn: &mut Conn) -> Result<LogCount> {
    let count = changes::table.select(count_star()).first(conn)?;
    let first: Option<i64> = changes::table.select(min(changes::seq)).first(conn)?;
    let last: Option<i64> = changes::table.select(max(changes::seq)).first(conn)?;
    let counter = log_counter::table.select(log_counter::seq).first(conn)?;
    Ok(LogCount { count, range: first.zip(last), counter })
}

/// Stories that are live and not shown.
pub fn live_and_hidden(conn: &mut Conn) -> Result<Vec<(ArticleId, String)>> {
    let rows = live_articles::table.filter(live_articles::id.eq(articles::id));
    Ok(articles::table
        .filter(articles::state.eq("live"))
        .filter(not(exists(rows)))
        .order(articles::id)
        .limit(NAMED)
        .select((articles::id, articles::slug))
        .load(conn)?)
}

/// Stories that are shown and not live.
pub fn shown_and_not_live(conn: &mut Conn) -> Result<Vec<(ArticleId, String)>> {
    Ok(live_articles::table
        .inner_join(articles::table)
        .filter(articles::state.ne("live"))
        .order(articles::id)
        .limit(NAMED)
        .select((articles::id, articles::slug))
        .load(conn)?)
}

/// Live stories that are shown in another version than the newsroom thinks.
pub fn of_another_version(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(live_articles::table
        .inner_join(articles::table)
        .filter(articles::state.eq("live"))
        .filter(live_articles::version.ne(articles::version))
        .order(articles::id)
        .limit(NAMED)
        .select(articles::slug)
        .load(conn)?)
}

macro_rules! unheld {
    ($conn:expr, $table:ident, $kind:literal) => {{
        let held = slugs::table
            .filter(slugs::kind.eq($kind))
            .filter(slugs::slug.eq($table::slug))
            .filter(slugs::entity_id.eq($table::id));
        let slugs: Vec<String> = $table::table
            .filter(not(exists(held)))
            .order($table::slug)
            .limit(NAMED)
            .select($table::slug)
            .load($conn)?;
        slugs.into_iter().map(|slug| format!("{} `{slug}`", $kind))
    }};
}

/// Things whose slug is not held for them.
pub fn unheld_slugs(conn: &mut Conn) -> Result<Vec<String>> {
    let mut unheld: Vec<String> = unheld!(conn, articles, "article").collect();
    unheld.extend(unheld!(conn, sections, "section"));
    unheld.extend(unheld!(conn, tags, "tag"));
    unheld.extend(unheld!(conn, authors, "author"));
    unheld.extend(unheld!(conn, series, "series"));
    Ok(unheld)
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// What the engine itself finds wrong with its file; PostgreSQL looks after its own.
pub fn engine_faults(conn: &mut Conn) -> Result<Vec<String>> {
    let Conn::Sqlite(sqlite) = conn else { return Ok(Vec::new()) };
    let checked: Vec<Word> =
        diesel::sql_query("SELECT quick_check AS word FROM pragma_quick_check").load(sqlite)?;
    let dangling: Vec<Word> = diesel::sql_query(
        "SELECT DISTINCT 'a row of ' || \"table\" || ' names one of ' || \"parent\" || ' that is not there' AS word \
         FROM pragma_foreign_key_check",
    )
    .load(sqlite)?;
    let words = checked.into_iter().chain(dangling).map(|word| word.word);
    Ok(words.filter(|word| word != "ok").collect())
}
