//! Wishes about the order, told in the cart already; the checkout has the same fields.

use crate::checkout::early::EarlyWishes;
use crate::error::FieldErrors;
use crate::i18n::{checkout as c, wishes as t};
use crate::kernel::Locale;
use crate::ui::button::SubmitButton;
use crate::ui::field::{Control, Field, FieldSpec};
use leptos::prelude::*;

/// What was typed, and how its form came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What was typed.
    pub wishes: EarlyWishes,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// It has just been kept.
    pub is_kept: bool,
}

/// Gift wrap, words for the card and for the courier; folded until somebody has a wish.
#[component]
pub fn WishesBox(
    /// The language.
    locale: Locale,
    /// What was typed before.
    told: Told,
) -> impl IntoView {
    let Told { wishes, errors, is_kept } = told;
    let is_open = is_kept || wishes != EarlyWishes::default();
    let area = |name, label, hint, value: &str| {
        let control = Control::Area;
        let spec =
            FieldSpec { name, label, hint: Some(hint), autocomplete: "off", control, ..FieldSpec::default() };
        let error = errors.of(name).map(|code| code.text(locale).to_owned());
        view! { <Field spec value=value.to_owned() error /> }
    };
    view! {
        <details class="cart-tool" id="cart-wishes" open=is_open>
            <summary>{t::early_title(locale)}</summary>
            <form class="cart-tool-form" method="post" action="/api/cart/wishes">
                {is_kept.then(|| view! { <p role="status">{t::early_kept(locale)}</p> })}
                <label class="choice">
                    <input
                        class="choice-radio"
                        type="checkbox"
                        name="gift"
                        value="on"
                        checked=!wishes.gift.is_empty()
                    />
                    <span class="choice-text">
                        <span class="choice-title">{t::gift(locale)}</span>
                        <span class="choice-hint">{t::gift_hint(locale)}</span>
                    </span>
                </label>
                {area(
                    "gift_message",
                    t::gift_message(locale),
                    t::gift_message_hint(locale),
                    &wishes.gift_message,
                )}
                {area("note", c::note(locale), c::note_hint(locale), &wishes.note)}
                <SubmitButton>{t::early_save(locale)}</SubmitButton>
            </form>
        </details>
    }
    .into_any()
}
