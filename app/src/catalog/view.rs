//! Fragments of the catalogue: the product card, grids, the way from the top.

use super::model::{CategoryLink, ProductCard};
use crate::i18n::{catalog as t, common};
use crate::kernel::Locale;
use crate::routes::href;
use crate::search::model::Marks;
use crate::search::view::marked;
use crate::ui::picture::Pic;
use crate::ui::price::Price;
use leptos::prelude::*;

/// A product in a grid. The title is the link; its target covers the whole card.
#[component]
pub fn Card(
    /// The language.
    locale: Locale,
    /// What is shown.
    card: ProductCard,
    /// True when the picture is among the first things on the page.
    #[prop(optional)]
    is_eager: bool,
    /// Parts of the title that were looked for.
    #[prop(optional)]
    marks: Marks,
) -> impl IntoView {
    let mark = mark(locale, &card);
    view! {
        <article class="card">
            <div class="card-picture">
                {card.picture.map(|picture| view! { <Pic picture is_eager is_decorative=true /> })}
                // For a mouse or a focus that rests on the card: the style does not show it before, and a lazy picture that
                // is not shown is not fetched.
                {card.second.map(|picture| view! { <Pic picture is_decorative=true class="card-second" /> })}
                {mark.map(|(class, text)| view! { <span class=class>{text}</span> })}
            </div>
            <h3 class="card-title">
                <a href=href::product(locale, &card.slug)>{marked(&card.title, &marks)}</a>
            </h3>
            <p class="card-subtitle">{card.subtitle}</p>
            <p class="card-price">
                <Price locale money=card.price compare_at=card.compare_at is_from=card.is_from />
            </p>
        </article>
    }
    .into_any()
}

/// Where the page's script puts what this browser has seen lately, once the reader comes near; and what it
/// remembers of this page.
#[component]
pub fn SeenHere(
    /// The language.
    locale: Locale,
    /// The product shown.
    #[prop(into)]
    slug: String,
) -> impl IntoView {
    view! { <div class="seen-here" id="seen-here" data-slug=slug data-from=href::seen(locale)></div> }
}

/// The word on the picture: sold out, or on offer.
fn mark(locale: Locale, card: &ProductCard) -> Option<(&'static str, &'static str)> {
    if !card.in_stock {
        return Some(("card-mark card-mark-out", t::sold_out(locale)));
    }
    card.compare_at.map(|_| ("card-mark", t::on_offer(locale)))
}

/// Products side by side.
#[component]
pub fn Grid(
    /// The language.
    locale: Locale,
    /// What is shown.
    cards: Vec<ProductCard>,
    /// How many of the first pictures load at once.
    #[prop(optional)]
    eager: usize,
    /// For each product the parts of its title that were looked for.
    #[prop(optional)]
    marks: Vec<Marks>,
) -> impl IntoView {
    let marks = marks.into_iter().chain(std::iter::repeat_with(Marks::new));
    let items: Vec<_> = cards
        .into_iter()
        .zip(marks)
        .enumerate()
        .map(|(index, (card, marks))| {
            view! {
                <li>
                    <Card locale card marks is_eager={index < eager} />
                </li>
            }
        })
        .collect();
    view! { <ul class="grid">{items}</ul> }
}

/// The way from the top to the page.
#[component]
pub fn Crumbs(
    /// The language.
    locale: Locale,
    /// Categories from the top.
    crumbs: Vec<CategoryLink>,
    /// The page itself.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    let links: Vec<_> = crumbs
        .into_iter()
        .map(|crumb| {
            view! {
                <li>
                    <a href=href::category(locale, &crumb.slug)>{crumb.name}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="crumbs" aria-label=t::you_are_here(locale)>
            <ol>
                <li>
                    <a href=href::home(locale)>{common::home(locale)}</a>
                </li>
                {links}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::catalog::model::Picture;
    use crate::kernel::{Currency, Money};

    fn picture(src: &str) -> Picture {
        Picture { src: src.into(), alt: "A pot".into(), width: 1200, height: 1200 }
    }

    fn card() -> ProductCard {
        ProductCard {
            slug: "celadon-teapot".into(),
            title: "<b>Teapot</b>".into(),
            subtitle: "Slow".into(),
            picture: Some(picture("/media/a.webp")),
            second: Some(picture("/media/b.webp")),
            price: Money::new(6200, Currency::Usd),
            is_from: false,
            compare_at: None,
            in_stock: true,
        }
    }

    #[test]
    fn a_card_links_by_its_title_and_escapes_it() {
        let html = view! { <Card locale=Locale::En card=card() /> }.to_html();
        assert!(html.contains(r#"href="/en/p/celadon-teapot""#), "{html}");
        assert!(html.contains("&lt;b&gt;Teapot"), "{html}");
        assert!(html.contains("$62.00"), "{html}");
        assert!(html.contains(r#"width="1200""#) && html.contains(r#"loading="lazy""#), "{html}");
    }

    #[test]
    fn the_second_picture_is_never_fetched_before_it_is_looked_at() {
        let html = view! { <Card locale=Locale::En card=card() is_eager=true /> }.to_html();
        let second = html.split("<img").find(|rest| rest.contains("card-second")).unwrap();
        assert!(second.contains("/media/480/b.webp 480w") && second.contains(r#"loading="lazy""#), "{html}");
        assert!(second.contains(r#"alt="""#) && !second.contains("fetchpriority"), "{html}");
        let single = ProductCard { second: None, ..card() };
        assert!(!view! { <Card locale=Locale::En card=single /> }.to_html().contains("card-second"));
    }

    #[test]
    fn a_sold_out_card_says_so() {
        let sold = ProductCard { in_stock: false, ..card() };
        let html = view! { <Card locale=Locale::Zh card=sold /> }.to_html();
        assert!(html.contains("售罄"), "{html}");
    }
}
