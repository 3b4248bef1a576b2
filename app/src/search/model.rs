//! What is asked for, and what is found. The request and its address are two forms of the same thing.

use crate::catalog::model::{CategoryLink, ProductCard};
use crate::kernel::{Currency, Money, Page, PageNumber, Slug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Letters of a text that count.
pub const LONGEST_TEXT: usize = 80;
/// Values that can be chosen at once.
const MOST_VALUES: usize = 40;
/// The longest key of a group or a value.
const LONGEST_KEY: usize = 80;
/// The dearest price that can be asked for, in minor units.
const DEAREST: i64 = 100_000_000_000;

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Sort {
    /// What fits best and is liked most.
    #[default]
    Relevance,
    /// Sold most.
    Sales,
    /// Latest first.
    Newest,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 5] = [Self::Relevance, Self::Sales, Self::Newest, Self::PriceUp, Self::PriceDown];

    /// The name in `?sort=`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relevance => "best",
            Self::Sales => "sales",
            Self::Newest => "new",
            Self::PriceUp => "price",
            Self::PriceDown => "price-desc",
        }
    }
}

/// What a list is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Filters {
    /// `(group, value)`: `cat`, `brand`, `tag`, or an option such as `o-colour`. Any value of each group.
    pub values: BTreeSet<(String, String)>,
    /// Least price in minor units.
    pub least: Option<i64>,
    /// Highest price in minor units.
    pub most: Option<i64>,
    /// Only what can be bought.
    pub in_stock: bool,
    /// Only what is reduced.
    pub on_offer: bool,
}

impl Filters {
    /// How many are set; a price range is one.
    #[must_use]
    pub fn count(&self) -> usize {
        let has_price = self.least.is_some() || self.most.is_some();
        self.values.len()
            + [has_price, self.in_stock, self.on_offer].into_iter().filter(|is_set| *is_set).count()
    }

    /// True when this value is chosen.
    #[must_use]
    pub fn has(&self, group: &str, value: &str) -> bool {
        self.values.iter().any(|(one, other)| one == group && other == value)
    }

    fn toggle(&mut self, group: &str, value: &str) {
        let pair = (group.to_owned(), value.to_owned());
        if !self.values.remove(&pair) {
            self.values.insert(pair);
        }
    }
}

/// A request for a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ListRequest {
    /// The text as shown back; empty for all products.
    pub text: String,
    /// Only this category and its children (the category page).
    pub category: Option<Slug>,
    /// What the list is narrowed to.
    pub filters: Filters,
    /// Order.
    pub sort: Sort,
    /// Which page.
    pub page: PageNumber,
}

/// One change of a list, for links.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// Choose or leave out a value.
    Toggle(&'a str, &'a str),
    /// Only what can be bought, or everything.
    InStock,
    /// Only offers, or everything.
    OnOffer,
    /// Any price.
    AnyPrice,
    /// Another order.
    Sort(Sort),
    /// No filter at all.
    Everything,
}

impl ListRequest {
    /// Products per page.
    pub const PER_PAGE: u32 = 24;

    /// Reads the pairs of a query. Unknown orders, prices and keys count as not given; `None` for a page that
    /// cannot be.
    #[must_use]
    pub fn parse(pairs: &[(String, String)], category: Option<Slug>, currency: Currency) -> Option<Self> {
        let find =
            |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
        let sort = Sort::ALL.into_iter().find(|sort| sort.name() == find("sort")).unwrap_or_default();
        let text = if category.is_none() { plain_text(find("q")) } else { String::new() };
        let price = |name| parse_price(find(name), currency);
        let (least, most) = match (price("min"), price("max")) {
            (Some(least), Some(most)) if least > most => (Some(most), Some(least)),
            range => range,
        };
        let values = pairs.iter().filter(|(group, value)| is_group(group) && is_key(value));
        let filters = Filters {
            values: values.take(MOST_VALUES).cloned().collect(),
            least,
            most,
            in_stock: find("stock") == "1",
            on_offer: find("offer") == "1",
        };
        Some(Self { text, category, filters, sort, page: PageNumber::parse(find("page"))? })
    }

    /// The query of this list's first page, without `?`. Every list has exactly one.
    #[must_use]
    pub fn query(&self, currency: Currency) -> String {
        let pairs = self.pairs(currency);
        let pairs: Vec<String> =
            pairs.iter().map(|(key, value)| format!("{}={}", encode(key), encode(value))).collect();
        pairs.join("&")
    }

