//! Where this machine gets Debian's packages from: the mirror's address and the key it is signed with,
//! read from apt's configuration in both of its spellings.

use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// The first Debian source of this machine: its address and its signing key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    uri: String,
    signed_by: String,
}

impl Source {
    /// An apt source for other suites of the same mirror.
    pub(super) fn with_suites(&self, suites: &str) -> String {
        let Self { uri, signed_by } = self;
        format!("Types: deb\nURIs: {uri}\nSuites: {suites}\nComponents: main\nSigned-By: {signed_by}\n")
    }
}

/// Looks through apt's own configuration.
pub(super) fn of_this_machine() -> Result<Source> {
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    if let Ok(parts) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(parts.flatten().map(|part| part.path()));
    }
    files.sort();
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    texts
        .flat_map(|text| [read_deb822(&text), read_one_line(&text)])
        .flatten()
        .next()
        .context("this machine has no Debian package source whose address could be used")
}

/// Whether a suite is one of Debian's own; a security archive does not carry rust-src.
fn is_debian_suite(suite: &str) -> bool {
    ["bullseye", "bookworm", "trixie", "forky", "sid", "stable", "testing", "unstable"].contains(&suite)
}

const DEBIAN_KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

fn read_deb822(text: &str) -> Option<Source> {
    text.split("\n\n").find_map(|paragraph| {
        let field = |name: &str| {
            let line = paragraph.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim().to_owned())
        };
        if !field("Suites:")?.split_whitespace().any(is_debian_suite) {
            return None;
        }
        let uri = field("URIs:")?.split_whitespace().next()?.to_owned();
        Some(Source { uri, signed_by: field("Signed-By:").unwrap_or_else(|| DEBIAN_KEYS.to_owned()) })
    })
}

fn read_one_line(text: &str) -> Option<Source> {
    text.lines().find_map(|line| {
        let rest = line.trim().strip_prefix("deb ")?;
        let (options, rest) = match rest.trim_start().strip_prefix('[') {
            Some(bracketed) => bracketed.split_once(']')?,
            None => ("", rest),
        };
        let mut words = rest.split_whitespace();
        let (uri, suite) = (words.next()?, words.next()?);
        let key = options.split_whitespace().find_map(|option| option.strip_prefix("signed-by="));
        let signed_by = key.unwrap_or(DEBIAN_KEYS).to_owned();
        is_debian_suite(suite).then(|| Source { uri: uri.to_owned(), signed_by })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_source_are_read() {
        let modern = "Types: deb\nURIs: mirror/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /keys.gpg\n";
        let old = "# comment\ndeb [signed-by=/keys.gpg] mirror/debian bookworm main\n";
        let expected = Source { uri: "mirror/debian".to_owned(), signed_by: "/keys.gpg".to_owned() };
        assert_eq!(read_deb822(modern).as_ref(), Some(&expected));
        assert_eq!(read_one_line(old).as_ref(), Some(&expected));
    }

    #[test]
    fn a_security_archive_is_passed_over() {
        assert_eq!(read_deb822("Types: deb\nURIs: mirror/security\nSuites: bookworm-security\n"), None);
        assert_eq!(read_one_line("deb mirror/security bookworm-security main"), None);
    }
}
