//! Lighthouse with its mobile preset on the pages that most visitors see, three passes each, the median of each figure.
//! The shop is a release build with the demo catalogue whose pictures are made.

mod seen;

use super::server::Server;
use super::{BROWSER_FLAGS, machine, scenario};
use crate::process::Program;
use crate::report::{headline, note};
use crate::{interrupt, setup, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use seen::{CATEGORIES, MEASURES, SEO, Seen, median, read};
use std::fmt::Write as _;
use std::{fs, path::PathBuf};

/// Passes of each page: one of them is slow by chance now and then.
const PASSES: usize = 3;
/// How often a pass is tried that ended without a result.
const TRIES: usize = 3;

/// A page that is looked at.
struct Target {
    name: &'static str,
    path: &'static str,
    /// Whether it asks to be found. What somebody has typed does not, on purpose, and Lighthouse takes points for it.
    is_indexed: bool,
}

const TARGETS: [Target; 6] = [
    Target { name: "home", path: "/en", is_indexed: true },
    Target { name: "category", path: "/en/c/tea-kitchen", is_indexed: true },
    Target { name: "product", path: scenario::PRODUCT, is_indexed: true },
    Target { name: "search", path: "/en/search", is_indexed: true },
    Target { name: "results", path: "/en/search?q=tea", is_indexed: false },
    Target { name: "cart", path: "/en/cart", is_indexed: true },
];

/// Looks at every page and writes `bench/lighthouse.md`.
///
/// # Errors
/// When a page is below what is aimed at, or Lighthouse does not run.
pub(super) async fn tell(workspace: &Workspace) -> Result<()> {
    let programs = Programs::find(workspace)?;
    let mut shop = Server::shop(workspace, "sqlite", None, &[])?;
    shop.wait_for("/en").await?;
    shop.wait_until("/en/search?q=tea", "/en/p/").await?;
    headline("waiting for the pictures of the demo");
    shop.settle().await?;
    let mut pages = Vec::with_capacity(TARGETS.len());
    for target in &TARGETS {
        headline(&format!("lighthouse: {}", target.name));
        let seen = programs.look_often(&format!("http://{}{}", shop.address(), target.path))?;
        note(&seen.line());
        pages.push((target, seen));
    }
    let file = workspace.root().join("bench/lighthouse.md");
    fs::write(&file, table(&machine::describe(workspace), &pages)).context("bench/lighthouse.md")?;
    headline(&format!("the report is in {}", file.display()));
    judge(&pages)
}

/// Where they are.
struct Programs {
    lighthouse: PathBuf,
    browser: PathBuf,
}

impl Programs {
    fn find(workspace: &Workspace) -> Result<Self> {
        Ok(Self { lighthouse: setup::lighthouse(workspace)?, browser: setup::browser()? })
    }

    fn look_often(&self, address: &str) -> Result<Seen> {
        let mut passes = Vec::with_capacity(PASSES);
        for _ in 0..PASSES {
            ensure!(!interrupt::asked_to_stop(), "stopped by the user");
            passes.push(self.look(address)?);
        }
        Ok(median(&passes))
    }

    /// One pass over one page. Lighthouse misses a page's beginning now and then (`NO_NAVSTART`), and asks to be run again.
    fn look(&self, address: &str) -> Result<Seen> {
        let mut seen = self.look_once(address);
        for _ in 1..TRIES {
            if seen.is_ok() {
                break;
            }
            note("Lighthouse saw nothing of the page; once more");
            seen = self.look_once(address);
        }
        seen
    }

    fn look_once(&self, address: &str) -> Result<Seen> {
        let run = Program::new(&self.lighthouse).arg(address).env("CHROME_PATH", &self.browser);
        let run =
            run.args(["--quiet", "--output=json", "--output-path=stdout", "--no-enable-error-reporting"]);
        let run = run.arg(format!("--only-categories={CATEGORIES}"));
        let text = run.arg(format!("--chrome-flags=--headless=new {}", BROWSER_FLAGS.join(" "))).read()?;
        read(&text).with_context(|| format!("Lighthouse on {address}"))
    }
}

/// Every figure of a page that is not what it should be.
fn judge(pages: &[(&Target, Seen)]) -> Result<()> {
    let mut complaints = String::new();
    for (target, seen) in pages {
        let judged = MEASURES
            .iter()
            .zip(&seen.figures)
            .filter(|(measure, _)| target.is_indexed || measure.name != SEO);
        for (measure, figure) in judged {
            let Some(bound) = measure.bound.filter(|bound| !bound.is_met(*figure)) else { continue };
            let aim = bound.text(|number| number.to_string());
            let _ = write!(complaints, "\n{}: {} {figure}, {aim} is wanted", target.name, measure.name);
        }
        let lacking = seen.lacking.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        if !complaints.is_empty() && !lacking.is_empty() {
            let _ = write!(complaints, "\n{}, audits that found something: {lacking}", target.name);
        }
    }
    ensure!(complaints.is_empty(), "Lighthouse is not content:{complaints}");
    Ok(())
}

fn table(machine: &[(&'static str, String)], pages: &[(&Target, Seen)]) -> String {
    let mut text = format!(
        "# Lighthouse\n\nWritten by `cargo xtask bench --lighthouse`: mobile preset, the median of {PASSES} passes.\n\n"
    );
    for (name, value) in machine.iter().filter(|(name, _)| *name != "client") {
        let _ = writeln!(text, "- {name}: {value}");
    }
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    let _ = write!(text, "\n| page | {} |\n|---|{}\n", names.join(" | "), "--:|".repeat(names.len()));
    for (target, seen) in pages {
        let figures: Vec<String> = seen.figures.iter().map(u64::to_string).collect();
        let _ = writeln!(text, "| {} `{}` | {} |", target.name, target.path, figures.join(" | "));
    }
    text.push_str("\nAims:");
    for measure in &MEASURES {
        if let Some(bound) = measure.bound {
            let _ = write!(text, " {} {};", measure.name, bound.text(|number| number.to_string()));
        }
    }
    text.push_str(" results are not to be indexed, so their SEO is told and not judged.\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn seen(performance: u64, seo: u64, cls: u64) -> Seen {
        let lacking = BTreeSet::from(["is-crawlable".to_owned()]);
        Seen { figures: vec![performance, 100, 100, seo, 1_000, cls, 0], lacking }
    }

    #[test]
    fn every_figure_is_judged_but_the_seo_of_results() {
        let verdict =
            |target: usize, seen| judge(&[(&TARGETS[target], seen)]).map_err(|error| error.to_string());
        assert_eq!(verdict(0, seen(98, 100, 20)), Ok(()));
        assert_eq!(verdict(4, seen(98, 66, 0)), Ok(()));
        assert!(verdict(0, seen(97, 100, 0)).unwrap_err().contains("home: performance 97, at least 98"));
        let error = verdict(3, seen(98, 99, 0)).unwrap_err();
        assert!(
            error.contains("search: SEO 99") && error.contains("found something: is-crawlable"),
            "{error}"
        );
        assert!(
            verdict(4, seen(98, 66, 21)).unwrap_err().contains("results: CLS thousandths 21, at most 20")
        );
    }

    #[test]
    fn the_table_has_a_cell_for_every_figure() {
        let text = table(&[("commit", "abc".to_owned())], &[(&TARGETS[3], seen(99, 100, 0))]);
        assert!(text.contains("| search `/en/search` | 99 | 100 | 100 | 100 | 1000 | 0 | 0 |"), "{text}");
        assert!(text.contains("- commit: abc") && text.contains("CLS thousandths at most 20;"), "{text}");
    }

    #[test]
    #[ignore = "needs a release build and installs Lighthouse: cargo test -p xtask -- --ignored"]
    fn a_pass_over_a_page_of_a_running_shop_gives_every_figure() {
        let workspace = Workspace::find().unwrap();
        let programs = Programs::find(&workspace).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let seen = runtime.block_on(async {
            let mut shop = Server::shop(&workspace, "sqlite", None, &[]).unwrap();
            shop.wait_for("/en/search").await.unwrap();
            programs.look(&format!("http://{}/en/search", shop.address())).unwrap()
        });
        eprintln!("{}, lacking: {:?}", seen.line(), seen.lacking);
        assert_eq!(seen.figures.len(), MEASURES.len());
        assert!(seen.figures[0] > 50 && seen.figures[1] > 50 && seen.figures[4] > 0, "{seen:?}");
    }
}
