//! `docs/security.md` names a test for each of its promises. Here is checked that those tests exist.

use std::path::{Path, PathBuf};

/// Folders that the names begin in.
const FOLDERS: [&str; 5] = ["server/tests", "server/tests/contract", "server/src", "app/src", "xtask/src"];
/// Endings of a file, or of the file with the tests of a module.
const ENDINGS: [&str; 4] = [".rs", "/mod.rs", "/tests.rs", "_tests.rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The texts of all files that the name may mean.
fn texts(file: &str) -> Vec<String> {
    let files = FOLDERS
        .iter()
        .flat_map(|folder| ENDINGS.iter().map(move |ending| format!("{folder}/{file}{ending}")));
    files.filter_map(|file| std::fs::read_to_string(root().join(file)).ok()).collect()
}

fn exists(file: &str, test: &str) -> bool {
    if file.ends_with(".spec.ts") {
        let journey = std::fs::read_to_string(root().join("end2end/tests").join(file)).unwrap_or_default();
        return journey.contains(&format!("test(\"{test}\""));
    }
    texts(file).iter().any(|text| {
        let tests = text.contains("#[test]") || text.contains("#[tokio::test") || text.contains("on_both!");
        tests && (test == "*" || text.contains(&format!("fn {test}(")))
    })
}

#[test]
fn every_test_that_is_promised_exists() {
    let text = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    assert_eq!(text.matches('`').count() % 2, 0, "a backtick has no partner");
    let named: Vec<(&str, &str)> = quoted(&text).filter_map(|name| name.split_once("::")).collect();
    let named: Vec<_> = named.into_iter().filter(|(file, _)| *file != "file").collect();
    assert!(named.len() >= 60, "{} tests are named", named.len());
    let missing: Vec<_> = named.into_iter().filter(|(file, test)| !exists(file, test)).collect();
    assert!(missing.is_empty(), "there is no such test: {missing:#?}");
    let bare: Vec<_> =
        quoted(&text).filter(|name| !name.contains("::") && name.matches('_').count() > 3).collect();
    assert!(bare.is_empty(), "say in which file these are: {bare:?}");
}

#[test]
fn a_test_that_does_not_exist_is_noticed() {
    assert!(exists("http/promises", "a_test_that_does_not_exist_is_noticed"));
    assert!(!exists("http/promises", "a_test_that_nobody_wrote"));
    assert!(!exists("http/nowhere", "*"));
    assert!(!exists("journey.spec.ts", "a guest flies"));
}
