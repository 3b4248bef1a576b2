//! Reading the form's fields and writing their errors. Browser only.

use crate::checkout::model::CheckoutForm;
use crate::error::{ErrorCode, FieldError, FieldErrors};
use crate::i18n::checkout as t;
use crate::kernel::{CountryCode, Locale};
use crate::ui::browser::element;
use crate::ui::field::{control_id, error_id, hint_id};
use web_sys::{FormData, HtmlFormElement};

/// The fields that can be wrong, in the order of the form.
pub(super) const NAMES: [&str; 11] = [
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
    "payment_method",
];

/// What is typed, without the parts of an address that its country does not have (the sheet hides those).
pub(super) fn read(form: &HtmlFormElement) -> CheckoutForm {
    let data = FormData::new_with_form(form).ok();
    let value = |name: &str| {
        let value = data.as_ref().and_then(|data| data.get(name).as_string());
        value.unwrap_or_default()
    };
    let country = value("country");
    let of = |name: &str, is_asked: bool| if is_asked { value(name) } else { String::new() };
    CheckoutForm {
        name: value("name"),
        phone: value("phone"),
        email: value("email"),
        region: of("region", !matches!(country.as_str(), "GB" | "SG")),
        district: of("district", country == "CN"),
        country,
        city: value("city"),
        line1: value("line1"),
        postcode: value("postcode"),
        note: value("note"),
        payment_method: value("payment_method"),
        expected_total: value("expected_total"),
        currency: value("currency"),
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

/// The form as its endpoint takes it.
pub(super) fn pairs(form: &CheckoutForm) -> [(&'static str, &str); 13] {
    [
        ("name", &form.name),
        ("phone", &form.phone),
        ("email", &form.email),
        ("country", &form.country),
        ("region", &form.region),
        ("city", &form.city),
        ("district", &form.district),
        ("line1", &form.line1),
        ("postcode", &form.postcode),
        ("note", &form.note),
        ("payment_method", &form.payment_method),
        ("expected_total", &form.expected_total),
        ("currency", &form.currency),
    ]
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
