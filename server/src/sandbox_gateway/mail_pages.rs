//! The mail viewer's pages as HTML values: what was sent, newest first, and one mail in both of its forms.

use super::html::{Element, el};
use super::mails::{LISTED, SentMail};
use super::pages::{Frame, layout};
use super::texts as t;
use app::i18n::fmt;
use app::kernel::Locale;
use time::OffsetDateTime;

/// The newest mails.
pub(super) fn list(locale: Locale, mails: &[SentMail]) -> String {
    let hint =
        if mails.is_empty() { t::mails_none(locale).to_owned() } else { t::mails_hint(locale, LISTED) };
    let entries = el("ol").class("mails").children(mails.iter().map(|mail| entry(locale, mail)));
    let main = el("main")
        .class("mailbox")
        .child(el("h1").text(t::mails_title(locale)))
        .child(el("p").text(hint))
        .children((!mails.is_empty()).then_some(entries));
    layout(locale, &Frame::of_mails(locale), t::mails_title(locale), main)
}

fn entry(locale: Locale, mail: &SentMail) -> Element {
    let part = |class: &'static str, text: String| el("span").class(class).text(text);
    let link = el("a")
        .attr("href", format!("/mail/{}", mail.id))
        .child(part("mail-subject", subject(locale, mail)))
        .text(" ")
        .child(part("mail-to", mail.to.clone()))
        .text(" ")
        .child(part("mail-time", time(locale, mail.at)));
    el("li").child(link)
}

/// One mail: as text, and as HTML in a frame that can do nothing.
pub(super) fn letter(locale: Locale, mail: &SentMail) -> String {
    let subject = subject(locale, mail);
    let fact = |name: &str, value: String| el("div").child(el("dt").text(name)).child(el("dd").text(value));
    let facts = el("dl")
        .child(fact(t::mail_to(locale), mail.to.clone()))
        .child(fact(t::mail_time(locale), time(locale, mail.at)));
    let html = format!("/mail/{}/html", mail.id);
    let frame = el("iframe")
        .class("mail-html")
        .attr("src", html.clone())
        .attr("title", t::mail_frame(locale))
        .attr("sandbox", "allow-popups allow-popups-to-escape-sandbox");
    let main = el("main")
        .class("mailbox")
        .child(el("p").child(el("a").attr("href", "/mail").text(t::mails_back(locale))))
        .child(el("h1").text(subject.clone()))
        .child(facts)
        .child(el("h2").text(t::mail_text(locale)))
        .child(paper(&mail.text))
        .child(el("h2").text("HTML"))
        .child(frame)
        .child(el("p").child(el("a").attr("href", html).text(t::mail_alone(locale))));
    layout(locale, &Frame::of_mails(locale), &subject, main)
}

/// The plain text; a line that is an address can be followed, as in a mail program.
fn paper(text: &str) -> Element {
    text.lines().fold(el("div").class("mail-text"), |paper, line| {
        let is_address = ["http://", "https://"].iter().any(|scheme| line.starts_with(scheme))
            && !line.contains(char::is_whitespace);
        let link = el("a").attr("href", line).attr("rel", "noreferrer").text(line);
        if is_address { paper.child(link).text("\n") } else { paper.text(format!("{line}\n")) }
    })
}

fn subject(locale: Locale, mail: &SentMail) -> String {
    if mail.subject.is_empty() { t::mail_no_subject(locale).to_owned() } else { mail.subject.clone() }
}

fn time(locale: Locale, at: Option<OffsetDateTime>) -> String {
    at.map(|at| t::china_time(locale, fmt::date_time(locale, at))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_lines_that_are_web_addresses_become_links() {
        let page =
            paper("see\nhttp://a.test/x?b=1&c=\"2\"\njavascript:alert(1)\nhttp://b.test or not").document();
        assert_eq!(page.matches("<a ").count(), 1, "{page}");
        assert!(
            page.contains("href=\"http://a.test/x?b=1&amp;c=&quot;2&quot;\" rel=\"noreferrer\""),
            "{page}"
        );
    }
}
