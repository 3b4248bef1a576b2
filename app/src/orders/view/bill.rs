//! The printable invoice of an order: who sold what to whom, with the tax of every line and of every rate.

use super::address_lines;
use crate::checkout::wishes::InvoiceKind;
use crate::i18n::{checkout, fmt, orders as texts, wishes as t};
use crate::kernel::{Locale, Money};
use crate::orders::model::{OrderLine, OrderPage, Seller};
use crate::routes::href;
use leptos::prelude::*;

/// What one rate comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateSum {
    /// Parts per million; `None` for delivery, whose rate is not that of a line.
    pub ppm: Option<i64>,
    /// Tax included.
    pub gross: Money,
    /// The tax in it.
    pub tax: Money,
}

/// True when the tax was added to the prices instead of being contained in them.
fn is_added(order: &OrderPage) -> bool {
    order.totals.tax_added.minor > 0
}

/// The whole tax of an order, contained or added.
fn whole_tax(order: &OrderPage) -> i64 {
    order.totals.tax_included.minor.saturating_add(order.totals.tax_added.minor)
}

/// The sums by tax rate, the lowest first, with delivery at the end. They add up to the order's total and tax.
#[must_use]
pub fn by_rate(order: &OrderPage) -> Vec<RateSum> {
    let mut sums: Vec<RateSum> = Vec::new();
    let with_tax = |net: Money, tax: Money| {
        let minor = if is_added(order) { net.minor.saturating_add(tax.minor) } else { net.minor };
        Money { minor, ..net }
    };
    for line in &order.lines {
        let gross = with_tax(line.total, line.tax);
        match sums.iter_mut().find(|sum| sum.ppm == Some(line.tax_ppm)) {
            Some(sum) => {
                sum.gross.minor = sum.gross.minor.saturating_add(gross.minor);
                sum.tax.minor = sum.tax.minor.saturating_add(line.tax.minor);
            }
            None => sums.push(RateSum { ppm: Some(line.tax_ppm), gross, tax: line.tax }),
        }
    }
    sums.sort_by_key(|sum| sum.ppm);
    let delivery = order.totals.shipping;
    if delivery.minor > 0 {
        let goods: i64 = order.lines.iter().map(|line| line.tax.minor).sum();
        let tax = Money::new(whole_tax(order) - goods, delivery.currency);
        sums.push(RateSum { ppm: None, gross: with_tax(delivery, tax), tax });
    }
    sums
}

/// `13%`, `8.25%`.
fn percent(ppm: i64) -> String {
    let (whole, rest) = (ppm / 10_000, ppm % 10_000);
    if rest == 0 {
        return format!("{whole}%");
    }
    format!("{whole}.{}%", format!("{rest:04}").trim_end_matches('0'))
}

/// The page below its header.
#[component]
pub fn Bill(
    /// The language.
    locale: Locale,
    /// The order.
    order: OrderPage,
    /// The secret of the mail's link, when the page was opened by it.
    key: String,
    /// The shop's address from outside.
    base_url: String,
) -> impl IntoView {
    let back = href::order_with_key(locale, order.public_id.as_str(), &key);
    view! {
        <article class="bill">
            <h1 class="bill-title">{t::bill_title(locale, &order.number)}</h1>
            {parties(locale, &order, base_url)}
            {lines(locale, &order)}
            {discounts(locale, &order)}
            {rates(locale, &order)}
            <p class="bill-note">{t::bill_note(locale)}</p>
            <p class="order-onward">
                <a class="button" href=back>
                    {t::bill_back(locale)}
                </a>
            </p>
        </article>
    }
}

/// Who sells to whom, when, and how it stands with the money.
fn parties(locale: Locale, order: &OrderPage, base_url: String) -> impl IntoView + use<> {
    let seller: Vec<_> = seller(locale, &order.seller, base_url)
        .into_iter()
        .map(|line| view! { <span>{line}</span> })
        .collect();
    let buyer: Vec<_> = buyer(locale, order).into_iter().map(|line| view! { <span>{line}</span> }).collect();
    view! {
        <dl class="bill-parties">
            <div>
                <dt>{t::bill_seller(locale)}</dt>
                <dd>{seller}</dd>
            </div>
            <div>
                <dt>{t::bill_buyer(locale)}</dt>
                <dd>{buyer}</dd>
            </div>
            <div>
                <dt>{texts::number(locale)}</dt>
                <dd>{order.number.clone()}</dd>
            </div>
            <div>
                <dt>{t::bill_date(locale)}</dt>
                <dd>{fmt::date_time(locale, order.placed_at)}</dd>
            </div>
            <div>
                <dt>{t::bill_payment(locale)}</dt>
                <dd>{texts::payment_status(locale, order.payment_status)}</dd>
            </div>
        </dl>
    }
}

