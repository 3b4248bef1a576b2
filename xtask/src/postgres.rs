//! A PostgreSQL server for one test run: in a temporary folder, on a free port, gone afterwards.

use crate::{
    process::{self, Program},
    setup,
};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

const PREFIX: &str = "jishi-postgres-";
/// Servers so far: several may run at once.
static SERVERS: AtomicUsize = AtomicUsize::new(0);
/// Between finding a free port and listening on it somebody else may take it.
const ATTEMPTS: usize = 3;
const START_LIMIT: Duration = Duration::from_secs(60);

/// What tests save: their data lives as long as one run and need not survive a power cut.
const CARELESS: [&str; 3] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
const SETTINGS: [&str; 4] = [
    "max_connections=200",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "log_min_messages=fatal",
];

/// A running server; dropping it stops it and removes its files.
pub(crate) struct Postgres {
    server: Child,
    port: u16,
    /// Removed when this goes, after the server has stopped.
    #[cfg_attr(not(test), expect(dead_code, reason = "held for its Drop"))]
    folder: Folder,
}

impl Postgres {
    /// Starts a server with nothing in it, which is quick because a power cut would cost its data.
    pub(crate) fn start() -> Result<Self> {
        Self::start_with(&CARELESS)
    }

    /// Starts one that writes as a shop's does: what it has said yes to is on the disk.
    pub(crate) fn start_durable() -> Result<Self> {
        Self::start_with(&[])
    }

    fn start_with(more: &[&str]) -> Result<Self> {
        remove_leftovers();
        let programs = setup::postgresql()?;
        let folder = Folder::make()?;
        folder.init(&programs)?;
        let mut served = folder.serve(&programs, more);
        for _ in 1..ATTEMPTS {
            served = served.or_else(|_| folder.serve(&programs, more));
        }
        let (server, port) = served?;
        Ok(Self { server, port, folder })
    }

    /// What tests connect to; they make databases of their own.
    pub(crate) fn url(&self) -> String {
        format!("postgres://jishi@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        stop(&mut self.server);
    }
}

/// SIGINT is PostgreSQL's "disconnect everybody and stop".
fn stop(server: &mut Child) {
    process::end_with(server, "INT").ok();
}

/// The server's folder, owned by the account that the server runs as.
struct Folder {
    path: PathBuf,
    user: Option<setup::User>,
}

impl Folder {
    fn make() -> Result<Self> {
        let number = SERVERS.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("{PREFIX}{}-{number}", std::process::id()));
        let folder = Self { path, user: setup::unprivileged_user()? };
        fs::create_dir_all(&folder.path).with_context(|| format!("cannot make {}", folder.path.display()))?;
        if let Some(user) = &folder.user {
            chown(&folder.path, Some(user.uid), Some(user.gid))?;
        }
        Ok(folder)
    }

    fn init(&self, programs: &Path) -> Result<()> {
        let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "en_US.UTF-8" };
        let initdb = self.program(programs, "initdb").args(["-U", "jishi", "-A", "trust", "-E", "UTF8"]);
        initdb.args(["--no-sync", "--locale", locale]).read().map(drop).context("initdb failed")
    }

    fn serve(&self, programs: &Path, more: &[&str]) -> Result<(Child, u16)> {
        let port = free_port()?;
        let log = File::create(self.path.join("log"))?;
        let log_too = log.try_clone()?;
        let postgres = self.program(programs, "postgres").args(["-p", &port.to_string()]);
        let mut server = postgres
            .args(SETTINGS.iter().chain(more).flat_map(|setting| ["-c", setting]))
            .configure(|command| {
                // A group of its own: Ctrl-C must end the tests first and the server after them.
                command.stdin(Stdio::null()).stdout(log).stderr(log_too).process_group(0);
            })
            .spawn()?;
        match wait_until_ready(programs, &mut server, port) {
            Ok(()) => Ok((server, port)),
            Err(error) => {
                stop(&mut server);
                let log = fs::read_to_string(self.path.join("log")).unwrap_or_default();
                Err(error.context(format!("PostgreSQL did not start; its log says:\n{log}")))
            }
        }
    }

    fn program(&self, programs: &Path, name: &str) -> Program {
        let data = self.path.join("data");
        let program = Program::new(programs.join(name)).arg("-D").arg(data).dir(&self.path);
        program.configure(|command| {
            if let Some(user) = &self.user {
                command.uid(user.uid).gid(user.gid);
            }
        })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.path).ok();
    }
}

fn wait_until_ready(programs: &Path, server: &mut Child, port: u16) -> Result<()> {
    let started = Instant::now();
    while started.elapsed() < START_LIMIT {
        if let Some(status) = server.try_wait()? {
            bail!("it ended with {status}");
        }
        let ready = Program::new(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1"]);
        if ready.args(["-p", &port.to_string()]).read().is_ok() {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    bail!("it was not ready after {} s", START_LIMIT.as_secs())
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// A run that was killed outright could not tidy up; the next one does it.
fn remove_leftovers() {
    for folder in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        if owner(&name).is_some_and(|id| !is_running(id)) {
            stop_leftover(&folder.path());
            fs::remove_dir_all(folder.path()).ok();
        }
    }
}

/// The process that made a folder of this name.
fn owner(name: &str) -> Option<u32> {
    name.strip_prefix(PREFIX)?.split('-').next()?.parse().ok()
}

fn stop_leftover(folder: &Path) {
    // The first line of this file is the server's process id; the file goes when the server stops.
    let pid = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
    if let Some(pid) = pid.lines().next() {
        Program::new("kill").args(["-INT", pid]).read().ok();
    }
}

fn is_running(process: u32) -> bool {
    Program::new("ps").args(["-p", &process.to_string()]).read().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_running_and_an_impossible_one_is_not() {
        assert!(is_running(std::process::id()));
        assert!(!is_running(u32::MAX - 1));
    }

    #[test]
    fn two_servers_of_one_process_have_folders_of_their_own_that_name_it() {
        let (first, second) = (Folder::make().unwrap(), Folder::make().unwrap());
        assert_ne!(first.path, second.path);
        let owner_of = |folder: &Folder| owner(folder.path.file_name().unwrap().to_str().unwrap());
        assert_eq!(
            (owner_of(&first), owner_of(&second)),
            (Some(std::process::id()), Some(std::process::id()))
        );
        assert_eq!(owner("jishi-postgres-x"), None);
    }

    #[test]
    #[ignore = "installs PostgreSQL where there is none: cargo test -p xtask -- --ignored"]
    fn a_server_answers_and_leaves_nothing_behind() {
        let postgres = Postgres::start().unwrap();
        let folder = postgres.folder.path.clone();
        assert!(std::net::TcpStream::connect(("127.0.0.1", postgres.port)).is_ok());
        drop(postgres);
        assert!(!folder.exists());
    }
}
