//! What browser and server share.
//!
//! | room | holds |
//! |---|---|
//! | [`kernel`] | money, ids, languages, paging, contact data |
//! | [`error`], [`i18n`] | the one error of the edge; texts in both languages |
//! | [`ports`], [`routes`] | what a request can reach; every path |
//! | [`mod@shell`], [`ui`] | the document and the routes; the design system |
//! | [`catalog`], [`cart`], [`checkout`], [`orders`], [`payments`], [`search`] | the slices |
//! | [`help`] | help and policy pages |
//!
//! Nothing here knows sqlx, tokio or axum: the server implements the ports that the slices define.
#![recursion_limit = "256"]

pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod delivery;
pub mod error;
pub mod help;
pub mod i18n;
pub mod kernel;
pub mod orders;
pub mod payments;
pub mod ports;
pub mod routes;
pub mod search;
pub mod shell;
pub mod ui;

pub use error::{AppError, ErrorCode};
pub use ports::{RequestCx, Services};
pub use shell::{App, shell};
