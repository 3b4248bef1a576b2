//! What the chosen variant costs, whether it is there, and the form that puts it into the cart.

use crate::catalog::islands::{AddToCart, BuyFacts, FORM};
use crate::catalog::model::VariantView;
use crate::delivery::arrival::Arrival;
use crate::help::Topic;
use crate::i18n::{catalog as t, common, fmt, storefront as s};
use crate::kernel::{Locale, Money, Quantity};
use crate::routes::href;
use crate::ui::icon::{Icon, IconName};
use crate::ui::price::Price;
use leptos::prelude::*;

/// From this many units on, the page says just "in stock".
const PLENTY: i64 = 6;

/// Price, choice, stock and the form.
pub(super) fn buy(
    locale: Locale,
    title: String,
    chosen: Option<&VariantView>,
    (picker, arrival): (AnyView, Option<Arrival>),
) -> AnyView {
    let Some(variant) = chosen else {
        return view! { <p class="stock stock-none">{t::not_sold_title(locale)}</p> }.into_any();
    };
    let saving = saving(variant).map(|saved| t::you_save(locale, fmt::money(locale, saved)));
    let lowest = variant.lowest_before.map(|lowest| {
        if lowest == variant.price {
            s::lowest_now(locale).to_owned()
        } else {
            s::lowest_before(locale, fmt::money(locale, lowest))
        }
    });
    view! {
        <div class="product-cost">
            <p class="product-price">
                <Price locale money=variant.price compare_at=variant.compare_at />
                {saving.map(|saving| view! { <span class="product-saving">{saving}</span> })}
            </p>
            {lowest.map(|lowest| view! { <p class="product-lowest">{lowest}</p> })}
        </div>
        {picker}
        <div class="product-stock">
            <Stock locale available=variant.available />
            {arrival.filter(|_| variant.available > 0).map(|arrival| promise(locale, arrival))}
        </div>
        {form(locale, title, variant)}
        {assurances(locale)}
    }
    .into_any()
}

/// What is saved against the former price.
fn saving(variant: &VariantView) -> Option<Money> {
    let former = variant.compare_at.filter(|former| former.currency == variant.price.currency)?;
    let saved = former.minor.checked_sub(variant.price.minor)?;
    (saved > 0).then(|| Money::new(saved, former.currency))
}

/// Whether it is there, in words and colour.
#[component]
fn Stock(locale: Locale, available: i64) -> impl IntoView {
    let (class, text) = match available {
        ..=0 => ("stock stock-none", t::stock_none(locale).to_owned()),
        1..PLENTY => ("stock stock-low", t::only_left(locale, available)),
        PLENTY.. => ("stock stock-ready", t::in_stock(locale).to_owned()),
    };
    view! { <p class=class>{text}</p> }
}

/// When it will be there, as dates.
fn promise(locale: Locale, arrival: Arrival) -> AnyView {
    let date = |day| fmt::day(locale, day);
    view! {
        <p class="promise">
            <Icon name=IconName::Parcel />
            <span>
                <strong>{s::promise(locale, date(arrival.first_day), date(arrival.last_day))}</strong>
                " "
                <a href=href::help(locale, Topic::Shipping.slug())>{s::promise_link(locale)}</a>
            </span>
        </p>
    }
    .into_any()
}

fn form(locale: Locale, title: String, variant: &VariantView) -> AnyView {
    if variant.available <= 0 {
        return view! { <p class="stock-hint">{t::stock_none_hint(locale)}</p> }.into_any();
    }
    let most = u32::try_from(variant.available).unwrap_or(Quantity::MAX).min(Quantity::MAX);
    let facts = BuyFacts { sku: variant.sku.clone(), title, price: fmt::money(locale, variant.price), most };
    // Its address is another one than the form's: the browser sends it, with scripts too, and goes to the checkout.
    view! {
        <AddToCart locale facts />
        <button class="button buy-now" type="submit" form=FORM formaction="/api/cart/buy">
            {t::buy_now(locale)}
        </button>
    }
    .into_any()
}

/// What holds for every order, where the decision is made.
fn assurances(locale: Locale) -> AnyView {
    let facts = [
        (IconName::Check, common::help_price(locale)),
        (IconName::Parcel, common::help_payment(locale)),
        (IconName::Bag, common::help_guest(locale)),
    ];
    let items: Vec<_> = facts
        .into_iter()
        .map(|(icon, text)| {
            view! {
                <li>
                    <Icon name=icon />
                    {text}
                </li>
            }
        })
        .collect();
    view! { <ul class="assurances">{items}</ul> }.into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod unit {
    use super::super::tests::pot;
    use super::*;

    fn html(variant: usize, locale: Locale) -> String {
        // Monday 23 November 2026, 10:00 in China.
        let now = time::OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(1_795_399_200);
        let arrival = pot().delivery.map(|days| Arrival::of(now, days));
        buy(locale, "Pot".to_owned(), pot().variants.get(variant), (().into_any(), arrival)).to_html()
    }

    #[test]
    fn a_variant_in_stock_has_a_plain_form() {
        let html = html(0, Locale::En);
        assert!(html.contains(r#"action="/api/cart/add""#) && html.contains(r#"method="post""#), "{html}");
        assert!(html.contains(r#"name="variant_sku""#) && html.contains("P-RS"), "{html}");
        assert!(
            html.contains(r#"form="buy" formaction="/api/cart/buy""#) && html.contains("Buy now"),
            "{html}"
        );
        assert!(html.contains("In stock") && html.contains("You save $10.00"), "{html}");
    }

    #[test]
    fn a_reduced_price_tells_the_lowest_one_before_and_the_stock_when_it_arrives() {
        let html = html(0, Locale::En);
        assert!(html.contains("in the 30 days before: $60.00"), "{html}");
        let mut same = pot();
        same.variants[0].lowest_before = Some(same.variants[0].price);
        let lowest = buy(Locale::En, String::new(), same.variants.first(), (().into_any(), None)).to_html();
        assert!(lowest.contains("The lowest price of the last 30 days"), "{lowest}");
        assert!(html.contains("Get it Sun 29 Nov – Thu 3 Dec"), "{html}");
        assert!(html.contains(r#"href="/en/help/shipping""#), "{html}");
    }

    #[test]
    fn few_units_are_counted_and_cap_the_quantity() {
        let html = html(1, Locale::Zh);
        assert!(html.contains("仅剩 3 件") && html.contains(r#"max="3""#), "{html}");
    }

    #[test]
    fn a_sold_out_variant_has_no_form() {
        let html = html(2, Locale::En);
        assert!(!html.contains("<form") && html.contains("sold out"), "{html}");
        assert!(!html.contains("Get it"), "nothing is promised that is not there: {html}");
    }
}
