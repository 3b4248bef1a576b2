//! `cargo xtask e2e`: the journeys of `end2end/` in a real browser, against the release build.

use crate::{checkout, process::Program, report, run, setup, site, workspace::Workspace};
use anyhow::{Context, Result};

/// Builds what has changed and runs Playwright with these arguments.
pub(crate) fn e2e(workspace: &Workspace, args: &[String]) -> Result<()> {
    setup::browser()?;
    let _claim = checkout::claim(workspace)?;
    site::site(workspace)?;
    run::build(workspace, false)?;
    report::headline("Playwright");
    playwright(workspace, args)
}

/// Runs Playwright; the configuration starts and stops the shop by itself.
pub(crate) fn playwright(workspace: &Workspace, args: &[String]) -> Result<()> {
    let playwright = Program::new(workspace.npm_tool("playwright"))
        .arg("test")
        .args(args)
        .dir(&workspace.end2end())
        .env("CHROMIUM_PATH", setup::browser()?)
        .env("JISHI_BIN", workspace.jishi("release"))
        .without_env("JISHI_SITE_DIR");
    let playwright = if workspace.is_plain() {
        playwright.envs([("CI", "true"), ("NO_COLOR", "1"), ("FORCE_COLOR", "0")])
    } else {
        playwright
    };
    playwright.run().context("a journey failed; its trace and pictures are in end2end/test-results")
}
