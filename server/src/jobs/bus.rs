//! Notices about committed events: the topic and the id, never the data.

use super::edition::Edition;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;

/// The PostgreSQL notification channel.
pub const CHANNEL: &str = "jishi_events";
/// Topic of the notice that this node hears the others from now on.
pub const JOINED: &str = "bus.joined";
/// Notices kept for a slow listener; beyond that it is told that it lagged and looks for itself.
const CAPACITY: usize = 1024;

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What kind of thing, for example `order.placed`.
    pub topic: String,
    /// To what: an internal id.
    pub subject: String,
}

impl Notice {
    /// The wire form on PostgreSQL's channel.
    #[must_use]
    pub fn encode(&self) -> String {
        format!("{} {}", self.topic, self.subject)
    }

    /// Reads the wire form.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let (topic, subject) = text.split_once(' ')?;
        Some(Self { topic: topic.to_owned(), subject: subject.to_owned() })
    }
}

/// Hands notices to everybody in this process who listens. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bus {
    sender: broadcast::Sender<Notice>,
    edition: Edition,
}

impl Bus {
    /// A bus that nobody listens to yet.
    #[must_use]
    pub fn new() -> Self {
        Self { sender: broadcast::channel(CAPACITY).0, edition: Edition::new() }
    }

    /// Tells this process. Having no listener is no error.
    pub fn publish_here(&self, notice: Notice) {
        self.edition.hear(&notice);
        let _ = self.sender.send(notice);
    }

    /// The edition of the catalogue, which follows the notices.
    #[must_use]
    pub const fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Every notice from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Notice> {
        self.sender.subscribe()
    }

    /// Passes on what other nodes commit, until the listener's connection ends for good.
    ///
    /// # Errors
    /// When the connection cannot be had or is lost.
    pub async fn relay(&self, pool: &sqlx::PgPool) -> sqlx::Result<()> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        // What was told before this moment has not been heard.
        self.publish_here(Notice { topic: JOINED.to_owned(), subject: String::new() });
        loop {
            let notification = listener.recv().await?;
            if let Some(notice) = Notice::decode(notification.payload()) {
                self.publish_here(notice);
            }
        }
    }
}

impl Default for Bus {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_reads_back_from_its_wire_form() {
        let notice = Notice { topic: "order.placed".into(), subject: "0192".into() };
        assert_eq!(Notice::decode(&notice.encode()), Some(notice));
        assert_eq!(Notice::decode("rubbish"), None);
    }

    #[tokio::test]
    async fn every_listener_hears_a_notice() {
        let bus = Bus::new();
        let (mut first, mut second) = (bus.subscribe(), bus.subscribe());
        let notice = Notice { topic: "a".into(), subject: "b".into() };
        bus.publish_here(notice.clone());
        assert_eq!(first.recv().await.as_ref(), Ok(&notice));
        assert_eq!(second.recv().await.as_ref(), Ok(&notice));
    }
}
