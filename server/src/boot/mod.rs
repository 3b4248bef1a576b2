//! From the command line to a running server and back: settings, commands, logs, sockets, the orderly end.

pub mod cli;
pub mod commands;
pub mod flags;
pub mod listen;
pub mod memory;
mod parts;
pub mod serve;
pub mod services;
pub mod settings;
pub mod shutdown;
pub mod telemetry;
mod watch;
