//! The jishi server: boot, http, databases, one folder per slice, platform adapters.
//!
//! | room | holds |
//! |---|---|
//! | [`boot`] | settings, command line, start and stop, wiring |
//! | [`db`] | pools, transactions, the two mounts of every repo |
//! | [`jobs`] | outbox, jobs, notices |
//! | [`http`] | router, guards, errors, files, context for pages |
//! | [`places`] | provinces, cities, states; pasted addresses |
//! | [`platform`] | clock, randomness, mail, files |
//! | [`catalog`], [`cart`], [`checkout`], [`delivery`], [`discounts`], [`orders`], [`payments`], [`inventory`], [`search`] | the slices |
//! | [`sandbox_gateway`] | the payment provider for trying things out, a process of its own |
//! | [`check`], [`fault`] | `jishi check`; what goes wrong inside of a service |
#![recursion_limit = "256"]

pub mod boot;
pub mod cart;
pub mod catalog;
pub mod check;
pub mod checkout;
pub mod db;
pub mod delivery;
pub mod discounts;
pub mod fault;
pub mod http;
pub mod inventory;
pub mod jobs;
pub mod orders;
pub mod payments;
pub mod places;
pub mod platform;
pub mod sandbox_gateway;
pub mod search;
