//! `jishi report search`: what shoppers look for, what they do not find, what they follow.

use super::row::QueryRow;
use crate::db::Database;
use crate::on;
use crate::platform::Platform;

/// Lines of each table.
const LINES: i64 = 30;

/// What was looked for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SearchReport {
    /// Days that it covers.
    pub days: u16,
    /// What was looked for most.
    pub top: Vec<QueryRow>,
    /// What was looked for and not found.
    pub empty: Vec<QueryRow>,
}

/// Reads the report of the last days.
///
/// # Errors
/// The database's error.
pub async fn read(database: &Database, platform: &Platform, days: u16) -> anyhow::Result<SearchReport> {
    let since = platform.clock.now().date() - time::Duration::days(i64::from(days.max(1)) - 1);
    let mut conn = database.read_latest().await?;
    let top = on!(conn, search::list_queries(since, LINES))?;
    let empty = on!(conn, search::list_empty_queries(since, LINES))?;
    Ok(SearchReport { days, top, empty })
}

impl std::fmt::Display for SearchReport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { days, top, empty } = self;
        if top.is_empty() {
            return write!(formatter, "Nothing was looked for in the last {days} days.");
        }
        writeln!(formatter, "Looked for most in the last {days} days")?;
        writeln!(
            formatter,
            "{:>9} {:>8} {:>10} {:>10}  text",
            "searches", "found", "followed", "mean place"
        )?;
        for row in top {
            let (rate, place) = (percent(row.clicks, row.searches), mean(row.rank_sum, row.clicks));
            let QueryRow { locale, text, searches, hits, .. } = row;
            writeln!(formatter, "{searches:>9} {hits:>8} {rate:>10} {place:>10}  {text} ({locale})")?;
        }
        if empty.is_empty() {
            return write!(formatter, "\nEverything that was looked for was found.");
        }
        write!(formatter, "\nLooked for and not found\n{:>9}  text", "searches")?;
        for QueryRow { locale, text, searches, .. } in empty {
            write!(formatter, "\n{searches:>9}  {text} ({locale})")?;
        }
        Ok(())
    }
}

fn percent(part: i64, whole: i64) -> String {
    part.checked_mul(100)
        .and_then(|part| part.checked_div(whole))
        .map_or("-".to_owned(), |share| format!("{share} %"))
}

/// With one decimal.
fn mean(sum: i64, count: i64) -> String {
    let tenths = sum.checked_mul(10).and_then(|sum| sum.checked_div(count));
    tenths.map_or("-".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_a_table_people_can_read() {
        let row = QueryRow {
            locale: "zh".into(),
            text: "茶壶".into(),
            searches: 8,
            hits: 3,
            clicks: 2,
            rank_sum: 5,
        };
        let empty = QueryRow { text: "雨伞".into(), hits: 0, clicks: 0, rank_sum: 0, ..row.clone() };
        let text = SearchReport { days: 30, top: vec![row], empty: vec![empty] }.to_string();
        assert!(text.contains("25 %") && text.contains("2.5") && text.contains("茶壶 (zh)"), "{text}");
        assert!(text.contains("not found") && text.contains("雨伞"), "{text}");
        let nothing = SearchReport { days: 7, top: vec![], empty: vec![] }.to_string();
        assert_eq!(nothing, "Nothing was looked for in the last 7 days.");
    }
}
