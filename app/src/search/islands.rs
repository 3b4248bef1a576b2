//! Suggestions below a search field (the combobox pattern of WAI-ARIA), written by hand: the options come from the
//! server as HTML, the state is in the document, and without this island the field is a plain form.

use crate::ui::browser::{element, go_to};
use crate::ui::fetch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement, UrlSearchParams};

/// Typing rests this long before the shop is asked.
const REST: Duration = Duration::from_millis(120);

/// The search fields that a page may have.
const FIELDS: [&str; 2] = ["header-q", "page-q"];

/// Makes comboboxes of the page's search fields, each with its list (`…-list`) and its line for screen readers
/// (`…-status`). It shows nothing of its own and takes nothing: what is not drawn and not read costs no bytes.
#[island]
pub fn Suggest() -> impl IntoView {
    Effect::new(|_| {
        for combobox in FIELDS.into_iter().filter_map(Combobox::find) {
            combobox.wake();
        }
    });
}

/// A search field with its list.
struct Combobox {
    /// The language's code.
    language: String,
    /// The field's id.
    name: &'static str,
    input: HtmlInputElement,
    list: HtmlElement,
    status: HtmlElement,
    /// Counts what was typed, so that late answers are known.
    turn: Cell<u32>,
    /// Options in the list; 0 while it is closed.
    count: Cell<i32>,
    /// The option that the arrow keys have reached; -1 for the field itself.
    at: Cell<i32>,
}

/// A member of an event. Casting to every kind of event would cost more than looking.
fn member(event: &Event, name: &str) -> JsValue {
    js_sys::Reflect::get(event, &JsValue::from_str(name)).unwrap_or(JsValue::NULL)
}

impl Combobox {
    fn find(name: &'static str) -> Option<Rc<Self>> {
        let input = element(name)?.unchecked_into();
        let list = element(&[name, "-list"].concat())?;
        let status = element(&[name, "-status"].concat())?;
        let language = list.get_attribute("data-language")?;
        let (turn, count, at) = (Cell::new(0), Cell::new(0), Cell::new(-1));
        Some(Rc::new(Self { language, name, input, list, status, turn, count, at }))
    }

    fn wake(self: Rc<Self>) {
        for (name, value) in
            [("role", "combobox"), ("aria-autocomplete", "list"), ("aria-controls", &self.list.id())]
        {
            let _ = self.input.set_attribute(name, value);
        }
        self.open(0);
        let own = self.clone();
        // One function for every event: each further closure would cost bytes.
        let act = Closure::<dyn FnMut(Event)>::new(move |event: Event| own.on(&event));
        let listen = |target: &EventTarget, name: &str| {
            let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
        };
        for name in ["input", "focus", "keydown", "blur"] {
            listen(&self.input, name);
        }
        listen(&self.list, "mousedown");
        // One field of a page tells which results are followed on the whole page.
        if FIELDS.first() == Some(&self.name)
            && let Some(window) = web_sys::window()
        {
            listen(&window, "click");
        }
        act.forget();
    }

    fn on(self: &Rc<Self>, event: &Event) {
        match event.type_().as_str() {
            "keydown" => self.key(event),
            "blur" => self.close(),
            // A press on an option must not take the focus from the field: the list would be gone before the click.
            "mousedown" => event.prevent_default(),
            "click" => drop(self.tell_followed(event)),
            _ => self.ask_soon(),
        }
    }

    /// Asks the shop once typing rests.
    fn ask_soon(self: &Rc<Self>) {
        let turn = self.next_turn();
        let own = self.clone();
        set_timeout(
            move || {
                if own.turn.get() == turn {
                    spawn_local(own.ask(turn));
                }
            },
            REST,
        );
    }

    fn next_turn(&self) -> u32 {
        self.turn.set(self.turn.get().wrapping_add(1));
        self.turn.get()
    }

    async fn ask(self: Rc<Self>, turn: u32) {
        let text = String::from(js_sys::encode_uri_component(&self.input.value()));
        let path = ["/api/search/suggest?q=", &text, "&l=", &self.language, "&list=", self.name].concat();
        let answer = fetch::get(&path).await;
        // Something else was typed meanwhile, or the field was left: the answer is of no use any more.
        if self.turn.get() != turn {
            return;
        }
        let Ok(answer) = answer else { return self.close() };
        self.list.set_inner_html(&answer.text("html"));
        self.status.set_text_content(Some(&answer.text("status")));
        self.choose(-1);
        self.open(answer.number("options") as i32);
    }

    fn open(&self, count: i32) {
        self.count.set(count);
        self.list.set_hidden(count == 0);
        let _ = self.input.set_attribute("aria-expanded", if count > 0 { "true" } else { "false" });
    }

    fn close(&self) {
        self.next_turn();
        self.choose(-1);
        self.open(0);
        self.status.set_text_content(None);
    }

    fn option(&self, at: i32) -> Option<HtmlElement> {
        element(&[self.name, "-", &at.to_string()].concat())
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
        if member(event, "isComposing").is_truthy() {
            return;
        }
        let (at, count) = (self.at.get(), self.count.get());
        match member(event, "key").as_string().unwrap_or_default().as_str() {
            "ArrowDown" | "ArrowUp" if count == 0 => self.ask_soon(),
            "ArrowDown" => self.choose(if at + 1 < count { at + 1 } else { -1 }),
            "ArrowUp" => self.choose(if at < 0 { count - 1 } else { at - 1 }),
            "Escape" if count > 0 => self.close(),
            "Enter" => match self.option(at).and_then(|option| option.get_attribute("href")) {
                Some(path) => go_to(&path),
                None => return,
            },
            _ => return,
        }
        event.prevent_default();
    }

    /// Tells the shop which result of a search is followed: the text and the place, nothing else.
    fn tell_followed(&self, event: &Event) -> Option<()> {
        let target: Element = event.target()?.unchecked_into();
        let list = target.closest("[data-found]").ok()??;
        let mut item = target.closest(".grid > li").ok()??;
        let mut rank = list.get_attribute("data-first")?.parse::<u32>().ok()? + 1;
        while let Some(before) = item.previous_element_sibling() {
            item = before;
            rank += 1;
        }
        let form = UrlSearchParams::new().ok()?;
        form.append("q", &list.get_attribute("data-found")?);
        form.append("l", &self.language);
        form.append("rank", &rank.to_string());
        let navigator = web_sys::window()?.navigator();
        navigator.send_beacon_with_opt_url_search_params("/api/search/followed", Some(&form)).ok()?;
        Some(())
    }
}
