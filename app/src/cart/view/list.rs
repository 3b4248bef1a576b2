//! Adding by article number, and what became of a list.

use super::shared::name;
use crate::cart::bulk::BulkNotice;
use crate::i18n::cart as t;
use crate::kernel::Locale;
use crate::ui::button::SubmitButton;
use crate::ui::field::{Control, Field, FieldSpec};
use leptos::prelude::*;

/// What was added of a list, and what was not and why.
#[component]
pub fn ListNotice(
    /// The language.
    locale: Locale,
    /// What became of it.
    outcome: BulkNotice,
) -> impl IntoView {
    let told = match outcome.added {
        0 => t::bulk_none(locale).to_owned(),
        1 => t::bulk_added_one(locale).to_owned(),
        count => t::bulk_added(locale, count),
    };
    let refused: Vec<_> = outcome
        .refused
        .into_iter()
        .map(|(sku, code)| {
            view! {
                <li>
                    <strong>{name(locale, sku)}</strong>
                    " "
                    {code.text(locale)}
                </li>
            }
        })
        .collect();
    view! {
        <div class="cart-outcome" role="status">
            <p>{told}</p>
            {(!refused.is_empty())
                .then(|| {
                    view! {
                        <p>{t::bulk_refused(locale)}</p>
                        <ul>{refused}</ul>
                    }
                })}
        </div>
    }
}

/// A list of article numbers, for those who have one.
#[component]
pub fn AddByNumber(
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let spec = FieldSpec {
        name: "items",
        label: t::list_label(locale),
        hint: Some(t::list_hint(locale)),
        is_required: true,
        autocomplete: "off",
        control: Control::Area,
    };
    view! {
        <details class="cart-tool">
            <summary>{t::list_title(locale)}</summary>
            <form class="cart-tool-form" method="post" action="/api/cart/add-many">
                <Field spec value="" error=None />
                <SubmitButton>{t::list_add(locale)}</SubmitButton>
            </form>
        </details>
    }
}
