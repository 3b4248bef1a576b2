//! The home page: opening picture, categories, what is new, what is reduced, what the shop stands for.

use crate::RequestCx;
use crate::catalog::model::{CategoryLink, HomePage as Content, Picture, ProductCard};
use crate::catalog::pages::collection::CollectionLinks;
use crate::catalog::view::Grid;
use crate::help::Topic;
use crate::i18n::{catalog as t, common, storefront as s};
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::icon::{Icon, IconName};
use crate::ui::layout::Layout;
use crate::ui::meta::{JsonLd, PageMeta};
use crate::ui::page::{self, Frame};
use crate::ui::picture::{Fit, Pic, Preload};
use leptos::prelude::*;
use serde_json::{Value, json};

/// One large product and four beside it.
const NEWEST: usize = 5;

/// `/{l}`
#[component]
pub fn HomePage() -> impl IntoView {
    page::render(
        |cx| async move { cx.services.catalog.home(cx.view()).await },
        |frame, content| view! { <Home frame content /> },
    )
}

#[component]
fn Home(frame: Frame, content: Content) -> impl IntoView {
    let locale = frame.cx.locale;
    let meta = PageMeta {
        description: t::home_description(locale).to_owned(),
        is_indexed: true,
        image: content.hero.as_ref().map(Picture::shared),
        ..PageMeta::default()
    };
    let newest = content.newest.into_iter().take(NEWEST).collect();
    let data = organisation(&frame.cx);
    let preload = content.hero.clone();
    view! {
        {preload.map(|picture| view! { <Preload picture fit=Fit::Full /> })}
        <Layout frame meta>
            <Hero locale picture=content.hero />
            <CollectionLinks locale links=content.collections />
            <Section
                id="newest"
                title=t::newest_title(locale)
                text=t::newest_text(locale)
                locale
                cards=newest
            />
            <Categories locale categories=content.categories />
            <Section
                id="offers"
                title=t::offers_title(locale)
                text=t::offers_text(locale)
                locale
                cards=content.offers
            />
            <Section
                id="popular"
                title=s::popular_title(locale)
                text=s::popular_text(locale)
                locale
                cards=content.popular
            />
            <Story locale />
            <Promises locale />
            <Help locale />
            <JsonLd data />
        </Layout>
    }
    .into_any()
}

/// The opening: words on the empty left side of the picture.
#[component]
fn Hero(locale: Locale, picture: Option<Picture>) -> impl IntoView {
    view! {
        <section class="hero">
            {picture
                .map(|picture| view! { <Pic picture fit=Fit::Full is_eager=true class="hero-picture" /> })}
            <div class="hero-words">
                <p class="kicker">{t::hero_kicker(locale)}</p>
                <h1 class="hero-title">
                    <span>{t::hero_title_first(locale)}</span>
                    " "
                    <span>{t::hero_title_second(locale)}</span>
                </h1>
                <p class="hero-text">{t::hero_text(locale)}</p>
                <ButtonLink href="#newest" weight=Weight::Main>
                    {t::hero_action(locale)}
                </ButtonLink>
            </div>
        </section>
    }
}

/// A titled row of products; nothing without products.
#[component]
fn Section(
    id: &'static str,
    title: &'static str,
    text: &'static str,
    locale: Locale,
    cards: Vec<ProductCard>,
) -> impl IntoView {
    let label = format!("{id}-title");
    (!cards.is_empty()).then(|| {
        view! {
            <section class="band" id=id aria-labelledby=label.clone()>
                <header class="band-head">
                    <h2 id=label.clone()>{title}</h2>
                    <p>{text}</p>
                </header>
                <Grid locale cards />
            </section>
        }
        .into_any()
    })
}

