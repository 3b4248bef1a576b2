//! The fields of the checkout's form, with the right keyboard and autofill on every device.

use crate::checkout::islands::fields::has_digits_only;
use crate::checkout::model::{AddressHelp, CheckoutForm};
use crate::delivery::model::DeliveryChoice;
use crate::error::{ErrorCode, FieldErrors};
use crate::i18n::{address as a, checkout as t, fmt};
use crate::kernel::{CountryCode, Currency, Locale};
use crate::payments::model::PaymentMethod;
use crate::ui::field::{Control, Field, FieldSpec, control_id, error_id};
use leptos::prelude::*;

/// What every group of fields needs.
#[derive(Clone)]
struct Typed {
    locale: Locale,
    draft: CheckoutForm,
    errors: FieldErrors,
    country: Option<CountryCode>,
    extras: Extras,
}

/// What the form offers beside what was typed.
#[derive(Debug, Clone)]
pub struct Extras {
    /// The currency of the prices.
    pub currency: Currency,
    /// The ways of delivery.
    pub deliveries: Vec<DeliveryChoice>,
    /// The payment methods.
    pub methods: Vec<PaymentMethod>,
    /// Help with places.
    pub help: AddressHelp,
    /// What was pasted.
    pub paste: String,
}

impl Typed {
    /// A field with what was typed into it and what is wrong with it.
    fn field(&self, spec: FieldSpec, value: &str) -> impl IntoView + use<> {
        let advice =
            self.extras.help.advice.iter().find(|(field, _)| *field == spec.name).map(|(_, text)| text);
        let error = self.errors.of(spec.name).map(|code| sentence(self.locale, code, advice));
        view! { <Field spec value=value.to_owned() error /> }
    }
}

/// What is wrong with a field; after a name that is not known, what was probably meant.
fn sentence(locale: Locale, code: ErrorCode, advice: Option<&String>) -> String {
    let (end, advice) = match (advice.filter(|text| !text.is_empty()), locale) {
        (Some(text), Locale::Zh) if code == ErrorCode::PlaceUnknown => ("。", text.as_str()),
        (Some(text), Locale::En) if code == ErrorCode::PlaceUnknown => (". ", text.as_str()),
        _ => ("", ""),
    };
    [code.text(locale), end, advice].concat()
}

/// Every field of the form.
#[component]
pub fn Fields(
    /// The language.
    locale: Locale,
    /// What was typed before.
    draft: CheckoutForm,
    /// What is wrong with it.
    errors: FieldErrors,
    /// What is offered beside it.
    extras: Extras,
) -> impl IntoView {
    let country = country_of(&draft, extras.currency);
    let typed = Typed { locale, draft, errors, country, extras };
    view! {
        {group("contact", t::contact(locale), contact(&typed))}
        {group("address", t::delivery(locale), address(&typed))}
        {group("method", t::method(locale), delivery(&typed))}
        {group("payment", t::payment(locale), payment(&typed))}
        <div class="form-group">{note(&typed)}</div>
    }
}

/// The chosen country; for an empty form the one whose currency is shown.
fn country_of(draft: &CheckoutForm, currency: Currency) -> Option<CountryCode> {
    if draft.country.trim().is_empty() {
        return Some(if currency == Currency::Cny { CountryCode::CN } else { CountryCode::US });
    }
    CountryCode::parse(&draft.country).ok()
}

fn group(name: &'static str, title: &'static str, content: impl IntoView) -> impl IntoView {
    view! {
        <fieldset class=format!("form-group form-group-{name}")>
            <legend class="form-legend">{title}</legend>
            {content}
        </fieldset>
    }
}

fn contact(typed: &Typed) -> impl IntoView + use<> {
    let locale = typed.locale;
    let email = FieldSpec {
        name: "email",
        label: t::email(locale),
        hint: Some(t::email_hint(locale)),
        is_required: true,
        autocomplete: "email",
        control: Control::Email,
    };
    typed.field(email, &typed.draft.email)
}

