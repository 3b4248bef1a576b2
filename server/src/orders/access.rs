//! The secret in a confirmation mail's link: an HMAC of the order's public id, so nothing has to be stored per order.

use crate::cart::guest_hash;
use crate::db::Database;
use crate::db::time::to_micros;
use crate::on;
use crate::platform::Platform;
use app::kernel::GuestToken;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use tokio::sync::OnceCell;

const SECRET_NAME: &str = "order-link";

/// Makes and checks the secrets of order links. The shop's key is made at first use and kept in the database.
pub struct OrderLinks {
    database: Database,
    platform: Platform,
    key: OnceCell<Vec<u8>>,
}

impl OrderLinks {
    /// Links of this shop.
    #[must_use]
    pub fn new(database: Database, platform: Platform) -> Self {
        Self { database, platform, key: OnceCell::new() }
    }

    async fn key(&self) -> sqlx::Result<&Vec<u8>> {
        self.key.get_or_try_init(|| self.load()).await
    }

    async fn load(&self) -> sqlx::Result<Vec<u8>> {
        let mut conn = self.database.read_latest().await?;
        if let Some(key) = on!(conn, jobs::find_secret(SECRET_NAME))? {
            return Ok(key);
        }
        drop(conn);
        let fresh = self.platform.entropy.bytes::<32>();
        let mut tx = self.database.write().await?;
        on!(tx, jobs::insert_secret(SECRET_NAME, &fresh, to_micros(self.platform.clock.now())))?;
        let stored = on!(tx, jobs::find_secret(SECRET_NAME))?;
        tx.commit().await?;
        Ok(stored.unwrap_or_else(|| fresh.to_vec()))
    }

    async fn mac(&self, public_id: &str) -> sqlx::Result<Option<Hmac<Sha256>>> {
        let mac = Hmac::<Sha256>::new_from_slice(self.key().await?).ok();
        Ok(mac.map(|mut mac| {
            mac.update(public_id.as_bytes());
            mac
        }))
    }

    /// The secret of an order's link: 64 hexadecimal digits.
    ///
    /// # Errors
    /// The database's error.
    pub async fn secret(&self, public_id: &str) -> sqlx::Result<String> {
        let mac = self.mac(public_id).await?;
        Ok(mac
            .map(|mac| mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect())
            .unwrap_or_default())
    }

    /// Whether an order may be read: by the browser that placed it, or with the secret of its mail's link.
    ///
    /// # Errors
    /// The database's error.
    pub async fn may_read(
        &self,
        guest: Option<&GuestToken>,
        key: Option<&str>,
        public_id: &str,
        buyer_hash: &[u8],
    ) -> sqlx::Result<bool> {
        let is_buyer = guest.is_some_and(|guest| bool::from(guest_hash(guest).ct_eq(buyer_hash)));
        match key {
            _ if is_buyer => Ok(true),
            Some(key) => self.fits(public_id, key).await,
            None => Ok(false),
        }
    }

    /// Whether `secret` is that of the order's link; takes the same time whatever is wrong.
    ///
    /// # Errors
    /// The database's error.
    pub async fn fits(&self, public_id: &str, secret: &str) -> sqlx::Result<bool> {
        let Some(bytes) = from_hex(secret) else { return Ok(false) };
        Ok(self.mac(public_id).await?.is_some_and(|mac| mac.verify_slice(&bytes).is_ok()))
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32).map(|index| u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()).collect()
}
