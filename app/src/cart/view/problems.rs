//! Everything that is to be looked at before buying, each with a link to its line.

use super::line::line_id;
use crate::cart::model::CartProblem;
use crate::i18n::cart as t;
use crate::kernel::Locale;
use crate::routes::href;
use leptos::prelude::*;

/// The list; nothing when there is nothing to look at. It goes away with the first change that a script makes, since
/// the lines tell what is left.
#[component]
pub fn ProblemList(
    /// The language.
    locale: Locale,
    /// What is to be looked at.
    problems: Vec<CartProblem>,
    /// On another page than the cart's.
    #[prop(optional)]
    is_elsewhere: bool,
) -> impl IntoView {
    let page = if is_elsewhere { href::cart(locale) } else { String::new() };
    let items = problems.into_iter().map(|problem| {
        let link = format!("{page}#{}", line_id(&problem.sku));
        view! {
            <li>
                <a href=link>{t::problem_of(locale, &problem)}</a>
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="cart-problems" aria-labelledby="cart-problems">
                <h2 class="cart-problems-title" id="cart-problems">
                    {t::problems_title(locale)}
                </h2>
                <ul>{items}</ul>
            </section>
        }
    })
}
