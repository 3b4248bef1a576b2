//! Ways of delivery: by zone, by weight, for nothing from a sum on.

use crate::orders::form;
use crate::support::{Backend, World, ZH};
use app::cart::model::AddToCart;
use app::catalog::model::View;
use app::checkout::model::{CheckoutForm, CheckoutPage, Draft};
use app::error::ErrorCode;
use app::kernel::{CountryCode, Currency, GuestToken, Locale, PublicId};
use app::{AppError, Services};
use server::boot::services::{handlers, wire};
use server::checkout::row::{RateRow, Rates, RatesOf};
use server::db::{Handle, SchemaState, schema};
use server::jobs::worker::Runner;
use server::on;
use sqlx::migrate::Migrator;

const TENT: &str = "JS-OD34-SAND";
const NOODLES: &str = "JS-PA48-WHEAT";
const EN: View = View { locale: Locale::En, currency: Currency::Usd };

async fn rates(world: &World, country: CountryCode, region: &str, currency: Currency) -> Rates {
    let mut conn = world.database.read_latest().await.unwrap();
    let (currency, country) = (currency.code(), country.code());
    let of = RatesOf { currency, country, region, taxed_region: "", cart_id: uuid::Uuid::nil(), now: 0 };
    RateRow::split(&on!(conn, checkout::list_rates(of)).unwrap())
}

fn codes(rates: &Rates) -> Vec<&str> {
    rates.delivery.iter().map(|rate| rate.code.as_str()).collect()
}