/// The shop's name where no other is set, then whatever is.
fn seller(locale: Locale, seller: &Seller, base_url: String) -> Vec<String> {
    let name = if seller.name.is_empty() { t::bill_shop(locale).to_owned() } else { seller.name.clone() };
    let number = (!seller.tax_number.is_empty()).then(|| t::with_number(locale, &seller.tax_number));
    let lines = [Some(name), Some(seller.address.clone()), number, Some(base_url)];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
}

/// The name that was wished for, else the recipient; with the address.
fn buyer(locale: Locale, order: &OrderPage) -> Vec<String> {
    let address = address_lines(locale, &order.address);
    let Some(wish) = &order.wishes.invoice else { return address };
    let is_named = wish.kind == InvoiceKind::Company || !wish.title.is_empty();
    let title = is_named.then(|| wish.title.clone());
    let number = (!wish.tax_number.is_empty()).then(|| t::with_number(locale, &wish.tax_number));
    title.into_iter().chain(number).chain(address).collect()
}

fn lines(locale: Locale, order: &OrderPage) -> impl IntoView + use<> {
    let money = move |amount| fmt::money(locale, amount);
    let rows: Vec<_> = order.lines.iter().cloned().map(|line| row(locale, line)).collect();
    let totals = order.totals;
    let tax_label = if is_added(order) { t::bill_tax_added(locale) } else { t::bill_tax(locale) };
    let tax = Money::new(whole_tax(order), totals.total.currency);
    let delivery = by_rate(order).pop().filter(|sum| sum.ppm.is_none());
    view! {
        <table class="bill-table">
            <thead>
                <tr>
                    <th scope="col">{t::bill_article(locale)}</th>
                    <th scope="col">{t::bill_rate(locale)}</th>
                    <th scope="col">{tax_label}</th>
                    <th scope="col">{t::bill_sum(locale)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="2">
                        {t::bill_delivery(locale)}
                    </th>
                    <td>{delivery.map(|sum| money(sum.tax))}</td>
                    <td>{money(totals.shipping)}</td>
                </tr>
                <tr class="bill-total">
                    <th scope="row" colspan="2">
                        {t::bill_total(locale)}
                    </th>
                    <td>{money(tax)}</td>
                    <td>{money(totals.total)}</td>
                </tr>
            </tfoot>
        </table>
    }
}

/// What was taken off in the lines' amounts, by its names; nothing when nothing was.
fn discounts(locale: Locale, order: &OrderPage) -> Option<impl IntoView + use<>> {
    let rows: Vec<_> = order
        .discounts
        .iter()
        .map(|discount| {
            view! {
                <tr>
                    <th scope="row">{checkout::discount_name(locale, discount)}</th>
                    <td>{fmt::money(locale, discount.minus())}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="bill-table bill-discounts">
                <caption>{t::bill_discounts(locale)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::bill_discount_name(locale)}</th>
                        <th scope="col">{t::bill_sum(locale)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

fn row(locale: Locale, line: OrderLine) -> impl IntoView {
    let details: Vec<String> = [line.options, line.sku].into_iter().filter(|part| !part.is_empty()).collect();
    let off = (line.discount.minor > 0).then(|| fmt::money(locale, line.discount));
    view! {
        <tr>
            <th scope="row">
                {line.title} <span class="bill-detail">{details.join(" · ")}</span>
                <span class="bill-detail">
                    {t::bill_units(locale, line.quantity, fmt::money(locale, line.unit_price))}
                    {off.map(|amount| format!(" · {}", t::bill_discount(locale, amount)))}
                </span>
            </th>
            <td>{percent(line.tax_ppm)}</td>
            <td>{fmt::money(locale, line.tax)}</td>
            <td>{fmt::money(locale, line.total)}</td>
        </tr>
    }
}

fn rates(locale: Locale, order: &OrderPage) -> impl IntoView + use<> {
    let rows: Vec<_> = by_rate(order)
        .into_iter()
        .map(|sum| {
            let label = sum.ppm.map_or_else(|| t::bill_delivery(locale).to_owned(), percent);
            let net = Money::new(sum.gross.minor - sum.tax.minor, sum.gross.currency);
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td>{fmt::money(locale, net)}</td>
                    <td>{fmt::money(locale, sum.tax)}</td>
                    <td>{fmt::money(locale, sum.gross)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="bill-table bill-rates">
            <caption>{t::bill_rates(locale)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t::bill_rate(locale)}</th>
                    <th scope="col">{t::bill_net(locale)}</th>
                    <th scope="col">{t::bill_tax_plain(locale)}</th>
                    <th scope="col">{t::bill_sum(locale)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_written_as_short_as_they_are() {
        let written = [130_000, 90_000, 82_500, 88_750, 0, 5_000].map(percent);
        assert_eq!(written, ["13%", "9%", "8.25%", "8.875%", "0%", "0.5%"]);
    }
}
