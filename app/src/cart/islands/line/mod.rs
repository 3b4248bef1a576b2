//! One line of the cart: stepper, price, removal with undo.

#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

mod state;

use crate::cart::model::CartLine;
use crate::error::ErrorCode;
use crate::i18n::cart as t;
use crate::kernel::{Locale, Quantity};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use serde::{Deserialize, Serialize};
use state::LineState;
use web_sys::HtmlInputElement;

/// What changes on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineFacts {
    /// Stock keeping unit.
    pub sku: String,
    /// Title, for the names of buttons.
    pub title: String,
    /// Units.
    pub quantity: u32,
    /// Units that could be bought now.
    pub available: i64,
    /// Price of one unit.
    pub unit_price: String,
    /// Price of the line.
    pub total: String,
    /// Why it cannot be bought as it is.
    pub problem: Option<ErrorCode>,
}

impl From<&CartLine> for LineFacts {
    fn from(line: &CartLine) -> Self {
        Self {
            sku: line.sku.clone(),
            title: line.title.clone(),
            quantity: line.quantity,
            available: line.available,
            unit_price: line.unit_price_text.clone(),
            total: line.total_text.clone(),
            problem: line.problem,
        }
    }
}

impl LineFacts {
    /// The most units that the stepper offers.
    fn most(&self) -> u32 {
        u32::try_from(self.available).unwrap_or(0).clamp(1, Quantity::MAX)
    }

    /// Units left, when that is the problem.
    fn few_left(&self) -> Option<i64> {
        (self.problem == Some(ErrorCode::NotEnoughStock) && self.available > 0).then_some(self.available)
    }

    fn problem_text(&self, locale: Locale) -> String {
        self.problem.map_or_else(String::new, |code| t::line_problem(locale, code, self.available))
    }
}

/// A line. Its children are the picture and the title.
#[island]
pub fn CartLineRow(
    /// The language.
    locale: Locale,
    /// The line.
    facts: LineFacts,
    children: Children,
) -> impl IntoView {
    let state = LineState::new(locale, facts);
    view! {
        <div
            class="cart-line-row"
            aria-busy=move || state.is_pending.get().then_some("true")
            hidden=move || state.is_removed()
        >
            {children()}
            <p class="cart-line-unit">{move || state.show(|facts| t::each(locale, &facts.unit_price))}</p>
            {stepper(state)}
            {removal(state)}
            <p class="cart-line-total">{move || state.show(|facts| facts.total.clone())}</p>
            {problem(state)}
        </div>
        <p class="cart-line-error" role="alert" hidden=move || state.error.get().is_none()>
            {move || state.error.get().map_or("", |code| code.text(locale))}
        </p>
        <div class="cart-line-removed" hidden=move || !state.is_removed()>
            <p role="status">
                {move || if state.is_removed() { t::removed(locale, state.title()) } else { String::new() }}
            </p>
            <button class="button" type="button" id=state.id("undo") on:click=move |_| state.toggle(false)>
                {t::undo(locale)}
            </button>
        </div>
    }
}

/// Minus, field, plus. As plain HTML the two buttons post the next number and the field has its own form.
fn stepper(state: LineState) -> impl IntoView {
    let (locale, title, sku) = (state.locale, state.title(), state.sku());
    let form = state.id("set");
    view! {
        <div class="stepper">
            <form
                class="stepper-form"
                method="post"
                action="/api/cart/update"
                on:submit=|event| event.prevent_default()
            >
                <input type="hidden" name="variant_sku" value=sku.clone() />
                <button
                    class="stepper-button"
                    type="submit"
                    name="quantity"
                    aria-label=t::one_less(locale, &title)
                    value=move || state.wanted.get().saturating_sub(1).max(1)
                    disabled={move || state.wanted.get() <= 1}
                    on:click=move |_| state.change(state.wanted.get_untracked().saturating_sub(1))
                >
                    "−"
                </button>
                <input
                    class="stepper-field"
                    id=state.id("quantity")
                    form=form.clone()
                    name="quantity"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-label=t::quantity_of(locale, &title)
                    prop:value=move || state.wanted.get().to_string()
                    value=state.wanted.get_untracked().to_string()
                    on:change=move |event| {
                        if let Some(field) = input_of(&event) {
                            state.typed(&field)
                        }
                    }
                />
                <button
                    class="stepper-button"
                    type="submit"
                    name="quantity"
                    aria-label=t::one_more(locale, &title)
                    value=move || state.wanted.get().saturating_add(1)
                    disabled={move || state.wanted.get() >= state.show(LineFacts::most)}
                    on:click=move |_| state.change(state.wanted.get_untracked().saturating_add(1))
                >
                    "+"
                </button>
            </form>
            <form
                class="stepper-apply"
                method="post"
                action="/api/cart/update"
                id=form
                on:submit=|event| event.prevent_default()
            >
                <input type="hidden" name="variant_sku" value=sku />
                <button class="button" type="submit">
                    {t::apply(locale)}
                </button>
            </form>
        </div>
    }
}

fn removal(state: LineState) -> impl IntoView {
    let (locale, title) = (state.locale, state.title());
    view! {
        <form
            class="cart-line-remove"
            method="post"
            action="/api/cart/remove"
            on:submit=move |event| {
                event.prevent_default();
                state.toggle(true)
            }
        >
            <input type="hidden" name="variant_sku" value=state.sku() />
            <button class="link-button" type="submit" aria-label=t::remove_title(locale, &title)>
                {t::remove(locale)}
            </button>
        </form>
    }
}

/// What keeps the line from being bought, and a button that mends it where one can.
fn problem(state: LineState) -> impl IntoView {
    let locale = state.locale;
    let left = move || state.show(LineFacts::few_left);
    view! {
        <div class="cart-line-problem" hidden=move || state.show(|facts| facts.problem.is_none())>
            <p>{move || state.show(|facts| facts.problem_text(locale))}</p>
            <form
                method="post"
                action="/api/cart/update"
                hidden=move || left().is_none()
                on:submit=move |event| {
                    event.prevent_default();
                    state.change(left().and_then(|left| u32::try_from(left).ok()).unwrap_or(1));
                }
            >
                <input type="hidden" name="variant_sku" value=state.sku() />
                <button class="button" type="submit" name="quantity" value=move || left().unwrap_or(1)>
                    {move || t::take_rest(locale, left().unwrap_or(1))}
                </button>
            </form>
        </div>
    }
}

fn input_of(event: &web_sys::Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}
