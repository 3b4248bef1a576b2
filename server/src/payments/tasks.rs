//! `jishi tasks`: what a person has to look at, and noting that it was done.

use super::row::TaskRow;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;
use anyhow::bail;
use std::fmt::Write as _;
use uuid::Uuid;

/// Tasks that are listed; a shop with more of them has another problem.
const LISTED: i64 = 200;
const MINUTE: i64 = 60_000_000;

/// What is to be done, oldest first.
///
/// # Errors
/// The database's error.
pub async fn list(database: &Database, platform: &Platform) -> anyhow::Result<String> {
    let mut conn = database.read_latest().await?;
    let tasks: Vec<TaskRow> = on!(conn, tasks::list_open(LISTED))?;
    let count = on!(conn, tasks::count_open())?;
    let now = to_micros(platform.clock.now());
    let mut text: String = tasks.iter().map(|task| line(task, now)).collect();
    let more = count - i64::try_from(tasks.len())?;
    match (count, more) {
        (0, _) => text.push_str("There is nothing to look at."),
        (_, 0) => text.push_str("When one is done: jishi tasks --done ID"),
        (_, more) => write!(text, "… and {more} more. When one is done: jishi tasks --done ID")?,
    }
    Ok(text)
}

/// Notes that it was done. Saying it twice is the same as once.
///
/// # Errors
/// When there is no such task.
pub async fn finish(database: &Database, platform: &Platform, id: Uuid) -> anyhow::Result<String> {
    let mut tx = database.write().await?;
    let Some(task) = on!(tx, tasks::find(id))? else { bail!("there is no task {id}") };
    let is_new = on!(tx, tasks::finish(id, to_micros(platform.clock.now())))?;
    tx.commit().await?;
    let what = format!("{}: {}", task.kind, task.detail);
    Ok(if is_new { format!("done: {what}") } else { format!("it was done before: {what}") })
}

/// Its id, how long it waits, its order, what it is.
fn line(task: &TaskRow, now: i64) -> String {
    let order = task.order_number.as_deref().unwrap_or("–");
    let age = age(now.saturating_sub(task.created_at));
    format!("{}  {age:>7}  {order:<8}  {}: {}\n", task.id, task.kind, task.detail)
}

/// How long something waits, in the unit that says most.
fn age(micros: i64) -> String {
    let minutes = micros.max(0) / MINUTE;
    match minutes {
        0..120 => format!("{minutes} min"),
        120..2_880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_the_unit_that_says_most() {
        let of_minutes = |minutes: i64| age(minutes * MINUTE);
        assert_eq!([of_minutes(0), of_minutes(119), of_minutes(120)], ["0 min", "119 min", "2 h"]);
        assert_eq!([of_minutes(2_879), of_minutes(2_880), age(-1)], ["47 h", "2 days", "0 min"]);
    }
}