async fn execute(world: &World, sql: &'static str) {
    let mut tx = world.database.write().await.unwrap();
    match tx.handle() {
        Handle::Sqlite(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
        Handle::Postgres(c) => sqlx::query(sql).execute(c).await.map(drop).unwrap(),
    }
    tx.commit().await.unwrap();
}

async fn guest_with(world: &World, services: &Services, view: View, sku: &str, units: &str) -> GuestToken {
    let guest = world.guest();
    services.carts.add(&guest, view, &AddToCart::parse(sku, units).unwrap()).await.unwrap();
    guest
}

/// The checkout as it is after this was typed.
async fn typed(services: &Services, guest: &GuestToken, view: View, form: CheckoutForm) -> CheckoutPage {
    let draft = Draft { form, ..Draft::default() };
    services.checkout.fill(guest, view, &draft, false).await.unwrap()
}

/// Codes and prices, the chosen one with a star.
fn offered(page: &CheckoutPage) -> Vec<String> {
    let star = |is_chosen| if is_chosen { "*" } else { "" };
    let told = page.deliveries.iter();
    told.map(|one| format!("{}{} {}", star(one.is_chosen), one.delivery.code, one.price.minor)).collect()
}

fn to(country: &str, region: &str, delivery: &str) -> CheckoutForm {
    CheckoutForm {
        country: country.into(),
        region: region.into(),
        delivery: delivery.into(),
        city: "Springfield".into(),
        postcode: "96801".into(),
        ..form()
    }
}

/// A shop of the time before zones, with prices of its own, that is brought up to date.
async fn migrated_from_one_price(backend: Backend) {
    let world = World::unmigrated(backend).await;
    let before = |all: &Migrator| {
        let older = all.iter().filter(|migration| migration.version < 14).cloned().collect();
        Migrator { migrations: older, ..Migrator::DEFAULT }
    };
    let mut tx = world.database.write().await.unwrap();
    match tx.handle() {
        Handle::Sqlite(c) => before(&schema::SQLITE).run(c).await.unwrap(),
        Handle::Postgres(c) => before(&schema::POSTGRES).run(c).await.unwrap(),
    }
    tx.commit().await.unwrap();
    let own = "UPDATE shipping_rate SET amount_minor = 1500, free_from_minor = NULL WHERE currency = 'CNY'";
    execute(&world, own).await;
    assert_ne!(world.database.migrate().await.unwrap(), 0);
    assert_eq!(world.database.schema_state().await.unwrap(), SchemaState::Current);
    let tariff = async |country, currency| rates(&world, country, "", currency).await.delivery[0].tariff;
    let own = tariff(CountryCode::CN, Currency::Cny).await;
    assert_eq!((own.first_minor, own.free_from_minor), (1_500, None));
    let usual = tariff(CountryCode::US, Currency::Usd).await;
    assert_eq!((usual.first_minor, usual.free_from_minor), (900, Some(8_900)));
}

#[tokio::test]
async fn a_shop_s_own_price_outlives_the_coming_of_zones_on_sqlite() {
    migrated_from_one_price(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_shop_s_own_price_outlives_the_coming_of_zones_on_postgresql() {
    migrated_from_one_price(Backend::Postgres).await;
}

on_both! {
    async fn every_country_is_delivered_to_in_every_currency(world) {
        for country in CountryCode::ALL {
            for currency in [Currency::Cny, Currency::Usd] {
                let rates = rates(&world, country, "", currency).await;
                assert_eq!(codes(&rates), ["standard", "express"], "{country:?} {currency:?}");
            }
        }
    }

    async fn a_region_s_own_zone_counts_before_its_country_s(world) {
        let first = |rates: Rates| rates.delivery[0].tariff.first_minor;
        let cny = Currency::Cny;
        assert_eq!(first(rates(&world, CountryCode::CN, "西藏自治区", cny).await), 1_800);
        assert_eq!(first(rates(&world, CountryCode::CN, "浙江省", cny).await), 1_200);
        assert_eq!(first(rates(&world, CountryCode::CN, "云南省", cny).await), 1_200);
        assert_eq!(codes(&rates(&world, CountryCode::US, "HI", cny).await), ["standard"], "no express to Hawaii");
        // The same rows beside tax rates: nothing is doubled.
        let china = rates(&world, CountryCode::CN, "", cny).await;
        assert_eq!((china.delivery.len(), china.tax.len(), china.discounts.len()), (2, 2, 0));
    }

    async fn the_usual_days_are_those_of_the_first_method_to_most_of_the_country(world) {
        let days = async |country, currency| {
            let mut conn = world.database.read_latest().await.unwrap();
            on!(conn, delivery::usual_days(country, currency)).unwrap()
        };
        assert_eq!(days("CN", "CNY").await, Some((2, 4)));
        assert_eq!(days("US", "USD").await, Some((6, 10)));
        assert_eq!(days("CN", "JPY").await, None);
        execute(&world, "UPDATE delivery_method SET is_active = FALSE WHERE code = 'standard'").await;
        assert_eq!(days("CN", "CNY").await, Some((1, 2)));
        world.with_demo().await;
        let slug = app::kernel::Slug::parse("celadon-teapot").unwrap();
        let page = wire(&world.database, &world.platform).catalog.product(ZH, &slug).await.unwrap();
        assert_eq!(page.delivery.map(|days| (days.from, days.to)), Some((1, 2)));
    }

    async fn a_method_that_is_put_away_is_not_offered(world) {
        execute(&world, "UPDATE delivery_method SET is_active = FALSE WHERE code = 'express'").await;
        assert_eq!(codes(&rates(&world, CountryCode::CN, "", Currency::Cny).await), ["standard"]);
        execute(&world, "DELETE FROM delivery_place WHERE country = 'SG'").await;
        assert_eq!(codes(&rates(&world, CountryCode::SG, "", Currency::Usd).await), [""; 0]);
    }

    async fn the_checkout_offers_ways_by_place_and_weight_and_counts_the_chosen_one(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        // Eight packs of noodles are 3.52 kg.
        let guest = guest_with(&world, &services, ZH, NOODLES, "5").await;
        services.carts.add(&guest, ZH, &AddToCart::parse(NOODLES, "3").unwrap()).await.unwrap();
        let near = typed(&services, &guest, ZH, CheckoutForm { region: "Zhejiang".into(), ..form() }).await;
        assert_eq!(offered(&near), ["*standard 0", "express 4600"], "¥256 of goods");
        let far = CheckoutForm { region: "西藏".into(), delivery: "express".into(), ..form() };
        let far = typed(&services, &guest, ZH, far).await;
        assert_eq!(offered(&far), ["standard 4800", "*express 11000"]);
        assert_eq!((far.totals.shipping.minor, far.totals.missing_for_free_shipping), (11_000, None));
        let hawaii = typed(&services, &guest, ZH, to("US", "Hawaii", "express")).await;
        assert_eq!(offered(&hawaii), ["*standard 25500"], "the first way, since the wanted one does not go there");
    }

    async fn an_order_keeps_how_it_travels_and_says_so(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with(&world, &services, ZH, NOODLES, "1").await;
        let form = CheckoutForm { delivery: "express".into(), ..form() };
        let shown = typed(&services, &guest, ZH, form.clone()).await;
        let expected_total = shown.totals.total.minor.to_string();
        let form = CheckoutForm { expected_total, currency: "CNY".into(), ..form };
        let placed = services.checkout.place(&guest, ZH, &form.parse().unwrap()).await.unwrap();
        let id = PublicId::parse("or", &placed.order).unwrap();
        let page = services.orders.page(Some(&guest), None, &id, Locale::Zh).await.unwrap();
        assert_eq!((page.totals.shipping.minor, page.totals.total.minor), (2_200, 5_400));
        let chosen = shown.deliveries.into_iter().find(|choice| choice.is_chosen).unwrap();
        assert_eq!(page.delivery, Some(chosen.delivery));
        let handlers = handlers(&world.database, &world.platform, "http://shop.test");
        let (database, platform) = (world.database.clone(), world.platform.clone());
        Runner { database, platform, handlers }.run_until_idle().await.unwrap();
        let text = &world.parts.mailer.sent()[0].text;
        assert!(text.contains("特快配送：预计"), "{text}");
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn what_cannot_go_there_in_the_wanted_way_is_not_sent_in_another(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with(&world, &services, EN, NOODLES, "1").await;
        let refused = |form: CheckoutForm| {
            let (services, guest) = (&services, &guest);
            async move { services.checkout.place(guest, EN, &form.parse().unwrap()).await.unwrap_err() }
        };
        let unavailable = AppError::field("delivery", ErrorCode::DeliveryUnavailable);
        assert_eq!(refused(to("US", "Hawaii", "express")).await, unavailable);
        assert_eq!(refused(to("US", "Hawaii", "by <balloon>")).await, unavailable);
        assert_eq!(services.carts.view(Some(&guest), EN).await.unwrap().count, 1, "the cart is as it was");
        let placed = services.checkout.place(&guest, EN, &to("US", "Hawaii", "").parse().unwrap()).await.unwrap();
        let id = PublicId::parse("or", &placed.order).unwrap();
        let page = services.orders.page(Some(&guest), None, &id, Locale::En).await.unwrap();
        assert_eq!(page.delivery.unwrap().code, "standard", "nothing wanted is the first way");
    }

    async fn a_parcel_that_is_too_heavy_is_offered_no_way_and_not_sold(world) {
        world.with_demo().await;
        let services = wire(&world.database, &world.platform);
        let guest = guest_with(&world, &services, EN, TENT, "1").await;
        let british = CheckoutForm { region: String::new(), postcode: "SW1A 1AA".into(), ..to("GB", "", "") };
        let one = typed(&services, &guest, EN, british.clone()).await;
        assert_eq!(offered(&one), ["*express 40800"], "21.5 kg are too heavy for the standard way");
        services.carts.add(&guest, EN, &AddToCart::parse(TENT, "1").unwrap()).await.unwrap();
        let two = typed(&services, &guest, EN, british.clone()).await;
        assert_eq!((two.deliveries.len(), two.totals.shipping.minor), (0, 0));
        let refused = services.checkout.place(&guest, EN, &british.parse().unwrap()).await;
        assert_eq!(refused.unwrap_err(), AppError::field("delivery", ErrorCode::DeliveryUnavailable));
    }
}
