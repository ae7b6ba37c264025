//! A query whose text is put together at run time, for both engines.
//!
//! Its text is made of words of this program alone (`&'static str`) and everything else is bound, so
//! nothing that was sent can become SQL. Used where the plan is decided by the text: which index a
//! list is read from.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::LoadQuery;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};

use super::conn::Conn;
use crate::error::Result;

/// A query in the making.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    pieces: Vec<Piece>,
    varied: bool,
}

#[derive(Clone, Debug)]
enum Piece {
    Sql(&'static str),
    Text(String),
    Number(i64),
    Truth(bool),
}

impl Statement {
    /// Adds text.
    pub fn sql(&mut self, text: &'static str) -> &mut Self {
        self.pieces.push(Piece::Sql(text));
        self
    }

    /// Adds a text that was sent or stored.
    pub fn text(&mut self, value: impl Into<String>) -> &mut Self {
        self.pieces.push(Piece::Text(value.into()));
        self
    }

    /// Adds a number.
    pub fn number(&mut self, value: i64) -> &mut Self {
        self.pieces.push(Piece::Number(value));
        self
    }

    /// Adds true or false.
    pub fn truth(&mut self, value: bool) -> &mut Self {
        self.pieces.push(Piece::Truth(value));
        self
    }

    /// Adds texts with commas between, in brackets; there must be one at least.
    pub fn texts<S: Into<String>>(&mut self, values: impl IntoIterator<Item = S>) -> &mut Self {
        for (place, value) in values.into_iter().enumerate() {
            self.sql(if place == 0 { "(" } else { ", " }).text(value);
        }
        self.sql(")")
    }

    /// Adds all of another.
    pub fn all_of(&mut self, other: &Statement) -> &mut Self {
        self.pieces.extend(other.pieces.iter().cloned());
        self.varied |= other.varied;
        self
    }

    /// Says that its text is one of many: it is then not kept prepared, of which there would be no end.
    pub fn varied(&mut self) -> &mut Self {
        self.varied = true;
        self
    }

    /// The rows, whose columns have the SQL types `T`.
    pub fn load<T, R>(self, conn: &mut Conn) -> Result<Vec<R>>
    where
        for<'query> Typed<T>: LoadQuery<'query, Conn, R>,
    {
        Ok(Typed::<T> { statement: self, row: PhantomData }.load::<R>(conn)?)
    }
}

/// A statement with the SQL types of its columns.
pub struct Typed<T> {
    statement: Statement,
    row: PhantomData<fn() -> T>,
}

impl<T> Query for Typed<T> {
    type SqlType = T;
}

impl<T> RunQueryDsl<Conn> for Typed<T> {}

impl<T> QueryId for Typed<T> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T, DB> QueryFragment<DB> for Typed<T>
where
    DB: Backend + HasSqlType<Bool>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
    bool: ToSql<Bool, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.statement.varied {
            out.unsafe_to_cache_prepared();
        }
        for piece in &self.statement.pieces {
            match piece {
                Piece::Sql(text) => out.push_sql(text),
                Piece::Text(value) => out.push_bind_param::<Text, _>(value)?,
                Piece::Number(value) => out.push_bind_param::<BigInt, _>(value)?,
                Piece::Truth(value) => out.push_bind_param::<Bool, _>(value)?,
            }
        }
        Ok(())
    }
}
