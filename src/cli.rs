//! The command line: each command opens the installation, enters at a verb, and prints its result.
//!
//! Results that a script reads go to stdout, everything else to stderr. Exit 0 is success, 1 a fault
//! of what was asked, 2 wrong settings or a wrong command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::api;
use crate::app::App;
use crate::config::Config;
use crate::db::{migrate, wall_clock};
use crate::error::{Error, Result};
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
    /// Bring the database to this program's schema.
    Migrate,
    /// Print the OpenAPI document.
    Openapi,
}

/// Runs the command that was asked for.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // A missing .env is the usual case.
    let _ = dotenvy::dotenv();
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            return ExitCode::from(2);
        }
    };
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(cli.command, config) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", told(&error));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command, config: Config) -> Result<()> {
    match command {
        Command::Serve => serve(config),
        Command::Migrate => {
            let app = App::open(config, wall_clock())?;
            migrate::run(app.db.engine())?;
            eprintln!("the database is at this program's schema");
            Ok(())
        }
        Command::Openapi => {
            print!("{}", openapi());
            Ok(())
        }
    }
}

fn serve(config: Config) -> Result<()> {
    let app = App::open(config, wall_clock())?;
    actix_web::rt::System::new().block_on(server::run(app))
}

/// The OpenAPI document as it is committed.
pub fn openapi() -> String {
    api::Document::print(&api::finished(&api::collected())).text
}

/// An error in words, with what only the operator may see.
fn told(error: &Error) -> String {
    match error {
        Error::Internal(cause) | Error::DatabaseUnavailable(cause) => cause.clone(),
        other => other.to_string(),
    }
}
