//! Fragments of lists: filters, orders, chosen values, suggestions, marked titles.

pub mod chosen;
pub mod facets;
pub mod results;
pub mod suggest;

pub use chosen::Chosen;
pub use facets::Filters;
pub use results::{Results, SortLinks};
pub use suggest::fragment;

use super::model::Marks;
use leptos::prelude::*;

/// A title with the parts that were looked for.
pub fn marked(title: &str, marks: &Marks) -> AnyView {
    if marks.is_empty() {
        return title.to_owned().into_any();
    }
    let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
    let mut end = 0;
    for (from, to) in marks {
        pieces.push(title.get(end..*from).unwrap_or_default().to_owned().into_any());
        let part = title.get(*from..*to).unwrap_or_default().to_owned();
        pieces.push(view! { <mark class="mark">{part}</mark> }.into_any());
        end = *to;
    }
    pieces.push(title.get(end..).unwrap_or_default().to_owned().into_any());
    pieces.into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
