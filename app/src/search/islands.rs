//! Suggestions below a search field (the combobox pattern of WAI-ARIA), written by hand: the options come from the
//! server as HTML, the state is in the document, and without this island the field is a plain form.
#![expect(missing_docs, reason = "the island macro makes a struct without a comment")]

use super::model::encode;
use crate::i18n::search as t;
use crate::kernel::Locale;
use crate::ui::browser::{element, go_to};
use crate::ui::fetch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement, KeyboardEvent, UrlSearchParams};

/// Typing rests this long before the shop is asked.
const REST: Duration = Duration::from_millis(120);

/// A list box and a line for screen readers, which belong to the field with the id `field`.
#[island]
pub fn Suggest(
    /// The language.
    locale: Locale,
    /// The field's id.
    field: String,
) -> impl IntoView {
    let (list, status) = (format!("{field}-list"), format!("{field}-status"));
    Effect::new(move |_| {
        if let Some(combobox) = Combobox::find(locale, &field) {
            Rc::new(combobox).wake();
        }
    });
    view! {
        <div class="suggest" id=list role="listbox" aria-label=t::suggestions(locale) hidden></div>
        <p class="hidden" id=status role="status"></p>
    }
}

/// A search field with its list.
struct Combobox {
    locale: Locale,
    /// The field's id.
    name: String,
    input: HtmlInputElement,
    list: HtmlElement,
    status: HtmlElement,
    /// Counts what was typed, so that late answers are known.
    turn: Cell<u32>,
    /// Options in the list.
    count: Cell<i32>,
    /// The option that the arrow keys have reached; -1 for the field itself.
    at: Cell<i32>,
}

fn listen(target: &EventTarget, name: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act);
    let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
    act.forget();
}

impl Combobox {
    fn find(locale: Locale, name: &str) -> Option<Self> {
        let input = element(name)?.dyn_into().ok()?;
        let list = element(&format!("{name}-list"))?;
        let status = element(&format!("{name}-status"))?;
        let (turn, count, at) = (Cell::new(0), Cell::new(0), Cell::new(-1));
        Some(Self { locale, name: name.to_owned(), input, list, status, turn, count, at })
    }

    fn wake(self: Rc<Self>) {
        let list_id = format!("{}-list", self.name);
        let facts = [
            ("role", "combobox"),
            ("aria-autocomplete", "list"),
            ("aria-expanded", "false"),
            ("aria-controls", &list_id),
        ];
        for (name, value) in facts {
            let _ = self.input.set_attribute(name, value);
        }
        for event in ["input", "focus"] {
            let own = self.clone();
            listen(&self.input, event, move |_| own.clone().ask_soon());
        }
        let own = self.clone();
        listen(&self.input, "keydown", move |event| own.key(&event));
        let own = self.clone();
        listen(&self.input, "blur", move |_| own.close());
        // A press on an option must not take the focus from the field, or the list would be gone before the click.
        listen(&self.list, "mousedown", |event| event.prevent_default());
        count_followed(self.locale, &self.name);
    }

    /// Asks the shop once typing rests.
    fn ask_soon(self: Rc<Self>) {
        let turn = self.turn.get().wrapping_add(1);
        self.turn.set(turn);
        set_timeout(
            move || {
                if self.turn.get() == turn {
                    spawn_local(self.ask(turn));
                }
            },
            REST,
        );
    }

    async fn ask(self: Rc<Self>, turn: u32) {
        let text = encode(&self.input.value());
        let path =
            ["/api/search/suggest?q=", &text, "&l=", self.locale.code(), "&list=", &self.name].concat();
        let answer = fetch::get(&path).await;
        // Something else was typed meanwhile, or the field was left: the answer is of no use any more.
        if self.turn.get() != turn {
            return;
        }
        let Ok(answer) = answer else { return self.close() };
        self.list.set_inner_html(&answer.text("html"));
        self.status.set_text_content(Some(&answer.text("status")));
        self.count.set(answer.number("options") as i32);
        self.choose(-1);
        self.open(self.count.get() > 0);
    }

    fn open(&self, is_open: bool) {
        self.list.set_hidden(!is_open);
        let _ = self.input.set_attribute("aria-expanded", if is_open { "true" } else { "false" });
    }

    fn close(&self) {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.choose(-1);
        self.open(false);
        self.status.set_text_content(None);
    }

    fn option(&self, at: i32) -> Option<HtmlElement> {
        element(&[&self.name, "-", &at.to_string()].concat())
    }

    /// Moves the choice; the focus stays in the field.
    fn choose(&self, at: i32) {
        if let Some(before) = self.option(self.at.get()) {
            let _ = before.set_attribute("aria-selected", "false");
        }
        self.at.set(at);
        let Some(option) = self.option(at) else {
            let _ = self.input.remove_attribute("aria-activedescendant");
            return;
        };
        let _ = option.set_attribute("aria-selected", "true");
        let _ = self.input.set_attribute("aria-activedescendant", &option.id());
        option.scroll_into_view_with_bool(false);
    }

    fn key(self: &Rc<Self>, event: &Event) {
        // While an input method composes characters, the keys are its own.
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|event| !event.is_composing()) else {
            return;
        };
        let is_open = !self.list.hidden();
        let (at, count) = (self.at.get(), self.count.get());
        match key.key().as_str() {
            "ArrowDown" | "ArrowUp" if !is_open => self.clone().ask_soon(),
            "ArrowDown" => self.choose(if at + 1 < count { at + 1 } else { -1 }),
            "ArrowUp" => self.choose(if at < 0 { count - 1 } else { at - 1 }),
            "Escape" if is_open => self.close(),
            "Enter" if is_open => match self.option(at).and_then(|option| option.get_attribute("href")) {
                Some(path) => go_to(&path),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
    }
}

/// Tells the shop which result of a search is followed: the text and the place, nothing else. One field of a page
/// listens for the whole page.
fn count_followed(locale: Locale, name: &str) {
    let (Some(window), true) = (web_sys::window(), name == "header-q") else { return };
    listen(&window, "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(target) = target {
            let _ = tell_followed(locale, &target);
        }
    });
}

fn tell_followed(locale: Locale, target: &Element) -> Option<()> {
    let text = target.closest("[data-found]").ok()??;
    let mut item = target.closest("a").ok()??.closest(".grid > li").ok()??;
    let mut rank = text.get_attribute("data-first")?.parse::<u32>().ok()? + 1;
    while let Some(before) = item.previous_element_sibling() {
        item = before;
        rank += 1;
    }
    let form = UrlSearchParams::new().ok()?;
    form.append("q", &text.get_attribute("data-found")?);
    form.append("l", locale.code());
    form.append("rank", &rank.to_string());
    let navigator = web_sys::window()?.navigator();
    navigator.send_beacon_with_opt_url_search_params("/api/search/followed", Some(&form)).ok()?;
    Some(())
}
