//! Payments: what an order asks for (the intent), each try to pay it (an attempt), what came in and what went back.
//!
//! | module | holds |
//! |---|---|
//! | [`provider`] | the port that providers implement, and the shop's set of them |
//! | [`cash`], [`sandbox`] | cash on delivery; the sandbox gateway over HTTP |
//! | [`transition`] | the one way in which news of a provider change anything |
//! | [`refund`] | the one way in which money goes back |
//! | [`call_off`] | cancelling and expiring: close at the provider first, then here |
//! | [`service`], [`webhook`] | the port; the inbox of messages |
//! | [`rounds`], [`cli`] | asking providers and expiring from time to time; `jishi collect` |
//! | [`tasks`] | what a person has to look at: `jishi tasks` |
//!
//! Providers are never called inside of a transaction. Lock order: order → attempt → stock levels by id.

pub mod call_off;
pub mod cash;
pub mod cli;
pub mod provider;
pub mod refund;
pub mod rounds;
pub mod row;
pub mod sandbox;
pub mod service;
pub mod tasks;
pub mod transition;
pub mod webhook;

/// Topic of the event after a try to pay was declined; its subject is the attempt.
pub const PAYMENT_FAILED: &str = "payment.failed";
/// Topic of the event after a refund was decided on; its subject is the refund.
pub const REFUND_REQUESTED: &str = "payment.refund_requested";
/// Topic of the event after money went back; its subject is the refund.
pub const REFUNDED: &str = "payment.refunded";

/// An intent that can still be paid.
pub const OPEN: &str = "open";
/// An intent whose money has arrived.
pub const COMPLETED: &str = "completed";
/// An intent whose order was cancelled.
pub const CANCELLED: &str = "cancelled";
/// An intent whose time was over.
pub const EXPIRED: &str = "expired";
