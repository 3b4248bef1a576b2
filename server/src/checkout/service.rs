//! The checkout's port over the database.

use super::place::{Placing, Receipt};
use super::row::{RateRow, RatesOf};
use super::totals::{Calculation, calculate, taxed_region};
use crate::cart::load::{Asked, CartRows, load};
use crate::cart::row::LineRow;
use crate::cart::{guest_hash, view as cart_view};
use crate::db::Database;
use crate::db::time::to_micros;
use crate::delivery::offer::choices;
use crate::delivery::zone::{likely_country, zone_region};
use crate::discounts::apply::shown;
use crate::fault::{Fault, is_retryable};
use crate::on;
use crate::payments::service::PaymentService;
use crate::places::split::split;
use crate::platform::Platform;
use app::cart::model::CartView;
use app::catalog::model::View;
use app::checkout::early::EarlyWishes;
use app::checkout::model::{AddressHelp, CheckoutForm, CheckoutPage, Draft, PlaceOrder, Placed, Totals};
use app::checkout::port::Checkout;
use app::kernel::{CountryCode, Currency, GuestToken, Money};
use app::routes::href;
use app::{AppError, ErrorCode};
use async_trait::async_trait;

/// Tries when transactions collide.
const TRIES: u32 = 5;

/// From a cart to an order.
pub struct CheckoutService {
    /// Where everything is.
    pub database: Database,
    /// Clock and ids.
    pub platform: Platform,
    /// Who collects the money.
    pub payments: PaymentService,
}

impl CheckoutService {
    async fn load(&self, guest: Option<&GuestToken>, view: View) -> Result<CheckoutPage, Fault> {
        let Some(token) = guest else { return Ok(self.empty(view)) };
        let mut conn = self.database.read_fresh(guest).await?;
        let guest_hash = guest_hash(token);
        let cart = on!(conn, cart::find_latest(&guest_hash))?.filter(|cart| cart.status == "active");
        let now = self.platform.clock.now();
        let (cart_id, currency) = (cart.as_ref().map(|cart| cart.id), view.currency);
        let asked = Asked { guest_hash: &guest_hash, cart_id, currency, now: to_micros(now) };
        let mut rows = load(&mut conn, asked).await?;
        let kept = cart.and_then(|cart| cart.draft).map(|draft| draft.0).unwrap_or_default();
        let country = country(&kept.form, view.currency);
        let help = crate::places::help::help(&kept, country, view);
        let Draft { form: draft, wishes, paste, .. } = kept;
        let Some(cart_id) = cart_id.filter(|_| !rows.lines.is_empty()) else {
            let cart = cart_view::cart(&rows, view);
            return Ok(CheckoutPage { cart, draft, wishes, help, paste, ..self.empty(view) });
        };
        let taxed_region = taxed_region(country, &draft.region, currency);
        let region = zone_region(country, &draft.region);
        let of = RatesOf {
            currency: currency.code(),
            country: country.code(),
            region,
            taxed_region,
            cart_id,
            now: to_micros(now),
        };
        let rates = RateRow::split(&on!(conn, checkout::list_rates(of))?);
        rows.discounts.clone_from(&rates.discounts);
        let cart = cart_view::cart(&rows, view);
        let mut priced = rows.lines;
        priced.retain(|line| cart_view::problem(line).is_none());
        let sums = calculate(&priced, &rates, &draft.delivery, currency)?;
        let Calculation { totals, discounts, ways, .. } = sums;
        let deliveries = choices(&ways, &draft.delivery, currency, now);
        let priced: Vec<&LineRow> = priced.iter().collect();
        let discounts = discounts.iter().map(|applied| shown(applied, &priced, view)).collect();
        let methods = self.payments.providers.methods();
        Ok(CheckoutPage { cart, totals, discounts, draft, wishes, deliveries, methods, help, paste })
    }

