//! Randomness for ids and secrets. Only this module asks the machine for random bytes.

use std::sync::atomic::{AtomicU64, Ordering};
use time::OffsetDateTime;
use uuid::Uuid;

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);

    /// A new UUIDv7: ordered by `now`, random otherwise.
    fn uuid_v7(&self, now: OffsetDateTime) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(now.unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

impl dyn Entropy + '_ {
    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut buffer = [0; N];
        self.fill(&mut buffer);
        buffer
    }
}

/// The operating system's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for randomness")]
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            // A guessable secret is worse than no server, and a system without randomness does not recover.
            tracing::error!(%error, "the operating system gives no random bytes; stopping");
            std::process::abort();
        }
    }
}

/// The same bytes for the same seed (SplitMix64). For tests only: everybody can predict them.
#[derive(Debug)]
pub struct SeededEntropy(AtomicU64);

impl SeededEntropy {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

    /// A source that always gives the same bytes for one seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        let state = self.0.fetch_add(Self::STEP, Ordering::Relaxed).wrapping_add(Self::STEP);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let bytes = self.next().to_le_bytes();
            for (target, byte) in chunk.iter_mut().zip(bytes) {
                *target = byte;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    #[test]
    fn one_seed_gives_one_row_of_bytes() {
        let (first, second) = (SeededEntropy::new(7), SeededEntropy::new(7));
        let (first, second): (&dyn Entropy, &dyn Entropy) = (&first, &second);
        assert_eq!(first.bytes::<20>(), second.bytes::<20>());
        assert_ne!(first.bytes::<20>(), [0; 20]);
    }

    #[test]
    fn ids_are_version_7_and_ordered_by_time() {
        let entropy = SeededEntropy::new(1);
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
        let (early, late) = (entropy.uuid_v7(now), entropy.uuid_v7(now + Duration::milliseconds(1)));
        assert_eq!(early.get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn the_system_gives_different_bytes_each_time() {
        let system: &dyn Entropy = &SystemEntropy;
        assert_ne!(system.bytes::<16>(), system.bytes::<16>());
    }
}
