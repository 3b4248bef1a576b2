//! Buttons and links that look like buttons. One main action per page.

use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one main action of a page, in the accent colour.
    Main,
    /// Any other action: outlined.
    #[default]
    Quiet,
}

impl Weight {
    /// Class names for a button of this weight, also for islands.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Main => "button button-main",
            Self::Quiet => "button",
        }
    }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    weight: Weight,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=weight.class() href=href>
            {children()}
        </a>
    }
}

/// A button that submits its form.
#[component]
pub fn SubmitButton(
    /// How much it asks for attention.
    #[prop(optional)]
    weight: Weight,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=weight.class() type="submit">
            {children()}
        </button>
    }
}
