//! `cargo xtask …`: every chore of the project, in Rust, so that a fresh machine needs nothing but
//! rustup, Node and a package manager.
//!
//! Belongs here: reading the command line and handing over to the module of that chore. Each chore
//! asks `setup` for the tools it needs; nothing is installed that the chore does not use.

mod args;
mod bench;
mod check;
mod checkout;
mod dev;
mod e2e;
mod format;
mod generate_catalog;
mod interrupt;
mod new_slice;
mod postgres;
mod process;
mod report;
mod run;
mod setup;
mod site;
mod workspace;

use args::Task;
use std::process::ExitCode;
use workspace::Workspace;

fn main() -> ExitCode {
    match args::parse(std::env::args().skip(1)).and_then(perform) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<()> {
    if matches!(task, Task::Help) {
        print!("{}", args::HELP);
        return Ok(());
    }
    interrupt::listen()?;
    let workspace = Workspace::find()?;
    match task {
        Task::Help => Ok(()),
        Task::Run { debug, args } => run::run(&workspace, debug, &args),
        Task::Fmt => format::format(&workspace),
        Task::Dev => dev::dev(&workspace),
        Task::Test { fast } => check::test(&workspace, fast),
        Task::Ci => check::test(&workspace.plain(), false),
        Task::E2e { args } => e2e::e2e(&workspace, &args),
        Task::Bench { quick } => bench::bench(&workspace, quick),
        Task::Growth { sizes } => bench::growth(&workspace, &sizes),
        Task::Lighthouse => bench::lighthouse(&workspace),
        Task::Soak { minutes, on_postgresql } => bench::soak(&workspace, minutes, on_postgresql),
        Task::Site => site::site(&workspace).map(drop),
        Task::Setup => setup::everything(&workspace),
        Task::GenerateCatalog { products, folder } => {
            generate_catalog::generate(&workspace, products, folder.as_deref()).map(drop)
        }
        Task::NewSlice { name } => new_slice::new_slice(&workspace, &name),
    }
}
