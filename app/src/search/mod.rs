//! Finding things: the search page, the lists of categories with their filters, suggestions while typing.
//!
//! Vocabulary: a *facet* is a question that a list can be narrowed by (colour, price, in stock); its *values* are the
//! answers. A list's address always says everything about it, so it can be kept, shared and gone back to.

pub mod api;
pub mod islands;
pub mod model;
pub mod pages;
pub mod port;
pub mod view;
