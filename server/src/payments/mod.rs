//! Payments: what is due, what was received.

pub mod cli;
pub mod row;
