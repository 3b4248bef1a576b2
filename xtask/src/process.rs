//! Running other programs: what is shown, how long it may take, and how it ends when the user stops it.

use crate::interrupt;
use anyhow::{Context, Result, bail};
use std::{
    ffi::OsStr,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

const POLL: Duration = Duration::from_millis(25);
/// How long a child may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(20);

/// A program with its arguments, ready to be run in one of several ways.
pub(crate) struct Program {
    command: Command,
    limit: Option<Duration>,
}

impl Program {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self { command: Command::new(program), limit: None }
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub(crate) fn envs<V: AsRef<OsStr>>(
        mut self,
        pairs: impl IntoIterator<Item = (&'static str, V)>,
    ) -> Self {
        self.command.envs(pairs);
        self
    }

    pub(crate) fn without_env(mut self, key: &str) -> Self {
        self.command.env_remove(key);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Ends the program when it takes longer.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// For what `std::process::Command` can do and this type has no word for.
    pub(crate) fn configure(mut self, change: impl FnOnce(&mut Command)) -> Self {
        change(&mut self.command);
        self
    }

    /// Runs it with its output shown; anything but success is an error that names the command.
    pub(crate) fn run(mut self) -> Result<()> {
        self.command.stdin(Stdio::null());
        let line = self.line();
        let mut child = self.spawn()?;
        let status = wait(&mut child, self.limit).with_context(|| line.clone())?;
        succeeded(status, &line)
    }

    /// Runs it unseen and gives back what it wrote to standard output; standard error goes into the error.
    pub(crate) fn read(mut self) -> Result<String> {
        let line = self.line();
        let output = self.command.stdin(Stdio::null()).output().with_context(|| self.absent())?;
        if !output.status.success() {
            bail!("{line}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it unseen, whatever comes of it: whether it succeeded, and all that it wrote.
    pub(crate) fn outcome(mut self) -> Result<(bool, String)> {
        let output = self.command.stdin(Stdio::null()).output().with_context(|| self.absent())?;
        let written = [output.stdout, output.stderr].concat();
        Ok((output.status.success(), String::from_utf8_lossy(&written).into_owned()))
    }

    /// Starts it and hands over the child.
    pub(crate) fn spawn(&mut self) -> Result<Child> {
        self.command.spawn().with_context(|| self.absent())
    }

    /// The command as a person would type it.
    pub(crate) fn line(&self) -> String {
        let words = std::iter::once(self.command.get_program()).chain(self.command.get_args());
        words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    fn absent(&self) -> String {
        format!(
            "cannot start `{}`: is it installed and on PATH?",
            self.command.get_program().to_string_lossy()
        )
    }
}

fn succeeded(status: ExitStatus, line: &str) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("`{line}` ended with {status}")
}

/// Waits for a child; asks it to end when the user stops this run or the limit is reached.
pub(crate) fn wait(child: &mut Child, limit: Option<Duration>) -> Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if interrupt::asked_to_stop() {
            end(child)?;
            bail!("stopped by the user");
        }
        if limit.is_some_and(|limit| start.elapsed() > limit) {
            end(child)?;
            bail!("took longer than {} s", start.elapsed().as_secs());
        }
        thread::sleep(POLL);
    }
}

/// Asks a child to end, as Ctrl-C in a terminal would, and kills it when it will not.
pub(crate) fn end(child: &mut Child) -> Result<ExitStatus> {
    end_with(child, "TERM")
}

/// The same with a signal of the caller's choice (`TERM`, `INT`).
pub(crate) fn end_with(child: &mut Child, signal: &str) -> Result<ExitStatus> {
    let asked = Instant::now();
    if child.try_wait()?.is_none() {
        // The standard library can only kill outright, and `unsafe` is forbidden here.
        Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).status().ok();
    }
    while asked.elapsed() < GRACE {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(POLL);
    }
    child.kill()?;
    Ok(child.wait()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_named_in_the_error() {
        let message = Program::new("sh").args(["-c", "exit 3"]).run().unwrap_err().to_string();
        assert!(message.contains("sh -c exit 3"), "{message}");
    }

    #[test]
    fn a_missing_program_says_what_to_look_for() {
        let message = Program::new("no-such-program").run().unwrap_err().to_string();
        assert!(message.contains("is it installed"), "{message}");
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let started = Instant::now();
        let limit = Duration::from_millis(100);
        assert!(Program::new("sleep").arg("30").limit(limit).run().is_err());
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn what_a_program_prints_can_be_read() {
        assert_eq!(Program::new("echo").arg("hello").read().unwrap(), "hello\n");
    }
}
