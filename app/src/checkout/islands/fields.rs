//! Reading the form's fields and writing their errors. Browser only.

use crate::checkout::model::CheckoutForm;
use crate::error::{ErrorCode, FieldError, FieldErrors};
use crate::i18n::checkout as t;
use crate::kernel::{CountryCode, Locale};
use crate::ui::browser::element;
use crate::ui::field::{control_id, error_id, hint_id};
use web_sys::{FormData, HtmlFormElement, UrlSearchParams};

/// The fields that the browser can find wrong, in the order of the form.
pub(super) const NAMES: [&str; 12] = [
    "email",
    "name",
    "phone",
    "country",
    "region",
    "city",
    "district",
    "line1",
    "postcode",
    "note",
    "delivery",
    "payment_method",
];

/// What is typed.
pub(super) fn read(form: &HtmlFormElement) -> CheckoutForm {
    let data = FormData::new_with_form(form).ok();
    let value = |name: &str| {
        let value = data.as_ref().and_then(|data| data.get(name).as_string());
        value.unwrap_or_default()
    };
    CheckoutForm {
        name: value("name"),
        phone: value("phone"),
        email: value("email"),
        country: value("country"),
        region: value("region"),
        city: value("city"),
        district: value("district"),
        line1: value("line1"),
        postcode: value("postcode"),
        note: value("note"),
        payment_method: value("payment_method"),
        // The server looks at these; nothing in the browser does.
        delivery: String::new(),
        expected_total: String::new(),
        currency: String::new(),
    }
}

/// Errors as one text for the island's props: `email:required phone:phone_invalid`.
pub(crate) fn encode(errors: &FieldErrors) -> String {
    let pairs = errors.0.iter().map(|error| [error.field.as_str(), ":", error.code.name()].concat());
    pairs.collect::<Vec<_>>().join(" ")
}

/// Reads [`encode`]'s text.
pub(super) fn decode(text: &str) -> FieldErrors {
    let pairs = text.split(' ').filter_map(|pair| pair.split_once(':'));
    FieldErrors(
        pairs
            .filter_map(|(field, code)| {
                Some(FieldError { field: field.to_owned(), code: ErrorCode::from_name(code)? })
            })
            .collect(),
    )
}

/// The whole form as its endpoint takes it, whatever fields the page has.
pub(super) fn body(form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

/// Id of what takes the focus for a field: its control, or the first choice of a group.
pub(super) fn focus_target(name: &str) -> String {
    control_id(name)
}

/// Shows or hides a field's error.
pub(super) fn mark(name: &str, text: Option<&str>) {
    if let Some(error) = element(&error_id(name)) {
        error.set_text_content(text);
        error.set_hidden(text.is_none());
    }
    if let Some(control) = element(&control_id(name)) {
        let _ = match text {
            Some(_) => control.set_attribute("aria-invalid", "true"),
            None => control.remove_attribute("aria-invalid"),
        };
    }
}

/// Hint, keyboard and mark of the postcode for another country.
pub(super) fn fit_postcode(locale: Locale, country: &str) {
    let country = CountryCode::parse(country).ok();
    if let Some(hint) = element(&hint_id("postcode")) {
        hint.set_text_content(Some(t::postcode_hint(locale, country)));
    }
    if let Some(control) = element(&control_id("postcode")) {
        let _ = control.toggle_attribute_with_force("required", country != Some(CountryCode::CN));
        let keyboard = if has_digits_only(country) { "numeric" } else { "text" };
        let _ = control.set_attribute("inputmode", keyboard);
    }
}

/// True where postcodes are typed with digits alone.
pub(crate) const fn has_digits_only(country: Option<CountryCode>) -> bool {
    !matches!(country, None | Some(CountryCode::GB | CountryCode::CA))
}
