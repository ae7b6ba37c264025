//! A column that is put together by the engine, in a text of this program alone, so that it can be kept prepared.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::Text;

use super::Conn;

/// A text, such as the JSON of rows beside a row; both engines have words of their own for that.
#[derive(Clone, Copy, Debug)]
pub struct TextColumn(&'static str);

impl TextColumn {
    /// The column in the words of the engine that is asked.
    pub fn new(conn: &Conn, sqlite: &'static str, postgres: &'static str) -> Self {
        match conn {
            Conn::Sqlite(_) => TextColumn(sqlite),
            Conn::Postgres(_) => TextColumn(postgres),
        }
    }
}

impl Expression for TextColumn {
    type SqlType = Text;
}

impl<Source> AppearsOnTable<Source> for TextColumn {}

impl<Source> SelectableExpression<Source> for TextColumn {}

impl<Group> ValidGrouping<Group> for TextColumn {
    type IsAggregate = is_aggregate::Never;
}

impl QueryId for TextColumn {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend> QueryFragment<DB> for TextColumn {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}
