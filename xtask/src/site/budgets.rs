//! How large the files of a build may be. What goes over is not merged: every kilobyte is waited for by
//! somebody on a slow phone.

use super::build_folder;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;

/// File in the build's folder, what the table calls it, the most it may have.
const BUDGETS: [(&str, &str, u64); 5] = [
    ("jishi.wasm", "WASM, raw", 350_000),
    ("jishi.wasm.br", "WASM, brotli", 120_000),
    ("jishi.js.br", "JavaScript, brotli", 8_000),
    ("jishi.css.br", "CSS, brotli", 20_000),
    ("shop.js.br", "plain script, brotli", 4_100),
];

/// Prints the table of sizes; an error when one is over its budget.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let folder = build_folder(workspace)?;
    let mut over = Vec::new();
    for (file, name, budget) in BUDGETS {
        let size = fs::metadata(folder.join(file)).with_context(|| format!("no {file} in the build"))?.len();
        println!("{}", row(name, size, budget));
        if size > budget {
            over.push(name);
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join("; "));
    }
    Ok(())
}

fn row(name: &str, size: u64, budget: u64) -> String {
    format!("{name:<20} {size:>8} B of {budget:>7}  {:>3} %", size * 100 / budget)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_size_budget_and_share() {
        assert_eq!(row("CSS, brotli", 5_000, 20_000), "CSS, brotli              5000 B of   20000   25 %");
    }
}
