//! What follows from a placed order: the confirmation mail.

use super::ORDER_PLACED;
use super::access::OrderLinks;
use super::mail::confirmation;
use super::row::OrderRow;
use super::service::page;
use crate::db::Database;
use crate::jobs::{Handler, JobError};
use crate::on;
use crate::platform::Platform;
use crate::platform::mailer::{Mail, MailError};
use app::kernel::Locale;
use app::routes::href;
use async_trait::async_trait;
use std::sync::Arc;
use uuid::Uuid;

/// Sends the confirmation of an order.
pub struct ConfirmationMail {
    /// Where orders are.
    pub database: Database,
    /// The mailer.
    pub platform: Platform,
    /// Makes the secret of the mail's link.
    pub links: Arc<OrderLinks>,
    /// Scheme and authority of the shop.
    pub base_url: String,
}

#[async_trait]
impl Handler for ConfirmationMail {
    fn kind(&self) -> &'static str {
        "orders.confirmation_mail"
    }

    fn topics(&self) -> &'static [&'static str] {
        &[ORDER_PLACED]
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        let id =
            Uuid::parse_str(subject).map_err(|_| JobError::Never("the event names no order".to_owned()))?;
        let mut conn = self.database.read_latest().await?;
        let order: Option<OrderRow> = on!(conn, orders::find(id))?;
        let order = order.ok_or_else(|| JobError::Never("the order does not exist".to_owned()))?;
        let lines = on!(conn, orders::list_lines(order.id))?;
        drop(conn);
        let locale = Locale::from_code(&order.locale).unwrap_or_default();
        let secret = self.links.secret(&order.public_id).await?;
        let link = format!("{}{}?key={secret}", self.base_url, href::order(locale, &order.public_id));
        let page = page(order, lines, Vec::new())
            .ok_or_else(|| JobError::Never("an order's stored value is not known".to_owned()))?;
        let letter = confirmation(&page, locale, &link);
        // The same key on every try lets the file mailer overwrite and mail programs drop a second copy.
        let mail =
            Mail { key: id, to: page.email, subject: letter.subject, text: letter.text, html: letter.html };
        self.platform.mailer.send(mail).await.map_err(|error| match error {
            MailError::Refused => JobError::Never(error.to_string()),
            MailError::Unavailable => JobError::Later(error.to_string()),
        })
    }
}
