//! Brings a database to this program's schema, whatever the engine.

use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use uuid::Uuid;

use super::conn::Conn;
use super::engine::{Engine, Purpose};
use super::schema::log_counter;
use crate::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Runs what is pending and gives the names of what it ran.
pub fn run(engine: &Engine) -> Result<Vec<String>> {
    let mut conn = engine.connect(Purpose::Writing)?;
    let ran = match &mut conn {
        Conn::Sqlite(sqlite) => names(sqlite.run_pending_migrations(SQLITE).map_err(failed)?),
        // Two nodes that start at once migrate one after the other.
        Conn::Postgres(pg) => {
            diesel::sql_query("SELECT pg_advisory_lock(7319042)").execute(pg)?;
            let ran = pg.run_pending_migrations(POSTGRES).map(names).map_err(failed);
            diesel::sql_query("SELECT pg_advisory_unlock(7319042)").execute(pg)?;
            ran?
        }
    };
    begin_history(&mut conn)?;
    Ok(ran)
}

/// Undoes every migration, newest first: for the test that goes up, down and up again.
pub fn undo_all(engine: &Engine) -> Result<()> {
    match &mut engine.connect(Purpose::Writing)? {
        Conn::Sqlite(sqlite) => sqlite.revert_all_migrations(SQLITE).map(drop).map_err(failed),
        Conn::Postgres(pg) => pg.revert_all_migrations(POSTGRES).map(drop).map_err(failed),
    }
}

/// Names this database's history, once.
fn begin_history(conn: &mut Conn) -> Result<()> {
    let epoch = Uuid::new_v4().simple().to_string();
    diesel::update(log_counter::table.filter(log_counter::epoch.eq("")))
        .set(log_counter::epoch.eq(epoch))
        .execute(conn)?;
    Ok(())
}

fn names(versions: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::DatabaseUnavailable(format!("a migration failed: {error}"))
}
