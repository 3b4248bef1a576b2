//! Wishes about an order that change nothing about its price: gift wrap, and whose name is on the invoice.

use super::early::MESSAGE;
use super::form::text;
use crate::error::{AppError, ErrorCode, FieldErrors};
use crate::kernel::CountryCode;
use crate::kernel::contact::to_half_width;
use serde::{Deserialize, Serialize};

/// The fields as typed. Every one may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WishesForm {
    /// Anything when it is to be wrapped.
    pub gift: String,
    /// Words for the card.
    pub gift_message: String,
    /// Empty, or the name of an [`InvoiceKind`].
    pub invoice: String,
    /// Whose name is on the invoice.
    pub invoice_title: String,
    /// The company's tax number.
    pub tax_number: String,
}

/// What is wished for, as stored with the order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Wrapped as a gift, without prices in the parcel: the words for the card, which may be none.
    pub gift: Option<String>,
    /// An invoice.
    pub invoice: Option<InvoiceWish>,
}

/// Whose name is on the invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceWish {
    /// Who that is.
    pub kind: InvoiceKind,
    /// The name; empty for a person means the recipient.
    pub title: String,
    /// The company's tax number; may be empty outside China.
    pub tax_number: String,
}

/// Who an invoice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// A person.
    Personal,
    /// A company.
    Company,
}

impl InvoiceKind {
    /// Every kind, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Personal, Self::Company];

    /// The name in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Company => "company",
        }
    }
}

impl WishesForm {
    /// Checks every field. The country decides what a tax number looks like.
    ///
    /// # Errors
    /// [`AppError::Invalid`] naming each wrong field, in the order of the form.
    pub fn parse(&self, country: &str) -> Result<Wishes, AppError> {
        let mut errors = FieldErrors::default();
        let message = errors.take("gift_message", text(&self.gift_message, MESSAGE, false));
        let invoice = self.invoice(CountryCode::parse(country).ok(), &mut errors);
        match (message, errors.is_empty()) {
            (Some(message), true) => {
                let is_gift = !self.gift.trim().is_empty() || !message.is_empty();
                Ok(Wishes { gift: is_gift.then_some(message), invoice })
            }
            _ => Err(AppError::Invalid(errors)),
        }
    }

    /// What [`Self::parse`] would complain about.
    #[must_use]
    pub fn errors(&self, country: &str) -> FieldErrors {
        match self.parse(country) {
            Err(AppError::Invalid(errors)) => errors,
            _ => FieldErrors::default(),
        }
    }

    fn invoice(&self, country: Option<CountryCode>, errors: &mut FieldErrors) -> Option<InvoiceWish> {
        let kind = match self.invoice.trim() {
            "" => return None,
            name => InvoiceKind::ALL.into_iter().find(|kind| kind.name() == name),
        };
        let kind = errors.take("invoice", kind.ok_or(ErrorCode::FormUnreadable))?;
        let is_company = kind == InvoiceKind::Company;
        let title = errors.take("invoice_title", text(&self.invoice_title, 100, is_company));
        let number = match kind {
            InvoiceKind::Personal => Ok(String::new()),
            InvoiceKind::Company if country == Some(CountryCode::CN) => credit_code(&self.tax_number),
            InvoiceKind::Company => text(&self.tax_number, 40, false),
        };
        let tax_number = errors.take("tax_number", number)?;
        Some(InvoiceWish { kind, title: title?, tax_number })
    }

    /// The fields without anything longer than they can hold, for keeping as a draft.
    #[must_use]
    pub fn clipped(mut self) -> Self {
        let fields = [
            &mut self.gift,
            &mut self.gift_message,
            &mut self.invoice,
            &mut self.invoice_title,
            &mut self.tax_number,
        ];
        for field in fields {
            *field = field.chars().take(1000).collect();
        }
        self
    }
}

