//! The checkout's form as typed, and the order request that it becomes.

use super::address::{Address, postcode};
use super::early::NOTE;
use super::wishes::Wishes;
use crate::error::{AppError, ErrorCode, FieldErrors};
use crate::kernel::{CountryCode, Currency, Email, Money, Phone};
use crate::payments::model::PaymentMethod;
use serde::{Deserialize, Serialize};

/// The form as typed. Every field may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckoutForm {
    /// Recipient.
    pub name: String,
    /// Phone of the recipient.
    pub phone: String,
    /// Where the confirmation goes.
    pub email: String,
    /// ISO country code.
    pub country: String,
    /// Province or state.
    pub region: String,
    /// City.
    pub city: String,
    /// District (China).
    pub district: String,
    /// Street, building, room.
    pub line1: String,
    /// Postcode.
    pub postcode: String,
    /// A wish for the courier.
    pub note: String,
    /// Code of a way of delivery; the first one that is offered when it is empty.
    pub delivery: String,
    /// Name of a [`PaymentMethod`].
    pub payment_method: String,
    /// The total that the shopper saw, in minor units.
    pub expected_total: String,
    /// The currency of that total.
    pub currency: String,
}

/// A parsed request to place the order of a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceOrder {
    /// Where the confirmation goes.
    pub email: Email,
    /// Where the parcel goes.
    pub address: Address,
    /// A wish for the courier.
    pub note: String,
    /// How it travels: a code, or empty for the first way that is offered.
    pub delivery: String,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// The total that the shopper saw; placing refuses a different one.
    pub expected_total: Option<Money>,
    /// Gift wrap and invoice.
    pub wishes: Wishes,
    /// Names of places that are meant, although they were doubted before.
    pub sure: String,
}

/// A trimmed text of at most `max` characters; control characters become blanks.
pub(super) fn text(raw: &str, max: usize, is_required: bool) -> Result<String, ErrorCode> {
    let clean: String = raw.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let clean = clean.trim();
    match clean.chars().count() {
        0 if is_required => Err(ErrorCode::Required),
        count if count > max => Err(ErrorCode::TooLong),
        _ => Ok(clean.to_owned()),
    }
}

impl CheckoutForm {
    /// Checks every field.
    ///
    /// # Errors
    /// [`AppError::Invalid`] naming each wrong field, in the order of the form.
    pub fn parse(&self) -> Result<PlaceOrder, AppError> {
        let mut errors = FieldErrors::default();
        let email = errors.take("email", Email::parse(&self.email));
        let address = self.address(&mut errors);
        let note = errors.take("note", text(&self.note, NOTE, false));
        let method = errors.take("payment_method", PaymentMethod::parse(&self.payment_method));
        match (email, address, note, method) {
            (Some(email), Some(address), Some(note), Some(payment_method)) => {
                let (expected_total, wishes) = (self.expected_total(), Wishes::default());
                let (delivery, sure) = (self.delivery.trim().to_owned(), String::new());
                Ok(PlaceOrder {
                    email,
                    address,
                    note,
                    delivery,
                    payment_method,
                    expected_total,
                    wishes,
                    sure,
                })
            }
            _ => Err(AppError::Invalid(errors)),
        }
    }

    /// What [`Self::parse`] would complain about.
    #[must_use]
    pub fn errors(&self) -> FieldErrors {
        match self.parse() {
            Err(AppError::Invalid(errors)) => errors,
            _ => FieldErrors::default(),
        }
    }

    fn address(&self, errors: &mut FieldErrors) -> Option<Address> {
        let name = errors.take("name", text(&self.name, 60, true));
        let phone = errors.take("phone", Phone::parse(&self.phone));
        let country = errors.take("country", CountryCode::parse(&self.country));
        let is_china = country == Some(CountryCode::CN);
        let has_regions = !matches!(country, Some(CountryCode::GB | CountryCode::SG));
        // What a country does not have is hidden by the sheet, but a form still sends it.
        let region = if has_regions { self.region.as_str() } else { "" };
        let region = errors.take("region", text(region, 60, has_regions));
        let city = errors.take("city", text(&self.city, 60, true));
        let district = if is_china { self.district.as_str() } else { "" };
        let district = errors.take("district", text(district, 60, is_china));
        let line1 = errors.take("line1", text(&self.line1, 200, true));
        let postcode = errors.take("postcode", postcode(country, &self.postcode));
        Some(Address {
            name: name?,
            phone: phone?,
            country: country?,
            region: region?,
            city: city?,
            district: district?,
            line1: line1?,
            postcode: postcode?,
        })
    }

