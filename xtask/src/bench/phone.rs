//! What a phone (390 CSS pixels wide, two dots to each) fetches when it opens a page for the first time: everything that a
//! real browser asks for, with the pictures in the width that it chooses, and none that it leaves until somebody scrolls.

use super::BROWSER_FLAGS;
use super::report::{Figure, Report};
use super::server::Server;
use crate::{process::Program, report::note, setup, workspace::Workspace};
use anyhow::{Context, Result};
use serde_json::{Map, Value};

/// Tells the requests and bytes of a page's first view, all together and by kind.
pub(super) fn tell(workspace: &Workspace, server: &Server, path: &str, report: &mut Report) -> Result<()> {
    let browser = match setup::browser() {
        Ok(browser) => browser,
        Err(error) => {
            note(&format!("no browser, so a phone's first view is left out: {error:#}"));
            return Ok(());
        }
    };
    let script = workspace.root().join("xtask/src/bench/phone.mjs");
    let node = Program::new("node").arg(script).arg(format!("http://{}{path}", server.address()));
    let text = node.args(BROWSER_FLAGS).env("CHROMIUM_PATH", browser).dir(&workspace.end2end()).read()?;
    tell_weights(&text, report)
}

fn tell_weights(text: &str, report: &mut Report) -> Result<()> {
    const NAME: &str = "a phone's first view of the product page";
    let kinds: Map<String, Value> = serde_json::from_str(text).context("the browser's weights")?;
    let number = |kind: &Value, name: &str| kind.get(name).and_then(Value::as_u64).unwrap_or(0);
    let sum = |name: &str| kinds.values().map(|kind| number(kind, name)).sum::<u64>();
    let mut tell = |name: &str, bytes: u64, requests: u64| {
        report.figure_with(name, Figure::weight(bytes), &format!("{bytes} bytes in {requests} requests"));
    };
    tell(NAME, sum("bytes"), sum("requests"));
    for (kind, weight) in &kinds {
        tell(&format!("{NAME}, {kind}"), number(weight, "bytes"), number(weight, "requests"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_one_by_one_and_all_together() {
        let mut report = Report::new(vec![]);
        let text = r#"{"document":{"requests":1,"bytes":6700},"image":{"requests":9,"bytes":30300}}"#;
        tell_weights(text, &mut report).unwrap();
        let value = |kind: &str| report.value(&format!("a phone's first view of the product page{kind}"));
        assert_eq!(
            (value(""), value(", document"), value(", image")),
            (Some(37_000), Some(6_700), Some(30_300))
        );
        assert!(tell_weights("no page", &mut report).is_err());
    }
}
