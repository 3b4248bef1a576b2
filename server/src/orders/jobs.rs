//! What follows from what happens to an order: the mails about it.

use super::access::OrderLinks;
use super::mail::{LetterKind, Matter, letter};
use super::row::OrderRow;
use super::service::page;
use super::{ORDER_CANCELLED, ORDER_PAID, ORDER_PLACED, standing};
use crate::db::Database;
use crate::db::time::to_micros;
use crate::jobs::{Handler, JobError};
use crate::on;
use crate::payments::{PAYMENT_FAILED, REFUNDED};
use crate::platform::Platform;
use crate::platform::mailer::{Mail, MailError};
use app::kernel::{Currency, Locale, Money};
use app::orders::model::OrderPage;
use app::payments::model::PaymentMethod;
use app::routes::href;
use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// Sends one kind of letter about orders.
pub struct OrderMail {
    /// Which.
    pub kind: LetterKind,
    /// Where orders are.
    pub database: Database,
    /// The mailer.
    pub platform: Platform,
    /// Makes the secret of the mail's link.
    pub links: Arc<OrderLinks>,
    /// Scheme and authority of the shop.
    pub base_url: String,
}

impl OrderMail {
    /// The order that an event is about, and the money that went back.
    async fn order_of(&self, subject: Uuid) -> Result<(OrderRow, Option<Money>), JobError> {
        let mut conn = self.database.read_latest().await?;
        let (order_id, refund) = match self.kind {
            LetterKind::Placed | LetterKind::Paid | LetterKind::Cancelled => (subject, None),
            LetterKind::Failed => {
                let payment = on!(conn, payments::find_attempt(subject))?;
                (payment.ok_or_else(|| never("the event names no payment"))?.order_id, None)
            }
            LetterKind::Refunded => {
                let refund = on!(conn, payments::find_refund(subject))?;
                let refund = refund.ok_or_else(|| never("the event names no refund"))?;
                let currency = Currency::from_code(&refund.currency);
                (refund.order_id, currency.map(|currency| Money::new(refund.amount_minor, currency)))
            }
        };
        let order = on!(conn, orders::find(order_id))?;
        Ok((order.ok_or_else(|| never("the order does not exist"))?, refund))
    }

    /// The order as its page would show it now.
    async fn page(&self, order: OrderRow) -> Result<OrderPage, JobError> {
        let mut conn = self.database.read_latest().await?;
        let lines = on!(conn, orders::list_lines(order.id))?;
        let discounts = on!(conn, discounts::list_of_order(order.id))?;
        let payment = on!(conn, payments::find_current(order.id))?;
        let mut page = page(order, (lines, discounts), Vec::new())
            .ok_or_else(|| never("an order's stored value is not known"))?;
        if let Some(payment) = payment {
            let now = to_micros(self.platform.clock.now());
            standing::add(&mut page, &payment, PaymentMethod::ALL.to_vec(), now);
        }
        Ok(page)
    }

    /// A declined try is old news once the order is paid or called off.
    fn is_old_news(&self, page: &OrderPage) -> bool {
        self.kind == LetterKind::Failed && page.offer.is_none()
    }

    /// The same on every try, so that the file mailer overwrites and mail programs drop a second copy.
    fn key(&self, subject: Uuid) -> Uuid {
        if self.kind == LetterKind::Placed {
            return subject;
        }
        let hash = Sha256::new().chain_update(self.kind()).chain_update(subject.as_bytes()).finalize();
        let mut bytes = [0; 16];
        for (target, byte) in bytes.iter_mut().zip(hash) {
            *target = byte;
        }
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

fn never(why: &str) -> JobError {
    JobError::Never(why.to_owned())
}

#[async_trait]
impl Handler for OrderMail {
    fn kind(&self) -> &'static str {
        match self.kind {
            LetterKind::Placed => "orders.confirmation_mail",
            LetterKind::Paid => "orders.paid_mail",
            LetterKind::Failed => "orders.payment_failed_mail",
            LetterKind::Cancelled => "orders.cancelled_mail",
            LetterKind::Refunded => "orders.refunded_mail",
        }
    }

    fn topics(&self) -> &'static [&'static str] {
        match self.kind {
            LetterKind::Placed => &[ORDER_PLACED],
            LetterKind::Paid => &[ORDER_PAID],
            LetterKind::Failed => &[PAYMENT_FAILED],
            LetterKind::Cancelled => &[ORDER_CANCELLED],
            LetterKind::Refunded => &[REFUNDED],
        }
    }

    /// All letters: "paid" must not arrive before "placed".
    fn lane(&self) -> &'static str {
        "orders.mail"
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        let subject = Uuid::parse_str(subject).map_err(|_| never("the event names nothing"))?;
        let (order, refund) = self.order_of(subject).await?;
        let locale = Locale::from_code(&order.locale).unwrap_or_default();
        let secret = self.links.secret(&order.public_id).await?;
        let link = format!("{}{}?key={secret}", self.base_url, href::order(locale, &order.public_id));
        let page = self.page(order).await?;
        if self.is_old_news(&page) {
            return Ok(());
        }
        let to = page.email.clone();
        let letter = letter(self.kind, &Matter { order: page, refund, link }, locale);
        let mail = Mail {
            key: self.key(subject),
            to,
            subject: letter.subject,
            text: letter.text,
            html: letter.html,
        };
        self.platform.mailer.send(mail).await.map_err(|error| match error {
            MailError::Refused => JobError::Never(error.to_string()),
            MailError::Unavailable => JobError::Later(error.to_string()),
        })
    }
}