    /// The pairs of the query, in their order.
    #[must_use]
    pub fn pairs(&self, currency: Currency) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |key: &str, value: String| pairs.push((key.to_owned(), value));
        if !self.text.is_empty() {
            put("q", self.text.clone());
        }
        for (group, value) in &self.filters.values {
            put(group, value.clone());
        }
        for (name, price) in [("min", self.filters.least), ("max", self.filters.most)] {
            if let Some(minor) = price {
                put(name, price_text(minor, currency));
            }
        }
        for (name, is_set) in [("stock", self.filters.in_stock), ("offer", self.filters.on_offer)] {
            if is_set {
                put(name, "1".to_owned());
            }
        }
        if self.sort != Sort::default() {
            put("sort", self.sort.name().to_owned());
        }
        pairs
    }

    /// The first page of the list with one change.
    #[must_use]
    pub fn with(&self, change: Change<'_>) -> Self {
        let mut next = Self { page: PageNumber::FIRST, ..self.clone() };
        match change {
            Change::Toggle(group, value) => next.filters.toggle(group, value),
            Change::InStock => next.filters.in_stock = !next.filters.in_stock,
            Change::OnOffer => next.filters.on_offer = !next.filters.on_offer,
            Change::AnyPrice => (next.filters.least, next.filters.most) = (None, None),
            Change::Sort(sort) => next.sort = sort,
            Change::Everything => next.filters = Filters::default(),
        }
        next
    }
}

/// A text for searching: full width becomes half width, control characters blanks, longer texts are cut.
#[must_use]
pub fn plain_text(text: &str) -> String {
    let plain = crate::kernel::contact::to_half_width(text);
    let text: String =
        plain.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_TEXT).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_group(group: &str) -> bool {
    matches!(group, "cat" | "brand" | "tag") || group.strip_prefix("o-").is_some_and(is_key)
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= LONGEST_KEY && !key.chars().any(char::is_control)
}

/// Reads an amount as people write it, `120` or `12.5`. `None` for rubbish, negative and absurd ones.
fn parse_price(text: &str, currency: Currency) -> Option<i64> {
    let exponent = currency.exponent() as usize;
    let plain = crate::kernel::contact::to_half_width(text.trim());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 12
        || !is_number(whole)
        || !is_number(fraction)
        || fraction.len() > exponent
    {
        return None;
    }
    let minor: i64 = format!("{whole}{fraction:0<exponent$}").parse().ok()?;
    (minor <= DEAREST).then_some(minor)
}

/// An amount as it stands in an address and a field: `12.5` has its two decimals, `120` has none.
#[must_use]
pub fn price_text(minor: i64, currency: Currency) -> String {
    let scale = 10_i64.pow(currency.exponent());
    let (whole, rest) = (minor / scale, minor % scale);
    let width = currency.exponent() as usize;
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}") }
}

/// Percent-encodes a text for a query (RFC 3986: everything but the unreserved characters).
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// Key in the address.
    pub key: String,
    /// Label.
    pub label: String,
    /// Products that it would show.
    pub count: u32,
    /// True when it is chosen.
    pub is_chosen: bool,
}

/// A facet with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Key in the address.
    pub group: String,
    /// Name.
    pub name: String,
    /// Values, those of most products first.
    pub values: Vec<FacetValue>,
}

/// Every way to narrow a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Categories, options, brand, tags.
    pub groups: Vec<Facet>,
    /// Lowest and highest price of what is listed, whatever range is chosen.
    pub prices: Option<(Money, Money)>,
    /// Products that can be bought.
    pub in_stock: u64,
    /// Products on offer.
    pub on_offer: u64,
}

/// How a text was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    /// As it was written.
    AsWritten,
    /// As another text, which is shown.
    As(String),
    /// Nothing fits; these come near.
    Near,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Products of the page.
    pub products: Page<ProductCard>,
    /// For each product the parts of its title to mark, as bytes.
    pub marks: Vec<Marks>,
    /// How the list can be narrowed.
    pub facets: Facets,
    /// How the text was understood.
    pub understood: Understood,
    /// What others look for, when nothing was found.
    pub popular: Vec<String>,
}

/// Parts of a title, from byte to byte, in their order.
pub type Marks = Vec<(usize, usize)>;

/// What is suggested while typing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Suggestions {
    /// The text.
    pub text: String,
    /// Products with the text, on all pages of its results.
    pub hits: u64,
    /// Articles, best first.
    pub products: Vec<SuggestedProduct>,
    /// Categories.
    pub categories: Vec<SuggestedCategory>,
    /// What others look for.
    pub queries: Vec<String>,
    /// The same as a list of options, when asked for with `list=ID`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub html: String,
    /// How many options the list has.
    #[serde(default)]
    pub options: u32,
    /// What a screen reader says about the list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
}

/// A suggested article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedProduct {
    /// URL key.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Parts of the title to mark, as bytes.
    #[serde(default)]
    pub marks: Marks,
    /// Path of its picture.
    pub picture: Option<String>,
    /// Lowest price.
    pub price: Money,
    /// True when its variants have different prices.
    pub is_from: bool,
    /// True when at least one can be bought.
    pub in_stock: bool,
}

/// A suggested category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedCategory {
    /// URL key.
    pub slug: String,
    /// Name.
    pub name: String,
}

impl From<CategoryLink> for SuggestedCategory {
    fn from(link: CategoryLink) -> Self {
        Self { slug: link.slug, name: link.name }
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
