//! One build folder for several checkouts (a work tree, the fresh clone of continuous integration), so
//! that other people's crates are compiled once.
//!
//! Cargo tells two checkouts' crates apart by nothing but their place inside the workspace, and decides by
//! the files' times: after another checkout has built, it would take that one's crates for ours. So whoever
//! builds writes its name here and keeps the others out; when it was another one before, our sources are
//! touched, and cargo compiles them anew.

use crate::{interrupt, report, site::files_below, workspace::Workspace};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    path::Path,
    thread,
    time::{Duration, SystemTime},
};

const POLL: Duration = Duration::from_millis(200);
const PACKAGES: [&str; 4] = ["app", "frontend", "server", "xtask"];

/// The right to build; ends when it is dropped. One checkout may have it several times.
pub(crate) struct Claim {
    _lock: File,
}

/// Waits until no other checkout is building, and makes sure that what it built is not taken for ours.
pub(crate) fn claim(workspace: &Workspace) -> Result<Claim> {
    let target = workspace.target();
    fs::create_dir_all(target).with_context(|| format!("cannot make {}", target.display()))?;
    let owner = target.join("checkout.txt");
    loop {
        let lock = File::create(target.join("checkout.lock"))?;
        acquire(|| lock.try_lock_shared())?;
        if is_ours(&owner, workspace.root()) {
            return Ok(Claim { _lock: lock });
        }
        lock.unlock()?;
        acquire(|| lock.try_lock())?;
        touch_sources(workspace.root())?;
        fs::write(&owner, workspace.root().as_os_str().as_encoded_bytes())?;
    }
}

fn is_ours(owner: &Path, root: &Path) -> bool {
    fs::read(owner).is_ok_and(|name| name == root.as_os_str().as_encoded_bytes())
}

fn acquire(attempt: impl Fn() -> Result<(), fs::TryLockError>) -> Result<()> {
    let mut is_waiting = false;
    loop {
        match attempt() {
            Ok(()) => return Ok(()),
            Err(fs::TryLockError::Error(error)) => return Err(error).context("cannot lock the build folder"),
            Err(fs::TryLockError::WouldBlock) if interrupt::asked_to_stop() => bail!("stopped by the user"),
            Err(fs::TryLockError::WouldBlock) if !is_waiting => {
                report::note("another checkout is building; waiting for it");
                is_waiting = true;
            }
            Err(fs::TryLockError::WouldBlock) => thread::sleep(POLL),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the time of a file, not of the shop")]
fn touch_sources(root: &Path) -> Result<()> {
    let now = SystemTime::now();
    for package in PACKAGES {
        let files = files_below(&root.join(package))?;
        for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")) {
            let opened = File::options().append(true).open(file);
            opened.and_then(|opened| opened.set_modified(now)).with_context(|| file.display().to_string())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_checkout_that_built_last_is_the_owner() {
        let owner = std::env::temp_dir().join(format!("jishi-owner-{}", std::process::id()));
        assert!(!is_ours(&owner, Path::new("/home/ada/a")));
        fs::write(&owner, "/home/ada/a").unwrap();
        assert!(is_ours(&owner, Path::new("/home/ada/a")));
        assert!(!is_ours(&owner, Path::new("/home/ada/b")));
        fs::remove_file(owner).unwrap();
    }

    #[test]
    fn a_lock_that_is_free_is_had_at_once() {
        assert!(acquire(|| Ok(())).is_ok());
    }
}
