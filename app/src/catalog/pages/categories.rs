//! Every category with what is below it.

use crate::catalog::model::CategoryLink;
use crate::catalog::pages::collection::CollectionLinks;
use crate::catalog::schema::breadcrumbs;
use crate::catalog::view::Crumbs;
use crate::i18n::storefront as s;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::layout::Layout;
use crate::ui::meta::{JsonLd, PageMeta};
use crate::ui::page::{self, Frame};
use leptos::prelude::*;

/// `/{l}/categories`. The menu's categories are all of them, so only the collections are loaded.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    page::render(
        |cx| async move { cx.services.catalog.collections(cx.view()).await },
        |frame, links| {
            let locale = frame.cx.locale;
            let meta = PageMeta {
                title: s::all_categories(locale).to_owned(),
                description: s::all_categories_text(locale).to_owned(),
                path: "/categories".to_owned(),
                is_indexed: true,
                ..PageMeta::default()
            };
            let shelves = shelves(locale, &frame);
            let here = (s::all_categories(locale), href::categories(locale));
            let data = breadcrumbs(&frame.cx.base_url, locale, &[], here);
            view! {
                <Layout frame meta>
                    <Crumbs locale crumbs=vec![] here=s::all_categories(locale) />
                    <header class="opening">
                        <div class="opening-words">
                            <h1>{s::all_categories(locale)}</h1>
                            <p>{s::all_categories_text(locale)}</p>
                        </div>
                    </header>
                    <CollectionLinks locale links />
                    <ul class="shelves">{shelves}</ul>
                    <JsonLd data />
                </Layout>
            }
            .into_any()
        },
    )
}

fn shelves(locale: Locale, frame: &Frame) -> Vec<AnyView> {
    let link = |category: &CategoryLink| {
        view! { <a href=href::category(locale, &category.slug)>{category.name.clone()}</a> }
    };
    let shelf = |category: &CategoryLink| {
        let children: Vec<_> =
            category.children.iter().map(|child| view! { <li>{link(child)}</li> }).collect();
        view! {
            <li class="shelf">
                <h2>{link(category)}</h2>
                <ul>{children}</ul>
            </li>
        }
        .into_any()
    };
    frame.categories.iter().map(shelf).collect()
}
