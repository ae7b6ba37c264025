//! Notes of what took part in a run, for the last lines of `cargo test` (`tests/report.rs`).
//!
//! Each line is the id of the process that runs the tests, so that notes of another run, of one that
//! was cut short too, are not taken for this one's.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Notes that something took part: `sqlite.desks`, `postgres.desks`, `bundle.imported`.
pub fn note(name: &str) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    file.write_all(format!("{}\n", std::os::unix::process::parent_id()).as_bytes()).unwrap();
}
