//! What the shop is to reach, next to what was measured. Aims count for a machine of two cores that the visitors share.
//!
//! Belongs here: the numbers that are promised, and where in a report the figures for them are.

use super::bound::Bound;
use super::demo::{FIRST_START, IDLE, LOADED, LOADED_ANEW, START, WITH_PICTURES};
use super::engine::Engine;
use super::report::{Figure, Report};
use super::scenario::{Page, Scenario};
use super::{BUYERS, NGINX, beside_nginx, growth};

/// Memory under load, in kilobytes; a soak is judged by it too.
pub(super) const MOST_MEMORY_KB: u64 = 200 * 1024;
const PRODUCT: &str = Scenario::Page(Page::Product).name();
/// Visitors at the same time for whom nothing is said about more or fewer.
const CONNECTIONS: [u64; 3] = [1, 8, 64];
/// Catalogues that are compared.
const FEW: u32 = 1_000;
const MANY: u32 = 100_000;

/// How a number is written.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Percent,
    Micros,
    PerSecond,
    Millis,
    Kilobytes,
    /// So many thousandths of something else.
    Times,
}

/// One promise.
#[derive(Debug)]
pub(super) struct Aim {
    name: String,
    bound: Bound,
    unit: Unit,
    measured: Option<u64>,
}

/// All aims with their figures from this report.
pub(super) fn of(report: &Report) -> Vec<Aim> {
    let mut aims = Vec::new();
    for connections in CONNECTIONS {
        aims.push(beside_nginx(report, connections));
    }
    for engine in Engine::ALL {
        for connections in CONNECTIONS {
            aims.push(made_anew(report, engine, connections));
        }
        aims.extend(buying(report, engine));
        aims.extend(starting(report, engine));
        aims.extend(memory(report, engine));
        aims.extend(growth::PAGES.map(|page| growing(report, engine, page)));
    }
    aims
}

fn beside_nginx(report: &Report, connections: u64) -> Aim {
    let rate = |server, scenario| report.find((server, scenario, connections)).map(|row| row.rate);
    let (ours, nginx) = (rate(beside_nginx::SHOP, PRODUCT), rate(NGINX, Scenario::StaticFile.name()));
    Aim {
        name: format!("kept product page, part of nginx's rate, {connections} at once"),
        bound: Bound::AtLeast(40),
        unit: Unit::Percent,
        measured: ours.zip(nginx).and_then(|(ours, nginx)| (ours * 100).checked_div(nginx)),
    }
}

fn made_anew(report: &Report, engine: Engine, connections: u64) -> Aim {
    let row = report.find((&engine.anew(), PRODUCT, connections));
    Aim {
        name: format!("{}, product page made anew, CPU each, {connections} at once", engine.name()),
        bound: Bound::AtMost(1_000),
        unit: Unit::Micros,
        measured: row.map(|row| row.cpu),
    }
}

fn buying(report: &Report, engine: Engine) -> [Aim; 2] {
    let row = |scenario: Scenario| report.find((&engine.kept(), scenario.name(), BUYERS));
    [
        Aim {
            name: format!("{}, add to cart, slowest hundredth, {BUYERS} at once", engine.name()),
            bound: Bound::AtMost(20_000),
            unit: Unit::Micros,
            measured: row(Scenario::AddToCart).map(|row| row.p99),
        },
        Aim {
            name: format!("{}, whole guest checkouts, {BUYERS} at once", engine.name()),
            bound: Bound::AtLeast(150),
            unit: Unit::PerSecond,
            measured: row(Scenario::Checkout).map(|row| row.rate),
        },
    ]
}

fn starting(report: &Report, engine: Engine) -> [Aim; 2] {
    [START, FIRST_START].map(|fact| Aim {
        name: format!("{}, {fact}", engine.name()),
        bound: Bound::AtMost(300),
        unit: Unit::Millis,
        measured: report.value(&engine.fact(fact)),
    })
}

fn memory(report: &Report, engine: Engine) -> [Aim; 4] {
    let most = MOST_MEMORY_KB;
    [(IDLE, 60 * 1024), (WITH_PICTURES, most), (LOADED, most), (LOADED_ANEW, most)].map(|(fact, most)| Aim {
        name: format!("{}, {fact}", engine.name()),
        bound: Bound::AtMost(most),
        unit: Unit::Kilobytes,
        measured: report.value(&engine.fact(fact)),
    })
}

fn growing(report: &Report, engine: Engine, page: Page) -> Aim {
    let name = Scenario::Page(page).name();
    let slowest = |size| report.find((&growth::server_name(engine, size), name, BUYERS)).map(|row| row.p99);
    let both = slowest(MANY).zip(slowest(FEW));
    Aim {
        name: format!("{}, {name}, slowest hundredth with {MANY} products against {FEW}", engine.name()),
        bound: Bound::AtMost(1_200),
        unit: Unit::Times,
        measured: both.and_then(|(many, few)| (many * 1_000).checked_div(few)),
    }
}

