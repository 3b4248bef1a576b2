//! What people find in their mail boxes afterwards.

use crate::processes::{Gateway, KEY, Shop};
use crate::support::World;
use mail_parser::MessageParser;
use server::boot::services::handlers_with;
use server::db::Handle;
use server::jobs::worker::Runner;
use server::payments::provider::{DEFAULT_HOLD, Providers};
use server::payments::sandbox::{SandboxAccess, SandboxProvider};
use server::platform::Platform;
use server::platform::clock::{Clock as _, FixedClock, SystemClock};
use server::platform::entropy::SystemEntropy;
use server::platform::mailer::{FileMailer, Sender};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use time::Duration;

/// After this no job is leased to a process that is dead.
const LEASES: Duration = Duration::minutes(3);

/// One confirmation for each order, one receipt for each that was paid, and none for anything else: neither lost with the
/// process that was about to send it nor sent again by the next one.
pub(crate) async fn assert_each_order_has_its_mails_once(world: &World, gateway: &Gateway, shop: &Shop) {
    finish_jobs(world, gateway, shop).await;
    let mails = subjects(&shop.mail_dir);
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for (number, payment_status, locale) in orders(world).await {
        let (placed, paid) = words(&locale);
        expected.insert(placed.replace('#', &number), 1);
        if payment_status == "paid" {
            expected.insert(paid.replace('#', &number), 1);
        }
    }
    let meant = ["zh", "en"].map(words).map(|(placed, paid)| [placed, paid]).concat();
    let is_meant =
        |subject: &str| meant.iter().any(|words| words.split('#').all(|part| subject.contains(part)));
    let told: BTreeMap<_, _> = mails.into_iter().filter(|(subject, _)| is_meant(subject)).collect();
    assert!(!expected.is_empty());
    for (subject, count) in &expected {
        assert_eq!(told.get(subject), Some(count), "{subject}");
    }
    assert_eq!(told, expected);
}

/// Subjects of the confirmation and of the receipt.
fn words(locale: &str) -> (&'static str, &'static str) {
    match locale {
        "zh" => ("集市订单 #：我们收到了", "集市订单 #：已付款"),
        _ => ("Your Jishi order #: we have it", "Your Jishi order #: payment received"),
    }
}

/// Does what the dead shop has left, as the next one would once its leases are over.
async fn finish_jobs(world: &World, gateway: &Gateway, shop: &Shop) {
    let clock = Arc::new(FixedClock::new(SystemClock.now() + LEASES));
    let sender = Sender::new("Jishi <shop@jishi.example>", clock.clone()).unwrap();
    let mailer = Arc::new(FileMailer::new(&shop.mail_dir, sender));
    let platform =
        Platform { clock: clock.clone(), mailer, entropy: Arc::new(SystemEntropy), ..world.platform.clone() };
    let access =
        SandboxAccess { url: gateway.url.parse().unwrap(), secret: KEY.into(), base_url: shop.url.clone() };
    let provider = SandboxProvider::new(access, clock, Arc::new(SystemEntropy));
    let providers = Providers::new(&shop.url, DEFAULT_HOLD, vec![Arc::new(provider)]);
    let handlers = handlers_with(&world.database, &platform, &providers);
    Runner { database: world.database.clone(), platform, handlers }.run_until_idle().await.unwrap();
}

/// How many mails have each subject.
fn subjects(folder: &Path) -> BTreeMap<String, usize> {
    let mut subjects = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "eml") {
            let bytes = std::fs::read(path).unwrap();
            let mail = MessageParser::default().parse(&bytes).unwrap();
            *subjects.entry(mail.subject().unwrap().to_owned()).or_default() += 1;
        }
    }
    subjects
}

/// Every order's number with how it stands with the money, and its language.
async fn orders(world: &World) -> Vec<(String, String, String)> {
    let mut conn = world.database.read_latest().await.unwrap();
    let sql = "SELECT number, payment_status, locale FROM orders ORDER BY number";
    match conn.handle() {
        Handle::Sqlite(c) => sqlx::query_as(sql).fetch_all(c).await.unwrap(),
        Handle::Postgres(c) => sqlx::query_as(sql).fetch_all(c).await.unwrap(),
    }
}
