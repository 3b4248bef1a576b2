//! The catalogue's islands: putting a variant into the cart without leaving the page.
#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

use crate::cart::client;
use crate::i18n::catalog as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::button::Weight;
use crate::ui::icon::{Icon, IconName};
use crate::ui::islands::announce_cart;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

/// What the form needs to know, in words that are ready to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuyFacts {
    /// Which variant.
    pub sku: String,
    /// The product's title, for the bar on phones.
    pub title: String,
    /// The price of one, formatted.
    pub price: String,
    /// The most that can be ordered.
    pub most: u32,
}

/// How the last press of the button has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing was asked for yet.
    Idle,
    /// On its way.
    Pending,
    /// In the cart, which now holds so many units.
    Added(u32),
    /// Not added, and why.
    Failed(crate::ErrorCode),
}

/// The form's id, by which the bar's button submits it too.
pub(crate) const FORM: &str = "buy";

/// Puts the chosen variant into the cart. A plain form before the island wakes up and without JavaScript;
/// afterwards it adds in place, once per press, and tells how it went.
#[island]
pub fn AddToCart(
    /// The language.
    locale: Locale,
    /// The variant.
    facts: BuyFacts,
) -> impl IntoView {
    let quantity = RwSignal::new("1".to_owned());
    let outcome = RwSignal::new(Outcome::Idle);
    let sku = facts.sku.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(outcome, sku.clone(), quantity.get_untracked());
    };
    let pending = move || (outcome.get() == Outcome::Pending).then_some("true");
    let label = move || match outcome.get() {
        Outcome::Pending => t::adding(locale),
        _ => t::add_to_cart(locale),
    };
    let was_added = move || matches!(outcome.get(), Outcome::Added(_));
    let tone = move || match outcome.get() {
        Outcome::Idle | Outcome::Pending => "buy-idle",
        Outcome::Added(_) => "buy-added",
        Outcome::Failed(_) => "buy-failed",
    };
    view! {
        <form class="buy" id=FORM method="post" action="/api/cart/add" on:submit=submit>
            <input type="hidden" name="variant_sku" value=facts.sku />
            <Amount locale quantity most=facts.most />
            <button class=Weight::Main.class() type="submit" aria-disabled=pending>
                {label}
            </button>
        </form>
        <p class="buy-result" role="status">
            <span class=tone>{move || result_text(locale, outcome.get())}</span>
            " "
            <a href=href::cart(locale) hidden=move || !was_added()>
                {t::view_cart(locale)}
            </a>
        </p>
        <div class="buybar">
            <p class="buybar-words">
                <span class="buybar-title">{facts.title}</span>
                <span class="buybar-price">{facts.price}</span>
            </p>
            <button class=Weight::Main.class() type="submit" form=FORM aria-disabled=pending>
                {label}
            </button>
        </div>
    }
}

/// Sends the form once; presses while it is on its way are ignored.
fn send(outcome: RwSignal<Outcome>, sku: String, quantity: String) {
    if outcome.get_untracked() == Outcome::Pending {
        return;
    }
    outcome.set(Outcome::Pending);
    spawn_local(async move {
        let end = match client::add(&sku, &quantity).await {
            Ok(count) => {
                announce_cart(count);
                Outcome::Added(count)
            }
            Err(code) => Outcome::Failed(code),
        };
        let _ = outcome.try_set(end);
    });
}

/// What is said below the button, and read out.
fn result_text(locale: Locale, outcome: Outcome) -> String {
    match outcome {
        Outcome::Idle | Outcome::Pending => String::new(),
        Outcome::Added(count) => t::added(locale, count),
        Outcome::Failed(code) => code.text(locale).to_owned(),
    }
}

/// A number of units with a button on either side; without JavaScript just the number.
#[component]
fn Amount(locale: Locale, quantity: RwSignal<String>, most: u32) -> impl IntoView {
    let step = move |by: i32| {
        let now = quantity.get_untracked().trim().parse::<u32>().unwrap_or(1);
        let next = now.saturating_add_signed(by).clamp(1, most.max(1));
        quantity.set(next.to_string());
    };
    view! {
        <div class="amount">
            <button
                class="amount-button"
                type="button"
                aria-label=t::fewer(locale)
                on:click=move |_| step(-1)
            >
                <Icon name=IconName::Minus />
            </button>
            <input
                class="amount-field"
                type="number"
                name="quantity"
                inputmode="numeric"
                min="1"
                max=most
                aria-label=t::quantity(locale)
                autocomplete="off"
                value="1"
                prop:value=move || quantity.get()
                on:input=move |event| quantity.set(event_target_value(&event))
            />
            <button class="amount-button" type="button" aria-label=t::more(locale) on:click=move |_| step(1)>
                <Icon name=IconName::Plus />
            </button>
        </div>
    }
}
