//! Where a parcel probably goes, and which part of an address decides about its zone. Pure.

use crate::places::abroad::state;
use crate::places::china::province;
use app::kernel::{CountryCode, Currency};

/// Where somebody who looks at prices of this currency is likely to be, until an address says it.
#[must_use]
pub fn likely_country(currency: Currency) -> CountryCode {
    if currency == Currency::Cny { CountryCode::CN } else { CountryCode::US }
}

/// The region as zones name it: a province's official name in China, a state's code elsewhere. Empty when it is not
/// known, or when the country has none: the rest of the country counts then.
#[must_use]
pub fn zone_region(country: CountryCode, typed: &str) -> &'static str {
    match country {
        CountryCode::CN => province(typed).map_or("", |province| province.name),
        _ => state(country, typed).map_or("", |(code, _, _)| code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_and_states_are_known_in_every_spelling() {
        for (country, typed, expected) in [
            (CountryCode::CN, "西藏", "西藏自治区"),
            (CountryCode::CN, "Tibet", "西藏自治区"),
            (CountryCode::CN, "浙江省", "浙江省"),
            (CountryCode::CN, "Atlantis", ""),
            (CountryCode::US, "hawaii", "HI"),
            (CountryCode::US, "CA", "CA"),
            (CountryCode::SG, "Singapore", ""),
            (CountryCode::GB, "", ""),
        ] {
            assert_eq!(zone_region(country, typed), expected, "{typed}");
        }
    }
}
