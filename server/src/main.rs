//! The `jishi` program. Everything is in the library.

use std::process::ExitCode;

/// Pages are made of thousands of small strings; see the decision on it for what the system's allocator takes for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::boot::memory::in_small_pages();
    server::boot::cli::main(std::env::args_os())
}
