//! Tools that this project needs and a fresh machine lacks. Each is looked for first and installed
//! only when missing; what cannot be installed is explained instead.
//!
//! Belongs here: finding and installing. Using a tool belongs to the chore that needs it.

mod cargo_tools;
mod debian_source;
mod npm;
mod rust_src;
mod system;
mod wasm_target;

pub(crate) use cargo_tools::{bindgen, cargo_leptos, leptosfmt, twiggy};
pub(crate) use system::{User, browser, find_program, postgresql, unprivileged_user};

use crate::{report, workspace::Workspace};
use anyhow::Result;
use std::path::PathBuf;

/// Lighthouse, which nothing but `bench --lighthouse` installs.
pub(crate) fn lighthouse(workspace: &Workspace) -> Result<PathBuf> {
    npm::lighthouse(workspace)
}

/// What compiling the browser side needs.
pub(crate) fn for_browser_code(workspace: &Workspace) -> Result<()> {
    wasm_target::ensure(workspace)
}

/// What `target/site` is made with.
pub(crate) fn for_site(workspace: &Workspace) -> Result<()> {
    npm::ensure(workspace)?;
    wasm_target::ensure(workspace)?;
    bindgen(workspace).map(drop)
}

/// Everything, so that later commands start at once.
pub(crate) fn everything(workspace: &Workspace) -> Result<()> {
    for_site(workspace)?;
    browser()?;
    postgresql()?;
    leptosfmt(workspace)?;
    report::headline("every tool is there (cargo-leptos comes with the first `cargo xtask dev`)");
    Ok(())
}
