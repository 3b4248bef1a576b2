//! Which licences and crates we let in, by the lists in `deny.toml`.
//!
//! `cargo deny` knows more (sources, duplicates) and is used when it is installed. It takes long to
//! compile, so without it the two lists that matter most are checked here.

use crate::{
    process::Program,
    report,
    setup::find_program,
    workspace::{WASM_TARGET, Workspace},
};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeSet, fs};

/// Checks every crate that gets into the shop, its build or the browser.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    if find_program("cargo-deny").is_some() {
        return workspace.cargo().args(["deny", "check", "bans", "licenses", "sources"]).run();
    }
    let policy = Policy::read(&fs::read_to_string(workspace.root().join("deny.toml")).context("deny.toml")?);
    let crates = dependencies(workspace)?;
    let complaints: Vec<String> = crates.iter().filter_map(|line| policy.complaint(line)).collect();
    if !complaints.is_empty() {
        bail!("{}", complaints.join("\n"));
    }
    report::note(&format!(
        "{} crates, by the lists in deny.toml (cargo-deny is not installed)",
        crates.len()
    ));
    Ok(())
}

/// `name version|licence`, one for each crate.
fn dependencies(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let tree = ["tree", "--quiet", "--prefix", "none", "--format", "{p}|{l}", "-e", "normal,build,dev"];
    let server = tree_of(workspace.cargo().args(tree).args(["-p", "app", "-p", "server", "-p", "xtask"]))?;
    let browser = workspace.cargo().args(tree).args(["-p", "frontend", "--target", WASM_TARGET]);
    Ok(server.into_iter().chain(tree_of(browser)?).collect())
}

fn tree_of(cargo: Program) -> Result<Vec<String>> {
    let lines = cargo.read()?;
    // (*) marks a repeated branch.
    Ok(lines
        .lines()
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .filter(|line| !line.is_empty())
        .collect())
}

#[derive(Debug, Default)]
struct Policy {
    allowed: Vec<String>,
    /// Crates with licences that are allowed for them alone.
    exceptions: Vec<(String, Vec<String>)>,
    banned: Vec<String>,
}

impl Policy {
    /// Reads the lists of `[licenses]` and the crates of `[bans]`; one entry a line, the crate first.
    fn read(deny: &str) -> Self {
        let mut policy = Self::default();
        let mut section = "";
        for line in deny.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
            }
            let mut texts = line.split('"').skip(1).step_by(2).map(str::to_owned);
            let is_crate = line.starts_with("{ crate =");
            match (section, texts.next()) {
                ("[licenses]", Some(name)) if is_crate => policy.exceptions.push((name, texts.collect())),
                ("[licenses]", Some(licence)) if line.starts_with('"') => policy.allowed.push(licence),
                ("[bans]", Some(name)) if is_crate => policy.banned.push(name),
                _ => {}
            }
        }
        policy
    }

    /// What is wrong with this crate, if anything.
    fn complaint(&self, line: &str) -> Option<String> {
        let (package, licence) = line.split_once('|')?;
        let name = package.split_whitespace().next()?;
        if self.banned.iter().any(|banned| banned == name) {
            return Some(format!("{package} is banned in deny.toml"));
        }
        let fits = Expression::new(licence).meets(&|term| self.allows(name, term));
        (!fits).then(|| format!("{package} has a licence that deny.toml does not allow: {licence:?}"))
    }

    fn allows(&self, name: &str, licence: &str) -> bool {
        let exceptions = self.exceptions.iter().filter(|(whose, _)| whose == name);
        let mut allowed = self.allowed.iter().chain(exceptions.flat_map(|(_, more)| more));
        allowed.any(|allowed| allowed == licence)
    }
}

/// A licence expression as crates write it: `MIT OR Apache-2.0`, `(MIT OR ISC) AND BSD-3-Clause`, `MIT/ISC`.
struct Expression {
    tokens: std::vec::IntoIter<String>,
    next: Option<String>,
}

impl Expression {
    fn new(text: &str) -> Self {
        let spaced = text.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let tokens: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
        let mut tokens = tokens.into_iter();
        Self { next: tokens.next(), tokens }
    }

    fn meets(mut self, allowed: &dyn Fn(&str) -> bool) -> bool {
        self.any(allowed) && self.next.is_none()
    }

    fn any(&mut self, allowed: &dyn Fn(&str) -> bool) -> bool {
        let mut met = self.all(allowed);
        while self.take("OR") {
            met |= self.all(allowed);
        }
        met
    }

    fn all(&mut self, allowed: &dyn Fn(&str) -> bool) -> bool {
        let mut met = self.one(allowed);
        while self.take("AND") {
            met &= self.one(allowed);
        }
        met
    }

    fn one(&mut self, allowed: &dyn Fn(&str) -> bool) -> bool {
        if self.take("(") {
            return self.any(allowed) & self.take(")");
        }
        let Some(mut term) = self.advance() else {
            return false;
        };
        if self.take("WITH") {
            term = format!("{term} WITH {}", self.advance().unwrap_or_default());
        }
        allowed(&term)
    }

    fn take(&mut self, token: &str) -> bool {
        let is_next = self.next.as_deref() == Some(token);
        if is_next {
            self.advance();
        }
        is_next
    }

    fn advance(&mut self) -> Option<String> {
        std::mem::replace(&mut self.next, self.tokens.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_fine(licence: &str) -> bool {
        Expression::new(licence)
            .meets(&|term| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&term))
    }

    #[test]
    fn one_allowed_choice_is_enough() {
        assert!(is_fine("MIT") && is_fine("GPL-3.0 OR MIT") && is_fine("MIT/GPL-3.0"));
        assert!(!is_fine("GPL-3.0"));
    }

    #[test]
    fn every_part_of_a_combination_must_be_allowed() {
        assert!(is_fine("MIT AND ISC") && is_fine("(GPL-3.0 OR MIT) AND ISC"));
        assert!(!is_fine("MIT AND GPL-3.0") && !is_fine("(GPL-3.0 OR LGPL-3.0) AND ISC"));
    }

    #[test]
    fn an_exception_is_part_of_the_licence() {
        assert!(is_fine("Apache-2.0 WITH LLVM-exception"));
        assert!(!is_fine("Apache-2.0"));
    }

    #[test]
    fn no_licence_at_all_and_nonsense_are_refused() {
        assert!(!is_fine("") && !is_fine("MIT ISC") && !is_fine("(MIT"));
    }

    #[test]
    fn the_lists_of_deny_toml_are_read() {
        let deny = "[licenses]\nallow = [\n  \"MIT\",\n  # why\n  \"ISC\",\n]\nexceptions = [\n  { crate = \"odd\", allow = [\"MPL-2.0\"] },\n]\n[bans]\ndeny = [\n  { crate = \"chrono\", reason = \"time\" },\n]\n";
        let policy = Policy::read(deny);
        assert_eq!(policy.allowed, ["MIT", "ISC"]);
        assert!(policy.complaint("chrono v0.4.1|MIT").is_some_and(|text| text.contains("banned")));
        assert!(policy.complaint("serde v1.0.0|MIT").is_none());
        assert!(policy.complaint("odd v1.0.0|MPL-2.0").is_none());
        assert!(policy.complaint("serde v1.0.0|MPL-2.0").is_some());
    }
}
