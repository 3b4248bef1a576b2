//! The shop window around the products: neighbours, sales, moved addresses, the feed.
//!
//! What a page would have to work out from many rows ([`neighbours`], sales) is worked out by [`jobs`] when it
//! changes; a page only reads the result.

pub mod jobs;
mod neighbours;
pub mod row;
mod service;

pub(in crate::catalog) use service::Beside;
