//! Ctrl-C and a polite kill: both set one flag, so that a chore can stop its children, put away its
//! temporary files and leave, instead of dying on the spot.

use anyhow::{Context, Result};
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};

static ASKED_TO_STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Starts listening; call once, before any child is started.
pub(crate) fn listen() -> Result<()> {
    let flag = Arc::clone(ASKED_TO_STOP.get_or_init(Arc::default));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&flag)).context("cannot listen for Ctrl-C")?;
    }
    Ok(())
}

/// Whether somebody has asked this run to stop.
pub(crate) fn asked_to_stop() -> bool {
    ASKED_TO_STOP.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
}
