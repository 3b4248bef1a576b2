//! What the browser knows about a line, and how it asks the server for a change.

use super::LineFacts;
use crate::cart::client::{self, CartAnswer};
use crate::cart::islands::Latest;
use crate::error::ErrorCode;
use crate::kernel::{Locale, Quantity};
use crate::ui::browser::focus_soon;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

/// The state of one line in the browser.
#[derive(Clone, Copy)]
pub(super) struct LineState {
    pub(super) locale: Locale,
    latest: Latest,
    facts: StoredValue<LineFacts>,
    /// The units that the shopper wants; equals the server's while nothing is under way.
    pub(super) wanted: RwSignal<u32>,
    pub(super) is_pending: RwSignal<bool>,
    pub(super) error: RwSignal<Option<ErrorCode>>,
}

impl LineState {
    pub(super) fn new(locale: Locale, facts: LineFacts) -> Self {
        Self {
            locale,
            latest: Latest::current(),
            wanted: RwSignal::new(facts.quantity),
            facts: StoredValue::new(facts),
            is_pending: RwSignal::new(false),
            error: RwSignal::new(None),
        }
    }

    /// The line as the server last told it; `None` when it is no longer in the cart.
    fn current(self) -> Option<LineFacts> {
        self.latest.0.with(|cart| match cart {
            None => Some(self.facts.get_value()),
            Some(cart) => {
                let sku = self.sku();
                cart.lines.iter().find(|line| line.sku == sku).cloned()
            }
        })
    }

    pub(super) fn is_removed(self) -> bool {
        self.current().is_none()
    }

    /// A fact of the line, or that of the first page once it is removed.
    pub(super) fn show<T>(self, fact: impl FnOnce(&LineFacts) -> T) -> T {
        match self.current() {
            Some(facts) => fact(&facts),
            None => self.facts.with_value(fact),
        }
    }

    pub(super) fn sku(self) -> String {
        self.facts.with_value(|facts| facts.sku.clone())
    }

    pub(super) fn title(self) -> String {
        self.facts.with_value(|facts| facts.title.clone())
    }

    /// Id of an element of this line.
    pub(super) fn id(self, part: &str) -> String {
        [part, "-", &self.sku()].concat()
    }

    /// Sets the units. While a request is under way only the wish is noted: [`Self::settle`] asks again for it.
    pub(super) fn change(self, units: u32) {
        self.error.set(None);
        self.wanted.set(units.clamp(1, Quantity::MAX));
        if !self.is_pending.get_untracked() {
            self.is_pending.set(true);
            spawn_local(self.settle());
        }
    }

    /// Asks the server until its units are the wanted ones or it refuses.
    async fn settle(self) {
        loop {
            let asked = self.wanted.get_untracked();
            let answer = client::update(&self.sku(), &asked.to_string()).await;
            let is_done = answer.is_err() || self.wanted.get_untracked() == asked;
            self.finish(answer);
            if is_done {
                break;
            }
        }
        self.is_pending.set(false);
        self.wanted.set(untrack(|| self.show(|facts| facts.quantity)));
    }

    fn finish(self, answer: Result<CartAnswer, ErrorCode>) {
        match answer {
            Ok(cart) => self.latest.accept(cart),
            Err(code) => self.error.set(Some(code)),
        }
    }

    /// Removes the line, or puts it back; then moves the focus to what took the button's place.
    pub(super) fn toggle(self, is_removal: bool) {
        if self.is_pending.get_untracked() {
            return;
        }
        self.error.set(None);
        self.is_pending.set(true);
        spawn_local(async move {
            let units = self.wanted.get_untracked().to_string();
            let sku = self.sku();
            let answer =
                if is_removal { client::remove(&sku).await } else { client::put_back(&sku, &units).await };
            let is_ok = answer.is_ok();
            self.finish(answer);
            self.is_pending.set(false);
            if is_ok {
                focus_soon(self.id(if is_removal { "undo" } else { "quantity" }));
            }
        });
    }

    /// Reads the field; rubbish is told and the old value put back.
    pub(super) fn typed(self, field: &HtmlInputElement) {
        match Quantity::parse(&field.value()) {
            Ok(units) if units.get() == self.wanted.get_untracked() => {}
            Ok(units) => self.change(units.get()),
            Err(code) => {
                field.set_value(&self.wanted.get_untracked().to_string());
                self.error.set(Some(code));
            }
        }
    }
}
