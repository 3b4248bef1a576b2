//! The command line: what can be asked for, and how it ends.
//! Status 0: done. 1: it did not work. 2: it was not asked for in the right way.

use super::commands;
use super::flags::Flags;
use super::settings::sources::Raw;
use super::settings::{Settings, SettingsError};
use super::telemetry;
use crate::catalog::pictures::worker;
use crate::check::Area;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use uuid::Uuid;

/// Jishi 集市, a shop in one program.
#[derive(Debug, Parser)]
#[command(name = "jishi", version, max_term_width = 110)]
pub struct Cli {
    /// Settings given as flags.
    #[command(flatten)]
    pub flags: Flags,
    /// What to do.
    #[command(subcommand)]
    pub command: Task,
}

/// What can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Task {
    /// Open the shop: bring the database up to date, fill an empty catalogue with the demo, answer requests
    Serve,
    /// Bring the database up to date
    Migrate,
    /// Read a catalogue into the shop; the same file again changes nothing
    Import {
        /// Folder with a catalog.json, that file itself, or a Shopify product CSV (*.csv)
        catalog: PathBuf,
    },
    /// Write every product into a Shopify product CSV
    Export {
        /// The file to write; it must not exist
        file: PathBuf,
    },
    /// Show the stock of an article, or set it
    Stock {
        /// The article
        sku: String,
        /// Units that are there
        #[arg(long, value_name = "N", requires = "reason", value_parser = clap::value_parser!(i64).range(0..))]
        set: Option<i64>,
        /// Why the stock is set; kept in the ledger
        #[arg(long, value_name = "TEXT", requires = "set")]
        reason: Option<String>,
    },
    /// Note that the cash for an order has been received
    Collect {
        /// The order's number
        order: String,
    },
    /// Look for damage: the database's integrity, ledgers that do not add up, jobs that gave up
    Check {
        /// Only this; everything when it is left out
        #[arg(value_enum)]
        area: Option<Area>,
    },
    /// Show what a person has to look at, such as money that came too late
    Tasks {
        /// Note that this one was done
        #[arg(long, value_name = "ID")]
        done: Option<Uuid>,
    },
    /// Tell what has happened in the shop
    Report {
        /// About what
        #[command(subcommand)]
        about: Report,
    },
    /// Copy the database into a file, also while the shop is open
    Backup {
        /// The file to write; it must not exist
        file: PathBuf,
    },
    /// Put a backup in the place of the database
    Restore {
        /// The backup
        file: PathBuf,
        /// Replace a database that is there
        #[arg(long)]
        force: bool,
    },
    /// Run a payment provider for playing, which moves no money
    SandboxGateway,
    /// Make a picture's forms, from standard input to standard output: what the shop asks itself for
    #[command(name = worker::COMMAND, hide = true)]
    MakePictureForms,
}

/// What can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum Report {
    /// What shoppers look for, what they do not find, what they follow
    Search {
        /// How many days back
        #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
        days: u16,
        /// As JSON, for programs
        #[arg(long)]
        json: bool,
    },
}

/// Runs the program.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    if cli.command == Task::MakePictureForms {
        return worker::main();
    }
    let settings = match settings(&cli.flags) {
        Ok(settings) => settings,
        Err(error) => return failed(2, &error.to_string()),
    };
    telemetry::start(&settings);
    match run(&settings, cli.command) {
        Ok(status) => status,
        Err(error) => failed(1, &format!("{error:#}")),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment, for the table of settings"
)]
fn settings(flags: &Flags) -> Result<Settings, SettingsError> {
    let variable = |name: &str| std::env::var(name).ok();
    Settings::check(&Raw::merge(&flags.0, variable, Path::new(""))?)
}

fn run(settings: &Settings, task: Task) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let status = runtime.block_on(commands::run(settings, task));
    // What still hangs after the orderly end is not waited for.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    status
}

/// One line on stderr.
fn failed(status: u8, message: &str) -> ExitCode {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    eprintln!("jishi: {line}");
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn read(line: &str) -> Cli {
        Cli::try_parse_from(line.split_whitespace()).unwrap()
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn settings_stand_before_or_after_the_command() {
        for line in [
            "jishi --addr 127.0.0.1:1 serve",
            "jishi serve --addr 127.0.0.1:1",
            "jishi serve --addr=127.0.0.1:1",
        ] {
            assert_eq!(read(line).flags.0.get("addr").map(String::as_str), Some("127.0.0.1:1"), "{line}");
        }
    }

    #[test]
    fn a_switch_alone_means_yes_and_takes_no_neighbour() {
        let alone = read("jishi --no-demo serve");
        assert_eq!(alone.flags.0.get("no_demo").map(String::as_str), Some("true"));
        assert_eq!(alone.command, Task::Serve);
        assert_eq!(
            read("jishi serve --no-demo=false").flags.0.get("no_demo").map(String::as_str),
            Some("false")
        );
    }

    #[test]
    fn stock_is_set_only_with_a_reason_and_never_below_nothing() {
        let set = Task::Stock { sku: "A".to_owned(), set: Some(5), reason: Some("count".to_owned()) };
        assert_eq!(read("jishi stock A --set 5 --reason count").command, set);
        for line in [
            "jishi stock A --set 5",
            "jishi stock A --reason x",
            "jishi stock A --set -1 --reason x",
            "jishi stock",
        ] {
            assert!(Cli::try_parse_from(line.split_whitespace()).is_err(), "{line}");
        }
    }

    #[test]
    fn one_area_is_checked_or_all_of_them() {
        assert_eq!(read("jishi check").command, Task::Check { area: None });
        assert_eq!(read("jishi check stock").command, Task::Check { area: Some(Area::Stock) });
        assert_eq!(read("jishi check money").command, Task::Check { area: Some(Area::Money) });
        assert!(Cli::try_parse_from(["jishi", "check", "weather"]).is_err());
    }

    #[test]
    fn a_task_is_named_by_its_id() {
        assert_eq!(read("jishi tasks").command, Task::Tasks { done: None });
        let id = "0199f2a4-7c11-7b3e-8f7d-0123456789ab";
        let done = Some(Uuid::parse_str(id).unwrap());
        assert_eq!(read(&format!("jishi tasks --done {id}")).command, Task::Tasks { done });
        assert!(Cli::try_parse_from(["jishi", "tasks", "--done", "7"]).is_err());
    }

    #[test]
    fn the_help_tells_every_setting() {
        let help = Cli::command().render_long_help().to_string();
        for setting in crate::boot::settings::table::SETTINGS {
            assert!(help.contains(&setting.variable()), "{}", setting.key);
        }
    }
}
