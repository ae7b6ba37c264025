//! The `wiredesk` command: parse and dispatch.

use std::process::ExitCode;

fn main() -> ExitCode {
    wiredesk::cli::main()
}
