//! The topics and their words.

use crate::i18n::help as t;
use crate::kernel::Locale;

/// A page of help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// How and when things arrive.
    Shipping,
    /// Sending things back.
    Returns,
    /// How to pay.
    Payment,
    /// What the shop keeps about a shopper.
    Privacy,
    /// Where to write.
    Contact,
}

impl Topic {
    /// Every topic, in the order of the footer.
    pub const ALL: [Self; 5] = [Self::Shipping, Self::Returns, Self::Payment, Self::Privacy, Self::Contact];

    /// The key in the address.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Shipping => "shipping",
            Self::Returns => "returns",
            Self::Payment => "payment",
            Self::Privacy => "privacy",
            Self::Contact => "contact",
        }
    }

    /// Reads the key.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.slug() == slug)
    }

    /// The page's title.
    #[must_use]
    pub const fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Shipping => t::shipping_title(locale),
            Self::Returns => t::returns_title(locale),
            Self::Payment => t::payment_title(locale),
            Self::Privacy => t::privacy_title(locale),
            Self::Contact => t::contact_title(locale),
        }
    }

    /// The page in one sentence.
    #[must_use]
    pub const fn summary(self, locale: Locale) -> &'static str {
        match self {
            Self::Shipping => t::shipping_summary(locale),
            Self::Returns => t::returns_summary(locale),
            Self::Payment => t::payment_summary(locale),
            Self::Privacy => t::privacy_summary(locale),
            Self::Contact => t::contact_summary(locale),
        }
    }

    /// The page's questions with their answers.
    #[must_use]
    pub const fn answers(self, locale: Locale) -> [(&'static str, &'static str); 4] {
        match self {
            Self::Shipping => [
                (t::shipping_when(locale), t::shipping_when_text(locale)),
                (t::shipping_fee(locale), t::shipping_fee_text(locale)),
                (t::shipping_where(locale), t::shipping_where_text(locale)),
                (t::shipping_late(locale), t::shipping_late_text(locale)),
            ],
            Self::Returns => [
                (t::returns_time(locale), t::returns_time_text(locale)),
                (t::returns_how(locale), t::returns_how_text(locale)),
                (t::returns_not(locale), t::returns_not_text(locale)),
                (t::returns_broken(locale), t::returns_broken_text(locale)),
            ],
            Self::Payment => [
                (t::payment_ways(locale), t::payment_ways_text(locale)),
                (t::payment_currency(locale), t::payment_currency_text(locale)),
                (t::payment_safe(locale), t::payment_safe_text(locale)),
                (t::payment_tax(locale), t::payment_tax_text(locale)),
            ],
            Self::Privacy => [
                (t::privacy_kept(locale), t::privacy_kept_text(locale)),
                (t::privacy_cookies(locale), t::privacy_cookies_text(locale)),
                (t::privacy_device(locale), t::privacy_device_text(locale)),
                (t::privacy_rights(locale), t::privacy_rights_text(locale)),
            ],
            Self::Contact => [
                (t::contact_order(locale), t::contact_order_text(locale)),
                (t::contact_before(locale), t::contact_before_text(locale)),
                (t::contact_hours(locale), t::contact_hours_text(locale)),
                (t::contact_repair(locale), t::contact_repair_text(locale)),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_reads_back_from_its_address_and_has_words_in_both_languages() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_slug(topic.slug()), Some(topic));
            let (zh, en) = (topic.answers(Locale::Zh), topic.answers(Locale::En));
            for ((zh_question, zh_answer), (en_question, en_answer)) in zh.into_iter().zip(en) {
                assert_ne!(zh_question, en_question);
                assert!(zh_answer.chars().count() > 20 && en_answer.len() > 60, "{en_question}");
            }
        }
        assert_eq!(Topic::from_slug("nothing"), None);
    }
}
