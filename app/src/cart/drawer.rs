//! The cart in short: what the drawer shows, and a page of its own where there is no script to open one.

use super::model::{CartLine, CartView};
use crate::i18n::storefront as s;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::layout::Layout;
use crate::ui::meta::PageMeta;
use crate::ui::page;
use crate::ui::picture::{Fit, Pic};
use leptos::prelude::*;

/// `/{l}/cart/drawer`: a page, of which the script takes the section. It reads the same cart as the cart's page.
#[component]
pub fn DrawerPage() -> impl IntoView {
    page::render(
        |cx| async move { cx.services.carts.view(cx.guest.as_ref(), cx.view()).await },
        |frame, cart| {
            let locale = frame.cx.locale;
            view! {
                <Layout frame meta=PageMeta::hidden(s::drawer_title(locale))>
                    <h1 class="hidden">{s::drawer_title(locale)}</h1>
                    {section(locale, cart)}
                </Layout>
            }
            .into_any()
        },
    )
}

fn section(locale: Locale, cart: CartView) -> AnyView {
    let is_empty = cart.lines.is_empty();
    let lines: Vec<_> = cart.lines.into_iter().map(|line| item(locale, line)).collect();
    view! {
        <section class="drawer-cart" id="drawer-cart">
            {if is_empty {
                view! { <p class="drawer-empty">{s::drawer_empty(locale)}</p> }.into_any()
            } else {
                view! {
                    <ul class="drawer-lines">{lines}</ul>
                    <div class="summary-cuts" inner_html=cart.discounts_html></div>
                    <p class="drawer-sum">
                        <span>{s::drawer_subtotal(locale)}</span>
                        <strong>{cart.subtotal_text}</strong>
                    </p>
                    <p class="drawer-actions">
                        {cart
                            .is_ready
                            .then(|| {
                                view! {
                                    <ButtonLink href=href::checkout(locale) weight=Weight::Main>
                                        {s::drawer_checkout(locale)}
                                    </ButtonLink>
                                }
                            })} <ButtonLink href=href::cart(locale)>{s::drawer_open_cart(locale)}</ButtonLink>
                    </p>
                }
                    .into_any()
            }}
        </section>
    }
    .into_any()
}

fn item(locale: Locale, line: CartLine) -> AnyView {
    let problem = line.problem.map(|code| view! { <p class="drawer-problem">{code.text(locale)}</p> });
    view! {
        <li class="drawer-line">
            <div class="drawer-picture">
                {line.picture.map(|picture| view! { <Pic picture fit=Fit::Thumb is_decorative=true /> })}
            </div>
            <div>
                <a class="drawer-name" href=href::product(locale, &line.slug)>
                    {line.title}
                </a>
                <p class="drawer-note">
                    {(!line.options.is_empty()).then(|| format!("{} · ", line.options))}
                    {s::drawer_units(locale, line.quantity)}
                </p>
                {problem}
            </div>
            <p class="drawer-total">{line.total_text}</p>
        </li>
    }
    .into_any()
}
