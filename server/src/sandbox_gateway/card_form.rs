//! The card form as HTML: its fields, its mistakes, and the table of cards that work.

use super::card::{CardError, grouped};
use super::html::{Element, el};
use super::magic::TABLE;
use super::pages::{action, amount, button, post_form};
use super::session::Session;
use super::texts as t;
use app::kernel::Locale;

/// What the card form shows again after a mistake. Number and security code are never sent back.
#[derive(Default)]
pub(super) struct CardMistakes {
    pub(super) errors: Vec<CardError>,
    pub(super) expiry: String,
}

/// The mistakes, each a link to its field.
pub(super) fn error_summary(locale: Locale, errors: &[CardError]) -> Option<Element> {
    let link = |error: &CardError| {
        let target = format!("#{}", error.field());
        el("li").child(el("a").attr("href", target).text(error.message(locale)))
    };
    (!errors.is_empty()).then(|| {
        let list = el("ul").children(errors.iter().map(link));
        let title = el("h2").text(t::errors_title(locale));
        el("div").class("alert").attr("role", "alert").child(title).child(list)
    })
}

/// The card form.
pub(super) fn section(session: &Session, mistakes: &CardMistakes) -> Element {
    let locale = session.order.locale;
    let form = post_form(&action(session, "card"))
        .attr("autocomplete", "off")
        .children(fields(locale, mistakes))
        .child(button("main", t::card_button(locale, amount(session))));
    el("section")
        .class("method")
        .attr("aria-labelledby", "card-title")
        .child(el("h2").attr("id", "card-title").text(t::card(locale)))
        .child(form)
}

fn fields(locale: Locale, mistakes: &CardMistakes) -> [Element; 3] {
    let field = |name, label, hint| Field { name, label, hint, locale, errors: &mistakes.errors };
    let number = field("number", t::card_number(locale), t::card_number_hint(locale));
    let expiry = field("expiry", t::card_expiry(locale), t::card_expiry_hint(locale));
    let cvc = field("cvc", t::card_cvc(locale), t::card_cvc_hint(locale));
    let digits = |longest: &str| el("input").attr("inputmode", "numeric").attr("maxlength", longest);
    let month = el("input").attr("maxlength", "7").attr("value", &mistakes.expiry);
    [
        number.row(digits("24").attr("list", "cards")),
        offered_numbers(locale),
        el("div").class("side-by-side").child(expiry.row(month)).child(cvc.row(digits("4"))),
    ]
}

/// The sandbox's numbers, offered by the browser while typing.
fn offered_numbers(locale: Locale) -> Element {
    let options =
        TABLE.iter().map(|row| el("option").attr("value", grouped(row.card)).text(row.describe(locale)));
    el("datalist").attr("id", "cards").children(options)
}

/// One labelled input with its hint and, after a mistake, its error.
struct Field<'a> {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    locale: Locale,
    errors: &'a [CardError],
}

impl Field<'_> {
    fn row(&self, input: Element) -> Element {
        let error = self.errors.iter().find(|error| error.field() == self.name);
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let input = input
            .attr("type", "text")
            .attr("id", self.name)
            .attr("name", self.name)
            .attr("autocomplete", "off")
            .flag("required");
        let described = match error {
            None => input.attr("aria-describedby", &hint_id),
            Some(_) => {
                input.attr("aria-describedby", format!("{error_id} {hint_id}")).attr("aria-invalid", "true")
            }
        };
        let message = error.map(|error| el("p").class("error").text(error.message(self.locale)));
        el("div")
            .class("field")
            .child(el("label").attr("for", self.name).text(self.label))
            .child(el("p").class("hint").attr("id", hint_id).text(self.hint))
            .children(message.map(|message| message.attr("id", error_id)))
            .child(described)
    }
}

/// The sandbox cards to choose from.
pub(super) fn table(locale: Locale) -> Element {
    let heading = |text: &str| el("th").attr("scope", "col").text(text);
    let head = el("tr")
        .child(heading(t::column_card(locale)))
        .child(heading(t::column_ending(locale)))
        .child(heading(t::column_effect(locale)));
    let rows = TABLE.iter().map(|row| {
        let ending =
            row.ending.map_or_else(|| t::other_endings(locale).to_owned(), |ending| format!("{ending:02}"));
        el("tr")
            .child(el("td").child(el("code").text(grouped(row.card))))
            .child(el("td").text(ending))
            .child(el("td").text(row.describe(locale)))
    });
    let table = el("table").child(el("thead").child(head)).child(el("tbody").children(rows));
    el("details")
        .class("cards")
        .child(el("summary").text(t::cards_title(locale)))
        .child(el("p").class("hint").text(t::cards_hint(locale)))
        .child(table)
}
