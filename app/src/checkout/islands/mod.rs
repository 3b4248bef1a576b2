//! The checkout's form in the browser: errors while typing, one submit at a time, nothing lost when the network fails.
//! Without it the same form is a plain post.
//!
//! The fields are the server's HTML; the island reads them as a form and writes errors into their paragraphs (`fields`).

#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

pub(crate) mod fields;

use crate::error::{ErrorCode, FieldError, FieldErrors};
use crate::i18n::checkout as t;
use crate::kernel::Locale;
use crate::ui::browser::{focus_soon, go_to, reload_when_restored};
use crate::ui::fetch::{Answer, Refusal, post_body};
use crate::ui::field::control_id;
use leptos::ev::{Event, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, UrlSearchParams};

/// Id of the box that lists what is wrong.
const PROBLEMS: &str = "checkout-problems";

/// What the box above the form says.
#[derive(Clone, Copy)]
struct Problems {
    fields: RwSignal<FieldErrors>,
    /// Why the order was not placed, when it is not the fields.
    message: RwSignal<Option<ErrorCode>>,
}

/// The state of the form in the browser.
#[derive(Clone, Copy)]
struct FormState {
    locale: Locale,
    problems: Problems,
    is_pending: RwSignal<bool>,
    /// After the first try every field is checked when it is left, empty ones too.
    was_tried: RwSignal<bool>,
}

impl FormState {
    fn new(locale: Locale, errors: FieldErrors) -> Self {
        Self {
            locale,
            was_tried: RwSignal::new(!errors.is_empty()),
            problems: Problems { fields: RwSignal::new(errors), message: RwSignal::new(None) },
            is_pending: RwSignal::new(false),
        }
    }

    /// Takes the submission over from the browser.
    fn submit(self, event: &SubmitEvent) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        event.prevent_default();
        if self.is_pending.get_untracked() {
            return;
        }
        self.was_tried.set(true);
        self.problems.message.set(None);
        let errors = fields::read(&form).errors();
        if errors.is_empty() {
            self.send(fields::body(&form));
        } else {
            self.refuse(errors);
        }
    }

    fn send(self, body: Option<UrlSearchParams>) {
        self.show(FieldErrors::default());
        self.is_pending.set(true);
        spawn_local(async move {
            let answer = post_body("/api/checkout/place", body).await;
            self.finish(answer);
        });
    }

    /// The button stays busy while the browser is on its way to another page.
    fn finish(self, answer: Result<Answer, Refusal>) {
        match answer {
            Ok(placed) => return go_to(&placed.text("url")),
            // The server has kept what was typed; its page shows what has changed, or what only it knows to be wrong.
            Err(refusal) if matches!(refusal.status, 409 | 422) => {
                return go_to(&with_problem(self.locale, refusal.code));
            }
            Err(refusal) => {
                self.problems.message.set(Some(refusal.code));
                focus_soon(PROBLEMS.to_owned());
            }
        }
        self.is_pending.set(false);
    }

    /// Shows errors and goes to the first wrong field.
    fn refuse(self, errors: FieldErrors) {
        if let Some(first) = errors.0.first() {
            focus_soon(fields::focus_target(&first.field));
        }
        self.show(errors);
    }

    fn show(self, errors: FieldErrors) {
        for name in fields::NAMES {
            fields::mark(name, errors.of(name).map(|code| code.text(self.locale)));
        }
        self.problems.fields.set(errors);
    }

    /// Checks one field: when it is left, and while it is mended.
    fn check(self, event: &Event, is_left: bool) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        let (Some(name), Some(form)) = (target.get_attribute("name"), form_of(&target)) else {
            return;
        };
        let was_wrong = target.get_attribute("aria-invalid").is_some();
        if !is_left && !was_wrong {
            return;
        }
        let code = fields::read(&form).errors().of(&name);
        let is_early = code == Some(ErrorCode::Required) && !self.was_tried.get_untracked();
        if code.is_none() || (is_left && !is_early) {
            fields::mark(&name, code.map(|code| code.text(self.locale)));
        }
        if code.is_none() {
            self.problems.fields.update(|errors| errors.0.retain(|error| error.field != name));
        }
    }

    /// What follows from another country.
    fn changed(self, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(form) =
            target.filter(|target| target.id() == control_id("country")).as_ref().and_then(form_of)
        {
            fields::fit_postcode(self.locale, &fields::read(&form).country);
        }
    }
}

fn form_of(element: &Element) -> Option<HtmlFormElement> {
    element.closest("form").ok().flatten()?.dyn_into().ok()
}

/// The checkout with the problem in its address, as a plain form's answer would have it.
fn with_problem(locale: Locale, code: ErrorCode) -> String {
    [&crate::routes::href::checkout(locale), "?problem=", code.name()].concat()
}

/// The form. Its children are the fields.
#[island]
pub fn CheckoutFormBox(
    /// The language.
    locale: Locale,
    /// What the server found wrong, when the form comes back.
    errors: String,
    /// The words on the button.
    place: String,
    /// True when the cart must be mended first.
    is_blocked: bool,
    children: Children,
) -> impl IntoView {
    let state = FormState::new(locale, fields::decode(&errors));
    Effect::new(|_| reload_when_restored());
    view! {
        <form
            class="checkout-form"
            method="post"
            action="/api/checkout/place"
            novalidate
            on:submit=move |event| state.submit(&event)
            on:focusout=move |event| state.check(&event, true)
            on:input=move |event| state.check(&event, false)
            on:change=move |event| state.changed(&event)
        >
            {problem_box(state)}
            {children()}
            <div class="checkout-actions">
                <button
                    class="button button-main checkout-place"
                    type="submit"
                    disabled=is_blocked
                    aria-disabled=move || state.is_pending.get().then_some("true")
                >
                    // Styles show the one or the other. The plain script writes another total into the first: nothing here does.
                    <span class="checkout-place-words">{place}</span>
                    <span class="checkout-place-busy">{t::placing(locale)}</span>
                </button>
                <p class="checkout-note">{t::place_note(locale)}</p>
                <p class="hidden" role="status">
                    {move || state.is_pending.get().then(|| t::placing(locale))}
                </p>
            </div>
        </form>
    }
}

/// What is wrong, with links to the fields. It has the focus when the page comes back with errors.
fn problem_box(state: FormState) -> impl IntoView {
    let (locale, problems) = (state.locale, state.problems);
    let is_silent = move || problems.message.get().is_none() && problems.fields.with(FieldErrors::is_empty);
    let is_returning = !problems.fields.with_untracked(FieldErrors::is_empty);
    view! {
        <div class="problems" id=PROBLEMS role="alert" tabindex="-1" autofocus=is_returning hidden=is_silent>
            <p class="problems-title">
                {move || {
                    if problems.message.get().is_some() {
                        t::not_placed(locale)
                    } else {
                        t::errors_title(locale)
                    }
                }}
            </p>
            <p class="problems-text" hidden=move || problems.message.get().is_none()>
                {move || problems.message.get().map_or("", |code| code.text(locale))}
            </p>
            <ul class="problems-list">
                {move || {
                    problems
                        .fields
                        .get()
                        .0
                        .into_iter()
                        .map(|error| problem_item(locale, &error))
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

fn problem_item(locale: Locale, error: &FieldError) -> impl IntoView + use<> {
    let link = ["#", &fields::focus_target(&error.field)].concat();
    view! {
        <li>
            <a href=link>{t::field_label(locale, &error.field)}</a>
            <span>{error.code.text(locale)}</span>
        </li>
    }
}