/// What a unified social credit code is written with (GB 32100-2015); a letter's place is its worth.
const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A Chinese company's unified social credit code: 18 characters, of which the last one checks the others.
fn credit_code(typed: &str) -> Result<String, ErrorCode> {
    let code: String = to_half_width(typed).to_ascii_uppercase().split_whitespace().collect();
    if code.is_empty() {
        return Err(ErrorCode::Required);
    }
    let worth = |byte: u8| LETTERS.iter().position(|letter| *letter == byte);
    let worths: Option<Vec<usize>> = code.bytes().map(worth).collect();
    let is_right = worths.filter(|worths| worths.len() == 18).is_some_and(|worths| {
        // Weights are the powers of three modulo 31; that of the check character is one, with the sum a multiple of 31.
        let (check, body) = worths.split_last().map_or((0, [].as_slice()), |(last, body)| (*last, body));
        let weighted = body.iter().fold((0, 1), |(sum, weight), worth| {
            let sum: usize = sum + worth * weight;
            (sum, weight * 3 % 31)
        });
        (weighted.0 + check).is_multiple_of(31)
    });
    if is_right { Ok(code) } else { Err(ErrorCode::TaxNumberInvalid) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard.
    const CODE: &str = "91350100M000100Y43";

    fn company(title: &str, tax_number: &str) -> WishesForm {
        let [title, tax_number] = [title, tax_number].map(str::to_owned);
        WishesForm { invoice: "company".into(), invoice_title: title, tax_number, ..WishesForm::default() }
    }

    #[test]
    fn nothing_wished_for_is_nothing() {
        assert_eq!(WishesForm::default().parse("CN"), Ok(Wishes::default()));
        assert_eq!(serde_json::from_str::<Wishes>("{}").unwrap(), Wishes::default());
    }

    #[test]
    fn a_message_alone_makes_it_a_gift_and_a_long_one_is_refused() {
        let gift = |flag: &str, message: String| WishesForm {
            gift: flag.into(),
            gift_message: message,
            ..WishesForm::default()
        };
        assert_eq!(gift("on", String::new()).parse("US").unwrap().gift, Some(String::new()));
        assert_eq!(gift("", "生日快乐".into()).parse("CN").unwrap().gift.as_deref(), Some("生日快乐"));
        assert!(gift("on", "长".repeat(200)).parse("CN").is_ok());
        assert_eq!(gift("", "长".repeat(201)).errors("CN").of("gift_message"), Some(ErrorCode::TooLong));
    }

    #[test]
    fn a_credit_code_is_read_as_people_write_it() {
        for typed in [CODE, " 9135 0100 m000 100y 43 ", "９１３５０１００Ｍ０００１００Ｙ４３"]
        {
            let wish = company("福州某某有限公司", typed).parse("CN").unwrap().invoice.unwrap();
            assert_eq!(wish.tax_number, CODE, "{typed}");
        }
    }

    #[test]
    fn one_wrong_character_is_noticed() {
        for place in 0..CODE.len() {
            let mut wrong: Vec<u8> = CODE.bytes().collect();
            wrong[place] = if wrong[place] == b'7' { b'8' } else { b'7' };
            let wrong = String::from_utf8(wrong).unwrap();
            let errors = company("某某公司", &wrong).errors("CN");
            assert_eq!(errors.of("tax_number"), Some(ErrorCode::TaxNumberInvalid), "{wrong}");
        }
        for text in ["91350100M000100Y4", "91350100I000100Y43", "913501000001000430000", "税号"] {
            let errors = company("某某公司", text).errors("CN");
            assert_eq!(errors.of("tax_number"), Some(ErrorCode::TaxNumberInvalid), "{text}");
        }
    }

    #[test]
    fn a_company_needs_its_name_and_in_china_its_number() {
        let fields: Vec<String> =
            company("", "").errors("CN").0.into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["invoice_title", "tax_number"]);
        let abroad = company("Teahouse Ltd", "GB 123 4567 89").parse("GB").unwrap().invoice.unwrap();
        assert_eq!(abroad.tax_number, "GB 123 4567 89");
        assert!(company("Teahouse Ltd", "").parse("GB").is_ok());
        let odd = WishesForm { invoice: "both".into(), ..WishesForm::default() };
        assert_eq!(odd.errors("CN").of("invoice"), Some(ErrorCode::FormUnreadable));
    }

    #[test]
    fn a_person_needs_neither() {
        let form = WishesForm { invoice: "personal".into(), tax_number: "x".into(), ..WishesForm::default() };
        let wish = form.parse("CN").unwrap().invoice.unwrap();
        assert_eq!((wish.title.as_str(), wish.tax_number.as_str()), ("", ""));
    }
}
