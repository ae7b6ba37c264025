//! "One of these", in a text that can be kept prepared.
//!
//! Diesel writes one placeholder for each value, so each number of values is a query of its own, and it keeps
//! none of them prepared: reading and planning the text then costs more than running it. Here the numbers are
//! rounded up to a few, the last value standing in for those that are missing.

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{Bool, HasSqlType};

/// How many values a kept text has room for.
const ROOMS: [usize; 6] = [1, 4, 10, 20, 50, 100];

/// Whether an expression is one of some values.
#[derive(Clone, Debug)]
pub struct Among<E, T> {
    expression: E,
    values: Vec<T>,
}

/// Asks whether an expression is one of some values.
pub trait AmongThese: Expression + Sized {
    /// Whether it is one of these; of none it is not.
    fn among<T: Clone>(self, values: &[T]) -> Among<Self, T> {
        Among { expression: self, values: values.to_vec() }
    }
}

impl<E: Expression> AmongThese for E {}

impl<E, T> Expression for Among<E, T>
where
    E: Expression,
{
    type SqlType = Bool;
}

impl<E, T, Source> AppearsOnTable<Source> for Among<E, T> where E: AppearsOnTable<Source> {}

impl<E, T, Source> SelectableExpression<Source> for Among<E, T> where E: SelectableExpression<Source> {}

impl<E, T, Group> ValidGrouping<Group> for Among<E, T>
where
    E: ValidGrouping<Group>,
{
    type IsAggregate = E::IsAggregate;
}

impl<E, T> QueryId for Among<E, T> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E, T, DB> QueryFragment<DB> for Among<E, T>
where
    DB: Backend + HasSqlType<E::SqlType>,
    E: Expression + QueryFragment<DB>,
    T: ToSql<E::SqlType, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql("1 = 0");
            return Ok(());
        };
        let count = self.values.len();
        let room = ROOMS.into_iter().find(|room| *room >= count).unwrap_or_else(|| {
            out.unsafe_to_cache_prepared();
            count
        });
        self.expression.walk_ast(out.reborrow())?;
        out.push_sql(" IN (");
        for place in 0..room {
            if place > 0 {
                out.push_sql(", ");
            }
            out.push_bind_param::<E::SqlType, _>(self.values.get(place).unwrap_or(last))?;
        }
        out.push_sql(")");
        Ok(())
    }
}
