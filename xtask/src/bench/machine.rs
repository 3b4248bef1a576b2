//! What the figures were measured on.

use crate::{process::Program, workspace::Workspace};
use std::fs;

/// Name, number of cores, memory, system, commit.
pub(super) fn describe(workspace: &Workspace) -> Vec<(&'static str, String)> {
    let cpu = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let system = Program::new("uname").args(["-sr"]).read().unwrap_or_default();
    let commit = Program::new("git").args(["rev-parse", "--short", "HEAD"]).dir(workspace.root());
    let commit = commit.read().unwrap_or_default();
    vec![
        ("processor", format!("{cpu}, {cores} cores")),
        ("memory", memory),
        ("system", system.trim().to_owned()),
        ("commit", commit.trim().to_owned()),
        ("client", "one thread on the same machine, over loopback".to_owned()),
    ]
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
