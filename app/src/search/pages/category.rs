//! A category: its sub-categories, and its products with filters, in an order, page by page.

use crate::catalog::model::{CategoryLink, CategoryPage as Head, Picture};
use crate::catalog::schema::breadcrumbs;
use crate::catalog::view::Crumbs;
use crate::i18n::catalog as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::search::model::{Filters, List, ListRequest, Sort};
use crate::search::view::Results;
use crate::ui::empty::EmptyState;
use crate::ui::layout::Layout;
use crate::ui::meta::{JsonLd, PageMeta};
use crate::ui::page::{self, Frame};
use crate::ui::picture::{Fit, Pic, Preload};
use crate::ui::query;
use futures::try_join;
use leptos::prelude::*;
use leptos_meta::Link;

/// `/{l}/c/{category}?…`
#[component]
pub fn CategoryPage() -> impl IntoView {
    let slug = query::slug();
    let asked = slug.clone().and_then(|slug| super::asked(Some(slug)));
    page::render(
        move |cx| async move {
            let (slug, request) = (slug?, asked?);
            let head = cx.services.catalog.category(cx.view(), &slug);
            let list = cx.services.search.list(cx.view(), &request);
            let (head, list) = try_join!(head, list)?;
            Ok((head, request, list))
        },
        move |frame, (head, request, list)| view! { <Category frame head request list /> },
    )
}

#[component]
fn Category(frame: Frame, head: Head, request: ListRequest, list: List) -> impl IntoView {
    let (locale, currency) = (frame.cx.locale, frame.cx.currency);
    let path = href::category(locale, &head.category.slug);
    let meta = meta(locale, &head, &request);
    // Filtered lists are kept out of search engines, which are told where the whole list is.
    let canonical = (!meta.is_indexed).then(|| {
        let address = format!("{}{path}", frame.cx.base_url);
        view! { <Link rel="canonical" href=address /> }
    });
    let name = head.category.name.clone();
    let crumbs: Vec<CategoryLink> = head.parent.into_iter().collect();
    let data = breadcrumbs(&frame.cx.base_url, locale, &crumbs, (name.as_str(), path.clone()));
    let preload = head.banner.clone();
    let is_below_picture = preload.is_some();
    let is_empty = list.products.total == 0 && request.filters == Filters::default();
    let shown = if is_empty {
        let (title, text) = (t::category_empty_title(locale), t::category_empty_text(locale));
        view! { <EmptyState title text /> }.into_any()
    } else {
        view! { <Results locale currency request list=list.clone() path is_below_picture /> }.into_any()
    };
    view! {
        <Layout frame meta>
            {canonical}
            {preload.map(|picture| view! { <Preload picture fit=Fit::Full /> })}
            <Crumbs locale crumbs here=name.clone() />
            <Opening name count={t::units_found(locale, list.products.total)} banner=head.banner />
            <Children locale links=head.category.children />
            {shown}
            <JsonLd data />
        </Layout>
    }
    .into_any()
}

/// Every page of the plain list stands for itself; other orders and filters are the same products again.
fn meta(locale: Locale, head: &Head, request: &ListRequest) -> PageMeta {
    let page = match request.page.get() {
        ..=1 => String::new(),
        number => format!("?page={number}"),
    };
    PageMeta {
        title: head.category.name.clone(),
        description: t::category_description(locale, &head.category.name),
        path: format!("/c/{}{page}", head.category.slug),
        is_indexed: request.sort == Sort::default() && request.filters == Filters::default(),
        image: head.banner.as_ref().map(Picture::shared),
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
