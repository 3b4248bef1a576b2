//! Wishes of the checkout's form, folded until somebody has one, and what is agreed to by ordering.

use crate::checkout::wishes::{InvoiceKind, WishesForm};
use crate::error::FieldErrors;
use crate::help::Topic;
use crate::i18n::wishes as t;
use crate::kernel::Locale;
use crate::routes::href;
use crate::ui::field::{Control, Field, FieldSpec, control_id};
use leptos::prelude::*;

/// Gift wrap and invoice.
#[component]
pub fn WishFields(
    /// The language.
    locale: Locale,
    /// What was typed before.
    wishes: WishesForm,
    /// What is wrong with it.
    errors: FieldErrors,
) -> impl IntoView {
    let is_open = wishes != WishesForm::default();
    let message = wishes.gift_message.clone();
    let field = |spec: FieldSpec, value: &str| {
        let error = errors.of(spec.name).map(|code| code.text(locale).to_owned());
        view! { <Field spec value=value.to_owned() error /> }
    };
    view! {
        <details class="form-group wishes" open=is_open>
            <summary class="wishes-title">{t::title(locale)}</summary>
            <GiftFields locale is_wrapped={!wishes.gift.is_empty()} message errors=errors.clone() />
            {invoice(locale, &wishes.invoice)}
            <div class="wishes-invoice">
                {field(invoice_title(locale), &wishes.invoice_title)}
                {field(tax_number(locale), &wishes.tax_number)}
            </div>
        </details>
    }
}

/// Gift wrap and words for its card, as the checkout and the cart have them.
#[component]
pub fn GiftFields(
    /// The language.
    locale: Locale,
    /// It is to be wrapped.
    is_wrapped: bool,
    /// The words as typed.
    message: String,
    /// What is wrong with them.
    errors: FieldErrors,
) -> impl IntoView {
    let spec = FieldSpec {
        name: "gift_message",
        label: t::gift_message(locale),
        hint: Some(t::gift_message_hint(locale)),
        autocomplete: "off",
        control: Control::Area,
        ..FieldSpec::default()
    };
    let error = errors.of(spec.name).map(|code| code.text(locale).to_owned());
    view! {
        <label class="choice">
            <input class="choice-radio" type="checkbox" name="gift" value="on" checked=is_wrapped />
            <span class="choice-text">
                <span class="choice-title">{t::gift(locale)}</span>
                <span class="choice-hint">{t::gift_hint(locale)}</span>
            </span>
        </label>
        <Field spec value=message error />
    }
}

fn invoice_title(locale: Locale) -> FieldSpec {
    FieldSpec {
        name: "invoice_title",
        label: t::invoice_title(locale),
        hint: Some(t::invoice_title_hint(locale)),
        autocomplete: "billing organization",
        ..FieldSpec::default()
    }
}

fn tax_number(locale: Locale) -> FieldSpec {
    FieldSpec {
        name: "tax_number",
        label: t::tax_number(locale),
        hint: Some(t::tax_number_hint(locale)),
        autocomplete: "off",
        control: Control::Code,
        ..FieldSpec::default()
    }
}

fn invoice(locale: Locale, chosen: &str) -> impl IntoView + use<> {
    let choices = [
        ("", t::invoice_none(locale)),
        (InvoiceKind::Personal.name(), t::invoice_personal(locale)),
        (InvoiceKind::Company.name(), t::invoice_company(locale)),
    ];
    let is_known = choices.iter().any(|(value, _)| *value == chosen);
    let chosen = if is_known { chosen.to_owned() } else { String::new() };
    let choices = choices.into_iter().enumerate().map(|(index, (value, label))| {
        view! {
            <label class="choice">
                <input
                    class="choice-radio"
                    type="radio"
                    name="invoice"
                    value=value
                    id={(index == 0).then(|| control_id("invoice"))}
                    checked={value == chosen}
                />
                <span class="choice-title">{label}</span>
            </label>
        }
    });
    let choices: Vec<_> = choices.collect();
    view! {
        <fieldset class="wishes-kinds">
            <legend class="field-label">{t::invoice(locale)}</legend>
            {choices}
        </fieldset>
    }
}

/// What is agreed to by ordering, in one sentence with its links.
#[component]
pub fn Terms(
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let link = |topic: Topic| {
        view! { <a href=href::help(locale, topic.slug())>{topic.title(locale)}</a> }
    };
    view! {
        <p class="checkout-terms">
            {t::terms_before(locale)} {link(Topic::Shipping)} {t::terms_comma(locale)} {link(Topic::Returns)}
            {t::terms_and(locale)} {link(Topic::Privacy)} {t::terms_after(locale)}
        </p>
    }
}
