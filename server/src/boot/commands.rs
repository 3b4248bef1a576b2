//! What each command does with the parts of the shop.

use super::cli::{Report, Task};
use super::serve;
use super::settings::Settings;
use super::settings::secret::Secret;
use super::shutdown;
use crate::catalog::import;
use crate::catalog::pictures::{Deriver, Maker};
use crate::catalog::sheet;
use crate::check::Area;
use crate::db::{self, Database, SchemaState};
use crate::platform::Platform;
use crate::platform::blobs::LocalBlobs;
use crate::platform::clock::SystemClock;
use crate::platform::entropy::SystemEntropy;
use crate::platform::mailer::{FileMailer, Mailer, Sender, SmtpMailer};
use crate::sandbox_gateway::{self, SandboxSettings};
use crate::{check, inventory, payments, search};
use anyhow::{Context, bail};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use uuid::Uuid;

/// Runs a command to its end.
///
/// # Errors
/// With one sentence on what did not work.
pub async fn run(settings: &Settings, task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Serve => serve::run(settings).await?,
        Task::Migrate => say(&migrate(settings).await?),
        Task::Import { catalog } => say(&import(settings, &catalog).await?),
        Task::Export { file } => say(&export(settings, &file).await?),
        Task::Stock { sku, set, reason } => say(&stock(settings, &sku, set.zip(reason)).await?),
        Task::Collect { order } => say(&collect(settings, &order).await?),
        Task::Check { area } => return examine(settings, area).await,
        Task::Tasks { done } => say(&tasks(settings, done).await?),
        Task::Report { about: Report::Search { days, json } } => {
            say(&search_report(settings, days, json).await?);
        }
        Task::Backup { file } => say(&backup(settings, &file).await?),
        Task::Restore { file, force } => say(&restore(settings, &file, force).await?),
        Task::SandboxGateway => sandbox(settings).await?,
        // Has ended before there were settings.
        Task::MakePictureForms => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The answer of a command.
pub(super) fn say(text: &str) {
    println!("{text}");
}

/// The world outside as the settings have it.
///
/// # Errors
/// When the mail settings cannot be used.
pub(super) fn platform(settings: &Settings) -> anyhow::Result<Platform> {
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let sender = Sender::new(&settings.mail_from, clock.clone()).context("JISHI_MAIL_FROM is no address")?;
    let mailer: Arc<dyn Mailer> = match &settings.smtp_url {
        Some(url) => {
            Arc::new(SmtpMailer::new(url.reveal(), sender).context("JISHI_SMTP_URL is no mail server")?)
        }
        None => Arc::new(FileMailer::new(&settings.data_dir.join("mail"), sender)),
    };
    let blobs = Arc::new(LocalBlobs::new(&settings.data_dir.join("media")));
    Ok(Platform { clock, entropy, mailer, blobs })
}

/// Opens the database and brings it up to date. Gives the number of migrations that were run.
pub(super) async fn open_and_migrate(settings: &Settings) -> anyhow::Result<(Database, u32)> {
    let database = open(settings).await?;
    if database.schema_state().await? == SchemaState::Ahead {
        bail!("{NEWER}");
    }
    let applied = database.migrate().await?;
    Ok((database, applied))
}

const NEWER: &str =
    "the database is newer than this program: use the program that it was last opened with, or a later one";

async fn open(settings: &Settings) -> anyhow::Result<Database> {
    let replicas: Vec<String> =
        settings.database_read_urls.iter().map(|url| url.reveal().to_owned()).collect();
    Database::open(settings.database_url.reveal(), &replicas).await
}

/// Opens a database that must be up to date already: these commands do not change a schema on the way.
async fn open_current(settings: &Settings) -> anyhow::Result<Database> {
    let database = open(settings).await?;
    match database.schema_state().await? {
        SchemaState::Current => Ok(database),
        SchemaState::Ahead => bail!("{NEWER}"),
        SchemaState::Behind(_) => bail!("the database is not up to date: run `jishi migrate` first"),
    }
}

async fn migrate(settings: &Settings) -> anyhow::Result<String> {
    let (database, applied) = open_and_migrate(settings).await?;
    database.close().await;
    Ok(match applied {
        0 => "The database is up to date.".to_owned(),
        1 => "1 migration applied.".to_owned(),
        number => format!("{number} migrations applied."),
    })
}

async fn import(settings: &Settings, catalog: &Path) -> anyhow::Result<String> {
    let (database, _) = open_and_migrate(settings).await?;
    let platform = platform(settings)?;
    let answer = import_with_pictures(&database, &platform, catalog).await;
    database.close().await;
    answer
}

/// The catalogue is on sale after the first step; a running shop may help with the second one.
async fn import_with_pictures(
    database: &Database,
    platform: &Platform,
    catalog: &Path,
) -> anyhow::Result<String> {
    if catalog.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        say(&sheet::import(database, platform, catalog).await?.to_string());
    } else {
        say(&import::import_folder(database, platform, catalog).await?.to_string());
    }
    let (database, platform) = (database.clone(), platform.clone());
    let deriver = Deriver { database, platform, maker: Maker::this_program() };
    let made = deriver.run(|progress| {
        if progress.made.is_multiple_of(25) && progress.waiting > 0 {
            say(&format!("pictures: {} made, {} to go", progress.made, progress.waiting));
        }
    });
    Ok(match made.await? {
        0 => "All pictures were made before.".to_owned(),
        made => format!("{made} pictures made in every width."),
    })
}

