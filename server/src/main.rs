//! The `jishi` program. Everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::boot::cli::main(std::env::args_os())
}
