//! The database itself: both engines hold the same tables, and migrations go up, down and up again.

use diesel::prelude::*;
use diesel::sql_types::Text;
use wiredesk::db::engine::Purpose;
use wiredesk::db::{Conn, Engine, migrate};

use crate::harness::desks;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(engine: &Engine) -> Vec<String> {
    let mut conn = engine.connect(Purpose::Writing).unwrap();
    let query = match &conn {
        Conn::Sqlite(_) => {
            "SELECT lower(m.name || '.' || c.name || ' ' ||
                 CASE c.type WHEN 'INTEGER' THEN 'int' WHEN 'BIGINT' THEN 'bigint' WHEN 'BOOLEAN' THEN 'bool'
                     WHEN 'DOUBLE' THEN 'double' ELSE 'text' END ||
                 CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN '' ELSE ' null' END) AS line
             FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'
             ORDER BY 1"
        }
        Conn::Postgres(_) => {
            "SELECT table_name || '.' || column_name || ' ' ||
                 CASE data_type WHEN 'integer' THEN 'int' WHEN 'bigint' THEN 'bigint' WHEN 'boolean' THEN 'bool'
                     WHEN 'double precision' THEN 'double' ELSE 'text' END ||
                 CASE is_nullable WHEN 'NO' THEN '' ELSE ' null' END AS line
             FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%' ORDER BY 1"
        }
    };
    let mut lines: Vec<String> =
        diesel::sql_query(query).load::<Line>(&mut conn).unwrap().into_iter().map(|row| row.line).collect();
    lines.sort();
    lines
}

#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let shapes: Vec<Vec<String>> = desks().iter().map(|desk| lines(desk.app().db.engine())).collect();
    assert!(shapes[0].len() > 100, "{:#?}", shapes[0]);
    for shape in &shapes[1..] {
        assert_eq!(&shapes[0], shape);
    }
}

#[test]
fn migrations_go_up_down_and_up_again() {
    for desk in desks() {
        let engine = desk.app().db.engine();
        let before = lines(engine);
        migrate::undo_all(engine).unwrap();
        assert_eq!(lines(engine), Vec::<String>::new());
        migrate::run(engine).unwrap();
        assert_eq!(lines(engine), before);
    }
}
