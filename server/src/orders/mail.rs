//! The mails about an order, in the order's language. Written as letters, not as web pages.

use app::i18n::{checkout, fmt, orders as texts};
use app::kernel::{Locale, Money};
use app::orders::model::{OrderPage, PaymentStatus};
use app::orders::view::wish_lines;
use app::payments::model::Decline;

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
    pay_until(time) = "商品为您保留到 {time}（北京时间），请在此之前从下面的链接完成付款。" | "Your articles are reserved until {time} (China time). Please pay by then, from the link below.";
    paid_subject(number) = "集市订单 {number}：已付款" | "Your Jishi order {number}: payment received";
    paid(amount) = "我们已收到您的付款 {amount}，商品正在备货，寄出后会再写信给您。" | "Your payment of {amount} has arrived. We are packing and write again when it is on its way.";
    failed_subject(number) = "集市订单 {number}：付款未成功" | "Your Jishi order {number}: the payment did not go through";
    try_again(time) = "您可以在 {time}（北京时间）前从下面的链接再试一次，或换一种付款方式。" | "You can try again, or pay in another way, until {time} (China time) from the link below.";
    cancelled_subject(number) = "集市订单 {number}：已取消" | "Your Jishi order {number}: cancelled";
    called_off(number) = "您的订单 {number} 已取消。" | "Your order {number} has been cancelled.";
    not_paid_in_time(number) = "您的订单 {number} 没有在时限内付款，已自动取消。想要这些商品的话，欢迎重新下单。" | "Your order {number} was not paid in time, so it was called off. If you still want the articles, please order again.";
    nothing_charged = "没有扣款，您无需再做什么。" | "Nothing was charged, and there is nothing for you to do.";
    goes_back = "已付的款项会原路退还，到账后会写信告诉您。" | "What you paid is sent back the way it came. We write to you when that is done.";
    refunded_subject(number) = "集市订单 {number}：已退款" | "Your Jishi order {number}: refunded";
    refunded(amount) = "{amount} 已原路退还给您。到账时间取决于您的银行。" | "{amount} has been sent back the way it came. When it shows depends on your bank.";
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

/// Which letter is written about an order. Each is sent once for what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// The order has come in.
    Placed,
    /// The money has come in.
    Paid,
    /// A try to pay was declined.
    Failed,
    /// The order was called off.
    Cancelled,
    /// Money went back.
    Refunded,
}

impl LetterKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Placed, Self::Paid, Self::Failed, Self::Cancelled, Self::Refunded];
}

/// What a letter is about.
#[derive(Debug, Clone)]
pub struct Matter {
    /// The order.
    pub order: OrderPage,
    /// What went back.
    pub refund: Option<Money>,
    /// Opens the order's page with the mail's secret.
    pub link: String,
}

/// The letter, in the order's language.
#[must_use]
pub fn letter(kind: LetterKind, matter: &Matter, locale: Locale) -> Letter {
    let (order, number) = (&matter.order, matter.order.number.as_str());
    let (subject, blocks) = match kind {
        LetterKind::Placed => (subject(locale, number), confirmation(order, locale)),
        LetterKind::Paid => (paid_subject(locale, number), vec![vec![paid(locale, total_of(order, locale))]]),
        LetterKind::Failed => (failed_subject(locale, number), failed(order, locale)),
        LetterKind::Cancelled => (cancelled_subject(locale, number), cancelled(order, locale)),
        LetterKind::Refunded => {
            let amount = matter.refund.map(|amount| fmt::money(locale, amount)).unwrap_or_default();
            (refunded_subject(locale, number), vec![vec![refunded(locale, amount)]])
        }
    };
    let blocks: Vec<_> = [vec![greeting(locale, &order.address.name)]].into_iter().chain(blocks).collect();
    let link = &matter.link;
    Letter { subject, text: plain(&blocks, locale, link), html: html(&blocks, locale, link) }
}

fn total_of(order: &OrderPage, locale: Locale) -> String {
    fmt::money(locale, order.totals.total)
}

/// What was ordered, what it costs and how it is paid.
fn confirmation(order: &OrderPage, locale: Locale) -> Vec<Vec<String>> {
    let money = |amount| fmt::money(locale, amount);
    let totals = order.totals;
    let delivery = if totals.shipping.minor == 0 { free(locale).to_owned() } else { money(totals.shipping) };
    let lines = order.lines.iter().map(|line| {
        let options = if line.options.is_empty() { String::new() } else { format!(" ({})", line.options) };
        format!("{} × {}{options}  {}", line.quantity, line.title, money(line.whole()))
    });
    let mut sums: Vec<String> = order
        .discounts
        .iter()
        .map(|discount| format!("{}: {}", checkout::discount_name(locale, discount), money(discount.minus())))
        .collect();
    sums.push(format!("{}: {}", subtotal(locale), money(totals.subtotal)));
    sums.push(format!("{}: {delivery}", shipping(locale)));
    if totals.tax_added.minor > 0 {
        sums.push(format!("{}: {}", checkout::sales_tax(locale), money(totals.tax_added)));
    }
    sums.push(format!("{}: {}", total(locale), money(totals.total)));
    if totals.tax_included.minor > 0 {
        sums.push(tax(locale, money(totals.tax_included)));
    }
    let blocks = [
        vec![thanks(locale, &order.number)],
        lines.collect(),
        sums,
        how_to_pay(order, locale).into_iter().collect(),
        [vec![ship_to(locale).to_owned()], address_lines(order, locale), travels(order, locale)].concat(),
        wish_lines(locale, &order.wishes),
    ];
    blocks.into_iter().filter(|block: &Vec<String>| !block.is_empty()).collect()
}

/// How the parcel travels and when it is expected.
fn travels(order: &OrderPage, locale: Locale) -> Vec<String> {
    let told = order.delivery.iter().map(|delivery| {
        let arrival = checkout::arrival(locale, delivery.arrival);
        checkout::travels(locale, delivery.name.get(locale), arrival)
    });
    told.collect()
}

/// At the door, until a certain time, or nothing when it is paid already.
fn how_to_pay(order: &OrderPage, locale: Locale) -> Option<String> {
    match (&order.offer, order.payment_status) {
        (Some(offer), _) => Some(pay_until(locale, fmt::date_time(locale, offer.pay_by))),
        (None, PaymentStatus::Pending) => Some(pay_at_door(locale, total_of(order, locale))),
        _ => None,
    }
}

fn failed(order: &OrderPage, locale: Locale) -> Vec<Vec<String>> {
    let again = order.offer.as_ref().map(|offer| try_again(locale, fmt::date_time(locale, offer.pay_by)));
    let why = order.offer.as_ref().and_then(|offer| offer.decline).unwrap_or(Decline::Declined);
    let sentences = [Some(texts::decline(locale, why).to_owned()), again];
    vec![sentences.into_iter().flatten().collect()]
}

fn cancelled(order: &OrderPage, locale: Locale) -> Vec<Vec<String>> {
    let what = if order.is_expired {
        not_paid_in_time(locale, &order.number)
    } else {
        called_off(locale, &order.number)
    };
    let money = match order.payment_status {
        PaymentStatus::Voided | PaymentStatus::None | PaymentStatus::Pending => nothing_charged(locale),
        _ => goes_back(locale),
    };
    vec![vec![what], vec![money.to_owned()]]
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
