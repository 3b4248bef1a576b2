//! Addresses and taxes of placed orders.

use crate::orders::form;
use crate::support::{World, ZH};
use app::AppError;
use app::ErrorCode;
use app::Services;
use app::cart::model::AddToCart;
use app::catalog::model::View;
use app::checkout::early::EarlyWishes;
use app::checkout::model::{CheckoutForm, Draft, PlaceOrder};
use app::kernel::{Currency, Locale, PublicId};
use app::orders::model::OrderPage;
use server::boot::services::wire;
use server::checkout::row::RatesOf;
use server::on;

const TEAPOT: &str = "JS-TK01-CELADO";
const WHEAT: &str = "JS-PA48-WHEAT";
const EN: View = View { locale: Locale::En, currency: Currency::Usd };

fn to_state(region: &str, postcode: &str) -> PlaceOrder {
    let (region, postcode) = (region.to_owned(), postcode.to_owned());
    CheckoutForm { country: "US".into(), region, city: "Springfield".into(), postcode, ..form() }
        .parse()
        .unwrap()
}

/// Places an order and reads it.
async fn place(
    world: &World,
    services: &Services,
    view: View,
    command: &PlaceOrder,
    items: &[(&str, &str)],
) -> OrderPage {
    let guest = world.guest();
    for (sku, units) in items {
        services.carts.add(&guest, view, &AddToCart::parse(sku, units).unwrap()).await.unwrap();
    }
    let placed = services.checkout.place(&guest, view, command).await.unwrap();
    let id = PublicId::parse("or", &placed.order).unwrap();
    services.orders.page(Some(&guest), None, &id, view.locale).await.unwrap()
}

on_both! {
    async fn an_address_is_stored_as_it_is_written_officially(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let short = CheckoutForm { region: "浙江".into(), city: "杭州".into(), district: "西湖".into(), ..form() };
        let page = place(&world, &services, ZH, &short.parse().unwrap(), &[(TEAPOT, "1")]).await;
        let address = &page.address;
        assert_eq!([&address.region, &address.city, &address.district], ["浙江省", "杭州市", "西湖区"]);
        let latin = CheckoutForm { region: "Zhejiang".into(), city: "Hangzhou".into(), district: "Xihu".into(), ..form() };
        let page = place(&world, &services, EN, &latin.parse().unwrap(), &[(TEAPOT, "1")]).await;
        assert_eq!(page.address.city, "Hangzhou");
    }

    async fn a_place_that_is_not_known_is_refused_and_changes_nothing(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = world.guest();
        services.carts.add(&guest, ZH, &AddToCart::parse(TEAPOT, "1").unwrap()).await.unwrap();
        let wrong = CheckoutForm { region: "月亮省".into(), ..form() }.parse().unwrap();
        let error = services.checkout.place(&guest, ZH, &wrong).await.unwrap_err();
        assert!(matches!(error, AppError::Invalid(errors) if errors.of("region").is_some()));
        assert_eq!(services.carts.view(Some(&guest), ZH).await.unwrap().count, 1);
    }

    async fn a_state_s_tax_is_added_and_divided_among_the_lines(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        // New York taxes delivery, California does not; Oregon has no tax.
        for (state, postcode, ppm, is_on_delivery) in [("NY", "10118", 40_000, true), ("California", "94105", 72_500, false), ("Oregon", "97201", 0, false)] {
            let page = place(&world, &services, EN, &to_state(state, postcode), &[(WHEAT, "1"), ("JS-TK01-TENMOK", "1")]).await;
            let totals = page.totals;
            let taxed = totals.subtotal.minor + if is_on_delivery { totals.shipping.minor } else { 0 };
            assert_eq!(totals.tax_added.minor, (taxed * ppm + 500_000) / 1_000_000, "{state}");
            assert_eq!(totals.total.minor, totals.subtotal.minor + totals.shipping.minor + totals.tax_added.minor);
            assert_eq!(totals.tax_included.minor, 0);
            let of_lines: i64 = page.lines.iter().map(|line| line.tax.minor).sum();
            assert!(is_on_delivery || of_lines == totals.tax_added.minor, "{state}");
            assert!(page.lines.iter().all(|line| line.tax_ppm == ppm), "{state}");
        }
        let report = server::check::run(&world.database).await.unwrap();
        assert!(report.is_healthy(), "{report}");
    }

    async fn prices_with_tax_inside_are_not_touched_by_states(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let yuan = place(&world, &services, ZH, &to_state("California", "94105"), &[(TEAPOT, "1")]).await;
        assert_eq!((yuan.totals.total.minor, yuan.totals.tax_added.minor), (49_600, 0));
        let dollars = place(&world, &services, EN, &form().parse().unwrap(), &[(TEAPOT, "1")]).await;
        assert_eq!(dollars.totals.tax_added.minor, 0, "to China the price contains it");
        assert!(dollars.totals.tax_included.minor > 0);
        let mut conn = world.database.read_latest().await.unwrap();
        for (taxed_region, ppm) in [("NY", Some(40_000)), ("", None)] {
            let of = RatesOf { currency: "USD", country: "US", region: "", taxed_region, cart_id: uuid::Uuid::nil(), now: 0 };
            assert_eq!(on!(conn, checkout::list_rates(of)).unwrap()[0].added_ppm, ppm);
        }
    }

    async fn wishes_are_kept_with_the_cart_beside_everything_else_that_was_typed(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = world.guest();
        let told = |gift_message: &str, note: &str| {
            let (gift, gift_message, note) = ("on".to_owned(), gift_message.to_owned(), note.to_owned());
            EarlyWishes { gift, gift_message, note }
        };
        let read = async || services.checkout.page(Some(&guest), ZH).await.unwrap();
        let early = services.checkout.save_wishes(&guest, &told("早", "")).await;
        assert_eq!(early, Err(AppError::Conflict(ErrorCode::CartEmpty)), "nobody gets a cart by a wish");
        services.carts.add(&guest, ZH, &AddToCart::parse(TEAPOT, "1").unwrap()).await.unwrap();
        let mut draft = Draft { form: CheckoutForm { name: "李".into(), ..CheckoutForm::default() }, ..Draft::default() };
        draft.wishes.invoice = "personal".into();
        services.checkout.save_draft(&guest, &draft).await.unwrap();
        assert_eq!(EarlyWishes::of(&read().await), EarlyWishes::default(), "the checkout took it back");
        services.checkout.save_wishes(&guest, &told("好", &"长".repeat(2000))).await.unwrap();
        let page = read().await;
        assert_eq!((page.draft.name.as_str(), page.wishes.invoice.as_str()), ("李", "personal"));
        assert_eq!(EarlyWishes::of(&page), told("好", &"长".repeat(1000)));
    }
}
