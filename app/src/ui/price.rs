//! A price, with the former one when it is reduced.

use crate::i18n::{common as t, fmt};
use crate::kernel::{Locale, Money};
use leptos::prelude::*;

/// A price in the language's notation. A reduced price is marked by colour, by a struck former price
/// and, for screen readers, by the words "now" and "was".
#[component]
pub fn Price(
    /// The language.
    locale: Locale,
    /// What is paid.
    money: Money,
    /// The former price; shown only when it is higher.
    #[prop(optional_no_strip)]
    compare_at: Option<Money>,
    /// True when other versions cost more ("from").
    #[prop(optional)]
    is_from: bool,
) -> impl IntoView {
    let former = compare_at.filter(|former| former.currency == money.currency && former.minor > money.minor);
    let now = fmt::money(locale, money);
    let class = if former.is_some() { "price price-offer" } else { "price" };
    view! {
        <span class=class>
            {former.is_some().then(|| view! { <span class="hidden">{t::price_now(locale)} " "</span> })}
            {(is_from && locale == Locale::En).then(|| from(locale))}
            <data class="price-now" value=fmt::decimal(money)>
                {now}
            </data> {(is_from && locale == Locale::Zh).then(|| from(locale))}
            {former
                .map(|former| {
                    view! {
                        " "
                        <span class="hidden">{t::price_was(locale)} " "</span>
                        <s class="price-was">{fmt::money(locale, former)}</s>
                    }
                })}
        </span>
    }
}

/// "from" stands before the amount in English, 起 after it in Chinese.
fn from(locale: Locale) -> impl IntoView {
    view! { <span class="price-from">{t::price_from(locale)}</span> }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::kernel::Currency;

    fn cny(minor: i64) -> Money {
        Money::new(minor, Currency::Cny)
    }

    #[test]
    fn a_reduced_price_says_now_and_was() {
        let html =
            view! { <Price locale=Locale::En money=cny(42_800) compare_at=Some(cny(49_800)) /> }.to_html();
        assert!(html.contains("price-offer"), "{html}");
        assert!(html.contains("Now") && html.contains("Was"), "{html}");
        assert!(html.contains("CN¥428.00") && html.contains("CN¥498.00"), "{html}");
    }

    #[test]
    fn a_former_price_that_is_not_higher_is_not_shown() {
        let html = view! { <Price locale=Locale::Zh money=cny(100) compare_at=Some(cny(100)) /> }.to_html();
        assert!(!html.contains("price-was"), "{html}");
        assert!(!html.contains("price-offer"), "{html}");
    }

    #[test]
    fn from_stands_where_the_language_puts_it() {
        let zh = view! { <Price locale=Locale::Zh money=cny(100) is_from=true /> }.to_html();
        let en = view! { <Price locale=Locale::En money=cny(100) is_from=true /> }.to_html();
        assert!(zh.find("¥1.00") < zh.find('起'), "{zh}");
        assert!(en.find("from</span>") < en.find("CN¥1.00"), "{en}");
    }
}
