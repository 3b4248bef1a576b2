//! Outgoing mail: to a folder of `.eml` files (the default), to an SMTP server, or to memory for tests.
//! Addresses and texts never reach a log.

use super::clock::Clock;
use async_trait::async_trait;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::response::{Category, Code, Severity};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A mail to one person, in both forms.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// What this mail is about: the same key makes the same file name and message id, so that a mail which is
    /// sent again after a crash replaces the first or is recognised as its copy.
    pub key: Uuid,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The body as plain text.
    pub text: String,
    /// The body as HTML.
    pub html: String,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Mail(…)")
    }
}

/// Why a mail was not sent. The texts hold no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The mail can never be sent: its address or content is refused. Trying again is of no use.
    #[error("the mail is refused")]
    Refused,
    /// The folder or the mail server cannot take it now. Try again later.
    #[error("mail cannot be sent now")]
    Unavailable,
}

/// Sends mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands the mail over. When this returns, it will not be lost by a restart.
    async fn send(&self, mail: Mail) -> Result<(), MailError>;
}

/// True for an address with or without a name, such as `Jishi <shop@example.com>`.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

/// True for the URL of a mail server.
#[must_use]
pub fn is_smtp_url(text: &str) -> bool {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(text).is_ok()
}

/// What every real mailer needs to make a message.
#[derive(Clone)]
pub struct Sender {
    from: Mailbox,
    clock: Arc<dyn Clock>,
}

impl Sender {
    /// Mail from `from` (`Jishi <shop@example.com>`). `None` when that is not an address.
    #[must_use]
    pub fn new(from: &str, clock: Arc<dyn Clock>) -> Option<Self> {
        Some(Self { from: from.parse().ok()?, clock })
    }

    /// The message with its date and id, and its file name.
    fn compose(&self, mail: Mail) -> Result<(String, Message), MailError> {
        let to: Mailbox = mail.to.parse().map_err(|_| MailError::Refused)?;
        let now = self.clock.now();
        let id = mail.key;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .date(now.into())
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
            .map_err(|_| MailError::Refused)?;
        Ok((format!("{id}.eml"), message))
    }
}

/// Writes each mail as a file into a folder.
pub struct FileMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FileMailer {
    /// Mails into `folder`, which is made with the first mail.
    #[must_use]
    pub fn new(folder: &Path, sender: Sender) -> Self {
        Self { folder: folder.to_owned(), sender }
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let (name, message) = self.sender.compose(mail)?;
        let written = async {
            tokio::fs::create_dir_all(&self.folder).await?;
            super::blobs::write_whole(&self.folder.join(name), &message.formatted()).await
        };
        written.await.map_err(|error: std::io::Error| {
            tracing::warn!(kind = ?error.kind(), "a mail could not be written");
            MailError::Unavailable
        })
    }
}

/// Hands mail to an SMTP server.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

impl SmtpMailer {
    /// A mailer for `smtp://user:password@host:port` or `smtps://…`. `None` when the URL cannot be read.
    #[must_use]
    pub fn new(url: &str, sender: Sender) -> Option<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?.build();
        Some(Self { transport, sender })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let (_, message) = self.sender.compose(mail)?;
        self.transport.send(message).await.map(drop).map_err(|error| {
            let (status, is_timeout) = (error.status(), error.is_timeout());
            let told = status.map(|code| code.to_string());
            if error.is_permanent() && !status.is_some_and(is_about_the_login) {
                tracing::warn!(status = told, "the mail server refuses a mail");
                MailError::Refused
            } else {
                tracing::warn!(status = told, is_timeout, "the mail server cannot be used now");
                MailError::Unavailable
            }
        })
    }
}

/// 53x: the server wants a login, another one, or TLS. That says nothing about the mail, which goes out once the setting
/// is right.
fn is_about_the_login(code: Code) -> bool {
    code.severity == Severity::PermanentNegativeCompletion && code.category == Category::Unspecified3
}

/// Keeps mails in memory, for tests.
#[derive(Debug, Default)]
pub struct MemoryMailer(Mutex<Vec<Mail>>);

impl MemoryMailer {
    /// The mails sent so far, in order.
    #[must_use]
    pub fn sent(&self) -> Vec<Mail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail);
        Ok(())
    }
}

#[cfg(test)]
#[path = "mailer_tests.rs"]
mod tests;
