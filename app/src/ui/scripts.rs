//! The scripts of a page, asked for after its pictures.

use leptos::hydration::HydrationScripts;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// How leptos asks for them.
const ASKED: [&str; 2] = [r#"rel="modulepreload""#, r#"rel="preload""#];

/// What makes islands alive. Leptos asks for the WASM with high priority, so that on a slow network it shares the line
/// with the picture that people wait for; every form works before, so it may come second.
#[component]
pub fn LateScripts(
    /// Where the files are.
    options: LeptosOptions,
) -> impl IntoView {
    let html = view! { <HydrationScripts options islands=true /> }.to_html();
    let late = ASKED
        .iter()
        .fold(html, |html, asked| html.replacen(asked, &format!(r#"{asked} fetchpriority="low""#), 1));
    InertElement::new(late)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn both_files_are_asked_for_with_low_priority() {
        let html = Owner::new().with(|| {
            let options = LeptosOptions::builder().output_name("frontend").build();
            view! { <LateScripts options /> }.to_html()
        });
        assert_eq!(html.matches(r#"fetchpriority="low""#).count(), 2, "{html}");
        assert!(html.contains(r#"<script type="module""#), "{html}");
    }
}