/// The top-level categories by their banners; the first one is large.
#[component]
fn Categories(locale: Locale, categories: Vec<(CategoryLink, Option<Picture>)>) -> impl IntoView {
    let tiles: Vec<_> = categories
        .into_iter()
        .map(|(category, banner)| {
            view! {
                <li class="tile">
                    <Tile locale category banner />
                </li>
            }
        })
        .collect();
    view! {
        <section class="band" id="categories" aria-labelledby="categories-title">
            <header class="band-head">
                <h2 id="categories-title">{t::categories_title(locale)}</h2>
            </header>
            <ul class="tiles">{tiles}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Tile(locale: Locale, category: CategoryLink, banner: Option<Picture>) -> impl IntoView {
    let children: Vec<_> = category
        .children
        .into_iter()
        .map(|child| {
            view! {
                <li>
                    <a href=href::category(locale, &child.slug)>{child.name}</a>
                </li>
            }
        })
        .collect();
    view! {
        {banner
            .map(|picture| view! { <Pic picture fit=Fit::Half is_decorative=true class="tile-picture" /> })}
        <div class="tile-words">
            <h3 class="tile-title">
                <a href=href::category(locale, &category.slug)>{category.name}</a>
            </h3>
            <ul class="tile-children">{children}</ul>
        </div>
    }
}

/// What the shop stands for, in a few words.
#[component]
fn Story(locale: Locale) -> impl IntoView {
    view! {
        <section class="story" aria-labelledby="story-title">
            <h2 id="story-title" class="story-title">
                {t::story_title(locale)}
            </h2>
            <div class="story-text">
                <p>{t::story_first(locale)}</p>
                <p>{t::story_second(locale)}</p>
            </div>
        </section>
    }
}

/// What a shopper can rely on.
#[component]
fn Promises(locale: Locale) -> impl IntoView {
    let promises = [
        (IconName::Check, t::promise_price_title(locale), t::promise_price_text(locale)),
        (IconName::Parcel, t::promise_stock_title(locale), t::promise_stock_text(locale)),
        (IconName::Bag, t::promise_guest_title(locale), t::promise_guest_text(locale)),
        (IconName::Home, t::promise_payment_title(locale), t::promise_payment_text(locale)),
    ];
    let items = promises.map(|(icon, title, text)| {
        view! {
            <li>
                <Icon name=icon />
                <h3>{title}</h3>
                <p>{text}</p>
            </li>
        }
    });
    view! {
        <section class="promises" aria-labelledby="promises-title">
            <h2 id="promises-title" class="hidden">
                {t::promises_title(locale)}
            </h2>
            <ul>{items.into_iter().collect::<Vec<_>>()}</ul>
        </section>
    }
}

/// What people ask before they order.
#[component]
fn Help(locale: Locale) -> impl IntoView {
    let topics: Vec<_> = Topic::ALL
        .into_iter()
        .map(|topic| {
            view! {
                <li>
                    <a href=href::help(locale, topic.slug())>{topic.title(locale)}</a>
                    <p>{topic.summary(locale)}</p>
                </li>
            }
        })
        .collect();
    view! {
        <section class="band home-help" aria-labelledby="help-title">
            <header class="band-head">
                <h2 id="help-title">{s::help_title(locale)}</h2>
            </header>
            <ul>{topics}</ul>
        </section>
    }
    .into_any()
}

/// The shop and its search field, as search engines read them.
fn organisation(cx: &RequestCx) -> Value {
    let (base, locale) = (&cx.base_url, cx.locale);
    let url = format!("{base}{}", href::home(locale));
    json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Organization",
                "@id": format!("{base}/#shop"),
                "name": "Jishi 集市",
                "url": url,
                "logo": format!("{base}/icon-512.png"),
            },
            {
                "@type": "WebSite",
                "name": common::brand(locale),
                "url": url,
                "inLanguage": locale.tag(),
                "publisher": {"@id": format!("{base}/#shop")},
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": format!("{base}{}?q={{search_term_string}}", href::search(locale)),
                    "query-input": "required name=search_term_string",
                },
            },
        ],
    })
}
