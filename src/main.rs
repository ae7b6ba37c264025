//! The `wiredesk` command: parse and dispatch.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Every answer is made of many short texts on several threads, which wait for one another in the C library's
/// allocator.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    wiredesk::cli::main()
}
