//! The confirmation mail, in the order's language. Written as a letter, not as a web page.

use app::i18n::fmt;
use app::kernel::Locale;
use app::orders::model::OrderPage;

app::messages! {
    subject(number) = "集市订单 {number}：我们收到了" | "Your Jishi order {number}: we have it";
    greeting(name) = "{name}，您好：" | "Dear {name},";
    thanks(number) = "谢谢您的订单 {number}，我们这就为您备货。" | "Thank you for your order {number}. We are getting it ready.";
    subtotal = "商品小计" | "Subtotal";
    shipping = "运费" | "Delivery";
    free = "免运费" | "Free";
    total = "应付总额" | "Total";
    tax(amount) = "其中含税 {amount}" | "including {amount} tax";
    pay_at_door(amount) = "货到付款：请在收货时准备 {amount}。" | "Cash on delivery: please have {amount} ready when the parcel arrives.";
    ship_to = "收货地址" | "Delivery address";
    follow = "查看订单和最新进展：" | "See your order and how it is coming along:";
    sign_off = "集市" | "Jishi";
}

/// A mail's subject and both bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
}

/// The letter of an order. `link` opens its page with the mail's secret.
#[must_use]
pub fn confirmation(order: &OrderPage, locale: Locale, link: &str) -> Letter {
    let money = |amount| fmt::money(locale, amount);
    let totals = order.totals;
    let delivery = if totals.shipping.minor == 0 { free(locale).to_owned() } else { money(totals.shipping) };
    let lines = order.lines.iter().map(|line| {
        let options = if line.options.is_empty() { String::new() } else { format!(" ({})", line.options) };
        format!("{} × {}{options}  {}", line.quantity, line.title, money(line.total))
    });
    let mut sums = vec![
        format!("{}: {}", subtotal(locale), money(totals.subtotal)),
        format!("{}: {delivery}", shipping(locale)),
    ];
    sums.push(format!("{}: {}", total(locale), money(totals.total)));
    if totals.tax_included.minor > 0 {
        sums.push(tax(locale, money(totals.tax_included)));
    }
    let blocks = [
        vec![greeting(locale, &order.address.name)],
        vec![thanks(locale, &order.number)],
        lines.collect(),
        sums,
        vec![pay_at_door(locale, money(totals.total))],
        [vec![ship_to(locale).to_owned()], address_lines(order, locale)].concat(),
    ];
    Letter {
        subject: subject(locale, &order.number),
        text: plain(&blocks, locale, link),
        html: html(&blocks, locale, link),
    }
}

/// China writes from the large to the small, elsewhere it is the other way round.
fn address_lines(order: &OrderPage, locale: Locale) -> Vec<String> {
    let address = &order.address;
    let place = match locale {
        Locale::Zh => format!("{}{}{}{}", address.region, address.city, address.district, address.line1),
        Locale::En => [&address.line1, &address.district, &address.city, &address.region]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(", "),
    };
    let last = [address.postcode.as_str(), address.country.code()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    vec![address.name.clone(), place, last, address.phone.as_str().to_owned()]
}

fn plain(blocks: &[Vec<String>], locale: Locale, link: &str) -> String {
    let body: Vec<String> = blocks.iter().map(|block| block.join("\n")).collect();
    format!("{}\n\n{}\n{link}\n\n{}\n", body.join("\n\n"), follow(locale), sign_off(locale))
}

fn html(blocks: &[Vec<String>], locale: Locale, link: &str) -> String {
    let body: String = blocks
        .iter()
        .map(|block| {
            format!("<p>{}</p>", block.iter().map(|line| escape(line)).collect::<Vec<_>>().join("<br>"))
        })
        .collect();
    let (link, tag) = (escape(link), locale.tag());
    format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\"><body>{body}<p>{}<br><a href=\"{link}\">{link}</a></p><p>{}</p></body></html>",
        follow(locale),
        sign_off(locale)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shoppers_type_is_text_in_the_html() {
        assert_eq!(escape("<b>\"x\" & y</b>"), "&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;");
    }
}
