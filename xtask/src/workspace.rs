//! Where things are: the checkout, the cache outside it, the build folders, the tools.

use crate::process::Program;
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Build settings of the WASM side; one word for all commands that compile it.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// What cargo tells the programs that it starts. A cargo inside of cargo must not hear it: build scripts that watch these
/// (ring's does) would run again, and compile most of the server anew, whenever `cargo` and `cargo xtask` take turns.
const TOLD_BY_CARGO: [&str; 9] = [
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_MANIFEST_LINKS",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
];

/// The checkout and the folders beside it that the chores read and write.
#[derive(Clone)]
pub(crate) struct Workspace {
    root: PathBuf,
    cache: PathBuf,
    target: PathBuf,
    plain: bool,
}

impl Workspace {
    /// The workspace that `cargo xtask` was called in.
    pub(crate) fn find() -> Result<Self> {
        // Asked at run time: with a build folder for several checkouts this may be another one's program.
        let own = setting("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").to_owned());
        let root = Path::new(&own).parent().context("xtask lies in a workspace")?;
        let cache = match setting("JISHI_CACHE") {
            Some(dir) => PathBuf::from(dir),
            None => std::env::home_dir().context("HOME is not set; set JISHI_CACHE")?.join(".cache/jishi"),
        };
        let target = setting("CARGO_TARGET_DIR").map_or_else(|| cache.join("target"), PathBuf::from);
        fs::create_dir_all(&cache).with_context(|| format!("cannot make {}", cache.display()))?;
        Ok(Self { target: root.join(target), root: root.to_owned(), cache, plain: setting("CI").is_some() })
    }

    /// The same, but without colours and progress bars, as a log file wants it.
    pub(crate) fn plain(&self) -> Self {
        Self { plain: true, ..self.clone() }
    }

    /// Whether output goes to a log rather than to a person.
    pub(crate) fn is_plain(&self) -> bool {
        self.plain
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where compiled crates are, shared by all checkouts: see [`crate::checkout`].
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Where tools and other things that outlive one checkout are kept.
    pub(crate) fn cache(&self) -> &Path {
        &self.cache
    }

    /// Cargo programs this project installs for itself.
    pub(crate) fn tool(&self, name: &str) -> PathBuf {
        self.cache.join("tools/bin").join(name)
    }

    pub(crate) fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// A program that came with the npm packages.
    pub(crate) fn npm_tool(&self, name: &str) -> PathBuf {
        self.end2end().join("node_modules/.bin").join(name)
    }

    /// The folder that the server embeds and serves.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The browser side has its own build folder, as cargo-leptos has it, so that both sides can be
    /// built without waiting for each other.
    pub(crate) fn front_target(&self) -> PathBuf {
        self.target.join("front")
    }

    /// The shop's program as built with this profile folder (`release`, `debug`).
    pub(crate) fn jishi(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("jishi")
    }

    /// Cargo for the server side, in the workspace, with the shared build folder.
    pub(crate) fn cargo(&self) -> Program {
        let cargo = Program::new("cargo").dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        let cargo = TOLD_BY_CARGO.iter().fold(cargo, |cargo, name| cargo.without_env(name));
        if self.plain {
            return cargo.envs([
                ("CARGO_TERM_COLOR", "never"),
                ("CARGO_TERM_PROGRESS_WHEN", "never"),
                // Nobody comes back to change one line: keeping notes for that costs time and space.
                ("CARGO_INCREMENTAL", "0"),
                ("NO_COLOR", "1"),
            ]);
        }
        cargo
    }

    /// Cargo for the browser side.
    pub(crate) fn cargo_front(&self) -> Program {
        self.cargo().env("CARGO_TARGET_DIR", self.front_target())
    }

    /// The version of a package in `Cargo.lock`.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let file = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        locked_version(&lock, package).with_context(|| format!("{package} is not in Cargo.lock"))
    }
}

/// A variable of the environment, if it is set and not empty.
#[expect(clippy::disallowed_methods, reason = "xtask has no settings file; this is its one reader")]
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let wanted = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    let version = lines.nth(1)?.strip_prefix("version = ")?;
    Some(version.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "absent"), None);
    }
}
