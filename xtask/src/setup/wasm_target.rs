//! Rust's standard library for the browser (`wasm32-unknown-unknown`).

use super::{rust_src, system};
use crate::{
    process::Program,
    report,
    workspace::{WASM_TARGET, Workspace},
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// rustup waits for a server that does not answer; nobody else should.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// Makes sure that the compiler in use can compile for the browser.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    if is_installed()? {
        return Ok(());
    }
    report::timed("Rust's standard library for the browser (once)", || {
        if by_rustup().and_then(|()| is_installed()).unwrap_or(false) {
            return Ok(());
        }
        report::note("rustup could not add it; building it from Debian's rust-src instead");
        rust_src::install(workspace).context(
            "cannot get the wasm32 target. Either let rustup reach its server and run \
             `rustup target add wasm32-unknown-unknown`, or use a Debian system with a rust-src package of \
             the same version as rustc",
        )
    })
}

fn is_installed() -> Result<bool> {
    let libraries = target_libdir()?;
    Ok(fs::read_dir(libraries).is_ok_and(|files| files.flatten().any(|file| is_std(&file.path()))))
}

/// Where the compiler looks for libraries of the browser target.
pub(crate) fn target_libdir() -> Result<PathBuf> {
    let rustc = Program::new("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]);
    Ok(PathBuf::from(rustc.read()?.trim()))
}

fn is_std(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("libstd-") && name.ends_with(".rlib")
}

fn by_rustup() -> Result<()> {
    system::find_program("rustup").context("rustup is not installed")?;
    Program::new("rustup").args(["target", "add", WASM_TARGET]).limit(RUSTUP_LIMIT).run()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_standard_library_itself_counts() {
        assert!(is_std(Path::new("/lib/libstd-0123.rlib")));
        assert!(!is_std(Path::new("/lib/libstd_detect-0123.rlib")));
        assert!(!is_std(Path::new("/lib/libstd-0123.rmeta")));
    }
}
