//! What a list shows when it has nothing to show.

use leptos::prelude::*;

/// An empty list: what is the matter, what to do next; the actions are its children.
#[component]
pub fn EmptyState(
    /// What is the matter.
    #[prop(into)]
    title: String,
    /// What to do next.
    #[prop(into)]
    text: String,
    /// Links or buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}
