//! Help and policies: how the shop delivers, takes back, is paid, what it keeps, where to write.

pub mod pages;
mod topic;

pub use topic::Topic;