    fn expected_total(&self) -> Option<Money> {
        let currency = Currency::from_code(self.currency.trim())?;
        self.expected_total.trim().parse().ok().map(|minor| Money::new(minor, currency))
    }

    /// The form without anything longer than a field can hold, for keeping as a draft.
    #[must_use]
    pub fn clipped(mut self) -> Self {
        let fields = [
            &mut self.name,
            &mut self.phone,
            &mut self.email,
            &mut self.country,
            &mut self.region,
            &mut self.city,
            &mut self.district,
            &mut self.line1,
            &mut self.postcode,
            &mut self.note,
            &mut self.delivery,
            &mut self.payment_method,
        ];
        for field in fields {
            *field = field.chars().take(1000).collect();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn good() -> CheckoutForm {
        CheckoutForm {
            name: "李雷".into(),
            phone: "13800138000".into(),
            email: "li@example.com".into(),
            country: "CN".into(),
            region: "浙江省".into(),
            city: "杭州市".into(),
            district: "西湖区".into(),
            line1: "龙井路 1 号".into(),
            payment_method: "cash_on_delivery".into(),
            expected_total: "42800".into(),
            currency: "CNY".into(),
            ..CheckoutForm::default()
        }
    }

    #[test]
    fn a_complete_form_becomes_an_order_request() {
        let command = good().parse().unwrap();
        assert_eq!(command.expected_total, Some(Money::new(42_800, Currency::Cny)));
        assert_eq!(command.address.phone.as_str(), "+8613800138000");
    }

    #[test]
    fn every_missing_field_is_named_in_the_order_of_the_form() {
        let fields: Vec<String> =
            CheckoutForm::default().errors().0.into_iter().map(|error| error.field).collect();
        assert_eq!(
            fields,
            ["email", "name", "phone", "country", "region", "city", "line1", "payment_method"]
        );
    }

    #[test]
    fn districts_are_asked_in_china_and_regions_not_in_singapore() {
        let china = CheckoutForm { district: " ".into(), ..good() };
        assert_eq!(china.errors().of("district"), Some(ErrorCode::Required));
        let singapore = CheckoutForm {
            country: "SG".into(),
            region: String::new(),
            district: String::new(),
            postcode: "018956".into(),
            ..good()
        };
        assert!(singapore.parse().is_ok());
    }

    #[test]
    fn postcodes_fit_their_country() {
        for (country, code, expected) in [
            ("CN", "", None),
            ("CN", "310013", None),
            ("CN", "ABC", Some(ErrorCode::PostcodeInvalid)),
            ("US", "94103", None),
            ("US", "94103-1234", None),
            ("US", "", Some(ErrorCode::Required)),
            ("GB", "SW1A 1AA", None),
            ("GB", "12", Some(ErrorCode::PostcodeInvalid)),
            ("CA", "K1A 0B1", None),
            ("AU", "2000", None),
        ] {
            let form = CheckoutForm { country: country.into(), postcode: code.into(), ..good() };
            assert_eq!(form.errors().of("postcode"), expected, "{country} {code}");
        }
    }

    #[test]
    fn long_texts_and_control_characters_do_not_pass() {
        let form = CheckoutForm { name: "x".repeat(61), line1: "a\u{0}\nb".into(), ..good() };
        assert_eq!(form.errors().of("name"), Some(ErrorCode::TooLong));
        let form = CheckoutForm { line1: "a\u{0}\nb".into(), ..good() };
        assert_eq!(form.parse().unwrap().address.line1, "a  b");
    }
}
