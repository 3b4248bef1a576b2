//! Stock: two counters per warehouse and variant, written only together with a movement of the ledger.
//!
//! `received` raises what is on hand, `allocated` promises it to an order, `shipped` lets it go, `released` takes the
//! promise back, `adjusted` corrects a count. What can be bought is on hand minus allocated.

pub mod cli;
pub mod ledger;
pub mod row;
