//! The npm packages: wasm-opt, Lightning CSS, esbuild, Playwright, axe in `end2end/`; Lighthouse, which is large and seldom
//! used, in a folder of its own.

use super::system::find_program;
use crate::{process::Program, report, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

const OLDEST_NODE: u32 = 20;

/// Installs what building and testing needs.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    install(&workspace.end2end())
}

/// Installs Lighthouse; gives its program.
pub(crate) fn lighthouse(workspace: &Workspace) -> Result<PathBuf> {
    let dir = workspace.root().join("bench/lighthouse");
    install(&dir)?;
    Ok(dir.join("node_modules/.bin/lighthouse"))
}

/// Installs the locked packages of a folder unless the same lock file was installed last time.
fn install(dir: &Path) -> Result<()> {
    let lock = dir.join("package-lock.json");
    let lock = fs::read_to_string(&lock).with_context(|| lock.display().to_string())?;
    let stamp = dir.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    check_node()?;
    report::timed("npm packages (once)", || {
        let npm = Program::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        // The browser is the system's own Chromium; Playwright's download would only take time.
        let npm = npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").dir(dir);
        npm.run()
            .with_context(|| format!("npm ci failed in {}: is the npm registry reachable?", dir.display()))?;
        Ok(fs::write(stamp, lock)?)
    })
}

fn check_node() -> Result<()> {
    let install = format!("install Node.js {OLDEST_NODE} or newer, with npm");
    for program in ["node", "npm"] {
        find_program(program).with_context(|| format!("{program} is not on PATH: {install}"))?;
    }
    let version = Program::new("node").arg("--version").read()?;
    if major(&version) < Some(OLDEST_NODE) {
        bail!("Node.js {} is too old: {install}", version.trim());
    }
    Ok(())
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("unknown"), None);
    }
}
