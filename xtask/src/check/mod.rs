//! `cargo xtask test`: every check there is, the quick ones first. The first failure ends the run and
//! says what to do about it.

mod licences;

use crate::{
    checkout, e2e, format,
    postgres::Postgres,
    report::Steps,
    run, setup, site,
    workspace::{WASM_TARGET, Workspace},
};
use anyhow::Result;

/// The server side is always checked as one: so cargo sees one set of features and compiles every
/// dependency once. The browser side is never among them: `ssr` and `hydrate` exclude each other.
const SERVER_SIDE: [&str; 8] = ["-p", "app", "-p", "server", "-p", "xtask", "--features", "app/ssr"];

/// Runs all checks, or without documentation, release build and browser if it has to be `fast`.
pub(crate) fn test(workspace: &Workspace, fast: bool) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("tools", "see the cause below", || tools(workspace, fast))?;
    let _claim = checkout::claim(workspace)?;
    site::make_folder(workspace)?;
    formats(workspace, &mut steps)?;
    lints(workspace, &mut steps)?;
    if !fast {
        documents(workspace, &mut steps)?;
    }
    steps.step("tests", "run `cargo xtask test --fast` after mending", || tests(workspace))?;
    if !fast {
        product(workspace, &mut steps)?;
    }
    steps.finish();
    Ok(())
}

fn tools(workspace: &Workspace, fast: bool) -> Result<()> {
    setup::for_browser_code(workspace)?;
    setup::leptosfmt(workspace)?;
    setup::postgresql()?;
    if !fast {
        setup::for_site(workspace)?;
        setup::browser()?;
    }
    Ok(())
}

fn formats(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let remedy = "run `cargo xtask fmt`";
    steps.step("format", remedy, || format::check_rust(workspace))?;
    steps.step("format of view!", remedy, || format::check_views(workspace))
}

fn lints(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    let warnings = ["--", "-D", "warnings"];
    steps.step("clippy, server side", "mend what clippy names", || {
        workspace.cargo().arg("clippy").args(SERVER_SIDE).arg("--all-targets").args(warnings).run()
    })?;
    steps.step("clippy, browser side", "mend what clippy names", || {
        let browser_side = ["clippy", "-p", "app", "-p", "frontend", "--target", WASM_TARGET];
        workspace.cargo_front().args(browser_side).args(warnings).run()
    })?;
    steps.step(
        "licences and banned crates",
        "replace the crate, or allow it in deny.toml with a reason",
        || licences::check(workspace),
    )
}

fn documents(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    steps.step("documentation", "mend the link or the text that rustdoc names", || {
        let doc = workspace.cargo().args(["doc", "--no-deps", "--document-private-items"]).args(SERVER_SIDE);
        // Private items are documented too, so links to them lead somewhere.
        doc.env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links").run()
    })
}

fn tests(workspace: &Workspace) -> Result<()> {
    let postgres = Postgres::start()?;
    let test = workspace.cargo().arg("test").args(SERVER_SIDE);
    test.env("JISHI_TEST_POSTGRES_URL", postgres.url()).run()
}

fn product(workspace: &Workspace, steps: &mut Steps) -> Result<()> {
    steps.step("site", "see the cause below", || site::site(workspace))?;
    steps.step("release build", "mend what the compiler names", || run::build(workspace, false))?;
    steps.step("size budgets", "see what grew with `twiggy top`, or find another way", || {
        site::check_budgets(workspace)
    })?;
    steps.step("browser journeys", "run `cargo xtask e2e <file>` after mending", || {
        e2e::playwright(workspace, &[])
    })
}
