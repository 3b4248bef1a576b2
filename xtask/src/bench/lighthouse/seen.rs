//! What Lighthouse's own report says of a page, as whole numbers.

use crate::bench::bound::Bound;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeSet;

/// What Lighthouse is asked for, by its own names.
pub(super) const CATEGORIES: &str = "performance,accessibility,best-practices,seo";

/// A figure that Lighthouse tells.
pub(super) struct Measure {
    pub(super) name: &'static str,
    place: &'static str,
    /// Its decimals: `0.98` with two of them is kept as 98.
    decimals: usize,
    pub(super) bound: Option<Bound>,
}

pub(super) const SEO: &str = "SEO";
pub(super) const MEASURES: [Measure; 7] = [
    score("performance", "/categories/performance/score", 98),
    score("accessibility", "/categories/accessibility/score", 100),
    score("best practices", "/categories/best-practices/score", 100),
    score(SEO, "/categories/seo/score", 100),
    Measure {
        name: "LCP ms",
        place: "/audits/largest-contentful-paint/numericValue",
        decimals: 0,
        bound: None,
    },
    Measure {
        name: "CLS thousandths",
        place: "/audits/cumulative-layout-shift/numericValue",
        decimals: 3,
        bound: Some(Bound::AtMost(20)),
    },
    Measure { name: "TBT ms", place: "/audits/total-blocking-time/numericValue", decimals: 0, bound: None },
];

const fn score(name: &'static str, place: &'static str, least: u64) -> Measure {
    Measure { name, place, decimals: 2, bound: Some(Bound::AtLeast(least)) }
}

/// What was seen of one page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// One for each measure.
    pub(super) figures: Vec<u64>,
    /// Audits of the last three categories that found something.
    pub(super) lacking: BTreeSet<String>,
}

impl Seen {
    /// In one line, for a person who waits.
    pub(super) fn line(&self) -> String {
        let figures = MEASURES.iter().zip(&self.figures);
        figures.map(|(measure, figure)| format!("{} {figure}", measure.name)).collect::<Vec<_>>().join(", ")
    }
}

/// Takes the figures out of Lighthouse's own report.
pub(super) fn read(text: &str) -> Result<Seen> {
    let report: Value = serde_json::from_str(text).context("it is not JSON")?;
    if let Some(error) = report.pointer("/runtimeError/message").and_then(Value::as_str) {
        bail!("{error}");
    }
    let figure = |measure: &Measure| {
        let value = report.pointer(measure.place).and_then(Value::as_f64);
        value
            .and_then(|value| decimals(value, measure.decimals))
            .with_context(|| format!("no {}", measure.name))
    };
    let figures = MEASURES.iter().map(figure).collect::<Result<_>>()?;
    Ok(Seen { figures, lacking: lacking(&report) })
}

/// A number with its decimals as a whole number.
fn decimals(value: f64, places: usize) -> Option<u64> {
    format!("{value:.places$}").replace('.', "").parse().ok()
}

/// Audits that count for a score, other than that for speed, and found something.
fn lacking(report: &Value) -> BTreeSet<String> {
    let categories = CATEGORIES.split(',').skip(1);
    let audits =
        categories.filter_map(|name| report.pointer(&format!("/categories/{name}/auditRefs"))?.as_array());
    let counted = audits.flatten().filter(|audit| audit.get("weight").and_then(Value::as_f64) != Some(0.0));
    let failed = counted.filter_map(|audit| audit.get("id")?.as_str()).filter(|id| {
        let score = report.pointer(&format!("/audits/{id}/score")).and_then(Value::as_f64);
        score.is_some_and(|score| score < 1.0)
    });
    failed.map(str::to_owned).collect()
}

/// The middle of each figure, and everything that was lacking in any pass.
pub(super) fn median(passes: &[Seen]) -> Seen {
    let middle = |at: usize| {
        crate::bench::middle(passes.iter().filter_map(|seen| seen.figures.get(at).copied())).unwrap_or(0)
    };
    let lacking = passes.iter().flat_map(|seen| seen.lacking.iter().cloned()).collect();
    Seen { figures: (0..MEASURES.len()).map(middle).collect(), lacking }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(performance: &str, seo: &str) -> String {
        format!(
            r#"{{"categories": {{
                "performance": {{"score": {performance}, "auditRefs": [{{"id": "lcp", "weight": 1}}]}},
                "accessibility": {{"score": 1, "auditRefs": []}}, "best-practices": {{"score": 1, "auditRefs": []}},
                "seo": {{"score": {seo}, "auditRefs": [
                    {{"id": "is-crawlable", "weight": 4}}, {{"id": "advice", "weight": 0}}, {{"id": "none", "weight": 1}}]}}}},
              "audits": {{"largest-contentful-paint": {{"numericValue": 1431.6}}, "lcp": {{"score": 0.5}},
                "cumulative-layout-shift": {{"numericValue": 0.0204}}, "total-blocking-time": {{"numericValue": 12}},
                "is-crawlable": {{"score": 0}}, "advice": {{"score": 0}}, "none": {{"score": null}}}}}}"#
        )
    }

    #[test]
    fn scores_and_times_are_read_as_whole_numbers() {
        let seen = read(&report("0.98", "0.66")).unwrap();
        assert_eq!(seen.figures, [98, 100, 100, 66, 1432, 20, 12]);
        assert_eq!(seen.lacking.into_iter().collect::<Vec<_>>(), ["is-crawlable"]);
    }

    #[test]
    fn a_page_that_lighthouse_could_not_load_is_an_error_that_says_why() {
        let error = read(&report("null", "1")).unwrap_err().to_string();
        assert!(error.contains("performance"), "{error}");
        let error = read(r#"{"runtimeError": {"message": "no first paint"}}"#).unwrap_err().to_string();
        assert_eq!(error, "no first paint");
    }

    #[test]
    fn one_slow_pass_of_three_does_not_count() {
        let seen = |performance, cls| Seen {
            figures: vec![performance, 100, 100, 100, 1_000, cls, 0],
            lacking: BTreeSet::from([format!("audit of {performance}")]),
        };
        let middle = median(&[seen(99, 0), seen(60, 0), seen(98, 30)]);
        assert_eq!(middle.figures, [98, 100, 100, 100, 1_000, 0, 0]);
        assert_eq!(middle.lacking.len(), 3);
    }
}
