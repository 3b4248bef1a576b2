//! Everything there is to know about a product, and what is like it.

use crate::catalog::model::{ProductCard, ProductPage, VariantView};
use crate::catalog::view::Grid;
use crate::i18n::{catalog as t, storefront as s};
use crate::kernel::Locale;
use leptos::prelude::*;

/// Description, specifications, care, questions.
pub(super) fn details(locale: Locale, content: ProductPage, chosen: Option<&VariantView>) -> AnyView {
    let facts = facts(locale, &content, chosen);
    let paragraphs: Vec<_> = content.description.into_iter().map(|text| view! { <p>{text}</p> }).collect();
    view! {
        <div class="details">
            <section class="details-about" aria-labelledby="about-title">
                <h2 id="about-title">{t::about(locale)}</h2>
                <div class="prose">{paragraphs}</div>
            </section>
            <section class="details-specs" aria-labelledby="specs-title">
                <h2 id="specs-title">{t::specs_title(locale)}</h2>
                <dl class="specs">{facts}</dl>
            </section>
            <section class="details-more" aria-label=t::faq_title(locale)>
                {fold(t::care_title(locale), content.care, true)}
                {content
                    .faq
                    .into_iter()
                    .map(|(question, answer)| fold(&question, answer, false))
                    .collect::<Vec<_>>()}
            </section>
        </div>
    }
    .into_any()
}

/// The specifications, then the facts that every product has.
fn facts(locale: Locale, content: &ProductPage, chosen: Option<&VariantView>) -> Vec<AnyView> {
    let common = [
        (t::brand_label(locale), Some(content.brand.clone())),
        (t::origin_label(locale), Some(content.origin.clone())),
        (t::shelf_life_label(locale), content.shelf_life_days.map(|days| t::shelf_life_days(locale, days))),
        (t::sku_label(locale), chosen.map(|variant| variant.sku.clone())),
    ];
    let common = common.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    content
        .specs
        .iter()
        .cloned()
        .chain(common)
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
            .into_any()
        })
        .collect()
}

/// A text under a title that can be folded; nothing for an empty text.
fn fold(title: &str, text: String, is_open: bool) -> Option<AnyView> {
    (!text.is_empty()).then(|| {
        view! {
            <details class="fold" open=is_open>
                <summary>{title.to_owned()}</summary>
                <p>{text}</p>
            </details>
        }
        .into_any()
    })
}

/// What goes with it, then what is like it.
pub(super) fn beside(locale: Locale, matches: Vec<ProductCard>, similar: Vec<ProductCard>) -> AnyView {
    view! {
        {band(locale, "matches-title", s::matches_title(locale), matches)}
        {band(locale, "similar-title", t::similar_title(locale), similar)}
    }
    .into_any()
}

/// A titled row of products; nothing without products.
fn band(locale: Locale, id: &'static str, title: &'static str, cards: Vec<ProductCard>) -> Option<AnyView> {
    (!cards.is_empty()).then(|| {
        view! {
            <section class="band" aria-labelledby=id>
                <header class="band-head">
                    <h2 id=id>{title}</h2>
                </header>
                <Grid locale cards />
            </section>
        }
        .into_any()
    })
}
