//! From a finished build to `target/site`. Only what differs is written: cargo embeds files anew
//! whenever their time changes.

use super::{bundle, fingerprint};
use crate::{process::Program, workspace::Workspace};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Worth compressing; pictures, fonts and films already are.
const COMPRESSIBLE: [&str; 10] =
    ["js", "wasm", "css", "svg", "json", "webmanifest", "xml", "html", "ico", "map"];

/// What belongs into the site, by path inside it.
type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Makes `target/site` hold exactly this build and the public files.
pub(crate) fn publish(workspace: &Workspace, bundle: &Path) -> Result<()> {
    let files = collect(workspace, bundle)?;
    let site = workspace.site();
    let mut to_compress = Vec::new();
    for (path, content) in &files {
        let file = site.join(path);
        let written = write_if_different(&file, content)?;
        if is_compressible(path) && (written || !compressed(&file, "br").is_file()) {
            to_compress.push(file);
        }
    }
    compress(workspace, &to_compress)?;
    remove_others(&site, &files)
}

fn collect(workspace: &Workspace, bundle: &Path) -> Result<Files> {
    let mut files = Files::new();
    let public = workspace.root().join("public");
    let mut build: Files =
        bundle::read(bundle)?.into_iter().map(|(name, content)| (name.into(), content)).collect();
    for file in fingerprint::files_below(&public)? {
        let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let path = file.strip_prefix(&public)?;
        // Scripts belong to the build: their address changes with their content, too.
        match path.strip_prefix("scripts") {
            Ok(path) => build.insert(path.to_owned(), without_comments(content)),
            Err(_) => files.insert(path.to_owned(), content),
        };
    }
    let name = build_name(&build);
    files.extend(build.into_iter().map(|(path, content)| (Path::new("pkg").join(&name).join(path), content)));
    let build = name;
    files.insert("build.txt".into(), build.into_bytes());
    Ok(files)
}

/// A script without the lines that are nothing but a comment: those are for us, and a sixth of what would be sent.
fn without_comments(script: Vec<u8>) -> Vec<u8> {
    let lines = script.split_inclusive(|byte| *byte == b'\n');
    lines.filter(|line| !line.trim_ascii_start().starts_with(b"//")).flatten().copied().collect()
}

/// Twelve digits of a hash over all files of the build.
fn build_name(build: &Files) -> String {
    let mut hash = Sha256::new();
    for (path, content) in build {
        hash.update(format!("{} {}\n", path.display(), content.len()));
        hash.update(content);
    }
    fingerprint::hex(&hash.finalize()).chars().take(12).collect()
}

/// Says whether it had to write.
fn write_if_different(file: &Path, content: &[u8]) -> Result<bool> {
    if fs::read(file).is_ok_and(|present| present == content) {
        return Ok(false);
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(file, content).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(true)
}

fn is_compressible(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    COMPRESSIBLE.iter().any(|known| extension == *known)
}

/// `jishi.js` → `jishi.js.br`
fn compressed(file: &Path, form: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(form);
    name.into()
}

/// Node has both compressors built in, at full speed; a crate would have to be compiled first.
fn compress(workspace: &Workspace, files: &[PathBuf]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let script = workspace.root().join("xtask/src/site/precompress.mjs");
    Program::new("node").arg(script).args(files).run()
}

fn remove_others(site: &Path, files: &Files) -> Result<()> {
    for file in fingerprint::files_below(site)? {
        let path = file.strip_prefix(site)?;
        let original = match path.extension() {
            Some(form) if form == "br" || form == "gz" => path.with_extension(""),
            _ => path.to_owned(),
        };
        if !files.contains_key(path) && !files.contains_key(&original) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            // Succeeds only for a folder that has become empty.
            file.parent().map(fs::remove_dir);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_is_named_after_its_content() {
        let name = |css: &str| {
            build_name(&Files::from([("jishi.js".into(), b"js".to_vec()), ("jishi.css".into(), css.into())]))
        };
        assert_eq!(name("a").len(), 12);
        assert_eq!(name("a"), name("a"));
        assert_ne!(name("a"), name("b"));
    }

    #[test]
    fn scripts_are_sent_without_their_lines_of_comment() {
        let script = "// Why.\nlet a = \"//\"; // here\n  // Why not.\n  a;\n";
        let sent = without_comments(script.as_bytes().to_vec());
        assert_eq!(String::from_utf8(sent).unwrap(), "let a = \"//\"; // here\n  a;\n");
    }

    #[test]
    fn pictures_are_not_compressed_again() {
        assert!(is_compressible(Path::new("pkg/0/jishi.wasm")));
        assert!(!is_compressible(Path::new("media/cup.avif")));
    }

    #[test]
    fn a_file_with_the_same_content_is_left_alone() {
        let folder = std::env::temp_dir().join(format!("jishi-publish-{}", std::process::id()));
        let file = folder.join("a.txt");
        assert!(write_if_different(&file, b"one").unwrap());
        assert!(!write_if_different(&file, b"one").unwrap());
        assert!(write_if_different(&file, b"two").unwrap());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_no_longer_belongs_to_the_site_is_removed() {
        let site = std::env::temp_dir().join(format!("jishi-site-{}", std::process::id()));
        let kept = Path::new("pkg/new/jishi.js");
        for path in ["pkg/old/jishi.js", "pkg/old/jishi.js.br", "pkg/new/jishi.js", "pkg/new/jishi.js.gz"] {
            write_if_different(&site.join(path), b"content").unwrap();
        }
        remove_others(&site, &Files::from([(kept.to_owned(), b"content".to_vec())])).unwrap();
        assert!(site.join("pkg/new/jishi.js.gz").is_file());
        assert!(!site.join("pkg/old").exists());
        fs::remove_dir_all(site).unwrap();
    }
}
