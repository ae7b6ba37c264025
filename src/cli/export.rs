//! `wiredesk export`: to stdout, or to a file that is there whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use uuid::Uuid;

use super::{Done, Failure};
use crate::app::App;
use crate::transfer;
use crate::transfer::export::Written;

/// Exports the newsroom; what was written by kind on stderr.
pub fn run(app: &App, file: &Path) -> Done {
    let written =
        if file == Path::new("-") { write(app, &mut io::stdout().lock())? } else { write_file(app, file)? };
    for (kind, count) in written {
        eprintln!("{:<12} {count:>7} written", kind.as_str());
    }
    Ok(())
}

fn write(app: &App, to: &mut dyn Write) -> Result<Written, Failure> {
    let mut to = BufWriter::with_capacity(64 * 1024, to);
    let mut warn = |words: &str| eprintln!("warning: {words}");
    let written = transfer::export(&app.db, &mut to, &mut warn)?;
    to.flush().map_err(|error| Failure::Fault(error.to_string()))?;
    Ok(written)
}

fn write_file(app: &App, file: &Path) -> Result<Written, Failure> {
    let told = |error: io::Error| Failure::Fault(format!("{}: {error}", file.display()));
    let name = file.file_name().ok_or_else(|| Failure::Fault(format!("{}: is no file", file.display())))?;
    let beside = file.with_file_name(format!(".{}-{}", name.to_string_lossy(), Uuid::new_v4().simple()));
    // It holds drafts and notes: for its owner alone.
    let mut made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside).map_err(told)?;
    let written = write(app, &mut made).and_then(|written| {
        made.sync_all().and_then(|()| fs::rename(&beside, file)).map_err(told)?;
        Ok(written)
    });
    if written.is_err() {
        // What cannot be removed now has a name that tells what it is.
        let _ = fs::remove_file(&beside);
    }
    written
}
