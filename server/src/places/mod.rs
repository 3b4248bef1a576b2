//! What the shop knows about addresses: the divisions of mainland China, states of other countries, postcodes, and how
//! an address that was pasted in one piece comes apart. Pure functions over data inside of the binary.
//!
//! | file | holds |
//! |---|---|
//! | [`names`] | when two spellings of a place mean the same: short forms, traditional characters, pinyin |
//! | [`china`] | provinces, cities and districts, and the check of an address in China |
//! | [`abroad`], [`states`] | states, provinces and postcodes elsewhere |
//! | [`help`] | what the form offers and advises |
//! | [`split`] | one pasted line into the fields of the form |

pub mod abroad;
pub mod china;
pub mod help;
pub mod names;
pub mod split;
pub mod states;

use app::checkout::model::{Address, CheckoutForm, PlaceOrder};
use app::error::{ErrorCode, FieldError, FieldErrors};
use app::kernel::CountryCode;

/// The part of an address that says where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Country.
    pub country: CountryCode,
    /// Province or state.
    pub region: String,
    /// City.
    pub city: String,
    /// District.
    pub district: String,
    /// Street, building, room.
    pub line1: String,
    /// Postcode.
    pub postcode: String,
}

impl Place {
    /// Where an address is.
    #[must_use]
    pub fn of(address: &Address) -> Self {
        let Address { country, region, city, district, line1, postcode, .. } = address.clone();
        Self { country, region, city, district, line1, postcode }
    }

    /// What a form says so far.
    #[must_use]
    pub fn typed(form: &CheckoutForm, country: CountryCode) -> Self {
        let CheckoutForm { region, city, district, line1, postcode, .. } = form.clone();
        Self { country, region, city, district, line1, postcode }
    }

    fn into_address(self, address: &Address) -> Address {
        let Self { region, city, district, line1, postcode, .. } = self;
        Address { region, city, district, line1, postcode, ..address.clone() }
    }
}

/// A field with a name that is not known, and what was probably meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The form's field.
    pub field: &'static str,
    /// What to say.
    pub code: ErrorCode,
    /// What was probably meant.
    pub advice: Option<Advice>,
}

/// What was probably meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Another name in this field.
    Meant(&'static str),
    /// The name belongs to something else: a district to another city, a city to another province.
    BelongsTo(&'static str),
}

impl Doubt {
    fn unknown(field: &'static str, advice: Option<Advice>) -> Self {
        Self { field, code: ErrorCode::PlaceUnknown, advice }
    }
}

/// The place with the names as they are written officially.
///
/// `sure` holds names that were doubted before and came again ([`insisted`]): places are founded faster than lists of
/// them are printed, so a shopper who insists is right. A province or a state is never new.
///
/// # Errors
/// What cannot be a place of this country.
pub fn settle(place: &Place, sure: &str) -> Result<Place, Vec<Doubt>> {
    match place.country {
        CountryCode::CN => china::settle(place, sure),
        _ => abroad::settle(place),
    }
}

/// The order with its address as it is written officially.
///
/// # Errors
/// [`app::AppError::Invalid`] with the names that are not known.
pub fn settle_order(order: &PlaceOrder) -> Result<PlaceOrder, app::AppError> {
    let place = settle(&Place::of(&order.address), &order.sure);
    let place = place.map_err(|doubts| app::AppError::Invalid(errors(&doubts)))?;
    Ok(PlaceOrder { address: place.into_address(&order.address), ..order.clone() })
}

/// Doubts as errors of the form.
#[must_use]
pub fn errors(doubts: &[Doubt]) -> FieldErrors {
    let error = |doubt: &Doubt| FieldError { field: doubt.field.to_owned(), code: doubt.code };
    FieldErrors(doubts.iter().map(error).collect())
}

/// What the form sends along, so that the same names are believed when they come again.
#[must_use]
pub fn insisted(city: &str, district: &str) -> String {
    format!("{}|{}", city.trim(), district.trim())
}
