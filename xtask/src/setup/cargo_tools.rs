//! Tools that come as crates, kept in the cache folder so that nothing of the user's own is changed.

use crate::{process::Program, report, workspace::Workspace};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// The last leptosfmt; formats the inside of `view!`, which rustfmt leaves alone.
const LEPTOSFMT: &str = "0.1.33";
/// 0.3.11 wants a newer compiler than the workspace does.
const CARGO_LEPTOS: &str = "0.3.10";

/// Says which functions the browser's code consists of.
const TWIGGY: &str = "0.8.0";

/// Tools are compiled once and run for seconds: compile time matters more than theirs.
const QUICK_PROFILE: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
];

const BINDGEN_MANIFEST: &str = include_str!("../../templates/wasm-bindgen/Cargo.toml.in");
const BINDGEN_MAIN: &str = include_str!("../../templates/wasm-bindgen/main.rs.in");

/// The program that writes the JavaScript around the WASM module; always of the crate's own version.
pub(crate) fn bindgen(workspace: &Workspace) -> Result<PathBuf> {
    let version = workspace.locked_version("wasm-bindgen")?;
    let program = workspace.tool(&format!("jishi-wasm-bindgen-{version}"));
    if program.is_file() {
        return Ok(program);
    }
    report::timed(&format!("wasm-bindgen {version} (once, two to three minutes)"), || {
        let package = workspace.cache().join("tools/wasm-bindgen");
        fs::create_dir_all(package.join("src"))?;
        fs::write(package.join("Cargo.toml"), BINDGEN_MANIFEST.replace("{version}", &version))?;
        fs::write(package.join("src/main.rs"), BINDGEN_MAIN)?;
        let built = package.join("target");
        let build = workspace.cargo().args(["build", "--release"]).env("CARGO_TARGET_DIR", &built);
        build.dir(&package).run().context("cannot build wasm-bindgen: is the crates registry reachable?")?;
        fs::create_dir_all(workspace.tool(""))?;
        fs::rename(built.join("release/jishi-wasm-bindgen"), &program)?;
        Ok(fs::remove_dir_all(package)?)
    })?;
    Ok(program)
}

/// The formatter of `view!`.
pub(crate) fn leptosfmt(workspace: &Workspace) -> Result<PathBuf> {
    install(workspace, "leptosfmt", LEPTOSFMT, &[], "two to three minutes")?;
    Ok(workspace.tool("leptosfmt"))
}

/// The watching builder for `cargo xtask dev`, with the `wasm-bindgen` it looks for.
pub(crate) fn cargo_leptos(workspace: &Workspace) -> Result<PathBuf> {
    let version = workspace.locked_version("wasm-bindgen")?;
    // Not --locked: its lock file names a dependency that has been withdrawn.
    install(workspace, "wasm-bindgen-cli", &version, &[], "four minutes")?;
    install(workspace, "cargo-leptos", CARGO_LEPTOS, &["--locked"], "fifteen minutes on two cores")?;
    Ok(workspace.tool("cargo-leptos"))
}

/// The program that says which functions a WASM module consists of, for `cargo xtask bench`.
pub(crate) fn twiggy(workspace: &Workspace) -> Result<PathBuf> {
    install(workspace, "twiggy", TWIGGY, &["--locked"], "two minutes")?;
    Ok(workspace.tool("twiggy"))
}

fn install(workspace: &Workspace, package: &str, version: &str, flags: &[&str], takes: &str) -> Result<()> {
    if is_installed(workspace, package, version) {
        return Ok(());
    }
    report::timed(&format!("{package} {version} (once, {takes})"), || {
        let built = workspace.cache().join("tools/build");
        cargo_install(workspace)
            .args([package, "--version", version, "--force"])
            .args(flags)
            .env("CARGO_TARGET_DIR", &built)
            .run()
            .with_context(|| format!("cannot install {package}: is the crates registry reachable?"))?;
        Ok(fs::remove_dir_all(built)?)
    })
}

fn cargo_install(workspace: &Workspace) -> Program {
    let cargo = workspace.cargo().args(["install", "--quiet", "--root"]).arg(workspace.cache().join("tools"));
    cargo.envs(QUICK_PROFILE)
}

/// `cargo install` keeps a list of what it has installed where.
fn is_installed(workspace: &Workspace, package: &str, version: &str) -> bool {
    let list = fs::read_to_string(workspace.cache().join("tools/.crates.toml")).unwrap_or_default();
    list.contains(&format!("\"{package} {version} ("))
}
