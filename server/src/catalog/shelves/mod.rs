//! Shelves: collections by rule, and where categories and collections were found before their key changed.
//!
//! A catalogue's file may list the collections ([`mod@file`]), [`check`] names what is wrong with them, `import` writes
//! them, `service` shows them.

pub mod check;
pub mod file;
mod import;
pub mod row;
mod service;
