//! A migrated database of its own for each test: a copy of a template on SQLite, a schema on
//! PostgreSQL.

use std::sync::OnceLock;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use tempfile::TempDir;
use wiredesk::db::Engine;
use wiredesk::db::migrate;

use super::evidence::note;

/// The PostgreSQL server of the tests, where there is one.
pub fn postgres_url() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// A fresh SQLite database in `folder`; its URL.
pub fn sqlite(folder: &TempDir) -> String {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    note("sqlite.desks");
    let template = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("template.db");
        migrate::run(&Engine::Sqlite(path.display().to_string())).unwrap();
        std::fs::read(path).unwrap()
    });
    let path = folder.path().join("newsroom.db");
    std::fs::write(&path, template).unwrap();
    format!("sqlite://{}", path.display())
}

/// A PostgreSQL schema that is dropped with the test.
pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// A fresh schema on the server of the tests.
    pub fn new(server: &str) -> Self {
        note("postgres.desks");
        let name = format!("t{}", uuid_like());
        let mut conn = PgConnection::establish(server).unwrap();
        conn.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
        Schema { server: server.to_owned(), name }
    }

    /// The URL by which connections stand in this schema.
    pub fn url(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.server, self.name)
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Ok(mut conn) = PgConnection::establish(&self.server) {
            let _ = conn.batch_execute(&format!("DROP SCHEMA {} CASCADE", self.name));
        }
    }
}

fn uuid_like() -> String {
    wiredesk::db::ids::ArticleId::new().to_string().replace('-', "")
}
