//! The one error type of the edge. Slices have their own error enums and map them here;
//! database texts and other inner words never reach a person.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What a request can fail with. Serialised as `{"error": "...", "detail": ...}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "error", content = "detail", rename_all = "snake_case")]
pub enum AppError {
    /// The request's form cannot be read at all (400).
    #[error("bad request")]
    BadRequest,
    /// Fields that must be corrected (422).
    #[error("invalid fields")]
    Invalid(FieldErrors),
    /// There is no such thing, or it is not the caller's (404).
    #[error("not found")]
    NotFound,
    /// Sign-in is needed (401).
    #[error("unauthorized")]
    Unauthorized,
    /// Signed in, but not allowed (403).
    #[error("forbidden")]
    Forbidden,
    /// The world has moved on; the code says how (409).
    #[error("conflict: {0:?}")]
    Conflict(ErrorCode),
    /// Lines of the cart that cannot be bought as they are, all of them (409). The outside reads it as a conflict with
    /// the first one's code and all `problems` beside it; the browser's part of the app has no use for the list.
    #[cfg(feature = "ssr")]
    #[error("blocked by {} lines", .0.len())]
    Blocked(Vec<crate::cart::model::CartProblem>),
    /// The total is not what the shopper saw, but this (409). The outside reads it as a conflict with the `total` beside it.
    #[cfg(feature = "ssr")]
    #[error("the total has changed")]
    TotalChanged(crate::kernel::Money),
    /// Too many requests; seconds until the next try (429).
    #[error("rate limited")]
    RateLimited(u32),
    /// The shop or the network cannot answer now (503).
    #[error("unavailable")]
    Unavailable,
    /// Our fault (500). The id is in the log line.
    #[error("internal error {0}")]
    Internal(String),
}

impl AppError {
    /// The HTTP status code.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            #[cfg(feature = "ssr")]
            Self::Blocked(_) | Self::TotalChanged(_) => 409,
            Self::Invalid(_) => 422,
            Self::RateLimited(_) => 429,
            Self::Internal(_) => 500,
            Self::Unavailable => 503,
        }
    }

    /// One invalid field.
    #[must_use]
    pub fn field(name: &str, code: ErrorCode) -> Self {
        Self::Invalid(FieldErrors(vec![FieldError { field: name.to_owned(), code }]))
    }

    /// The code to tell a shopper about in one sentence.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Invalid(errors) => errors.0.first().map_or(ErrorCode::FormUnreadable, |error| error.code),
            Self::Conflict(code) => *code,
            #[cfg(feature = "ssr")]
            Self::Blocked(problems) => {
                problems.iter().find_map(|problem| problem.code.refusal()).unwrap_or(ErrorCode::StateChanged)
            }
            #[cfg(feature = "ssr")]
            Self::TotalChanged(_) => ErrorCode::TotalChanged,
            Self::BadRequest => ErrorCode::FormUnreadable,
            Self::NotFound => ErrorCode::NotFound,
            Self::RateLimited(_) => ErrorCode::TooManyRequests,
            Self::Unauthorized | Self::Forbidden => ErrorCode::NotAllowed,
            Self::Unavailable => ErrorCode::Unavailable,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::BadRequest,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unavailable,
            _ => Self::Internal(String::new()),
        }
    }
}

/// Errors of a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(pub Vec<FieldError>);

/// One field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The form field's name.
    pub field: String,
    /// What is wrong.
    pub code: ErrorCode,
}

impl FieldErrors {
    /// Notes an error and gives `None`, or gives the parsed value.
    pub fn take<T>(&mut self, field: &str, result: Result<T, ErrorCode>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(code) => {
                self.0.push(FieldError { field: field.to_owned(), code });
                None
            }
        }
    }

    /// The error of a field, if it has one.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<ErrorCode> {
        self.0.iter().find(|error| error.field == field).map(|error| error.code)
    }

    /// True when every field is right.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

macro_rules! error_codes {
    ($($(#[$meta:meta])* $code:ident = $name:literal;)*) => {
        /// Everything that can be said to be wrong. The texts are in [`crate::i18n::errors`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode { $($(#[$meta])* $code,)* }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [ErrorCode] = &[$(Self::$code,)*];

            /// The code's name in JSON and in `?problem=`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// Reads a name. `None` for anything that is not a code.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }
        }
    };
}

/// By name; written by hand because the derived reader is several kilobytes of WASM.
impl Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for ErrorCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| serde::de::Error::custom("unknown code"))
    }
}

error_codes! {
    /// A field must be filled in.
    Required = "required";
    /// A text is longer than the field allows.
    TooLong = "too_long";
    /// Not an e-mail address.
    EmailInvalid = "email_invalid";
    /// Not a phone number.
    PhoneInvalid = "phone_invalid";
    /// A country that is not delivered to.
    CountryUnknown = "country_unknown";
    /// A province, state, city or district that is not known.
    PlaceUnknown = "place_unknown";
    /// A postcode that does not fit the country.
    PostcodeInvalid = "postcode_invalid";
    /// A payment method that is not offered.
    PaymentMethodUnknown = "payment_method_unknown";
    /// The provider of the payment cannot be reached.
    PaymentUnavailable = "payment_unavailable";
    /// The time to pay is over.
    PaymentExpired = "payment_expired";
    /// A company's tax number that cannot be one.
    TaxNumberInvalid = "tax_number_invalid";
    /// The parcel cannot go there in the wanted way.
    DeliveryUnavailable = "delivery_unavailable";
    /// Not a number of units.
    QuantityInvalid = "quantity_invalid";
    /// More units than one cart may hold.
    QuantityTooLarge = "quantity_too_large";
    /// No such article.
    SkuUnknown = "sku_unknown";
    /// The article is sold out.
    SoldOut = "sold_out";
    /// Fewer units are left than asked for.
    NotEnoughStock = "not_enough_stock";
    /// The cart has no lines.
    CartEmpty = "cart_empty";
    /// The cart holds as many different articles as it can.
    CartFull = "cart_full";
    /// The total is not what the shopper saw.
    TotalChanged = "total_changed";
    /// An article has no price in the chosen currency.
    NoPrice = "no_price";
    /// The state has moved on.
    StateChanged = "state_changed";
    /// The form cannot be read.
    FormUnreadable = "form_unreadable";
    /// There is no such thing.
    NotFound = "not_found";
    /// Not allowed.
    NotAllowed = "not_allowed";
    /// Too many requests.
    TooManyRequests = "too_many_requests";
    /// The shop cannot answer now.
    Unavailable = "unavailable";
    /// Our fault.
    Internal = "internal";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back_by_its_name_and_is_the_same_in_json() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from_name(code.name()), Some(*code));
            assert_eq!(serde_json::to_string(code).unwrap(), format!("\"{}\"", code.name()));
        }
    }

    #[test]
    fn errors_are_tagged_json() {
        let json = serde_json::to_string(&AppError::field("quantity", ErrorCode::QuantityInvalid)).unwrap();
        assert_eq!(json, r#"{"error":"invalid","detail":[{"field":"quantity","code":"quantity_invalid"}]}"#);
        assert_eq!(serde_json::to_string(&AppError::NotFound).unwrap(), r#"{"error":"not_found"}"#);
    }
}
