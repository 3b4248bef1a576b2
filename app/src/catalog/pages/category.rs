//! A category: its sub-categories, its products in an order, page by page.

use crate::catalog::model::{CategoryLink, CategoryPage as Content, Listing, Picture, ProductCard, Sort};
use crate::catalog::view::{Crumbs, Grid, SortLinks};
use crate::error::AppError;
use crate::i18n::catalog as t;
use crate::kernel::{Locale, Page};
use crate::routes::href;
use crate::ui::empty::EmptyState;
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::page::{self, Frame};
use crate::ui::pager::{Pager, PagerState};
use crate::ui::picture::{Fit, Pic};
use crate::ui::query;
use leptos::prelude::*;

/// `/{l}/c/{category}?sort=&page=`
#[component]
pub fn CategoryPage() -> impl IntoView {
    let slug = query::slug();
    let listing = Listing::parse(&query::value("sort"), &query::value("page"));
    let sort = listing.map(|listing| listing.sort).unwrap_or_default();
    page::render(
        move |cx| async move {
            let listing = listing.ok_or(AppError::NotFound)?;
            cx.services.catalog.category(cx.view(), &slug?, listing).await
        },
        move |frame, content| view! { <Category frame content sort /> },
    )
}

#[component]
fn Category(frame: Frame, content: Content, sort: Sort) -> impl IntoView {
    let locale = frame.cx.locale;
    let address = href::category(locale, &content.category.slug);
    let meta = meta(locale, &content, sort);
    let name = content.category.name.clone();
    view! {
        <Layout frame meta>
            <Crumbs locale crumbs=content.parent.into_iter().collect() here=name.clone() />
            <Opening name count={t::units_found(locale, content.products.total)} banner=content.banner />
            <Children locale links=content.category.children />
            <Products locale address sort products=content.products />
        </Layout>
    }
    .into_any()
}

/// Every page of the plain order stands for itself; other orders are the same products again.
fn meta(locale: Locale, content: &Content, sort: Sort) -> PageMeta {
    let page = match content.products.number {
        ..=1 => String::new(),
        number => format!("?page={number}"),
    };
    PageMeta {
        title: content.category.name.clone(),
        description: t::category_description(locale, &content.category.name),
        path: format!("/c/{}{page}", content.category.slug),
        is_indexed: sort == Sort::default(),
        image: content.banner.as_ref().map(Picture::shared),
        ..PageMeta::default()
    }
}

/// The name, on the banner's empty side when there is one.
#[component]
fn Opening(name: String, count: String, banner: Option<Picture>) -> impl IntoView {
    let class = if banner.is_some() { "opening opening-pictured" } else { "opening" };
    view! {
        <header class=class>
            {banner
                .map(|picture| {
                    view! {
                        <Pic picture fit=Fit::Full is_eager=true is_decorative=true class="opening-picture" />
                    }
                })} <div class="opening-words">
                <h1>{name}</h1>
                <p>{count}</p>
            </div>
        </header>
    }
}

#[component]
fn Children(locale: Locale, links: Vec<CategoryLink>) -> impl IntoView {
    let items: Vec<_> = links
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a class="chip" href=href::category(locale, &link.slug)>
                        {link.name}
                    </a>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <nav class="chips" aria-label=t::sub_categories(locale)>
                <ul>{items}</ul>
            </nav>
        }
    })
}

#[component]
fn Products(locale: Locale, address: String, sort: Sort, products: Page<ProductCard>) -> impl IntoView {
    if products.items.is_empty() {
        let (title, text) = (t::category_empty_title(locale), t::category_empty_text(locale));
        return view! { <EmptyState title text /> }.into_any();
    }
    let addresses = sort_addresses(&address, '?');
    let state = pager_state(&addresses, sort, &products);
    view! {
        <SortLinks locale sort addresses />
        <h2 class="hidden">{t::products(locale)}</h2>
        <Grid locale cards=products.items eager=2 />
        <Pager locale state />
    }
    .into_any()
}

/// The list's address in every order; the default order has no `sort`.
pub(super) fn sort_addresses(address: &str, separator: char) -> Vec<(Sort, String)> {
    let named = |sort: Sort| match sort == Sort::default() {
        true => address.to_owned(),
        false => format!("{address}{separator}sort={}", sort.name()),
    };
    Sort::ALL.map(|sort| (sort, named(sort))).to_vec()
}

/// The pager of a list in an order.
pub(super) fn pager_state(
    addresses: &[(Sort, String)],
    sort: Sort,
    products: &Page<ProductCard>,
) -> PagerState {
    let base = addresses.iter().find(|(order, _)| *order == sort);
    PagerState {
        base: base.map(|(_, address)| address.clone()).unwrap_or_default(),
        number: products.number,
        pages: products.pages(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_order_keeps_the_address_plain() {
        let addresses = sort_addresses("/en/search?q=tea", '&');
        let texts: Vec<&str> = addresses.iter().map(|(_, address)| address.as_str()).collect();
        assert_eq!(
            texts,
            ["/en/search?q=tea", "/en/search?q=tea&sort=price", "/en/search?q=tea&sort=price-desc"]
        );
    }
}
