//! Programs of the operating system: Chromium with a Chinese font, PostgreSQL. Installed by apt-get on
//! Debian and its relatives; elsewhere the user is told what to install.

use crate::{process::Program, report, workspace::setting};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser for the journeys, with a font that has Chinese characters.
pub(crate) fn browser() -> Result<PathBuf> {
    let mut missing = Vec::new();
    if find_browser().is_none() {
        missing.push("chromium");
    }
    if find_program("fc-list").is_none() {
        missing.push("fontconfig");
    }
    if !has_chinese_font() {
        missing.push("fonts-noto-cjk");
    }
    install(&missing)?;
    find_browser().context("Chromium was installed but is not on PATH; set CHROMIUM_PATH")
}

fn find_browser() -> Option<PathBuf> {
    setting("CHROMIUM_PATH").map(PathBuf::from).or_else(|| BROWSERS.into_iter().find_map(find_program))
}

/// Without one, Chinese screenshots show boxes.
fn has_chinese_font() -> bool {
    let list = Program::new("fc-list").args([":lang=zh", "family"]).read();
    list.is_ok_and(|fonts| !fonts.trim().is_empty())
}

/// The folder with `initdb` and `postgres`.
pub(crate) fn postgresql() -> Result<PathBuf> {
    if find_postgresql().is_none() {
        install(&["postgresql"])?;
    }
    find_postgresql().context("PostgreSQL was installed but has no initdb in /usr/lib/postgresql or on PATH")
}

fn find_postgresql() -> Option<PathBuf> {
    // Debian keeps the server's programs off PATH, one folder for each major version.
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|dir| dir.path().join("bin"))
        .collect();
    versions.retain(|bin| bin.join("initdb").is_file());
    versions.sort();
    versions.pop().or_else(|| find_program("initdb")?.parent().map(Path::to_owned))
}

/// Looks for a program as a shell would.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = setting("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// An account of this machine.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

/// Whom to run PostgreSQL as: nobody special, unless we are root, which it refuses to run as.
pub(crate) fn unprivileged_user() -> Result<Option<User>> {
    if !is_root()? {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    let found = ["postgres", "nobody"].into_iter().find_map(|name| account(&accounts, name));
    found.map(Some).context("PostgreSQL does not run as root and there is no account `postgres` or `nobody`")
}

fn account(passwd: &str, name: &str) -> Option<User> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some(User { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
}

fn is_root() -> Result<bool> {
    Ok(Program::new("id").arg("-u").read()?.trim() == "0")
}

fn install(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let names = packages.join(", ");
    if find_program("apt-get").is_none() {
        bail!(
            "{names} missing, and this system has no apt-get: install the like with your own package manager"
        );
    }
    report::timed(&format!("system packages: {names} (once)"), || {
        // A third-party source that is down must not keep Debian's own packages from being installed.
        if let Err(error) = apt_get()?.args(["-qq", "update"]).run() {
            report::note(&format!("{error}; going on with the lists as they are"));
        }
        let install = apt_get()?.args(["-qq", "install", "-y", "--no-install-recommends"]).args(packages);
        install.run().with_context(|| format!("cannot install {names}: try `apt-get install` by hand"))
    })
}

fn apt_get() -> Result<Program> {
    let apt = if is_root()? {
        Program::new("apt-get")
    } else if find_program("sudo").is_some() {
        Program::new("sudo").args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"])
    } else {
        bail!("installing system packages needs root or sudo");
    };
    Ok(apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "Dpkg::Use-Pty=0"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let passwd =
            "root:x:0:0::/root:/bin/sh\npostgres-old:x:7:7::/:/bin/sh\npostgres:x:101:104::/:/bin/sh\n";
        assert_eq!(account(passwd, "postgres"), Some(User { uid: 101, gid: 104 }));
        assert_eq!(account(passwd, "nobody"), None);
    }

    #[test]
    fn a_program_on_path_is_found() {
        assert!(find_program("sh").is_some());
        assert_eq!(find_program("no-such-program"), None);
    }
}
