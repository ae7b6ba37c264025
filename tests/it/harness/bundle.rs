//! Bundles that a desk imports and exports, and its tables as text.

use std::thread;

use diesel::prelude::*;
use diesel::sql_types::Text;
use wiredesk::db::Conn;
use wiredesk::fields::Warning;
use wiredesk::transfer::{self, ImportError, LineFault, Report, Source, Watch};

use super::desk::Desk;

/// A story's page in our own words, with the traits of a real one.
pub const PAGE: &str = include_str!("../fixtures/page.ndjson");

/// The warnings of an import, with the numbers of their lines.
#[derive(Default)]
struct Seen(Vec<(usize, Warning)>);

impl Watch for Seen {
    fn warns(&mut self, line: usize, warning: &Warning) {
        self.0.push((line, warning.clone()));
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Desk {
    /// Imports a bundle that is good.
    pub fn imports(&self, bundle: &str) -> Report {
        match self.tries_to_import(bundle).0 {
            Ok(report) => report,
            Err(ImportError::Faulty(all)) => panic!("{:#?}", all.faults),
            Err(error) => panic!("{error:?}"),
        }
    }

    /// The faults of a bundle that is none.
    pub fn faults_of(&self, bundle: &str) -> Vec<LineFault> {
        match self.tries_to_import(bundle).0 {
            Err(ImportError::Faulty(all)) => all.faults,
            other => panic!("{other:?}"),
        }
    }

    /// The warnings of an import.
    pub fn warnings_of(&self, bundle: &str) -> Vec<(usize, Warning)> {
        let (imported, warnings) = self.tries_to_import(bundle);
        imported.unwrap();
        warnings
    }

    fn tries_to_import(&self, bundle: &str) -> (Result<Report, ImportError>, Vec<(usize, Warning)>) {
        let app = self.app();
        let source = Source::spool(bundle.as_bytes(), &app.config.data_dir).unwrap();
        // A write waits for its answer, which an async thread must not.
        off_the_runtime(|| {
            let mut seen = Seen::default();
            (transfer::import(&app.db, &source, &mut seen), seen.0)
        })
    }

    /// The newsroom as a bundle.
    pub fn exports(&self) -> String {
        let mut bundle = Vec::new();
        let mut warn = |words: &str| panic!("{words}");
        off_the_runtime(|| transfer::export(&self.app().db, &mut bundle, &mut warn).unwrap());
        String::from_utf8(bundle).unwrap()
    }

    /// Every row of every table, sorted.
    pub fn tables(&self) -> Vec<String> {
        off_the_runtime(|| {
            self.app()
                .db
                .read_now(|snapshot| {
                    let conn: &mut Conn = snapshot;
                    let mut rows = Vec::new();
                    for table in tables(conn) {
                        let query = rows_of(&table, conn);
                        rows.extend(lines(conn, &query).into_iter().map(|row| format!("{table} {row}")));
                    }
                    rows.sort();
                    Ok(rows)
                })
                .unwrap()
        })
    }
}

fn off_the_runtime<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join().unwrap())
}

fn lines(conn: &mut Conn, query: &str) -> Vec<String> {
    let rows: Vec<Line> = match conn {
        Conn::Sqlite(sqlite) => diesel::sql_query(query).load(sqlite).unwrap(),
        Conn::Postgres(pg) => diesel::sql_query(query).load(pg).unwrap(),
    };
    rows.into_iter().map(|row| row.line).collect()
}

fn tables(conn: &mut Conn) -> Vec<String> {
    let query = match conn {
        Conn::Sqlite(_) => "SELECT name AS line FROM sqlite_master WHERE type = 'table' ORDER BY 1",
        Conn::Postgres(_) => {
            "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        }
    };
    lines(conn, query)
}

fn rows_of(table: &str, conn: &mut Conn) -> String {
    match conn {
        Conn::Postgres(_) => format!("SELECT row_to_json(t)::text AS line FROM {table} t"),
        Conn::Sqlite(_) => {
            let columns = lines(conn, &format!("SELECT name AS line FROM pragma_table_info('{table}')"));
            let columns: Vec<String> = columns.into_iter().map(|name| format!("\"{name}\"")).collect();
            format!("SELECT json_array({}) AS line FROM {table}", columns.join(", "))
        }
    }
}
