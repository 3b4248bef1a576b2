//! Rendering views in unit tests as the server does, islands included.

use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// The HTML of a view.
pub(crate) fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| view().into_view().to_html())
}

/// Values of an attribute, in the order of the page.
pub(crate) fn values<'html>(html: &'html str, attribute: &str) -> Vec<&'html str> {
    let opening = format!(" {attribute}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Fails when an id is used twice, or when a label, a description or a link of the page points to nothing.
pub(crate) fn assert_wired(html: &str) {
    let ids = values(html, "id");
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "id {id} twice in {html}");
    }
    let fragments = values(html, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
    let references = ["aria-describedby", "aria-labelledby", "for", "form"];
    for reference in
        references.iter().flat_map(|name| values(html, name)).flat_map(str::split_whitespace).chain(fragments)
    {
        assert!(ids.contains(&reference), "nothing has the id {reference} in {html}");
    }
}
