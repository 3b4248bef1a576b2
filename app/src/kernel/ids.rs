//! Identifiers. Internal ids are UUIDv7 newtypes made in Rust; public ids are prefixed and opaque.

use serde::{Deserialize, Serialize};

/// Declares a UUID newtype for one kind of row.
#[macro_export]
macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);
    };
}

/// How long a public id's random part is, in characters.
const PUBLIC_RANDOM: usize = 22;
/// Letters of public ids and tokens: no vowels (no words), nothing that looks alike.
const ALPHABET: &[u8; 32] = b"0123456789bcdfghjkmnpqrstvwxyz-_";

/// An opaque public id such as `or_…`: 110 random bits, so it cannot be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicId(String);

impl PublicId {
    /// Makes an id from random bytes of the request's entropy.
    #[must_use]
    pub fn new(prefix: &str, random: [u8; PUBLIC_RANDOM]) -> Self {
        Self(format!("{prefix}_{}", encode(&random)))
    }

    /// Reads an id with `prefix` from a path. `None` unless it has the exact form.
    #[must_use]
    pub fn parse(prefix: &str, text: &str) -> Option<Self> {
        let random = text.strip_prefix(prefix)?.strip_prefix('_')?;
        let plausible = random.len() == PUBLIC_RANDOM && random.bytes().all(|byte| ALPHABET.contains(&byte));
        plausible.then(|| Self(text.to_owned()))
    }

    /// The id as it stands in a URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How long a secret token is, in characters (5 bits each).
const TOKEN_LENGTH: usize = 52;

/// The secret that a guest's browser holds in its cookie. The database stores only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct GuestToken(String);

impl std::fmt::Debug for GuestToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("GuestToken(…)")
    }
}

impl GuestToken {
    /// Makes a token from random bytes (256 bits are kept).
    #[must_use]
    pub fn new(random: [u8; TOKEN_LENGTH]) -> Self {
        Self(encode(&random))
    }

    /// Reads a token from a cookie. `None` unless it has the exact form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plausible = text.len() == TOKEN_LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        plausible.then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the cookie and for hashing only.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Five bits of every byte, as letters.
fn encode(random: &[u8]) -> String {
    random
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte & 31)))
        .map(|byte| char::from(*byte))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_id_reads_back() {
        let id = PublicId::new("or", [7; PUBLIC_RANDOM]);
        assert_eq!(PublicId::parse("or", id.as_str()), Some(id));
    }

    #[test]
    fn other_prefixes_and_shapes_are_refused() {
        let id = PublicId::new("or", [7; PUBLIC_RANDOM]);
        assert_eq!(PublicId::parse("ca", id.as_str()), None);
        for text in ["", "or_", "or_77777", "or_77777777777777777777A7", "../etc"] {
            assert_eq!(PublicId::parse("or", text), None, "{text}");
        }
    }

    #[test]
    fn a_token_is_not_shown_by_debug() {
        let token = GuestToken::new([9; TOKEN_LENGTH]);
        assert!(!format!("{token:?}").contains(token.reveal()));
    }
}