fn address(typed: &Typed) -> impl IntoView + use<> {
    let locale = typed.locale;
    let draft = &typed.draft;
    let text = |name, label, autocomplete| FieldSpec {
        name,
        label,
        is_required: true,
        autocomplete,
        ..FieldSpec::default()
    };
    let line1 = FieldSpec {
        hint: Some(t::line1_hint(locale)),
        ..text("line1", t::line1(locale), "shipping address-line1")
    };
    let listed = |name, label, autocomplete, values: &Vec<String>| FieldSpec {
        control: Control::Listed(values.clone()),
        ..text(name, label, autocomplete)
    };
    let help = &typed.extras.help;
    let region = listed("region", t::region(locale), "shipping address-level1", &help.regions);
    let city = listed("city", t::city(locale), "shipping address-level2", &help.cities);
    let district = listed("district", t::district(locale), "shipping address-level3", &help.districts);
    view! {
        {paste(typed)}
        {typed.field(text("name", t::name(locale), "shipping name"), &draft.name)}
        {typed.field(phone(locale), &draft.phone)}
        {typed.field(country(locale, typed.country), typed.country.map_or("", CountryCode::code))}
        {typed.field(region, &draft.region)}
        {typed.field(city, &draft.city)}
        {typed.field(district, &draft.district)}
        {typed.field(line1, &draft.line1)}
        {typed.field(postcode(locale, typed.country), &draft.postcode)}
        {insisted(typed)}
        <noscript>
            <button class="button" type="submit" formaction=FILL formnovalidate>
                {a::update(locale)}
            </button>
        </noscript>
    }
}

/// Takes a pasted address apart, or only looks again at what is typed.
const FILL: &str = "/api/checkout/fill";

/// Names that were doubted are believed when they come again.
fn insisted(typed: &Typed) -> impl IntoView + use<> {
    let is_doubted =
        ["city", "district"].iter().any(|name| typed.errors.of(name) == Some(ErrorCode::PlaceUnknown));
    let value = typed.extras.help.insisted.clone();
    is_doubted.then(|| view! { <input type="hidden" name="sure" value=value /> })
}

/// A field for an address in one piece, folded until it holds something.
fn paste(typed: &Typed) -> impl IntoView + use<> {
    let locale = typed.locale;
    let spec = FieldSpec {
        name: "paste",
        label: a::paste(locale),
        hint: Some(if typed.extras.paste.is_empty() { a::paste_hint(locale) } else { a::paste_kept(locale) }),
        is_required: false,
        autocomplete: "off",
        control: Control::Area,
    };
    view! {
        <details class="paste" open=!typed.extras.paste.is_empty()>
            <summary class="paste-title">{a::paste_title(locale)}</summary>
            {typed.field(spec, &typed.extras.paste)}
            <button class="button" type="submit" name="split" value="1" formaction=FILL formnovalidate>
                {a::paste_action(locale)}
            </button>
        </details>
    }
}

fn phone(locale: Locale) -> FieldSpec {
    FieldSpec {
        name: "phone",
        label: t::phone(locale),
        hint: Some(t::phone_hint(locale)),
        is_required: true,
        autocomplete: "shipping tel",
        control: Control::Phone,
    }
}

fn country(locale: Locale, chosen: Option<CountryCode>) -> FieldSpec {
    let unknown = chosen.is_none().then(|| ("", t::country_choose(locale)));
    let known = CountryCode::ALL.map(|country| (country.code(), t::country_name(locale, country)));
    FieldSpec {
        name: "country",
        label: t::country(locale),
        hint: None,
        is_required: true,
        autocomplete: "shipping country",
        control: Control::Select(unknown.into_iter().chain(known).collect()),
    }
}

