//! `cargo xtask dev`: cargo-leptos watches, rebuilds and reloads the browser.

use crate::{checkout, report, setup, workspace::Workspace, workspace::setting};
use anyhow::Result;
use std::path::PathBuf;

/// Runs until it is stopped. What to watch is written in the workspace's `Cargo.toml`.
pub(crate) fn dev(workspace: &Workspace) -> Result<()> {
    setup::for_site(workspace)?;
    setup::cargo_leptos(workspace)?;
    let _claim = checkout::claim(workspace)?;
    report::headline("watching app/, server/, style/, public/ and migrations/ (Ctrl-C ends it)");
    // With its helpers on PATH, cargo-leptos downloads nothing. What follows the dashes is for the shop.
    workspace.cargo().args(["leptos", "watch", "--", "serve"]).env("PATH", path(workspace)?).run()
}

fn path(workspace: &Workspace) -> Result<std::ffi::OsString> {
    let ours = [workspace.tool(""), workspace.npm_tool("")];
    let theirs = setting("PATH").unwrap_or_default();
    let all: Vec<PathBuf> = ours.into_iter().chain(std::env::split_paths(&theirs)).collect();
    Ok(std::env::join_paths(all)?)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn nothing_public_stands_where_cargo_leptos_writes() {
        let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
        assert!(public.join("scripts/shop.js").is_file() && !public.join("pkg").exists());
    }
}
