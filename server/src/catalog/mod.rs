//! The catalogue behind its port: reading for pages, importing.

pub mod card;
pub mod categories;
pub mod import;
pub mod import_check;
pub mod import_file;
pub mod import_media;
mod import_owners;
pub mod pictures;
pub mod row;
pub mod service;
pub mod sheet;
pub mod shelves;
pub mod storefront;
pub mod view;
