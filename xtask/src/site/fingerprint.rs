//! What the site is made from, as one short text: when it has not changed, nothing has to be built.

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// Sources, styles, pictures, locked versions of crates and npm tools, and the building code itself.
const INPUTS: [&str; 9] = [
    "app",
    "frontend",
    "style",
    "public",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "end2end/package-lock.json",
    "xtask/src/site",
];

/// Name, size and time of every input file, hashed. Cargo decides by the same signs.
pub(crate) fn inputs(workspace: &Workspace) -> Result<String> {
    let mut hash = Sha256::new();
    for input in INPUTS {
        for file in files_below(&workspace.root().join(input))? {
            let about = fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
            hash.update(format!("{}\n{}\n{}\n", file.display(), about.len(), changed.as_nanos()));
        }
    }
    Ok(hex(&hash.finalize()))
}

/// Every file in a folder, in a fixed order; a file stands for itself, nothing for what is not there.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?;
            waiting.extend(entries.flatten().map(|entry| entry.path()));
        } else if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_has_no_files() {
        assert_eq!(files_below(Path::new("/no/such/folder")).unwrap(), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_file_stands_for_itself_and_a_folder_for_what_is_below_it() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let files = files_below(&sources).unwrap();
        assert!(files.contains(&sources.join("site/fingerprint.rs")));
        assert_eq!(files_below(&sources.join("main.rs")).unwrap(), vec![sources.join("main.rs")]);
    }

    #[test]
    fn bytes_are_written_as_two_digits_each() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
