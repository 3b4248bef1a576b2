//! Signatures in the manner of Standard Webhooks: an id, a time stamp and an HMAC over both and the raw body.
//! The merchant's requests and the gateway's webhooks are signed in the same way with the same key.

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use time::OffsetDateTime;

/// How far a time stamp may be from the verifier's clock, in seconds, in both directions.
pub const TOLERANCE_SECONDS: i64 = 300;

/// The version mark of a signature. Others are ignored, so a second scheme can be rolled in beside it.
const VERSION: &str = "v1,";
/// A key with this prefix is base64, as Standard Webhooks libraries write it; any other key is taken as it is.
const ENCODED_KEY: &str = "whsec_";
/// More signatures than this in one header are not looked at: key rotation needs two.
const MAX_SIGNATURES: usize = 4;

/// The shared key. Never printed.
#[derive(Clone)]
pub struct SigningKey(Vec<u8>);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SigningKey(…)")
    }
}

/// The three signed headers of a message.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// The message's id.
    pub id: &'a str,
    /// Seconds since 1970, in decimal digits.
    pub timestamp: &'a str,
    /// `v1,<base64>`; several are separated by spaces while a key is being changed.
    pub signature: &'a str,
}

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The time stamp is not a number.
    #[error("the time stamp is not a number of seconds")]
    Unreadable,
    /// The time stamp is too far from now.
    #[error("the time stamp is more than {TOLERANCE_SECONDS} s from now")]
    OutOfTime,
    /// No signature fits.
    #[error("no signature fits")]
    Wrong,
}

impl SigningKey {
    /// Reads a key: the text itself, or the base64 after `whsec_`.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        let encoded = secret.strip_prefix(ENCODED_KEY);
        let decoded = encoded.and_then(|text| BASE64.decode(text).ok());
        Self(decoded.unwrap_or_else(|| secret.as_bytes().to_vec()))
    }

    /// The signature header for a message.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: &str, body: &[u8]) -> String {
        let code = self.mac(id, timestamp, body).map(|mac| mac.finalize().into_bytes());
        format!("{VERSION}{}", code.map(|code| BASE64.encode(code)).unwrap_or_default())
    }

    /// Checks a message: the time first, then each signature in constant time.
    ///
    /// # Errors
    /// [`SignatureError`] when it is stale, from the future, or not signed with this key.
    pub fn verify(
        &self,
        envelope: Envelope<'_>,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<(), SignatureError> {
        let sent: i64 = envelope.timestamp.parse().map_err(|_| SignatureError::Unreadable)?;
        if sent.abs_diff(now.unix_timestamp()) > TOLERANCE_SECONDS.unsigned_abs() {
            return Err(SignatureError::OutOfTime);
        }
        let given = envelope.signature.split(' ').take(MAX_SIGNATURES);
        let mut codes = given.filter_map(|text| BASE64.decode(text.strip_prefix(VERSION)?).ok());
        let fits = codes.any(|code| {
            self.mac(envelope.id, envelope.timestamp, body).is_some_and(|mac| mac.verify_slice(&code).is_ok())
        });
        if fits { Ok(()) } else { Err(SignatureError::Wrong) }
    }

    /// HMAC-SHA256 over `id.timestamp.body`. It takes keys of every length, so this is never `None`.
    fn mac(&self, id: &str, timestamp: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        Some(
            mac.chain_update(id)
                .chain_update(b".")
                .chain_update(timestamp)
                .chain_update(b".")
                .chain_update(body),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published example of the Standard Webhooks libraries.
    const PUBLISHED: (&str, &str, &str, &[u8], &str) = (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        br#"{"test": 2432232314}"#,
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    #[test]
    fn the_published_example_is_signed_the_same() {
        let (key, id, timestamp, body, signature) = PUBLISHED;
        assert_eq!(SigningKey::new(key).sign(id, timestamp, body), signature);
    }

    #[test]
    fn a_plain_key_gives_what_openssl_gives() {
        // printf 'req_1.1700000000.{"a":1}' | openssl dgst -sha256 -hmac sandbox -binary | base64
        let signature = SigningKey::new("sandbox").sign("req_1", "1700000000", br#"{"a":1}"#);
        assert_eq!(signature, "v1,+PlO8qiQfHJBi7TzVme6r9UjlORWGZ+BRo1g2r4tXZ4=");
    }

    #[test]
    fn a_message_is_believed_for_five_minutes_around_its_time() {
        let (key, id, timestamp, body, signature) = PUBLISHED;
        let key = SigningKey::new(key);
        let envelope = Envelope { id, timestamp, signature };
        for (offset, expected) in [
            (-301, Err(SignatureError::OutOfTime)),
            (-300, Ok(())),
            (0, Ok(())),
            (300, Ok(())),
            (301, Err(SignatureError::OutOfTime)),
        ] {
            assert_eq!(key.verify(envelope, body, at(1_614_265_330 + offset)), expected, "{offset}");
        }
    }

    #[test]
    fn any_change_to_a_message_breaks_the_signature() {
        let (key, id, timestamp, body, signature) = PUBLISHED;
        let (now, wrong) = (at(1_614_265_330), Err(SignatureError::Wrong));
        let envelope = Envelope { id, timestamp, signature };
        assert_eq!(SigningKey::new("other").verify(envelope, body, now), wrong);
        let key = SigningKey::new(key);
        assert_eq!(key.verify(envelope, b"{}", now), wrong);
        assert_eq!(key.verify(Envelope { id: "msg_2", ..envelope }, body, now), wrong);
        assert_eq!(key.verify(Envelope { timestamp: "1614265331", ..envelope }, body, now), wrong);
    }

    #[test]
    fn one_fitting_signature_among_several_is_enough() {
        let (key, id, timestamp, body, signature) = PUBLISHED;
        let both = format!("v0,nonsense v1,AAAA {signature}");
        let envelope = Envelope { id, timestamp, signature: &both };
        assert_eq!(SigningKey::new(key).verify(envelope, body, at(1_614_265_330)), Ok(()));
    }

    #[test]
    fn rubbish_is_refused_quietly() {
        let key = SigningKey::new("");
        for (timestamp, signature) in
            [("", ""), ("x", "v1,"), ("0", "v1,"), ("9223372036854775807", "v1,%"), ("0", "é")]
        {
            let envelope = Envelope { id: "", timestamp, signature };
            assert!(key.verify(envelope, b"", at(0)).is_err(), "{timestamp} {signature}");
        }
    }

    #[test]
    fn the_key_is_never_printed() {
        assert_eq!(format!("{:?}", SigningKey::new("top secret")), "SigningKey(…)");
    }
}
