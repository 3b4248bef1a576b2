//! The search: an index in the memory of each node, made from the database and following the outbox.
//!
//! [`analysis`] makes texts comparable, [`engine`] is the index, [`source`] reads products for it, [`holder`] keeps the
//! one index of this process up to date, [`service`] answers, `answers` remembers for a moment, [`tally`] counts what was looked for, [`report`] tells.
//! `docs/search.md` explains it to people.

pub mod analysis;
mod answers;
mod asked;
pub mod engine;
pub mod facets;
pub mod follow;
pub mod highlight;
pub mod holder;
pub mod report;
pub mod row;
pub mod service;
pub mod source;
pub mod tally;
mod upkeep;
