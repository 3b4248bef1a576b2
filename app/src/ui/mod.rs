//! The design system: what every page is made of. Server-rendered; the few islands are in [`islands`].
//!
//! | file | holds |
//! |---|---|
//! | [`page`] | loading a page and showing it or its error |
//! | [`layout`], [`header`], [`footer`] | what surrounds every page |
//! | [`meta`] | title, canonical address, OpenGraph, structured data |
//! | [`error_page`], [`offline`] | 404, 500 and the others; no network |
//! | [`preferences`] | currency and look |
//! | [`button`], [`empty`], [`icon`], [`notice`], [`pager`], [`picture`], [`price`] | building blocks |
//! | [`query`] | the request's query and route parameters |
//! | [`scripts`] | what makes islands alive |
//!
//! Class names are the component names; the sheets are in `style/components`.

pub mod browser;
pub mod button;
pub mod empty;
pub mod error_page;
pub mod fetch;
pub mod field;
pub mod footer;
pub mod header;
pub mod icon;
pub mod islands;
pub mod layout;
pub mod meta;
pub mod notice;
pub mod offline;
pub mod page;
pub mod pager;
pub mod picture;
pub mod preferences;
pub mod price;
pub mod query;
#[cfg(all(test, feature = "ssr"))]
pub(crate) mod render_test;
pub mod scripts;

pub use page::Frame;
