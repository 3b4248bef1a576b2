//! Many articles at once: what a list or a cart's link names, and what became of each.

use super::model::{AddToCart, CartLine, CartView};
use crate::error::{AppError, ErrorCode};
use crate::kernel::contact::to_half_width;
use serde::{Deserialize, Serialize};

/// At most this many articles are taken at once.
pub const MAX_ITEMS: usize = 100;

/// What stands for an article number that cannot be one.
pub const UNREADABLE: &str = "?";

/// One article of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// Its number as typed; [`UNREADABLE`] when it cannot be one.
    pub sku: String,
    /// What is asked for, or what is wrong with it.
    pub asked: Result<AddToCart, ErrorCode>,
}

impl BulkItem {
    fn read(sku: &str, quantity: &str) -> Self {
        let asked = AddToCart::parse(sku, quantity).map_err(|error| error.code());
        let known = crate::kernel::Sku::parse(sku);
        Self { sku: known.map_or_else(|| UNREADABLE.to_owned(), |sku| sku.as_str().to_owned()), asked }
    }
}

/// Reads `SKU:2,SKU2:1`. Lines, blanks and Chinese punctuation part articles as well; no number means one unit.
#[must_use]
pub fn parse_items(text: &str) -> Vec<BulkItem> {
    let text = to_half_width(text);
    let parts = text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '、'));
    parts
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (sku, quantity) = part.rsplit_once(':').unwrap_or((part, ""));
            BulkItem::read(sku, quantity)
        })
        .collect()
}

/// Reads the fields of a bulk form: the text and the pairs, one after the other.
///
/// # Errors
/// [`AppError::Invalid`] for no article at all, or more than [`MAX_ITEMS`].
pub fn parse_form(items: &str, skus: &[String], quantities: &[String]) -> Result<Vec<BulkItem>, AppError> {
    let quantities = quantities.iter().map(String::as_str).chain(std::iter::repeat(""));
    let pairs = skus.iter().zip(quantities).filter(|(sku, _)| !sku.trim().is_empty());
    let found: Vec<BulkItem> = parse_items(items)
        .into_iter()
        .chain(pairs.map(|(sku, quantity)| BulkItem::read(sku, quantity)))
        .collect();
    match found.len() {
        0 => Err(AppError::field("items", ErrorCode::Required)),
        count if count > MAX_ITEMS => Err(AppError::field("items", ErrorCode::TooLong)),
        _ => Ok(found),
    }
}

/// The text of a link to these lines: `SKU:2,SKU2:1`. `None` for a cart that is empty or too large for a link.
#[must_use]
pub fn link_items(lines: &[CartLine]) -> Option<String> {
    link_of(lines.iter().map(|line| (line.sku.as_str(), line.quantity)))
}

/// The text of a link to articles and units of them; `None` for none, and for too many.
pub fn link_of<'a>(articles: impl Iterator<Item = (&'a str, u32)>) -> Option<String> {
    let items: Vec<String> = articles.map(|(sku, quantity)| format!("{sku}:{quantity}")).collect();
    (1..=MAX_ITEMS).contains(&items.len()).then(|| items.join(","))
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkAnswer {
    /// The cart from now on.
    pub cart: CartView,
    /// What was added, in the order of the list.
    pub added: Vec<Added>,
    /// What was not, in the order of the list.
    pub refused: Vec<Refused>,
}

/// An article that was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Stock keeping unit.
    pub sku: String,
    /// Units that came on top.
    pub quantity: u32,
}

/// An article that was not added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Stock keeping unit, as typed; `?` when it cannot be one.
    pub sku: String,
    /// Why.
    pub code: ErrorCode,
}

/// An article that a cart's link names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedItem {
    /// Stock keeping unit, as typed; `?` when it cannot be one.
    pub sku: String,
    /// The article with the units asked for; `None` when there is no such article.
    pub line: Option<CartLine>,
    /// Why it cannot be added as it is.
    pub problem: Option<ErrorCode>,
}

/// What a plain form's page tells about the list that it has sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkNotice {
    /// How many articles were added.
    pub added: usize,
    /// What was not, and why.
    pub refused: Vec<(String, ErrorCode)>,
}

impl BulkNotice {
    /// For the address of the page that tells it: `added=2&refused=SKU:sold_out,…`.
    #[must_use]
    pub fn query(answer: &BulkAnswer) -> String {
        let refused = answer.refused.iter().map(|item| format!("{}:{}", item.sku, item.code.name()));
        let refused = refused.collect::<Vec<_>>().join(",");
        format!("added={}&refused={refused}", answer.added.len())
    }

    /// Reads it back; `None` when the address tells nothing. Whatever cannot be ours is left out.
    #[must_use]
    pub fn read(added: &str, refused: &str) -> Option<Self> {
        let added: usize = added.parse().ok().filter(|count| *count <= MAX_ITEMS)?;
        let known = |sku: &str| sku == UNREADABLE || crate::kernel::Sku::parse(sku).is_some();
        let refused: Vec<_> = refused
            .split(',')
            .take(MAX_ITEMS)
            .filter_map(|pair| pair.rsplit_once(':'))
            .filter(|(sku, _)| known(sku))
            .filter_map(|(sku, code)| Some((sku.to_owned(), ErrorCode::from_name(code)?)))
            .collect();
        Some(Self { added, refused })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Result<u32, ErrorCode>)> {
        let items = parse_items(text).into_iter();
        items.map(|item| (item.sku, item.asked.map(|asked| asked.quantity.get()))).collect()
    }

    #[test]
    fn a_list_is_read_whatever_parts_its_articles() {
        let expected = [("A-1".to_owned(), Ok(2)), ("B".to_owned(), Ok(1)), ("C".to_owned(), Ok(3))];
        for text in ["A-1:2,B,C:3", " A-1:2\n B \r\nC:3 ", "Ａ-1：２，B、C:3", "A-1:2;B;;C:3,"] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_and_keeps_nothing_else_from_being_added() {
        assert_eq!(
            read("A:0,B:x,C:100,<b>:1,D:1"),
            [
                ("A".to_owned(), Err(ErrorCode::QuantityInvalid)),
                ("B".to_owned(), Err(ErrorCode::QuantityInvalid)),
                ("C".to_owned(), Err(ErrorCode::QuantityTooLarge)),
                (UNREADABLE.to_owned(), Err(ErrorCode::SkuUnknown)),
                ("D".to_owned(), Ok(1)),
            ]
        );
    }

    #[test]
    fn pairs_come_after_the_text_and_empty_rows_of_a_form_are_no_article() {
        let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let found = parse_form("A", &texts(&["B", " ", "C"]), &texts(&["2", "", ""])).unwrap();
        assert_eq!(found.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["A", "B", "C"]);
        assert!(parse_form(" ", &[], &[]).is_err());
        assert!(parse_form(&"A,".repeat(MAX_ITEMS + 1), &[], &[]).is_err());
    }

    #[test]
    fn a_notice_reads_back_from_its_address_and_nothing_else_does() {
        let notice = BulkNotice::read("2", "A:sold_out,?:sku_unknown,<b>:sold_out,B:nonsense").unwrap();
        assert_eq!(notice.added, 2);
        let refused = [("A".to_owned(), ErrorCode::SoldOut), (UNREADABLE.to_owned(), ErrorCode::SkuUnknown)];
        assert_eq!(notice.refused, refused);
        for added in ["", "-1", "x", "101"] {
            assert_eq!(BulkNotice::read(added, "A:sold_out"), None, "{added}");
        }
    }
}