impl Aim {
    pub(super) const fn is_measured(&self) -> bool {
        self.measured.is_some()
    }

    /// Name, aim, figure and verdict as a line of a table.
    pub(super) fn line(&self) -> String {
        let (measured, verdict) = match self.measured {
            None => ("–".to_owned(), "not measured"),
            Some(figure) if self.bound.is_met(figure) => (self.unit.text(figure), "reached"),
            Some(figure) => (self.unit.text(figure), "**not reached**"),
        };
        format!("| {} | {} | {measured} | {verdict} |", self.name, self.bound.text(|aim| self.unit.text(aim)))
    }
}

impl Unit {
    fn text(self, figure: u64) -> String {
        match self {
            Self::Percent => format!("{figure} %"),
            Self::Micros => format!("{figure} µs"),
            Self::PerSecond => format!("{figure}/s"),
            Self::Millis => format!("{figure} ms"),
            Self::Kilobytes => Figure::memory(figure).text(),
            Self::Times => format!("{}.{:03}×", figure / 1_000, figure % 1_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Row;
    use super::*;

    fn row(server: &str, scenario: Scenario) -> Row {
        Row { server: server.into(), scenario: scenario.name().into(), connections: 8, ..Row::default() }
    }

    fn lines(report: &Report) -> Vec<String> {
        of(report).iter().filter(|aim| aim.is_measured()).map(Aim::line).collect()
    }

    #[test]
    fn a_kept_page_is_measured_by_nginx_in_whole_percents_that_are_not_rounded_up() {
        let mut report = Report::new(vec![]);
        report.row(Row { rate: 399, ..row(beside_nginx::SHOP, Scenario::Page(Page::Product)) });
        assert!(lines(&report).is_empty());
        report.row(Row { rate: 1_000, ..row("nginx", Scenario::StaticFile) });
        let wanted =
            "| kept product page, part of nginx's rate, 8 at once | at least 40 % | 39 % | **not reached** |";
        assert_eq!(lines(&report), [wanted]);
    }

    #[test]
    fn an_aim_is_reached_at_its_own_number() {
        let mut report = Report::new(vec![]);
        let checkouts = Scenario::Checkout;
        report.row(Row { rate: 150, ..row("sqlite, pages kept", checkouts) });
        report.row(Row { rate: 149, ..row("postgresql, pages kept", checkouts) });
        report.row(Row { p99: 20_001, ..row("sqlite, pages kept", Scenario::AddToCart) });
        report.row(Row { cpu: 1_000, ..row("sqlite, every page made anew", Scenario::Page(Page::Product)) });
        let lines = lines(&report);
        assert_eq!(lines.len(), 4, "{lines:?}");
        assert!(lines[0].ends_with("| at most 1000 µs | 1000 µs | reached |"), "{}", lines[0]);
        assert!(lines[1].ends_with("| at most 20000 µs | 20001 µs | **not reached** |"), "{}", lines[1]);
        assert!(lines[2].ends_with("| at least 150/s | 150/s | reached |"), "{}", lines[2]);
        assert!(lines[3].ends_with("| at least 150/s | 149/s | **not reached** |"), "{}", lines[3]);
    }

    #[test]
    fn starts_and_memory_are_taken_from_the_facts_of_each_database() {
        let mut report = Report::new(vec![]);
        report.figure("memory idle", Figure::memory(60 * 1024));
        report.figure("memory idle, postgresql", Figure::memory(60 * 1024 + 103));
        report.figure("most memory under the load", Figure::memory(200 * 1024 + 1));
        report.figure(
            "start to the first page, existing database",
            Figure::time(std::time::Duration::from_millis(301)),
        );
        assert_eq!(
            lines(&report),
            [
                "| sqlite, start to the first page, existing database | at most 300 ms | 301 ms | **not reached** |",
                "| sqlite, memory idle | at most 60.0 MB | 60.0 MB | reached |",
                "| sqlite, most memory under the load | at most 200.0 MB | 200.0 MB | **not reached** |",
                "| postgresql, memory idle | at most 60.0 MB | 60.1 MB | **not reached** |",
            ]
        );
    }

    #[test]
    fn a_large_catalogue_is_compared_with_a_small_one() {
        let mut report = Report::new(vec![]);
        let category = Scenario::Page(Page::Category);
        let catalogue = |size: u32| format!("postgresql, {size} products, every page made anew");
        report.row(Row { p99: 10_000, ..row(&catalogue(1_000), category) });
        report.row(Row { p99: 12_010, ..row(&catalogue(100_000), category) });
        let lines = lines(&report);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].ends_with("| at most 1.200× | 1.201× | **not reached** |"), "{}", lines[0]);
    }

    #[test]
    fn what_was_not_measured_is_said_to_be_so() {
        let aims = of(&Report::new(vec![]));
        assert!(aims.iter().all(|aim| aim.line().ends_with("| – | not measured |")) && aims.len() > 20);
    }
}
