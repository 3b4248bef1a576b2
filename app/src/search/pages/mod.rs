//! The pages that list products: one file per route.

pub mod category;
pub mod results;

pub use category::CategoryPage;
pub use results::SearchPage;

use super::model::ListRequest;
use crate::kernel::Slug;
use crate::ui::query;
use crate::{AppError, RequestCx};

/// The list that the address asks for. A page that cannot be is not found.
fn asked(category: Option<Slug>) -> Result<ListRequest, AppError> {
    let currency = RequestCx::current().currency;
    ListRequest::parse(&query::pairs(), category, currency).ok_or(AppError::NotFound)
}
