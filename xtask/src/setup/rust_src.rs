//! The second way to the browser target: compile the standard library from Debian's `rust-src` of
//! exactly the compiler's version. For machines that reach a package mirror but not rustup's server.
//!
//! The system's own package sources stay untouched: apt works in a private folder, with the address
//! and the signing key that the machine already uses.

use super::{debian_source, wasm_target::target_libdir};
use crate::{
    process::Program,
    report,
    workspace::{WASM_TARGET, Workspace},
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

/// Releases that may carry a `rust-src` newer than the machine's own release does.
const SUITES: &str = "trixie trixie-backports sid";

/// Builds the standard library for the browser and puts it where the compiler looks for it.
pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    let work = workspace.cache().join("rust-src");
    let version = rustc_version()?;
    let source = fetch(&work, &version)?;
    report::note("compiling the standard library (about a minute)");
    let built = compile(&work, &source)?;
    let installed = copy_libraries(&built, &target_libdir()?)?;
    report::note(&format!("{installed} libraries installed"));
    fs::remove_dir_all(&work).context("cannot remove the build folder of the standard library")
}

fn rustc_version() -> Result<String> {
    let about = Program::new("rustc").arg("--version").read()?;
    about.split_whitespace().nth(1).map(str::to_owned).context("rustc --version says nothing")
}

/// Downloads and unpacks the source package; gives back the folder that holds `library/`.
fn fetch(work: &Path, version: &str) -> Result<PathBuf> {
    let unpacked = work.join("unpacked");
    let source = unpacked.join(format!("usr/src/rustc-{version}"));
    if source.join("library/std").is_dir() {
        return Ok(source);
    }
    let apt = PrivateApt::new(work)?;
    report::note("looking for rust-src in Debian's archive");
    // A release without one of the suites makes this fail although the others were read.
    apt.command("apt-get").args(["-qq", "update"]).run().ok();
    let offered = apt.command("apt-cache").args(["madison", "rust-src"]).read()?;
    let package = same_version(&offered, version)
        .with_context(|| format!("Debian offers no rust-src {version}, only:\n{offered}"))?;
    apt.command("apt-get").args(["-q", "download", &format!("rust-src={package}")]).dir(work).run()?;
    let archive = find_archive(work)?;
    Program::new("dpkg").arg("-x").arg(archive).arg(&unpacked).run()?;
    if !source.join("library/std").is_dir() {
        bail!("rust-src {package} has no usr/src/rustc-{version}/library");
    }
    Ok(source)
}

/// apt with its own sources, lists and cache.
struct PrivateApt {
    options: Vec<String>,
}

impl PrivateApt {
    fn new(work: &Path) -> Result<Self> {
        let sources = work.join("apt/sources");
        let lists = work.join("apt/lists");
        let cache = work.join("apt/cache");
        for dir in [&sources, &lists.join("partial"), &cache.join("archives/partial")] {
            fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
        }
        fs::write(sources.join("rust.sources"), debian_source::of_this_machine()?.with_suites(SUITES))?;
        let options = [
            "Dir::Etc::SourceList=/dev/null".to_owned(),
            format!("Dir::Etc::SourceParts={}", sources.display()),
            format!("Dir::State::Lists={}", lists.display()),
            format!("Dir::Cache={}", cache.display()),
        ];
        Ok(Self { options: options.to_vec() })
    }

    fn command(&self, program: &str) -> Program {
        self.options.iter().fold(Program::new(program), |command, option| command.arg("-o").arg(option))
    }
}

/// The package version that holds this release of Rust, out of `apt-cache madison`.
fn same_version(madison: &str, rust: &str) -> Option<String> {
    madison.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim).find_map(|version| {
        let rest = version.strip_prefix(rust)?;
        (!rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')).then(|| version.to_owned())
    })
}

fn find_archive(dir: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(dir)?.flatten().map(|file| file.path());
    let mut archives = files.filter(|file| file.extension().is_some_and(|extension| extension == "deb"));
    archives.next().context("apt-get download left no package")
}

/// Compiles an empty library with `-Z build-std`; gives back the folder with the results.
fn compile(work: &Path, source: &Path) -> Result<PathBuf> {
    let link = Link::make(source)?;
    let package = work.join("empty");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("src/lib.rs"), "")?;
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(package.join("Cargo.toml"), manifest)?;
    // The stable compiler accepts -Z only with this variable; it concerns this one build.
    Program::new("cargo")
        .args(["build", "-Z", "build-std=std,panic_abort", "--release", "--target", WASM_TARGET])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", package.join("target"))
        .dir(&package)
        .run()?;
    drop(link);
    Ok(package.join("target").join(WASM_TARGET).join("release/deps"))
}

/// Cargo looks for the standard library's source in the compiler's own folder; this puts a link there
/// for as long as it is needed, unless the component is installed.
struct Link(Option<PathBuf>);

impl Link {
    fn make(source: &Path) -> Result<Self> {
        let sysroot = Program::new("rustc").args(["--print", "sysroot"]).read()?;
        let place = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
        if place.join("library").is_dir() {
            return Ok(Self(None));
        }
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        // An interrupted run may have left a link that leads nowhere.
        fs::remove_file(&place).ok();
        symlink(source, &place).with_context(|| format!("cannot write {}", place.display()))?;
        Ok(Self(Some(place)))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(place) = &self.0 {
            fs::remove_file(place).ok();
        }
    }
}

fn copy_libraries(built: &Path, place: &Path) -> Result<usize> {
    fs::create_dir_all(place).with_context(|| format!("cannot write {}", place.display()))?;
    let files = fs::read_dir(built)?.flatten().map(|file| file.path());
    let mut copied = 0;
    for file in files.filter(|file| is_library(file)) {
        fs::copy(&file, place.join(file.file_name().unwrap_or_default()))?;
        copied += 1;
    }
    Ok(copied)
}

fn is_library(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".rlib") && !name.starts_with("libempty-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_exactly_this_release_is_chosen() {
        let madison = " rust-src | 1.96.0+dfsg1-1 | mirror sid/main amd64 Packages\n rust-src | 1.95.0+dfsg1-1~bpo13+1 | mirror trixie-backports/main amd64 Packages\n";
        assert_eq!(same_version(madison, "1.95.0").as_deref(), Some("1.95.0+dfsg1-1~bpo13+1"));
        assert_eq!(same_version(madison, "1.9"), None);
    }
}