    async fn keep(&self, guest: &GuestToken, draft: &Draft) -> Result<(), Fault> {
        let now = to_micros(self.platform.clock.now());
        let mut tx = self.database.write().await?;
        let cart = on!(tx, cart::find_latest(&guest_hash(guest)))?;
        if let Some(cart) = cart.filter(|cart| cart.status == "active") {
            let clipped = draft.clone().clipped();
            on!(tx, cart::update_draft(cart.id, &clipped, now))?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn keep_wishes(&self, guest: &GuestToken, wishes: &EarlyWishes) -> Result<(), Fault> {
        let (at, hash) = (self.platform.clock.now(), guest_hash(guest));
        let mut tx = self.database.write().await?;
        let cart = on!(tx, cart::find_latest(&hash))?;
        let cart =
            cart.filter(|cart| cart.status == "active").ok_or(Fault::conflict(ErrorCode::CartEmpty))?;
        // The cart is locked from here on: what another tab types meanwhile is read, not overwritten.
        let id = on!(tx, cart::ensure_active(cart.id, &hash, to_micros(at)))?;
        let cart = on!(tx, cart::find_latest(&hash))?;
        let mut draft = cart.and_then(|cart| cart.draft).map(|draft| draft.0).unwrap_or_default();
        wishes.put_into(&mut draft);
        on!(tx, cart::update_draft(id, &draft.clipped(), to_micros(at)))?;
        Ok(tx.commit().await?)
    }

    async fn place_with_retries(
        &self,
        guest: &GuestToken,
        view: View,
        command: &PlaceOrder,
    ) -> Result<Placed, Fault> {
        if !self.payments.providers.methods().contains(&command.payment_method) {
            return Err(AppError::field("payment_method", ErrorCode::PaymentMethodUnknown).into());
        }
        let command = &crate::places::settle_order(command)?;
        let guest_hash = guest_hash(guest);
        let mut tries = 0;
        loop {
            let at = self.platform.clock.now();
            let placing = Placing {
                database: &self.database,
                platform: &self.platform,
                providers: &self.payments.providers,
                guest_hash: &guest_hash,
                view,
                command,
                at,
            };
            tries += 1;
            match placing.run().await {
                Ok(receipt) => return self.pay(view, receipt).await,
                Err(Fault::Database(error)) if is_retryable(&error) && tries < TRIES => {}
                Err(fault) => return Err(fault),
            }
        }
    }
}

impl CheckoutService {
    /// After the transaction: on to the provider's page, or to the order's own.
    async fn pay(&self, view: View, receipt: Receipt) -> Result<Placed, Fault> {
        let page = href::order(view.locale, &receipt.public_id);
        let url = match &receipt.fresh {
            Some((_, payment)) if payment.is_settled_here() => page,
            Some((order, payment)) => self.payments.begin_fresh(order, payment, &page).await?,
            None => self.payments.begin(receipt.order_id, &page).await?,
        };
        Ok(Placed { url, order: receipt.public_id, number: receipt.number })
    }

    fn empty(&self, view: View) -> CheckoutPage {
        let zero = Money::zero(view.currency);
        let cart: CartView = cart_view::cart(&CartRows::default(), view);
        let totals = Totals {
            subtotal: zero,
            discount: zero,
            shipping: zero,
            tax_included: zero,
            tax_added: zero,
            total: zero,
            missing_for_free_shipping: None,
        };
        let methods = self.payments.providers.methods();
        let Draft { form: draft, wishes, paste, .. } = Draft::default();
        CheckoutPage {
            cart,
            totals,
            discounts: Vec::new(),
            draft,
            wishes,
            deliveries: Vec::new(),
            methods,
            help: AddressHelp::default(),
            paste,
        }
    }
}

/// The country that the form names, else the one whose currency is shown, as the page has it.
fn country(draft: &CheckoutForm, currency: Currency) -> CountryCode {
    CountryCode::parse(&draft.country).unwrap_or_else(|_| likely_country(currency))
}

#[async_trait]
impl Checkout for CheckoutService {
    async fn page(&self, guest: Option<&GuestToken>, view: View) -> Result<CheckoutPage, AppError> {
        Ok(self.load(guest, view).await?)
    }

    async fn save_draft(&self, guest: &GuestToken, draft: &Draft) -> Result<(), AppError> {
        Ok(self.keep(guest, draft).await?)
    }

    async fn save_wishes(&self, guest: &GuestToken, wishes: &EarlyWishes) -> Result<(), AppError> {
        Ok(self.keep_wishes(guest, wishes).await?)
    }

    async fn fill(
        &self,
        guest: &GuestToken,
        view: View,
        draft: &Draft,
        is_split: bool,
    ) -> Result<CheckoutPage, AppError> {
        let mut draft = draft.clone();
        if is_split && !draft.paste.trim().is_empty() {
            draft.paste = split(&draft.paste).fill(&mut draft.form);
        }
        self.keep(guest, &draft).await?;
        Ok(self.load(Some(guest), view).await?)
    }

    async fn place(&self, guest: &GuestToken, view: View, command: &PlaceOrder) -> Result<Placed, AppError> {
        Ok(self.place_with_retries(guest, view, command).await?)
    }
}
