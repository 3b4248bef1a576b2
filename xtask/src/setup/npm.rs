//! The npm packages: wasm-opt, Lightning CSS, esbuild, Playwright, axe. One folder, `end2end/`.

use super::system::find_program;
use crate::{process::Program, report, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::fs;

const OLDEST_NODE: u32 = 20;

/// Installs the locked packages unless the same lock file was installed last time.
pub(crate) fn ensure(workspace: &Workspace) -> Result<()> {
    let dir = workspace.end2end();
    let lock = fs::read_to_string(dir.join("package-lock.json")).context("end2end/package-lock.json")?;
    let stamp = dir.join("node_modules/.installed-from");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    check_node()?;
    report::timed("npm packages (once)", || {
        let npm = Program::new("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        // The browser is the system's own Chromium; Playwright's download would only take time.
        let npm = npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").dir(&dir);
        npm.run().context("npm ci failed in end2end/: is the npm registry reachable?")?;
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
