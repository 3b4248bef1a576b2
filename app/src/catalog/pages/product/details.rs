//! Everything there is to know about a product, and what is like it.

use crate::catalog::model::{ProductCard, ProductPage, TagLink, VariantView};
use crate::catalog::view::Grid;
use crate::i18n::{catalog as t, storefront as s};
use crate::kernel::Locale;
use crate::routes::href;
use crate::search::model::encode;
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
                {tags(locale, content.tags)}
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

/// Links to everything that has the same tag. Search engines know the categories; these lists are for people.
fn tags(locale: Locale, tags: Vec<TagLink>) -> Option<AnyView> {
    let link = |tag: TagLink| {
        let address = format!("{}?tag={}", href::search(locale), encode(&tag.key));
        view! {
            <li>
                <a class="chip" rel="nofollow" href=address>
                    {tag.label}
                </a>
            </li>
        }
    };
    (!tags.is_empty()).then(|| {
        let links: Vec<_> = tags.into_iter().map(link).collect();
        view! {
            <nav class="chips" aria-label=t::tags(locale)>
                <ul>{links}</ul>
            </nav>
        }
        .into_any()
    })
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::super::tests::pot;
    use super::*;

    fn html(locale: Locale, content: ProductPage) -> String {
        details(locale, content, None).to_html()
    }

    #[test]
    fn a_tag_leads_to_everything_that_has_it() {
        let tag = |key: &str, label: &str| TagLink { key: key.into(), label: label.into() };
        let tags = vec![tag("pour-over", "手冲 <b>"), tag("手作", "手作")];
        let html = html(Locale::Zh, ProductPage { tags, ..pot() });
        assert!(html.contains(r#"href="/zh/search?tag=pour-over""#), "{html}");
        assert!(html.contains(r#"href="/zh/search?tag=%E6%89%8B%E4%BD%9C""#), "{html}");
        assert!(
            html.contains("手冲 &lt;b&gt;") && html.contains(r#"<nav aria-label="标签" class="chips">"#),
            "{html}"
        );
    }

    #[test]
    fn a_product_without_tags_has_no_empty_row_of_them() {
        assert!(!html(Locale::En, pot()).contains("<nav"));
    }
}
