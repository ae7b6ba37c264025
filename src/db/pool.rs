//! Connections for snapshots, and on PostgreSQL for writes as well.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, ManageConnection, PooledConnection};

use super::conn::Conn;
use super::engine::{Engine, Purpose};
use crate::error::{Error, Result};

pub struct Pool(r2d2::Pool<Manager>);

pub struct Manager {
    engine: Engine,
}

impl Pool {
    pub fn new(engine: &Engine, connections: u32) -> Result<Self> {
        r2d2::Pool::builder()
            .max_size(connections)
            .min_idle(Some(1))
            .connection_timeout(Duration::from_secs(3))
            .test_on_check_out(matches!(engine, Engine::Postgres(_)))
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build(Manager { engine: engine.clone() })
            .map(Pool)
            .map_err(|error| Error::DatabaseUnavailable(error.to_string()))
    }

    pub fn get(&self) -> Result<PooledConnection<Manager>> {
        self.0.get().map_err(|error| Error::DatabaseUnavailable(error.to_string()))
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = r2d2::Error;

    fn connect(&self) -> std::result::Result<Conn, r2d2::Error> {
        let purpose = match self.engine {
            Engine::Sqlite(_) => Purpose::Reading,
            Engine::Postgres(_) => Purpose::Writing,
        };
        self.engine.connect(purpose).map_err(|error| {
            r2d2::Error::ConnectionError(diesel::ConnectionError::BadConnection(error.to_string()))
        })
    }

    fn is_valid(&self, conn: &mut Conn) -> std::result::Result<(), r2d2::Error> {
        conn.batch_execute("SELECT 1").map_err(r2d2::Error::QueryError)
    }

    fn has_broken(&self, _: &mut Conn) -> bool {
        false
    }
}
