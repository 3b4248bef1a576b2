//! Wishes about the order, told in the cart already; the checkout has the same fields.

use crate::checkout::early::EarlyWishes;
use crate::checkout::view::wishes::GiftFields;
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
    let spec = FieldSpec {
        name: "note",
        label: c::note(locale),
        hint: Some(c::note_hint(locale)),
        autocomplete: "off",
        control: Control::Area,
        ..FieldSpec::default()
    };
    let error = errors.of(spec.name).map(|code| code.text(locale).to_owned());
    let EarlyWishes { gift, gift_message: message, note } = wishes;
    view! {
        <details class="cart-tool" id="cart-wishes" open=is_open>
            <summary>{t::early_title(locale)}</summary>
            <form class="cart-tool-form" method="post" action="/api/cart/wishes">
                {is_kept.then(|| view! { <p role="status">{t::early_kept(locale)}</p> })}
                <GiftFields locale is_wrapped={!gift.is_empty()} message errors />
                <Field spec value=note error />
                <SubmitButton>{t::early_save(locale)}</SubmitButton>
            </form>
        </details>
    }
    .into_any()
}
