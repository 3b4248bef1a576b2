//! A collection: what a rule picks, page by page.

use crate::catalog::model::{COLLECTION_PAGE, CollectionLink, CollectionPage as Content};
use crate::catalog::schema::breadcrumbs;
use crate::catalog::view::{Crumbs, Grid};
use crate::error::AppError;
use crate::i18n::{catalog as t, storefront as s};
use crate::kernel::{Locale, PageNumber};
use crate::routes::href;
use crate::ui::empty::EmptyState;
use crate::ui::layout::Layout;
use crate::ui::meta::{JsonLd, PageMeta};
use crate::ui::page::{self, Frame};
use crate::ui::pager::{Pager, PagerState};
use crate::ui::query;
use leptos::prelude::*;

/// `/{l}/collections/{slug}?page=`
#[component]
pub fn CollectionPage() -> impl IntoView {
    let slug = query::slug();
    let number = PageNumber::parse(&query::value("page"));
    page::render(
        move |cx| async move {
            let number = number.ok_or(AppError::NotFound)?;
            cx.services.catalog.collection(cx.view(), &slug?, number).await
        },
        |frame, content| view! { <Collection frame content /> },
    )
}

#[component]
fn Collection(frame: Frame, content: Content) -> impl IntoView {
    let locale = frame.cx.locale;
    let address = href::collection(locale, &content.collection.slug);
    let meta = meta(&content);
    let here = (content.collection.name.as_str(), address.clone());
    let data = breadcrumbs(&frame.cx.base_url, locale, &[], here);
    let Content { collection, others, products } = content;
    let pages = u32::try_from(products.total.div_ceil(u64::from(COLLECTION_PAGE))).unwrap_or(u32::MAX);
    let state = PagerState { base: address, number: products.number, pages };
    let count = t::units_found(locale, products.total);
    let list = if products.items.is_empty() {
        view! { <EmptyState title=s::collection_empty_title(locale) text=s::collection_empty_text(locale) /> }
            .into_any()
    } else {
        view! {
            <h2 class="hidden">{t::products(locale)}</h2>
            <Grid locale cards=products.items eager=2 />
            <Pager locale state />
        }
        .into_any()
    };
    view! {
        <Layout frame meta>
            <Crumbs locale crumbs=vec![] here=collection.name.clone() />
            <header class="opening">
                <div class="opening-words">
                    <h1>{collection.name}</h1>
                    <p>{collection.summary} " " {count}</p>
                </div>
            </header>
            <CollectionLinks locale links=others />
            {list}
            <JsonLd data />
        </Layout>
    }
    .into_any()
}

fn meta(content: &Content) -> PageMeta {
    let page = match content.products.number {
        ..=1 => String::new(),
        number => format!("?page={number}"),
    };
    let first = content.products.items.iter().find_map(|card| card.picture.as_ref());
    PageMeta {
        title: content.collection.name.clone(),
        description: content.collection.summary.clone(),
        path: format!("/collections/{}{page}", content.collection.slug),
        is_indexed: true,
        image: first.map(crate::catalog::model::Picture::shared),
        ..PageMeta::default()
    }
}

/// Links to collections.
#[component]
pub fn CollectionLinks(
    /// The language.
    locale: Locale,
    /// Which ones.
    links: Vec<CollectionLink>,
) -> impl IntoView {
    let items: Vec<_> = links
        .into_iter()
        .map(|link| {
            view! {
                <li>
                    <a class="chip" href=href::collection(locale, &link.slug)>
                        {link.name}
                    </a>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <nav class="chips" aria-label=s::collections(locale)>
                <ul>{items}</ul>
            </nav>
        }
        .into_any()
    })
}
