//! `wiredesk import`: a bar on a terminal, faults and warnings by line, and what was done by kind.

use std::io;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Done, Failure, told};
use crate::app::App;
use crate::fields::Warning;
use crate::transfer::{self, ImportError, Kind, Report, Source, Step, Watch};

/// Imports a bundle; the counts as JSON on stdout, everything else on stderr.
pub fn run(app: &App, file: &Path) -> Done {
    let folder = &app.config.data_dir;
    let source = if file == Path::new("-") {
        Source::spool(io::stdin().lock(), folder)?
    } else {
        Source::open(file, folder)?
    };
    let mut bar = Bar { bar: ProgressBar::hidden() };
    let imported = transfer::import(&app.db, &source, &mut bar);
    bar.bar.finish_and_clear();
    match imported {
        Ok(report) => {
            tell(&report);
            let counts = serde_json::to_string(&report).map_err(|error| Failure::Fault(error.to_string()))?;
            println!("{counts}");
            Ok(())
        }
        Err(error) => Err(Failure::Fault(words(&error))),
    }
}

/// Imports a bundle of our own without a word.
pub fn quietly(app: &App, source: &Source) -> Done {
    let imported = transfer::import(&app.db, source, &mut Nobody);
    imported.map(drop).map_err(|error| Failure::Fault(words(&error)))
}

fn words(error: &ImportError) -> String {
    match error {
        ImportError::Faulty(all) => {
            let mut lines: Vec<String> = all.faults.iter().map(ToString::to_string).collect();
            if all.more > 0 {
                lines.push(format!("and {} more", all.more));
            }
            let count = all.faults.len() + all.more;
            let faults = if count == 1 { "1 fault".to_owned() } else { format!("{count} faults") };
            lines.push(format!("{faults}: nothing was stored"));
            lines.join("\n")
        }
        ImportError::CutShort { line, error } => {
            format!("line {line}: {}\nthe import ends here; run it again to go on", told(error))
        }
        ImportError::Failed(error) => told(error),
    }
}

fn tell(report: &Report) {
    for (kind, count) in &report.counts {
        let name = kind.as_str();
        if *kind == Kind::Views {
            eprintln!("{name:<12} {:>7} stored", count.made);
        } else {
            let (made, changed, unchanged) = (count.made, count.changed, count.unchanged);
            eprintln!("{name:<12} {made:>7} made {changed:>7} changed {unchanged:>7} unchanged");
        }
    }
}

/// Nobody looks on.
struct Nobody;

impl Watch for Nobody {
    fn warns(&mut self, _: usize, _: &Warning) {}
}

/// A bar on a terminal; elsewhere nothing.
struct Bar {
    bar: ProgressBar,
}

impl Watch for Bar {
    fn begins(&mut self, step: Step, of: u64) {
        self.bar.finish_and_clear();
        let (template, prefix) = match step {
            Step::Checking => ("{prefix:>9} {wide_bar} {bytes} of {total_bytes}", "checking"),
            Step::Storing => ("{prefix:>9} {wide_bar} {pos} of {len}, {eta} left", "storing"),
        };
        // It draws nothing where stderr is no terminal.
        self.bar = ProgressBar::new(of).with_prefix(prefix);
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }

    fn is_at(&mut self, done: u64) {
        self.bar.set_position(done);
    }

    fn warns(&mut self, line: usize, warning: &Warning) {
        let Warning { code, field, detail } = warning;
        let place = field.as_ref().map(|field| format!(", {field}")).unwrap_or_default();
        self.bar.suspend(|| eprintln!("warning: line {line}{place}: {detail} [{code}]"));
    }
}
