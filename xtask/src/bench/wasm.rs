//! What the browser's code consists of, function by function. Looked at before it is made smaller: names are gone after
//! that, and what is large before is large afterwards.

use super::report::{Figure, Report};
use crate::{process::Program, report::note, setup, site, workspace::Workspace};
use anyhow::{Context, Result};
use serde_json::Value;

/// Functions and tables that are told.
const MOST: &str = "20";

/// Tells the largest parts of the WASM module.
pub(super) fn tell(workspace: &Workspace, report: &mut Report) -> Result<()> {
    let module = site::unpacked_module(workspace);
    if !module.is_file() {
        note(
            "the browser's code was not compiled here: its functions are left out (remove target/site.stamp)",
        );
        return Ok(());
    }
    let twiggy = setup::twiggy(workspace)?;
    let text = Program::new(twiggy).args(["top", "-n", MOST, "-f", "json"]).arg(module).read()?;
    for (name, bytes) in parts(&text).context("twiggy's answer cannot be read")? {
        report.fact(&format!("WASM before it is made smaller: `{name}`"), &Figure::weight(bytes).text());
    }
    Ok(())
}

/// Names and sizes of what twiggy lists.
fn parts(text: &str) -> Result<Vec<(String, u64)>> {
    let list: Vec<Value> = serde_json::from_str(text)?;
    let part = |item: &Value| {
        let name = item.get("name")?.as_str()?;
        // Names and descriptions for tools: they do not reach the browser.
        if name.contains("custom section") || name.contains("subsection") {
            return None;
        }
        let name = name.chars().filter(|letter| *letter != '|').take(90).collect();
        Some((name, item.get("shallow_size")?.as_u64()?))
    };
    Ok(list.iter().filter_map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_a_name_that_a_table_can_hold_and_a_size() {
        let text = r#"[{"name":"a|b","shallow_size":12,"shallow_size_percent":1.5},{"name":7},
                      {"name":"custom section 'x'","shallow_size":9}]"#;
        assert_eq!(parts(text).unwrap(), [("ab".to_owned(), 12)]);
        assert!(parts("Shallow Bytes").is_err());
    }
}
