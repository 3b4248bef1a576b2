//! `cargo xtask run`: from a checkout to an open shop.

use crate::{
    checkout, interrupt,
    process::{self, Program},
    report, site,
    workspace::{Workspace, setting},
};
use anyhow::{Result, bail};
use std::{
    net::TcpStream,
    os::unix::process::CommandExt,
    process::{Child, Stdio},
    thread,
    time::Duration,
};

const DEFAULT_ADDR: &str = "127.0.0.1:3000";
const POLL: Duration = Duration::from_millis(50);

/// Builds what has changed, starts the shop and stays until it ends or the user stops it.
pub(crate) fn run(workspace: &Workspace, debug: bool, args: &[String]) -> Result<()> {
    site::site(workspace)?;
    build(workspace, debug)?;
    let mut shop = Shop::start(workspace, debug, args)?;
    shop.announce(&address(args))?;
    shop.stay()
}

/// Compiles the server with everything in it.
pub(crate) fn build(workspace: &Workspace, debug: bool) -> Result<()> {
    report::headline("server");
    let _claim = checkout::claim(workspace)?;
    let release = if debug { None } else { Some("--release") };
    workspace.cargo().args(["build", "-p", "server", "--bin", "jishi"]).args(release).run()
}

/// The processes that make up a running shop: all start together and end together.
struct Shop {
    processes: Vec<(&'static str, Child)>,
}

impl Shop {
    fn start(workspace: &Workspace, debug: bool, args: &[String]) -> Result<Self> {
        let jishi = workspace.jishi(if debug { "debug" } else { "release" });
        let serve = Program::new(jishi).arg("serve").args(args).dir(workspace.root());
        let mut shop = Self { processes: Vec::new() };
        // The sandbox payment gateway becomes the second process here once the program has one.
        shop.add("jishi serve", serve)?;
        Ok(shop)
    }

    fn add(&mut self, name: &'static str, program: Program) -> Result<()> {
        // JISHI_SITE_DIR is for the compiler, not a setting of the shop. In a process group of its own
        // Ctrl-C reaches the shop through us, once, and not a second time from the terminal.
        let mut program = program.without_env("JISHI_SITE_DIR").configure(|command| {
            command.stdin(Stdio::null()).process_group(0);
        });
        self.processes.push((name, program.spawn()?));
        Ok(())
    }

    /// Says where the shop is as soon as it answers.
    fn announce(&mut self, address: &str) -> Result<()> {
        while TcpStream::connect(address).is_err() {
            if self.first_ended()?.is_some() || interrupt::asked_to_stop() {
                return Ok(());
            }
            thread::sleep(POLL);
        }
        report::headline(&format!("the shop is open: http://{address}  (Ctrl-C closes it)"));
        Ok(())
    }

    fn stay(&mut self) -> Result<()> {
        loop {
            if interrupt::asked_to_stop() {
                return Ok(());
            }
            if let Some(end) = self.first_ended()? {
                bail!(end);
            }
            thread::sleep(POLL);
        }
    }

    fn first_ended(&mut self) -> Result<Option<String>> {
        for (name, child) in &mut self.processes {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(format!("{name} ended with {status}")));
            }
        }
        Ok(None)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        for (_, child) in self.processes.iter_mut().rev() {
            process::end(child).ok();
        }
    }
}

/// Where the shop will listen, by the same rules as its own: flag, environment, default.
fn address(args: &[String]) -> String {
    flag(args, "--addr").or_else(|| setting("JISHI_ADDR")).unwrap_or_else(|| DEFAULT_ADDR.to_owned())
}

fn flag(args: &[String], name: &str) -> Option<String> {
    let with_equals = format!("{name}=");
    let mut rest = args.iter().skip_while(|arg| *arg != name && !arg.starts_with(&with_equals));
    let found = rest.next()?;
    found.strip_prefix(&with_equals).map(str::to_owned).or_else(|| rest.next().cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_flag_is_read_in_both_spellings() {
        assert_eq!(flag(&args("--no-demo --addr 127.0.0.1:1"), "--addr").as_deref(), Some("127.0.0.1:1"));
        assert_eq!(flag(&args("--addr=127.0.0.1:2"), "--addr").as_deref(), Some("127.0.0.1:2"));
        assert_eq!(flag(&args("--no-demo"), "--addr"), None);
    }
}
