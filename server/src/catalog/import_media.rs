//! Where an import's pictures come from, and how they reach the blob store.

use crate::platform::blobs::{BlobName, BlobStore};
use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// Gives the bytes of a file that the catalogue names.
pub trait MediaSource: Sync {
    /// The file's bytes.
    ///
    /// # Errors
    /// When there is no such file, or the path leaves the catalogue's folder.
    fn read(&self, file: &str) -> anyhow::Result<Cow<'static, [u8]>>;
}

/// Files below a folder.
pub struct Folder(pub PathBuf);

impl MediaSource for Folder {
    fn read(&self, file: &str) -> anyhow::Result<Cow<'static, [u8]>> {
        let path = Path::new(file);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            bail!("the path must stay inside of the catalogue's folder");
        }
        Ok(Cow::Owned(std::fs::read(self.0.join(path)).context("the file cannot be read")?))
    }
}

/// The demo catalogue inside of the binary.
#[derive(rust_embed::RustEmbed)]
#[folder = "../demo"]
pub struct Demo;

impl MediaSource for Demo {
    fn read(&self, file: &str) -> anyhow::Result<Cow<'static, [u8]>> {
        Self::get(file).map(|file| file.data).context("the file is not in the binary")
    }
}

/// Kinds of files that the shop serves.
const EXTENSIONS: [&str; 7] = ["webp", "avif", "jpg", "jpeg", "png", "mp4", "webm"];

/// Stores every named file; gives the blob's name by the file's path, and `(path, error)` for those that cannot be had.
pub async fn store_all(
    source: &dyn MediaSource,
    blobs: &dyn BlobStore,
    files: BTreeSet<&str>,
) -> anyhow::Result<(BTreeMap<String, String>, Vec<(String, String)>)> {
    let (mut names, mut errors) = (BTreeMap::new(), Vec::new());
    for file in files {
        match read_and_name(source, file) {
            Ok((name, bytes)) => {
                blobs.put(&name, &bytes).await.with_context(|| format!("cannot store {file}"))?;
                names.insert(file.to_owned(), name.as_str().to_owned());
            }
            Err(error) => errors.push((file.to_owned(), format!("{error:#}"))),
        }
    }
    Ok((names, errors))
}

/// `media/teapot.webp` → `teapot-1f2e3d4c5b6a.webp`: the name changes with the content, so it can be cached for ever.
fn read_and_name(source: &dyn MediaSource, file: &str) -> anyhow::Result<(BlobName, Cow<'static, [u8]>)> {
    let bytes = source.read(file)?;
    let last = file.rsplit('/').next().unwrap_or(file).to_ascii_lowercase();
    let (stem, extension) = last.rsplit_once('.').context("the file has no extension")?;
    if !EXTENSIONS.contains(&extension) {
        bail!("files of this kind are not served");
    }
    let stem: String = stem
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .take(80)
        .collect();
    let digest: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let name = BlobName::parse(&format!("{}-{digest}.{extension}", stem.trim_matches('-')))
        .context("the file's name cannot be used")?;
    Ok((name, bytes))
}

/// True for what has smaller forms; films have none.
pub(super) fn is_picture(blob: &str) -> bool {
    ![".mp4", ".webm"].iter().any(|film| blob.ends_with(film))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_folder() {
        let folder = Folder(std::env::temp_dir());
        for path in ["../etc/passwd", "/etc/passwd", "a/../../b", "./a"] {
            assert!(folder.read(path).is_err(), "{path}");
        }
    }

    #[test]
    fn the_name_of_a_blob_follows_its_content() {
        let (name, _) = read_and_name(&Demo, "media/celadon-teapot-hero.webp").unwrap();
        assert!(
            name.as_str().starts_with("celadon-teapot-hero-") && name.as_str().ends_with(".webp"),
            "{name}"
        );
    }
}
