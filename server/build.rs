//! Makes sure that the folder of the site is there to be embedded, and that a release build notices new files in it.

use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // The migrations are compiled in; a new file must not go unnoticed.
    println!("cargo::rerun-if-changed=../migrations");
    println!("cargo::rerun-if-env-changed=JISHI_SITE_DIR");
    let site = site_dir();
    if let Err(error) = std::fs::create_dir_all(&site) {
        println!("cargo::error=cannot make {}: {error}", site.display());
    }
    println!("cargo::rustc-env=JISHI_SITE_DIR={}", site.display());
    // A debug build reads the folder at run time, so it need not be built anew for a new style sheet.
    if std::env::var_os("PROFILE").is_some_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed={}", site.display());
    }
}

/// As `.cargo/config.toml` says, or the same place when cargo was started from elsewhere.
fn site_dir() -> PathBuf {
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    std::env::var_os("JISHI_SITE_DIR").map_or_else(usual, PathBuf::from)
}
