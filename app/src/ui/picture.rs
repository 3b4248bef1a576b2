//! Pictures with their size, so that nothing jumps while they load.

use crate::catalog::model::Picture;
use leptos::prelude::*;

/// A picture. Below the fold it loads lazily; the page's largest one is `is_eager`.
#[component]
pub fn Pic(
    /// File, size, text alternative.
    picture: Picture,
    /// Loads at once and first.
    #[prop(optional)]
    is_eager: bool,
    /// Class names.
    #[prop(default = "pic")]
    class: &'static str,
    /// True when the words beside it already say what it shows.
    #[prop(optional)]
    is_decorative: bool,
) -> impl IntoView {
    let alt = if is_decorative { String::new() } else { picture.alt };
    view! {
        <img
            class=class
            src=picture.src
            alt=alt
            width=picture.width
            height=picture.height
            loading=if is_eager { "eager" } else { "lazy" }
            decoding=if is_eager { "auto" } else { "async" }
            fetchpriority=is_eager.then_some("high")
        />
    }
}
