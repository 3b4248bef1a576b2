//! What pages ask of the search.

use super::model::{List, ListRequest, Suggestions};
use crate::catalog::model::View;
use crate::error::AppError;
use async_trait::async_trait;

/// Finding products.
#[async_trait]
pub trait Search: Send + Sync {
    /// A list of products. [`AppError::NotFound`] for an unknown category or a page behind the end,
    /// [`AppError::Unavailable`] while the index is being made.
    async fn list(&self, view: View, request: &ListRequest) -> Result<List, AppError>;
    /// What to suggest for a text that is being typed.
    async fn suggest(&self, view: View, text: &str) -> Result<Suggestions, AppError>;
    /// Notes that somebody followed a result of a text: its place in the list, from 1. Never fails.
    fn followed(&self, view: View, text: &str, rank: u32);
}
