//! The two engines behind one connection type, and what a connection needs before its first query.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::thread;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use super::conn::Conn;
use crate::config::Config;
use crate::error::{Error, Result};

/// Repeats one expression for both engines, for what the common connection does not offer:
/// inserts of several rows, `on_conflict`, `returning`.
#[macro_export]
macro_rules! both {
    ($conn:expr, $c:ident => $query:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $query,
            $crate::db::Conn::Postgres($c) => $query,
        }
    };
}

/// Which engine, and where it is.
#[derive(Clone, PartialEq, Eq)]
pub enum Engine {
    /// Path of the database file.
    Sqlite(String),
    /// The whole URL; it may hold a password, so it is never printed.
    Postgres(String),
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Snapshots.
    Reading,
    /// A snapshot that goes through the whole newsroom, however long that takes.
    Passing,
    /// The one writer of SQLite, or any connection to PostgreSQL.
    Writing,
}

impl Engine {
    /// Reads `DATABASE_URL`.
    pub fn of(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Ok(Engine::Sqlite(path.to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Engine::Postgres(url.to_owned()));
        }
        Err(Error::Internal("DATABASE_URL must begin with sqlite:// or postgres://".into()))
    }

    /// How many connections read at once. Those of SQLite work on this machine, so more than it has cores for
    /// only hinder one another; those of PostgreSQL wait for another.
    pub fn connections(&self, config: &Config) -> u32 {
        match self {
            Engine::Sqlite(_) => {
                let cores = thread::available_parallelism().map_or(1, usize::from);
                config.database_connections.min(2 * cores as u32).max(2)
            }
            Engine::Postgres(_) => config.database_connections,
        }
    }

    /// `sqlite` or `postgres`.
    pub fn name(&self) -> &'static str {
        match self {
            Engine::Sqlite(_) => "sqlite",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// Opens a connection with the settings that its purpose needs.
    pub fn connect(&self, purpose: Purpose) -> Result<Conn> {
        match self {
            Engine::Sqlite(path) => {
                if purpose == Purpose::Writing {
                    make_private(path)?;
                }
                let mut conn = SqliteConnection::establish(path).map_err(unreachable_database)?;
                conn.batch_execute(sqlite_settings(purpose))?;
                Ok(Conn::Sqlite(conn))
            }
            Engine::Postgres(url) => {
                let mut conn = PgConnection::establish(url)
                    .map_err(|error| Error::DatabaseUnavailable(without_password(&error.to_string(), url)))?;
                conn.batch_execute(POSTGRES_SETTINGS)?;
                if purpose == Purpose::Passing {
                    conn.batch_execute("SET idle_in_transaction_session_timeout = 0;")?;
                }
                Ok(Conn::Postgres(conn))
            }
        }
    }
}

/// Makes the file of a new database for its owner alone; what SQLite puts beside it takes its mode after it.
fn make_private(path: &str) -> Result<()> {
    // SQLite's own names for what is no file, or more than one.
    if path.starts_with(':') || path.starts_with("file:") {
        return Ok(());
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::DatabaseUnavailable(format!("{path}: {error}"))),
    }
}

// A commit that was acknowledged survives a power cut, so FULL. A reader keeps the pages that are read most in a
// cache of its own; the file is not mapped, or all that was ever read of it would count as our memory.
fn sqlite_settings(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Reading | Purpose::Passing => {
            "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON; PRAGMA cache_size = -2000;"
        }
        Purpose::Writing => {
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        }
    }
}

// A writer that hangs holds the counter of the log: the server ends it, so that others go on.
const POSTGRES_SETTINGS: &str = "SET TIME ZONE 'UTC'; SET lock_timeout = '2s'; \
     SET idle_in_transaction_session_timeout = '5s'; SET statement_timeout = '30s';";

fn unreachable_database(error: diesel::ConnectionError) -> Error {
    Error::DatabaseUnavailable(error.to_string())
}

/// What the driver says of a URL, without what stands in the place of a password there: of one that is
/// mistyped it repeats a part.
fn without_password(words: &str, url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let before_host = rest.rsplit_once('@').map(|(before, _)| before);
    let typed = before_host.and_then(|before| before.split_once(':')).map(|(_, password)| password);
    let named = rest.split(['?', '&']).filter_map(|part| part.strip_prefix("password="));
    let mut parts: Vec<&str> =
        typed.into_iter().chain(named).flat_map(|text| text.split(['@', '/', '?', ':'])).collect();
    parts.extend(typed);
    parts.sort_unstable_by_key(|part| std::cmp::Reverse(part.len()));
    parts
        .into_iter()
        .filter(|part| part.len() > 1)
        .fold(words.to_owned(), |words, part| words.replace(part, "…"))
}
