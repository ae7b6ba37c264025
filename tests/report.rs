//! The last lines of `cargo test`: which engines and which input took part in this run.
//!
//! Read from the notes that the tests leave (`tests/it/harness/evidence.rs`), which are used up by it.
//! Fails where `TEST_DATABASE_URL` names a server and a whole run made nothing on it.

use std::path::Path;
use std::process::ExitCode;

/// How often something took part in this run.
fn noted(name: &str) -> usize {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let notes = std::fs::read_to_string(&path).unwrap_or_default();
    // Where there are none, there is nothing to use up.
    let _ = std::fs::remove_file(path);
    let run = std::os::unix::process::parent_id().to_string();
    notes.lines().filter(|line| *line == run).count()
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // A runner that lists tests finds none here.
    if arguments.iter().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let (sqlite, postgres, bundle) =
        (noted("sqlite.desks"), noted("postgres.desks"), noted("bundle.imported"));
    println!("SQLite took part: {sqlite} databases.");
    match (postgres, is_set("TEST_DATABASE_URL")) {
        (0, false) => println!("PostgreSQL did NOT take part: TEST_DATABASE_URL is not set."),
        (0, true) => println!("PostgreSQL did NOT take part, although TEST_DATABASE_URL is set."),
        (schemas, _) => println!("PostgreSQL took part: {schemas} schemas."),
    }
    match (bundle, is_set("WIREDESK_TEST_BUNDLE")) {
        (0, false) => println!("The bundle did NOT take part: WIREDESK_TEST_BUNDLE is not set."),
        (0, true) => println!("The bundle did NOT take part, although WIREDESK_TEST_BUNDLE is set."),
        (times, _) => println!("The bundle took part: imported {times} times."),
    }
    // Of a run of chosen tests nothing can be expected.
    let whole = arguments.iter().all(|argument| argument.starts_with('-'));
    if whole && postgres == 0 && is_set("TEST_DATABASE_URL") { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
