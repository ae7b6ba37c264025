//! The command line: each command opens the installation, enters at a verb, and prints its result.
//!
//! Results that a script reads go to stdout, everything else to stderr. Exit 0 is success, 1 a fault
//! of what was asked, 2 wrong settings or a wrong command line. Every command works while a server runs
//! on the same database.

mod check;
mod demo;
mod export;
mod import;
mod people;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;

use crate::api;
use crate::app::App;
use crate::auth::Secrets;
use crate::config::Config;
use crate::db::wall_clock;
use crate::error::Error;
use crate::server;

#[derive(Parser)]
#[command(
    name = "wiredesk",
    version,
    about = "A headless newsroom: stories, rights and republishing as JSON"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API; makes the data folder, the database and the secrets where there are none.
    Serve,
    /// Serve a demo newsroom from a folder of its own, with fresh credentials.
    Demo,
    /// Bring the database to this program's schema.
    Migrate,
    /// Import a newsroom bundle: checked whole first, then stored; a second run changes nothing.
    Import {
        /// The file, or `-` for stdin.
        file: PathBuf,
        /// What the file is.
        #[arg(long, value_enum, default_value_t = Format::Bundle)]
        format: Format,
    },
    /// Export the newsroom as a bundle.
    Export {
        /// The file, or `-` for stdout. A file is there whole or not at all.
        file: PathBuf,
    },
    /// Print the OpenAPI document.
    Openapi,
    /// Look after the people of the newsroom.
    #[command(subcommand)]
    User(people::UserCommand),
    /// Check configuration, database and storage: a line each, exit 1 on a fault.
    Check {
        /// Mend what can be mended without a person: what is live and should not be goes off.
        #[arg(long)]
        repair: bool,
    },
    /// Look after API keys.
    #[command(subcommand)]
    Key(people::KeyCommand),
}

/// What a file to import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The newsroom bundle, NDJSON.
    Bundle,
    /// WordPress' export.
    Wxr,
    /// Ghost's export.
    Ghost,
    /// RSS or Atom.
    Rss,
    /// The IPTC's ninjs.
    Ninjs,
}

/// Why a command failed, in words for stderr.
enum Failure {
    /// What was asked cannot be done: exit 1.
    Fault(String),
    /// The settings or the command line are wrong: exit 2.
    Wrong(Vec<String>),
}

/// What a command gives.
type Done = Result<(), Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Fault(told(&error))
    }
}

/// Runs the command that was asked for.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // A missing .env is the usual case.
    let _ = dotenvy::dotenv();
    match Config::from_env().map_err(Failure::Wrong).and_then(|config| run(cli.command, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Fault(words)) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
        Err(Failure::Wrong(faults)) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            ExitCode::from(2)
        }
    }
}

fn run(command: Command, config: Config) -> Done {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match command {
        Command::Serve => serve(open(config)?),
        Command::Demo => demo::run(config),
        Command::Migrate => {
            open(config)?;
            eprintln!("the database is at this program's schema");
            Ok(())
        }
        Command::Import { file, format: Format::Bundle } => import::run(&open(config)?, &file),
        Command::Import { format, .. } => {
            let name = format.to_possible_value().map(|value| value.get_name().to_owned());
            let words =
                format!("importing `{}` is not built in yet: only `bundle` is", name.unwrap_or_default());
            Err(Failure::Wrong(vec![words]))
        }
        Command::Export { file } => export::run(&open(config)?, &file),
        Command::Openapi => {
            print!("{}", openapi());
            Ok(())
        }
        Command::User(command) => people::user(&open(config)?, command),
        Command::Check { repair } => check::run(config, repair),
        Command::Key(command) => people::key(&open(config)?, command),
    }
}

/// Opens the installation: folder, secrets, database, brought to this program's schema.
fn open(config: Config) -> Result<App, Failure> {
    // A folder or secret that cannot be used is a fault of the settings.
    Secrets::open(&config).map_err(|error| Failure::Wrong(vec![told(&error)]))?;
    Ok(App::open(config, wall_clock())?)
}

fn serve(app: App) -> Done {
    Ok(actix_web::rt::System::new().block_on(server::run(app))?)
}

/// The OpenAPI document as it is committed.
pub fn openapi() -> String {
    api::print(&api::finished(&api::collected()))
}

/// An error in words, with what only the operator may see.
fn told(error: &Error) -> String {
    match error {
        Error::Internal(cause) | Error::DatabaseUnavailable(cause) => cause.clone(),
        Error::InvalidBody(faults) => {
            let words: Vec<String> = faults.iter().map(|fault| fault.detail.clone()).collect();
            words.join("; ")
        }
        other => other.to_string(),
    }
}
