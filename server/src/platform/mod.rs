//! The world outside, behind small traits: the time, randomness, mail, stored files.
//! Everything that a test must be able to fix or to look into lives here; nothing here knows a slice.

pub mod blobs;
pub mod clock;
pub mod entropy;
pub mod mailer;

use blobs::{BlobStore, MemoryBlobs};
use clock::{Clock, FixedClock};
use entropy::{Entropy, SeededEntropy};
use mailer::{Mailer, MemoryMailer};
use std::sync::Arc;

/// What services use of the outside world. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for ids and secrets.
    pub entropy: Arc<dyn Entropy>,
    /// Outgoing mail.
    pub mailer: Arc<dyn Mailer>,
    /// Pictures and other stored files.
    pub blobs: Arc<dyn BlobStore>,
}

/// The fixed parts behind [`Platform::for_tests`], to set and to look into.
pub struct TestParts {
    /// The clock that the platform tells.
    pub clock: Arc<FixedClock>,
    /// The mails that were sent.
    pub mailer: Arc<MemoryMailer>,
}

impl Platform {
    /// A platform for tests: a clock that stands still, repeatable randomness, mail and files in memory.
    #[must_use]
    pub fn for_tests() -> Self {
        Self::with_test_parts().0
    }

    /// The same as [`Platform::for_tests`], with handles to the clock and the sent mails.
    #[must_use]
    pub fn with_test_parts() -> (Self, TestParts) {
        let parts =
            TestParts { clock: Arc::new(FixedClock::default()), mailer: Arc::new(MemoryMailer::default()) };
        let platform = Self {
            clock: parts.clock.clone(),
            entropy: Arc::new(SeededEntropy::new(1)),
            mailer: parts.mailer.clone(),
            blobs: Arc::new(MemoryBlobs::default()),
        };
        (platform, parts)
    }
}