async fn export(settings: &Settings, file: &Path) -> anyhow::Result<String> {
    let database = open_current(settings).await?;
    let opened = std::fs::OpenOptions::new().write(true).create_new(true).open(file);
    let opened = opened.with_context(|| format!("cannot write {}", file.display()))?;
    let base_url = settings.base_url.clone().unwrap_or_default();
    let written = sheet::export(&database, &base_url, opened).await;
    database.close().await;
    Ok(format!("{} products are written to {}.", written?, file.display()))
}

async fn stock(settings: &Settings, sku: &str, set: Option<(i64, String)>) -> anyhow::Result<String> {
    let database = open_current(settings).await?;
    let answer = match set {
        None => inventory::cli::show(&database, sku).await,
        Some((units, reason)) => {
            inventory::cli::set(&database, &platform(settings)?, sku, units, &reason).await
        }
    };
    database.close().await;
    answer
}

async fn collect(settings: &Settings, order: &str) -> anyhow::Result<String> {
    let database = open_current(settings).await?;
    let answer = payments::cli::collect(&database, &platform(settings)?, order).await;
    database.close().await;
    answer
}

async fn tasks(settings: &Settings, done: Option<Uuid>) -> anyhow::Result<String> {
    let (database, platform) = (open_current(settings).await?, platform(settings)?);
    let answer = match done {
        None => payments::tasks::list(&database, &platform).await,
        Some(id) => payments::tasks::finish(&database, &platform, id).await,
    };
    database.close().await;
    answer
}

async fn examine(settings: &Settings, area: Option<Area>) -> anyhow::Result<ExitCode> {
    let database = open_current(settings).await?;
    let report = match area {
        None => check::run(&database).await,
        Some(area) => check::run_areas(&database, &[area]).await,
    };
    database.close().await;
    let report = report?;
    say(&report.to_string());
    Ok(if report.is_healthy() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

async fn search_report(settings: &Settings, days: u16, json: bool) -> anyhow::Result<String> {
    let database = open_current(settings).await?;
    let report = search::report::read(&database, &platform(settings)?, days).await;
    database.close().await;
    let report = report?;
    if json { Ok(serde_json::to_string_pretty(&report)?) } else { Ok(report.to_string()) }
}

async fn backup(settings: &Settings, file: &Path) -> anyhow::Result<String> {
    let database = open_current(settings).await?;
    let copied = database.backup(file).await;
    database.close().await;
    copied?;
    Ok(format!(
        "The database is copied to {}. Pictures are in {}; copy that folder too.",
        file.display(),
        settings.data_dir.join("media").display()
    ))
}

async fn restore(settings: &Settings, file: &Path, force: bool) -> anyhow::Result<String> {
    db::restore(settings.database_url.reveal(), file, force).await?;
    Ok(format!("The database is restored from {}.", file.display()))
}

async fn sandbox(settings: &Settings) -> anyhow::Result<()> {
    let usual = SandboxSettings::default();
    let secret =
        settings.sandbox_secret.as_ref().map_or(usual.secret, |secret: &Secret| secret.reveal().to_owned());
    let sandbox = SandboxSettings {
        addr: settings.sandbox_addr,
        secret,
        webhook_delay: settings.sandbox_delay,
        mail_dir: settings.sandbox_mail_dir.clone(),
    };
    say(&format!("The sandbox gateway listens on http://{}", sandbox.addr));
    sandbox_gateway::serve(sandbox, shutdown::signal()).await
}
