//! `wiredesk check`: a line each on stdout, exit 1 on a fault. Nothing secret is ever among them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use uuid::Uuid;

use super::{Done, Failure, open, told};
use crate::config::Config;
use crate::db::Actor;
use crate::ops::soundness;

/// Checks the installation; `repair` mends what can be mended first.
pub fn run(config: Config, repair: bool) -> Done {
    let mut sound = true;
    let mut line = |what: &str, faults: &[String]| {
        if faults.is_empty() {
            println!("ok     {what}");
        }
        for fault in faults {
            println!("fault  {what}: {fault}");
        }
        sound &= faults.is_empty();
    };
    // Wrong settings never came so far: they end every command with exit 2.
    line("configuration", &[]);
    let folder = config.data_dir.clone();
    let opened = open(config);
    let app = match opened {
        Ok(app) => app,
        Err(Failure::Fault(words)) => {
            line("database", &[words]);
            return Err(Failure::Fault("1 fault".into()));
        }
        Err(wrong) => return Err(wrong),
    };
    line(&format!("database ({})", app.db.engine().name()), &[]);
    line("migrations", &[]);
    line("storage", &storage(&folder));
    if repair {
        for done in app.db.write_now(Actor::system(), soundness::repair)?.value {
            println!("mended {done}");
        }
    }
    let findings = app.db.read_now(|snapshot| soundness::look(snapshot));
    for finding in findings.map_err(|error| Failure::Fault(told(&error)))? {
        line(finding.what, &finding.faults);
    }
    if sound { Ok(()) } else { Err(Failure::Fault("there are faults".into())) }
}

/// Whether the data folder can be written to, and by its owner alone.
fn storage(folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let trial = folder.join(format!("check-{}", Uuid::new_v4().simple()));
    let written = fs::write(&trial, b"").and_then(|()| fs::remove_file(&trial));
    if let Err(error) = written {
        faults.push(format!("{} cannot be written to: {error}", folder.display()));
    }
    match fs::metadata(folder) {
        Ok(about) if about.permissions().mode() & 0o077 != 0 => {
            faults.push(format!("{} is open to others: chmod 700 it", folder.display()));
        }
        Ok(_) => {}
        Err(error) => faults.push(format!("{}: {error}", folder.display())),
    }
    faults
}
