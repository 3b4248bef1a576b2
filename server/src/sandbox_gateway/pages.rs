//! The hosted pages as HTML values: complete without JavaScript, one `h1` and one `main` each.

use super::card_form::{self, CardMistakes};
use super::html::{Element, el};
use super::magic::{DeclineReason, Magic};
use super::model::Status;
use super::qr;
use super::session::Session;
use super::texts as t;
use app::i18n::fmt;
use app::kernel::Locale;

/// Where the stylesheet is served.
pub(super) const STYLESHEET: &str = "/assets/pay.css";

/// What stands around a page's own content.
pub(super) struct Frame {
    brand: &'static str,
    notice: &'static str,
    skip: &'static str,
}

impl Frame {
    fn of_payments(locale: Locale) -> Self {
        Self { brand: t::brand(locale), notice: t::no_money(locale), skip: t::skip(locale) }
    }

    /// Around the mail viewer.
    pub(super) fn of_mails(locale: Locale) -> Self {
        Self { brand: t::mails_brand(locale), notice: t::mails_notice(locale), skip: t::mails_skip(locale) }
    }
}

/// A whole page.
pub(super) fn layout(locale: Locale, frame: &Frame, title: &str, main: Element) -> String {
    let head = el("head")
        .child(el("meta").attr("charset", "utf-8"))
        .child(el("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1"))
        .child(el("meta").attr("name", "robots").attr("content", "noindex"))
        .child(el("meta").attr("name", "color-scheme").attr("content", "light dark"))
        .child(el("title").text(format!("{title} · {}", frame.brand)))
        .child(el("link").attr("rel", "stylesheet").attr("href", STYLESHEET));
    let header = el("header")
        .child(el("p").class("brand").text(frame.brand))
        .child(el("p").class("notice").text(frame.notice));
    let body = el("body")
        .child(el("a").class("skip").attr("href", "#main").text(frame.skip))
        .child(header)
        .child(main.attr("id", "main"));
    el("html").attr("lang", locale.tag()).child(head).child(body).document()
}

/// The pay page.
pub(super) fn pay(session: &Session, pay_url: &str, mistakes: &CardMistakes) -> String {
    let locale = session.order.locale;
    let title = t::title_pay(locale, amount(session), &session.order.merchant_name);
    let methods = el("div")
        .class("methods")
        .children(decline_notice(session))
        .children(card_form::error_summary(locale, &mistakes.errors))
        .child(scan_section(session, pay_url))
        .child(card_form::section(session, mistakes))
        .child(card_form::table(locale))
        .child(post_form(&action(session, "cancel")).child(button("cancel quiet", t::cancel(locale))));
    let main = el("main").class("two-panes").child(summary(session)).child(methods);
    layout(locale, &Frame::of_payments(locale), &title, main)
}

/// The amount in the payer's language.
pub(super) fn amount(session: &Session) -> String {
    fmt::money(session.order.locale, session.order.amount)
}

/// The address of one of the session's forms.
pub(super) fn action(session: &Session, verb: &str) -> String {
    format!("/pay/{}/{verb}", session.id)
}

/// A form that is posted.
pub(super) fn post_form(action: &str) -> Element {
    el("form").attr("method", "post").attr("action", action)
}

/// A submit button.
pub(super) fn button(class: &'static str, label: impl Into<String>) -> Element {
    el("button").class(class).text(label)
}

fn summary(session: &Session) -> Element {
    let (locale, order) = (session.order.locale, &session.order);
    let fact = |name: &str, value: String| el("div").child(el("dt").text(name)).child(el("dd").text(value));
    let until = t::china_time(locale, fmt::date_time(locale, session.expires_at));
    let facts = el("dl")
        .child(fact(t::order_number(locale), order.reference.clone()))
        .child(fact(t::payable_until(locale), until));
    let row = Magic::of_amount(order.amount.minor);
    let magic = row.ending.map(|ending| {
        let text = t::magic_amount(locale, format!("{ending:02}"), row.describe(locale));
        el("p").class("magic").text(text)
    });
    el("section")
        .class("summary")
        .child(
            el("h1")
                .child(el("span").class("merchant").text(t::to_merchant(locale, &order.merchant_name)))
                .text(" ")
                .child(el("span").class("amount").text(amount(session))),
        )
        .child(facts)
        .children(magic)
}