fn postcode(locale: Locale, country: Option<CountryCode>) -> FieldSpec {
    FieldSpec {
        name: "postcode",
        label: t::postcode(locale),
        hint: Some(t::postcode_hint(locale, country)),
        is_required: country != Some(CountryCode::CN),
        autocomplete: "shipping postal-code",
        control: if has_digits_only(country) { Control::Digits } else { Control::Code },
    }
}

/// The ways of delivery with their prices. Another address has others: the plain script replaces them.
fn delivery(typed: &Typed) -> impl IntoView + use<> {
    let locale = typed.locale;
    let error = typed.errors.of("delivery").map(|code| code.text(locale));
    let choices = typed.extras.deliveries.clone();
    view! {
        <p class="field-error" id=error_id("delivery") hidden=error.is_none()>
            {error.unwrap_or_default()}
        </p>
        <div class="choices" id="delivery-choices">
            <DeliveryChoices locale choices />
        </div>
        <noscript>
            <button class="button" type="submit" formaction=FILL formnovalidate>
                {t::update_total(locale)}
            </button>
        </noscript>
    }
}

/// One radio button per way of delivery, or why there is none.
#[component]
pub fn DeliveryChoices(
    /// The language.
    locale: Locale,
    /// The ways.
    choices: Vec<DeliveryChoice>,
) -> impl IntoView {
    let none = choices.is_empty().then(|| {
        view! {
            <p id=control_id("delivery") tabindex="-1">
                {t::no_delivery(locale)}
            </p>
        }
    });
    let choices = choices.into_iter().enumerate().map(|(index, choice)| {
        let price = if choice.price.minor == 0 {
            t::free(locale).to_owned()
        } else {
            fmt::money(locale, choice.price)
        };
        view! {
            <label class="choice">
                <input
                    class="choice-radio"
                    type="radio"
                    name="delivery"
                    value=choice.delivery.code
                    id={(index == 0).then(|| control_id("delivery"))}
                    checked=choice.is_chosen
                    required
                    aria-describedby=error_id("delivery")
                />
                <span class="choice-text">
                    <span class="choice-title">{choice.delivery.name.get(locale).to_owned()}</span>
                    <span class="choice-hint">{t::arrival(locale, choice.delivery.arrival)}</span>
                    <span class="choice-hint">{choice.about.get(locale).to_owned()}</span>
                </span>
                <span class="choice-price">{price}</span>
            </label>
        }
    });
    view! {
        {none}
        {choices.collect_view()}
    }
}

fn payment(typed: &Typed) -> impl IntoView + use<> {
    let locale = typed.locale;
    let error = typed.errors.of("payment_method").map(|code| code.text(locale));
    let chosen = PaymentMethod::parse(&typed.draft.payment_method).ok();
    let chosen = chosen.filter(|method| typed.extras.methods.contains(method));
    let chosen = chosen.or(typed.extras.methods.first().copied());
    let methods = typed.extras.methods.iter().copied().enumerate().map(|(index, method)| {
        let (title, hint) = t::payment_method(locale, method);
        view! {
            <label class="choice">
                <input
                    class="choice-radio"
                    type="radio"
                    name="payment_method"
                    value=method.name()
                    id={(index == 0).then(|| control_id("payment_method"))}
                    checked={chosen == Some(method)}
                    required
                    aria-describedby=error_id("payment_method")
                />
                <span class="choice-text">
                    <span class="choice-title">{title}</span>
                    <span class="choice-hint">{hint}</span>
                </span>
            </label>
        }
    });
    view! {
        <p class="field-error" id=error_id("payment_method") hidden=error.is_none()>
            {error.unwrap_or_default()}
        </p>
        {methods.collect_view()}
    }
}

fn note(typed: &Typed) -> impl IntoView + use<> {
    let locale = typed.locale;
    let spec = FieldSpec {
        name: "note",
        label: t::note(locale),
        hint: Some(t::note_hint(locale)),
        is_required: false,
        autocomplete: "off",
        control: Control::Area,
    };
    typed.field(spec, &typed.draft.note)
}
