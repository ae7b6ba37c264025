//! The connection type that stands for both engines; queries are written once against it.

#![allow(missing_docs, reason = "the derive makes public items of its own")]

use diesel::{PgConnection, SqliteConnection};

/// A connection to either engine.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The embedded database.
    Sqlite(SqliteConnection),
    /// A PostgreSQL server, 15 or later.
    Postgres(PgConnection),
}