fn decline_notice(session: &Session) -> Option<Element> {
    let locale = session.order.locale;
    let text = match session.last_decline()? {
        DeclineReason::InsufficientFunds => t::declined_funds(locale),
        DeclineReason::Declined => t::declined_bank(locale),
        DeclineReason::ChallengeFailed => t::declined_challenge(locale),
    };
    let title = el("h2").text(t::declined_title(locale));
    Some(el("div").class("alert").attr("role", "alert").child(title).child(el("p").text(text)))
}

fn scan_section(session: &Session, pay_url: &str) -> Element {
    let locale = session.order.locale;
    el("section")
        .class("method scan")
        .attr("aria-labelledby", "scan-title")
        .child(el("h2").attr("id", "scan-title").text(t::scan(locale)))
        .children(qr::svg(pay_url, t::scan_code_name(locale)))
        .child(
            el("div")
                .class("scan-side")
                .child(el("p").text(t::scan_hint(locale)))
                .child(post_form(&action(session, "scan")).child(button("main", t::scan_button(locale)))),
        )
}

/// The page that asks for the one-time code.
pub(super) fn challenge(session: &Session, wrong: bool) -> String {
    let locale = session.order.locale;
    let error = wrong.then(|| {
        el("p").class("error").attr("id", "code-error").attr("role", "alert").text(t::challenge_wrong(locale))
    });
    let give_up = button("quiet", t::challenge_give_up(locale)).attr("name", "give_up").attr("value", "1");
    let form = post_form(&action(session, "challenge"))
        .attr("autocomplete", "off")
        .child(el("label").attr("for", "code").text(t::challenge_code(locale)))
        .children(error)
        .child(code_input(wrong))
        .child(button("main", t::challenge_button(locale)))
        .child(give_up.flag("formnovalidate"));
    let main = el("main")
        .class("one-pane")
        .child(el("h1").text(t::challenge_title(locale)))
        .child(el("p").attr("id", "code-hint").text(t::challenge_hint(locale)))
        .child(form);
    layout(locale, &Frame::of_payments(locale), t::challenge_title(locale), main)
}

fn code_input(wrong: bool) -> Element {
    let described = if wrong { "code-error code-hint" } else { "code-hint" };
    let input = el("input")
        .attr("type", "text")
        .attr("id", "code")
        .attr("name", "code")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "one-time-code")
        .attr("maxlength", "6")
        .attr("aria-describedby", described)
        .flag("required")
        .flag("autofocus");
    if wrong { input.attr("aria-invalid", "true") } else { input }
}

/// The page of a session that can no longer be paid, with the way back to the shop.
pub(super) fn finished(session: &Session, back: &str) -> String {
    let locale = session.order.locale;
    let (title, text) = match session.status {
        Status::Paid => (t::paid_title(locale), t::paid_text(locale, amount(session))),
        Status::Closed => (t::closed_title(locale), t::closed_text(locale).to_owned()),
        Status::Expired => (t::expired_title(locale), t::expired_text(locale).to_owned()),
        Status::Open | Status::RequiresAction => {
            (t::too_many_title(locale), t::too_many_text(locale).to_owned())
        }
    };
    message(locale, (title, &text), Some(back))
}

/// A page with a title, a sentence, and the way back to the shop where there is one.
pub(super) fn message(locale: Locale, (title, text): (&str, &str), back: Option<&str>) -> String {
    let link = back.map(|url| el("a").class("button").attr("href", url).text(t::back_to_shop(locale)));
    let main =
        el("main").class("one-pane").child(el("h1").text(title)).child(el("p").text(text)).children(link);
    layout(locale, &Frame::of_payments(locale), title, main)
}
