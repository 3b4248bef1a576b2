//! Guests' carts behind their port.

pub mod bulk;
pub mod load;
pub mod row;
pub mod saved;
pub mod service;
pub mod view;

use app::kernel::GuestToken;
use sha2::{Digest as _, Sha256};

/// What is stored of a guest's secret.
#[must_use]
pub fn guest_hash(guest: &GuestToken) -> Vec<u8> {
    Sha256::digest(guest.reveal().as_bytes()).to_vec()
}
