//! The three files of a build: compiled, shrunk and minified into a folder of their own.

use super::BUNDLE;
use crate::{
    process::Program,
    setup,
    workspace::{WASM_TARGET, Workspace},
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Builds all three; gives back the folder they are in.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.root().join("target/site-bundle");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let manifest = fs::read_to_string(workspace.root().join("Cargo.toml"))?;
    compile(workspace)?;
    bind(workspace, &folder)?;
    optimise(workspace, &folder, &manifest)?;
    minify(workspace, &folder)?;
    style(workspace, &folder, &manifest)?;
    Ok(folder)
}

fn compile(workspace: &Workspace) -> Result<()> {
    let build = ["build", "-p", "frontend", "--lib", "--profile", "wasm-release", "--target", WASM_TARGET];
    workspace.cargo_front().args(build).run()
}

/// Writes `bound/jishi.js` and `bound/jishi_bg.wasm`.
fn bind(workspace: &Workspace, folder: &Path) -> Result<()> {
    let module = super::unpacked_module(workspace);
    let bindgen = Program::new(setup::bindgen(workspace)?);
    bindgen.arg(module).arg(folder.join("bound")).arg("jishi").run()
}

fn optimise(workspace: &Workspace, folder: &Path, manifest: &str) -> Result<()> {
    let flags = list_in(manifest, "wasm-opt-features");
    let wasm_opt = Program::new(workspace.npm_tool("wasm-opt")).args(flags);
    wasm_opt.arg(folder.join("bound/jishi_bg.wasm")).arg("-o").arg(folder.join("jishi.wasm")).run()
}

/// Bundling, too, because wasm-bindgen puts JavaScript that a crate brings along into files of its own.
fn minify(workspace: &Workspace, folder: &Path) -> Result<()> {
    let out = format!("--outfile={}", folder.join("jishi.js").display());
    let flags = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"];
    let esbuild = Program::new(workspace.npm_tool("esbuild")).arg(folder.join("bound/jishi.js"));
    esbuild.args(flags).arg(out).run()
}

fn style(workspace: &Workspace, folder: &Path, manifest: &str) -> Result<()> {
    let mut lightning = Program::new(workspace.npm_tool("lightningcss")).args(["--bundle", "--minify"]);
    if let Some(browsers) = text_in(manifest, "browserquery") {
        lightning = lightning.args(["--targets", &browsers]);
    }
    let source = workspace.root().join("style/main.css");
    lightning.arg(source).arg("-o").arg(folder.join("jishi.css")).run()
}

/// The content of the three files, in a fixed order.
pub(crate) fn read(folder: &Path) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let read = |name| {
        let file = folder.join(name);
        Ok((name, fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?))
    };
    BUNDLE.into_iter().map(read).collect()
}

/// A list of texts in the workspace manifest, written on one line (`key = ["a", "b"]`).
fn list_in(manifest: &str, key: &str) -> Vec<String> {
    let quoted = value_of(manifest, key).unwrap_or_default().split('"').skip(1).step_by(2);
    quoted.map(str::to_owned).collect()
}

fn text_in(manifest: &str, key: &str) -> Option<String> {
    Some(value_of(manifest, key)?.trim_matches('"').to_owned())
}

fn value_of<'a>(manifest: &'a str, key: &str) -> Option<&'a str> {
    manifest.lines().find_map(|line| Some(line.strip_prefix(key)?.trim_start().strip_prefix('=')?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "name = \"jishi\"\nwasm-opt-features = [\"-Oz\", \"--enable-sign-ext\"]\nbrowserquery = \"defaults\"\n";

    #[test]
    fn settings_of_the_workspace_manifest_are_read() {
        assert_eq!(list_in(MANIFEST, "wasm-opt-features"), ["-Oz", "--enable-sign-ext"]);
        assert_eq!(text_in(MANIFEST, "browserquery").as_deref(), Some("defaults"));
    }

    #[test]
    fn a_setting_that_is_not_there_is_empty() {
        assert!(list_in(MANIFEST, "absent").is_empty());
        assert_eq!(text_in(MANIFEST, "absent"), None);
    }
}
