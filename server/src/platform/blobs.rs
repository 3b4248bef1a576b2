//! Stored files: the pictures of the catalogue. The caller names them by their content, so a name never changes
//! its bytes and a browser may keep them for ever.

use async_trait::async_trait;
use std::collections::HashMap;
use std::io::{Cursor, Error, ErrorKind, Result, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncRead, AsyncSeek};

/// The longest name of a stored file.
const MAX_NAME: usize = 160;

/// The name of a stored file, such as `teapot-1f2e3d.avif`: small letters, digits, `-`, `_` and single dots.
/// It cannot leave its folder, because it holds no slash and does not start with a dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlobName(String);

impl BlobName {
    /// Reads a name. `None` unless it has the exact form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (stem, extension) = text.rsplit_once('.')?;
        let letters = |part: &str| {
            part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.'))
        };
        let plausible = text.len() <= MAX_NAME
            && stem.starts_with(|first: char| first.is_ascii_alphanumeric())
            && !extension.is_empty()
            && !text.contains("..")
            && letters(text);
        plausible.then(|| Self(text.to_owned()))
    }

    /// The name as it stands in a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for BlobName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Reading with jumps, as ranges of a video need it.
pub trait BlobReader: AsyncRead + AsyncSeek + Send + Unpin {}
impl<T: AsyncRead + AsyncSeek + Send + Unpin> BlobReader for T {}

/// An opened file.
pub struct Blob {
    /// Its length in bytes.
    pub length: u64,
    /// Its bytes, from the start.
    pub reader: Box<dyn BlobReader>,
}

/// Keeps files under content-hashed names.
#[async_trait]
pub trait BlobStore: Send + Sync {
    /// Stores a file. Storing the same name again changes nothing, since a name stands for its bytes.
    async fn put(&self, name: &BlobName, bytes: &[u8]) -> Result<()>;
    /// Opens a file. `None` when there is no such file.
    async fn open(&self, name: &BlobName) -> Result<Option<Blob>>;
    /// True when the file is there.
    async fn has(&self, name: &BlobName) -> Result<bool> {
        Ok(self.open(name).await?.is_some())
    }
}

/// Files in one folder of this machine.
#[derive(Debug, Clone)]
pub struct LocalBlobs {
    folder: PathBuf,
}

impl LocalBlobs {
    /// Files in `folder`, which is made with the first file.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    fn path(&self, name: &BlobName) -> PathBuf {
        self.folder.join(name.as_str())
    }
}

#[async_trait]
impl BlobStore for LocalBlobs {
    async fn put(&self, name: &BlobName, bytes: &[u8]) -> Result<()> {
        let path = self.path(name);
        if tokio::fs::try_exists(&path).await? {
            return Ok(());
        }
        tokio::fs::create_dir_all(&self.folder).await?;
        write_whole(&path, bytes).await
    }

    async fn open(&self, name: &BlobName) -> Result<Option<Blob>> {
        let file = match tokio::fs::File::open(self.path(name)).await {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let facts = file.metadata().await?;
        Ok(facts.is_file().then(|| Blob { length: facts.len(), reader: Box::new(file) }))
    }
}

/// Writes a file under a temporary name and renames it, so that nobody ever reads half a file.
pub(super) async fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    static WRITES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let write = WRITES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{name}.{}-{write}.part", std::process::id()));
    let (path, bytes) = (path.to_owned(), bytes.to_vec());
    // One hop to a thread that may wait, instead of one for each step.
    let written = tokio::task::spawn_blocking(move || {
        let mut file = std::fs::File::create(&unfinished)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(&unfinished, &path)
    });
    written.await.map_err(Error::other)?
}

/// Files in memory, for tests.
#[derive(Debug, Default)]
pub struct MemoryBlobs(Mutex<HashMap<BlobName, Arc<[u8]>>>);

#[async_trait]
impl BlobStore for MemoryBlobs {
    async fn put(&self, name: &BlobName, bytes: &[u8]) -> Result<()> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.entry(name.clone()).or_insert_with(|| bytes.into());
        Ok(())
    }

    async fn open(&self, name: &BlobName) -> Result<Option<Blob>> {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
        Ok(found.map(|bytes| Blob { length: bytes.len() as u64, reader: Box::new(Cursor::new(bytes)) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;

    #[test]
    fn a_name_cannot_leave_its_folder() {
        for good in ["teapot-1f2e.avif", "a.webp", "clip_2.min.mp4"] {
            assert_eq!(BlobName::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "", ".", "..", "../a.png", "a/b.png", "a\\b.png", ".a.png", "a..png", "a.", "a", "A.png",
            "ä.png", "a.png\0", "a%2f.png", "-a.png",
        ] {
            assert_eq!(BlobName::parse(bad), None, "{bad:?}");
        }
        assert_eq!(BlobName::parse(&format!("{}.png", "a".repeat(MAX_NAME))), None);
    }

    #[tokio::test]
    async fn a_stored_file_reads_back_and_is_not_overwritten() {
        let folder = std::env::temp_dir().join(format!("jishi-blobs-{}", std::process::id()));
        let stores: [Box<dyn BlobStore>; 2] =
            [Box::new(LocalBlobs::new(&folder)), Box::new(MemoryBlobs::default())];
        let name = BlobName::parse("cup-1.txt").unwrap();
        for store in stores {
            assert!(!store.has(&name).await.unwrap());
            store.put(&name, b"first").await.unwrap();
            store.put(&name, b"second").await.unwrap();
            let mut blob = store.open(&name).await.unwrap().unwrap();
            let mut bytes = Vec::new();
            blob.reader.read_to_end(&mut bytes).await.unwrap();
            assert_eq!((bytes.as_slice(), blob.length), (b"first".as_slice(), 5));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
