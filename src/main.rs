//! The `factlint` program.

use std::io::Write;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    factlint::cli::run(std::env::args_os()).unwrap_or_else(|error| {
        // The chain of causes on one line; nothing is left to do where stderr is closed.
        let _unwritten = writeln!(std::io::stderr(), "error: {:#}", anyhow::Error::from(error));
        ExitCode::from(2)
    })
}
