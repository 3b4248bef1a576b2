//! `target/site`: all that the browser loads, ready to be embedded in the server.
//!
//! ```text
//! target/site/build.txt                     the name of the current build
//! target/site/pkg/<build>/jishi.{js,wasm,css}  and a copy of public/scripts/
//! target/site/…                             a copy of public/
//! ```
//! Text and WASM have a `.br` and a `.gz` beside them. The build's name is a hash of its content, so an
//! address below `pkg/` never changes its meaning and may be cached for ever. The same files come out of
//! `cargo leptos build`, which a fresh machine would wait a quarter of an hour for.

mod budgets;
mod bundle;
mod fingerprint;
mod publish;

pub(crate) use budgets::check as check_budgets;
pub(crate) use fingerprint::files_below;

use crate::workspace::{WASM_TARGET, Workspace};
use crate::{checkout, report, setup};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// The three files that make up a build.
const BUNDLE: [&str; 3] = ["jishi.js", "jishi.wasm", "jishi.css"];

/// Brings `target/site` up to date; does nothing when nothing it is made from has changed.
pub(crate) fn site(workspace: &Workspace) -> Result<PathBuf> {
    setup::for_site(workspace)?;
    let _claim = checkout::claim(workspace)?;
    let stamp = workspace.root().join("target/site.stamp");
    let inputs = fingerprint::inputs(workspace)?;
    if is_complete(workspace) && fs::read_to_string(&stamp).is_ok_and(|last| last == inputs) {
        return Ok(workspace.site());
    }
    report::timed("site: WASM, JavaScript, CSS", || {
        let bundle = bundle::build(workspace)?;
        publish::publish(workspace, &bundle)?;
        fs::write(stamp, inputs).context("cannot write target/site.stamp")
    })?;
    Ok(workspace.site())
}

/// The module as the compiler left it, with the names of its functions.
pub(crate) fn unpacked_module(workspace: &Workspace) -> PathBuf {
    workspace.front_target().join(WASM_TARGET).join("wasm-release/frontend.wasm")
}

/// Makes sure that the folder is there: without it the server does not even compile.
pub(crate) fn make_folder(workspace: &Workspace) -> Result<()> {
    fs::create_dir_all(workspace.site()).context("cannot make target/site")
}

/// The folder of the current build, below `pkg/`.
fn build_folder(workspace: &Workspace) -> Result<PathBuf> {
    let site = workspace.site();
    let build = fs::read_to_string(site.join("build.txt")).context("no site yet: run `cargo xtask site`")?;
    Ok(site.join("pkg").join(build.trim()))
}

fn is_complete(workspace: &Workspace) -> bool {
    build_folder(workspace).is_ok_and(|folder| BUNDLE.iter().all(|name| folder.join(name).is_file()))
}
