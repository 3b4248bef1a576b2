//! A server under load: a process of its own in a folder of its own, gone when it is dropped.

use super::{scenario, visitor::Visitor};
use crate::{
    process::{self, Program},
    workspace::Workspace,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

/// Linux counts processor time in hundredths of a second, whatever the kernel's own clock is.
const TICK: Duration = Duration::from_millis(10);
const START_LIMIT: Duration = Duration::from_secs(120);
const SETTLE_LIMIT: Duration = Duration::from_secs(600);
/// More than any benchmark buys.
const PLENTY: &str = "100000000";

/// A running server.
pub(super) struct Server {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    /// Further arguments, until it is started with others.
    more: Vec<String>,
    address: String,
    folder: PathBuf,
    child: Child,
    started: Instant,
    /// The product that visitors look at.
    pub(super) product: String,
}

impl Server {
    /// A shop with the demo catalogue, without limits per address and without a line for each request.
    pub(super) fn shop(
        workspace: &Workspace,
        name: &str,
        database: Option<String>,
        more: &[&str],
    ) -> Result<Self> {
        let folder = Self::folder("shop")?;
        let address = Self::free_address()?;
        let mut arguments: Vec<String> =
            ["serve", "--rate-limit", "off", "--log", "warn"].map(str::to_owned).into();
        let data = folder.join("data").display().to_string();
        arguments.extend(["--addr".to_owned(), address.clone(), "--data-dir".to_owned(), data]);
        arguments.extend(database.into_iter().flat_map(|url| ["--database-url".to_owned(), url]));
        arguments.extend(more.iter().map(|word| (*word).to_owned()));
        Self::start(name, workspace.jishi("release"), arguments, address, folder)
    }

    pub(super) fn start(
        name: &str,
        program: PathBuf,
        arguments: Vec<String>,
        address: String,
        folder: PathBuf,
    ) -> Result<Self> {
        let child = spawn(&program, &arguments, &folder)?;
        let (name, more, product) = (name.to_owned(), Vec::new(), scenario::PRODUCT.to_owned());
        Ok(Self { name, program, arguments, more, address, folder, child, started: Instant::now(), product })
    }

    /// Ends it in order and starts it anew with the same data.
    pub(super) fn restart(&mut self) -> Result<()> {
        self.change_data(|_| Ok(()))
    }

    /// The same under another name in the report and with these further arguments, in the place of former ones.
    pub(super) fn restart_as(&mut self, name: &str, more: &[&str]) -> Result<()> {
        self.call(name);
        self.more = more.iter().map(|word| (*word).to_owned()).collect();
        self.restart()
    }

    /// Changes the file of the database while the server is not running, then starts it anew.
    pub(super) fn change_data(&mut self, change: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        process::end(&mut self.child)?;
        change(&self.folder.join("data/jishi.db"))?;
        self.started = Instant::now();
        let arguments = [self.arguments.as_slice(), &self.more].concat();
        self.child = spawn(&self.program, &arguments, &self.folder)?;
        Ok(())
    }

    /// Gives it another name in the report.
    pub(super) fn call(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Waits for a page; gives the time since the start.
    pub(super) async fn wait_for(&mut self, path: &str) -> Result<Duration> {
        while self.started.elapsed() < START_LIMIT {
            if let Ok(mut visitor) = Visitor::connect(&self.address).await
                && visitor.get(path).await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(self.started.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended with {status}", self.name);
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        bail!("{} did not answer within {} s", self.name, START_LIMIT.as_secs())
    }

    pub(super) async fn body_of(&self, path: &str) -> Result<Vec<u8>> {
        Ok(Visitor::connect(&self.address).await?.get(path).await?.body.to_vec())
    }

    /// How many bytes of a file go over the wire in this coding.
    pub(super) async fn packed_size(&self, path: &str, coding: &str) -> Result<u64> {
        Ok(Visitor::connect(&self.address).await?.get_packed(path, coding).await?.body.len() as u64)
    }

    /// Waits until a page holds a text; gives the time since the start.
    pub(super) async fn wait_until(&mut self, path: &str, text: &str) -> Result<Duration> {
        while self.started.elapsed() < START_LIMIT {
            self.wait_for(path).await?;
            if String::from_utf8_lossy(&self.body_of(path).await?).contains(text) {
                return Ok(self.started.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("{path} has no {text} after {} s", START_LIMIT.as_secs())
    }

    /// Waits until the work in the background is done (pictures are made after an import, for a minute or two), so that
    /// only what visitors cause is measured. Gives the most memory that was seen meanwhile, in kilobytes.
    pub(super) async fn settle(&self) -> Result<u64> {
        const LOOK: Duration = Duration::from_millis(20);
        const LOOKS: u32 = 50;
        // A hundredth of a core is the polling of an idle shop.
        const IDLE: Duration = Duration::from_millis(20);
        let (begun, mut most) = (Instant::now(), self.most_memory_kb());
        while begun.elapsed() < SETTLE_LIMIT {
            let before = self.cpu_time()?;
            for _ in 0..LOOKS {
                tokio::time::sleep(LOOK).await;
                most = most.max(self.memory_kb());
            }
            if self.cpu_time()?.saturating_sub(before) <= IDLE {
                return Ok(most);
            }
        }
        bail!("{} is still busy after {} s", self.name, SETTLE_LIMIT.as_secs())
    }

    /// Receives enough of what is bought.
    pub(super) fn stock_up(&self, workspace: &Workspace) -> Result<()> {
        self.command(workspace, &["stock", scenario::SKU, "--set", PLENTY, "--reason", "benchmark"])
            .context("the benchmark's goods could not be received")
    }

    /// Runs another command of the shop on its data.
    pub(super) fn command(&self, workspace: &Workspace, words: &[&str]) -> Result<()> {
        let places = ["--data-dir", "--database-url"];
        let pairs = self.arguments.windows(2).filter_map(|pair| match pair {
            [flag, value] if places.contains(&flag.as_str()) => Some([flag.clone(), value.clone()]),
            _ => None,
        });
        let program = Program::new(workspace.jishi("release")).args(words).args(["--log", "warn"]);
        program.args(pairs.flatten()).read().map(drop)
    }

    /// Processor time so far, of all its processes.
    pub(super) fn cpu_time(&self) -> Result<Duration> {
        let all = processes_of(self.child.id());
        let ticks: u64 = all.iter().map(|id| ticks_of(*id)).sum();
        if ticks == 0 && all.is_empty() {
            bail!("{} is not there any more", self.name);
        }
        Ok(TICK.saturating_mul(u32::try_from(ticks).unwrap_or(u32::MAX)))
    }

    /// Memory in use, in kilobytes, of all its processes. What they share (the program itself) counts for each.
    pub(super) fn memory_kb(&self) -> u64 {
        processes_of(self.child.id()).into_iter().map(|id| status_kb(id, "VmRSS:")).sum()
    }

    /// The most memory that was in use at any moment, in kilobytes.
    pub(super) fn most_memory_kb(&self) -> u64 {
        status_kb(self.child.id(), "VmHWM:")
    }

    pub(super) fn folder(name: &str) -> Result<PathBuf> {
        let address = Self::free_address()?;
        let port = address.rsplit(':').next().unwrap_or_default().to_owned();
        let folder = std::env::temp_dir().join(format!("jishi-bench-{name}-{port}"));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }

    pub(super) fn free_address() -> Result<String> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
        Ok(listener.local_addr()?.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        process::end(&mut self.child).ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn spawn(program: &Path, arguments: &[String], folder: &Path) -> Result<Child> {
    let mut program = Program::new(program).args(arguments).dir(folder).without_env("JISHI_SITE_DIR");
    program = program.configure(|command| {
        command.stdin(Stdio::null()).stdout(Stdio::null());
    });
    program.spawn()
}

/// A process and those that its threads have started.
fn processes_of(id: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let children = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let children: Vec<u32> = children
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect();
    std::iter::once(id).chain(children).collect()
}

fn status_kb(process: u32, field: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}

/// User and system time of a process, and of its children that have ended.
fn ticks_of(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The name may hold blanks; the fields behind its bracket are numbered from 3.
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    fields.split_whitespace().skip(11).take(4).filter_map(|field| field.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_used_some_time() {
        let mut sum = 0_u64;
        for number in 0..50_000_000_u64 {
            sum = sum.wrapping_add(number ^ (sum >> 3));
        }
        assert!(sum != 1 && ticks_of(std::process::id()) > 0);
    }
}
