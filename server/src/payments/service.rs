//! The payments' port over the database and the providers.

use super::call_off::{self, Why};
use super::provider::{NewSession, Observation, PaymentProvider, ProviderError, Providers, Started};
use super::row::{AttemptWrite, PaymentRow, SessionWrite, Step};
use super::transition::{add_task, apply, note};
use super::{COMPLETED, EXPIRED, OPEN, rounds, webhook};
use crate::db::time::{from_micros, to_micros};
use crate::db::{Database, Tx};
use crate::fault::Fault;
use crate::on;
use crate::orders::access::OrderLinks;
use crate::orders::row::OrderRow;
use crate::orders::statuses;
use crate::platform::Platform;
use app::kernel::{Currency, Locale, Money, PublicId};
use app::orders::model::{OrderEventKind, OrderStatus};
use app::payments::model::{AttemptState, Notice, PaymentMethod, Reader, Refusal};
use app::payments::port::Payments;
use app::routes::href;
use app::{AppError, ErrorCode};
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// Rounds after which a payment that is changed from elsewhere all the time is given up.
const ROUNDS: usize = 4;

/// Paying orders.
#[derive(Clone)]
pub struct PaymentService {
    /// Where everything is.
    pub database: Database,
    /// Clock and ids.
    pub platform: Platform,
    /// Who collects.
    pub providers: Providers,
    /// Checks the secrets of mails' links.
    pub links: Arc<OrderLinks>,
}

/// What a provider says when a try is looked at.
pub(super) enum Look {
    /// This, and the books follow it now.
    Seen(Observation),
    /// It knows of no such payment: nobody can ever pay it.
    Gone,
}

impl PaymentService {
    pub(super) fn now(&self) -> i64 {
        to_micros(self.platform.clock.now())
    }

    pub(super) fn provider(&self, payment: &PaymentRow) -> Result<&Arc<dyn PaymentProvider>, Fault> {
        self.providers.find(&payment.method).ok_or(Fault::conflict(ErrorCode::PaymentUnavailable))
    }

    pub(super) async fn current(&self, order_id: Uuid) -> Result<PaymentRow, Fault> {
        let mut conn = self.database.read_latest().await?;
        let payment = on!(conn, payments::find_current(order_id))?;
        payment.ok_or(Fault::Broken("an order without a payment"))
    }

    /// The order, if the reader may see it.
    async fn order_of(&self, reader: &Reader, id: &PublicId) -> Result<OrderRow, Fault> {
        let mut conn = self.database.read_latest().await?;
        let order = on!(conn, orders::find_by_public_id(id.as_str()))?;
        drop(conn);
        let order: OrderRow = order.ok_or(AppError::NotFound)?;
        let (guest, key) = (reader.guest.as_ref(), reader.key.as_deref());
        let may = self.links.may_read(guest, key, &order.public_id, &order.guest_hash).await?;
        if may { Ok(order) } else { Err(AppError::NotFound.into()) }
    }

    /// Asks the provider about a try and lets the books follow.
    pub(super) async fn look(&self, payment: &PaymentRow) -> Result<Look, Fault> {
        let (provider, session) = (self.provider(payment)?, payment.session.as_deref().unwrap_or_default());
        match provider.query(session).await {
            Ok(seen) => {
                self.believe(provider.method(), &seen).await?;
                Ok(Look::Seen(seen))
            }
            Err(ProviderError::Unknown) => Ok(Look::Gone),
            Err(_) => Err(Fault::conflict(ErrorCode::PaymentUnavailable)),
        }
    }

    /// Takes the provider's own answer in. One that does not fit changes nothing and is for a person to look at.
    async fn believe(&self, method: PaymentMethod, seen: &Observation) -> Result<(), Fault> {
        let mut tx = self.database.write().await?;
        let refusal = apply(&mut tx, &self.platform, method, seen).await?.err();
        if let Some(refusal) = refusal {
            let detail = format!("session {} of {}: {}", seen.session, method.name(), refusal.name());
            let cause = format!("conflicting:{}:{}", method.name(), seen.session);
            add_task(&mut tx, &self.platform, ("payment_conflict", None), detail, cause).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Begins the try of an order that was just placed: where to send the shopper. When the provider does not
    /// answer, that is the order's page, which offers to try again.
    ///
    /// # Errors
    /// The database's error.
    pub async fn begin_fresh(
        &self,
        order: &OrderRow,
        payment: &PaymentRow,
        page: &str,
    ) -> Result<String, Fault> {
        match self.open(order, payment).await {
            Err(Fault::Told(AppError::Conflict(code @ ErrorCode::PaymentUnavailable))) => {
                Ok(format!("{page}?problem={}", code.name()))
            }
            other => other,
        }
    }

    /// The same for an order that somebody else has placed, or was placed before.
    ///
    /// # Errors
    /// The database's error.
    pub async fn begin(&self, order_id: Uuid, page: &str) -> Result<String, Fault> {
        let payment = self.current(order_id).await?;
        let is_payable = payment.intent_status == OPEN && payment.state().is_open();
        if payment.is_settled_here() || !is_payable {
            return Ok(page.to_owned());
        }
        if let Some(pay_url) = payment.pay_url {
            return Ok(pay_url);
        }
        let mut conn = self.database.read_latest().await?;
        let order: Option<OrderRow> = on!(conn, orders::find(order_id))?;
        drop(conn);
        self.begin_fresh(&order.ok_or(AppError::NotFound)?, &payment, page).await
    }

    /// Makes the provider's session for a try that has none; parallel calls get the same one.
    pub(super) async fn open(&self, order: &OrderRow, payment: &PaymentRow) -> Result<String, Fault> {
        let wish = session_wish(order, payment)?;
        match self.provider(payment)?.start(&wish).await {
            Ok(Started::AtTheDoor) => Ok(page_of(order, "")),
            Ok(Started::Hosted { session, pay_url }) => {
                let now = self.now();
                let row = SessionWrite {
                    attempt_id: payment.attempt_id,
                    session: &session,
                    pay_url: &pay_url,
                    sync_at: now + rounds::first_wait(),
                    now,
                };
                let mut tx = self.database.write().await?;
                on!(tx, payments::open_session(&row))?;
                tx.commit().await?;
                Ok(pay_url)
            }
            Err(ProviderError::Unavailable) => Err(Fault::conflict(ErrorCode::PaymentUnavailable)),
            Err(error) => {
                tracing::warn!(%error, "a payment could not be begun");
                self.give_up(payment).await?;
                Err(Fault::conflict(ErrorCode::PaymentUnavailable))
            }
        }
    }

    /// Ends a try that can never be paid, so that the next one is a new one.
    async fn give_up(&self, payment: &PaymentRow) -> Result<(), Fault> {
        let mut tx = self.database.write().await?;
        self.move_to(&mut tx, payment, AttemptState::Cancelled).await?;
        Ok(tx.commit().await?)
    }

    async fn move_to(&self, tx: &mut Tx, payment: &PaymentRow, to: AttemptState) -> sqlx::Result<bool> {
        let step = Step {
            attempt_id: payment.attempt_id,
            from: payment.state(),
            to,
            failure: payment.failure.as_deref(),
            sequence: None,
            now: self.now(),
        };
        on!(tx, payments::move_attempt(&step))
    }

    async fn pay_by(&self, reader: &Reader, id: &PublicId, method: PaymentMethod) -> Result<String, Fault> {
        if !self.providers.methods().contains(&method) {
            return Err(AppError::field("payment_method", ErrorCode::PaymentMethodUnknown).into());
        }
        let order = self.order_of(reader, id).await?;
        let page = page_of(&order, reader.key.as_deref().unwrap_or_default());
        for _ in 0..ROUNDS {
            let payment = self.current(order.id).await?;
            self.refuse_ended(&order, &payment).await?;
            if payment.intent_status == COMPLETED {
                return Ok(page);
            }
            if let Some(url) = self.pay_step(&order, &payment, (method, &page)).await? {
                return Ok(url);
            }
        }
        Err(Fault::conflict(ErrorCode::StateChanged))
    }

    /// Refuses what can no longer be paid; a time that is over takes effect here, not when somebody sweeps.
    async fn refuse_ended(&self, order: &OrderRow, payment: &PaymentRow) -> Result<(), Fault> {
        match payment.intent_status.as_str() {
            COMPLETED => Ok(()),
            EXPIRED => Err(Fault::conflict(ErrorCode::PaymentExpired)),
            OPEN if payment.is_overdue(self.now()) => {
                call_off::run(self, order.id, Why::Expired).await?;
                let is_paid = self.current(order.id).await?.intent_status == COMPLETED;
                if is_paid { Ok(()) } else { Err(Fault::conflict(ErrorCode::PaymentExpired)) }
            }
            OPEN => Ok(()),
            _ => Err(Fault::conflict(ErrorCode::StateChanged)),
        }
    }

    /// One step towards paying by `method`: where to go, or `None` when the state has moved and must be read again.
    async fn pay_step(
        &self,
        order: &OrderRow,
        payment: &PaymentRow,
        (method, page): (PaymentMethod, &str),
    ) -> Result<Option<String>, Fault> {
        let cash = PaymentMethod::CashOnDelivery;
        let is_same = payment.method == method.name();
        match payment.state() {
            state if !state.is_open() => self.replace(order, payment, (method, page)).await,
            _ if is_same && method == cash => Ok(Some(page.to_owned())),
            // What is promised at the door is settled there.
            _ if payment.method == cash.name() => Err(Fault::conflict(ErrorCode::StateChanged)),
            _ if is_same && payment.session.is_none() => self.open(order, payment).await.map(Some),
            _ if is_same => self.go_on(payment).await,
            _ if self.close(payment).await? => self.replace(order, payment, (method, page)).await,
            _ => Ok(None),
        }
    }

    /// Back to the page of a try that was begun, if the provider still takes it.
    async fn go_on(&self, payment: &PaymentRow) -> Result<Option<String>, Fault> {
        use super::provider::Standing;
        match self.look(payment).await? {
            Look::Seen(Observation {
                standing: Standing::Open | Standing::RequiresAction | Standing::Declined(_),
                ..
            }) => Ok(payment.pay_url.clone()),
            Look::Seen(_) => Ok(None),
            Look::Gone => self.give_up(payment).await.map(|()| None),
        }
    }

    /// Closes a try at the provider; gives `false` when it was paid in the meantime, which the books know then.
    pub(super) async fn close(&self, payment: &PaymentRow) -> Result<bool, Fault> {
        use super::provider::Closing;
        let Some(session) = payment.session.as_deref().filter(|_| payment.state().is_open()) else {
            return Ok(true);
        };
        match self.provider(payment)?.close(session).await {
            Ok(Closing::Closed) | Err(ProviderError::Unknown) => Ok(true),
            Ok(Closing::AlreadyPaid) => self.look(payment).await.map(|_| false),
            Err(_) => Err(Fault::conflict(ErrorCode::PaymentUnavailable)),
        }
    }

    /// Puts a new try in the place of one that is closed. `None`: it is there now, or somebody else was first.
    async fn replace(
        &self,
        order: &OrderRow,
        closed: &PaymentRow,
        (method, page): (PaymentMethod, &str),
    ) -> Result<Option<String>, Fault> {
        let mut tx = self.database.write().await?;
        on!(tx, dialect::lock_order(order.id))?;
        let current = on!(tx, payments::find_current(order.id))?;
        let is_as_seen = |now: &PaymentRow| {
            now.attempt_id == closed.attempt_id && now.status == closed.status && now.intent_status == OPEN
        };
        if !current.is_some_and(|now| is_as_seen(&now)) {
            return Ok(None);
        }
        if closed.state().is_open() && !self.move_to(&mut tx, closed, AttemptState::Cancelled).await? {
            return Ok(None);
        }
        let attempt = AttemptWrite {
            id: self.platform.entropy.uuid_v7(self.platform.clock.now()),
            intent_id: closed.intent_id,
            method,
            return_url: format!("{}{page}", self.providers.base_url),
            // Later than the one before also when the clock stands still: the newest one counts.
            now: self.now().max(closed.created_at + 1),
        };
        on!(tx, payments::insert_attempt(&attempt))?;
        on!(tx, orders::set_method(order.id, method.name()))?;
        if method == PaymentMethod::CashOnDelivery {
            on!(tx, payments::clear_deadline(closed.intent_id, self.now()))?;
            note(&mut tx, &self.platform, order.id, OrderEventKind::CashChosen).await?;
            statuses::store(&mut tx, order.id).await?;
        }
        tx.commit().await?;
        Ok(None)
    }

    async fn look_again(&self, reader: &Reader, id: &PublicId) -> Result<(), Fault> {
        let order = self.order_of(reader, id).await?;
        if order.status != OrderStatus::Placed.name() {
            return Ok(());
        }
        let payment = self.current(order.id).await?;
        if payment.intent_status != OPEN || payment.session.is_none() || !payment.state().is_open() {
            return Ok(());
        }
        match self.look(&payment).await {
            // The page says that the payment is still being looked at; the next round asks again.
            Ok(_) | Err(Fault::Told(AppError::Conflict(ErrorCode::PaymentUnavailable))) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    async fn call_off(&self, reader: &Reader, id: &PublicId) -> Result<(), Fault> {
        let order = self.order_of(reader, id).await?;
        if call_off::run(self, order.id, Why::Cancelled).await? {
            return Ok(());
        }
        let mut conn = self.database.read_latest().await?;
        let order = on!(conn, orders::find(order.id))?;
        match order {
            Some(order) if order.status == OrderStatus::Cancelled.name() => Ok(()),
            _ => Err(Fault::conflict(ErrorCode::StateChanged)),
        }
    }
}

/// What a provider is asked for. The same for the same try, however often: that is what makes it idempotent.
fn session_wish(order: &OrderRow, payment: &PaymentRow) -> Result<NewSession, Fault> {
    let currency = Currency::from_code(&payment.currency).ok_or(Fault::Broken("a currency is not known"))?;
    let end = payment.expires_at.unwrap_or(payment.created_at);
    Ok(NewSession {
        key: payment.attempt_id,
        reference: order.number.clone(),
        amount: Money::new(payment.amount_minor, currency),
        locale: Locale::from_code(&order.locale).unwrap_or_default(),
        return_url: payment.return_url.clone(),
        life: from_micros(end) - from_micros(payment.created_at),
    })
}

/// The order's page in the order's language.
fn page_of(order: &OrderRow, key: &str) -> String {
    href::order_with_key(Locale::from_code(&order.locale).unwrap_or_default(), &order.public_id, key)
}

#[async_trait]
impl Payments for PaymentService {
    fn offered(&self) -> Vec<PaymentMethod> {
        self.providers.methods()
    }

    fn pay_origins(&self) -> Vec<String> {
        self.providers.pay_origins()
    }

    async fn pay(&self, reader: &Reader, id: &PublicId, method: PaymentMethod) -> Result<String, AppError> {
        Ok(self.pay_by(reader, id, method).await?)
    }

    async fn refresh(&self, reader: &Reader, id: &PublicId) -> Result<(), AppError> {
        Ok(self.look_again(reader, id).await?)
    }

    async fn cancel(&self, reader: &Reader, id: &PublicId) -> Result<(), AppError> {
        Ok(self.call_off(reader, id).await?)
    }

    async fn receive(&self, provider: &str, notice: &Notice) -> Result<Result<(), Refusal>, AppError> {
        Ok(webhook::receive(self, provider, notice).await?)
    }
}
