//! What is indexed of a product.

use app::kernel::{Currency, Localized};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use uuid::Uuid;

/// Currencies that prices are kept in.
pub const CURRENCIES: [Currency; 4] = [Currency::Cny, Currency::Usd, Currency::Jpy, Currency::Kwd];

/// The place of a currency in [`Variant::prices`].
#[must_use]
pub const fn slot(currency: Currency) -> usize {
    match currency {
        Currency::Cny => 0,
        Currency::Usd => 1,
        Currency::Jpy => 2,
        Currency::Kwd => 3,
    }
}

/// Which part of a product a text is. The order is that of their weights' table, not of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// Its title.
    Title = 0,
    /// Its brand.
    Brand = 1,
    /// Its tags and its category.
    Label = 2,
    /// Its options' values.
    Option = 3,
    /// The line below the title.
    Subtitle = 4,
    /// The category above its own.
    Shelf = 5,
    /// Its specifications.
    Spec = 6,
}

impl Field {
    /// Every field, by number.
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Brand, Self::Label, Self::Option, Self::Subtitle, Self::Shelf, Self::Spec];

    /// True for short names, which are also found by how they sound.
    #[must_use]
    pub const fn is_name(self) -> bool {
        matches!(self, Self::Title | Self::Brand | Self::Label | Self::Shelf)
    }
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: Uuid,
    /// URL key.
    pub slug: String,
    /// The parent's id.
    pub parent: Option<Uuid>,
    /// Its name.
    pub name: Localized,
}

/// A value that products can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Value {
    /// Key of the group: `brand`, `tag`, `o-colour`.
    pub group: String,
    /// Name of the group.
    pub group_name: Text,
    /// Key within the group.
    pub key: String,
    /// Label.
    pub label: Text,
}

/// A text in both languages that can be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<&Localized> for Text {
    fn from(text: &Localized) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

/// A price in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// Minor units.
    pub minor: i64,
    /// True when it is reduced.
    pub is_offer: bool,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variant {
    /// Its options' values.
    pub values: Vec<Value>,
    /// Prices by [`slot`].
    pub prices: [Option<Price>; 4],
    /// True when at least one can be bought now.
    pub is_available: bool,
}

/// A published product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: Uuid,
    /// What it is found by.
    pub texts: Vec<(Field, String)>,
    /// SKUs and barcodes.
    pub codes: Vec<String>,
    /// Its category.
    pub category: Uuid,
    /// First day on sale, as a Julian day.
    pub launch_day: i32,
    /// Microseconds from which on it is shown.
    pub published_at: i64,
    /// Microseconds.
    pub updated_at: i64,
    /// Units sold lately.
    pub sold: u32,
    /// Brand and tags.
    pub values: Vec<Value>,
    /// Variants that are sold.
    pub variants: Vec<Variant>,
}

impl Product {
    /// A number that differs when anything but prices, stock, sales and times does.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.texts, &self.codes, self.category, self.launch_day, &self.values).hash(&mut hasher);
        for variant in &self.variants {
            variant.values.hash(&mut hasher);
        }
        self.variants.len().hash(&mut hasher);
        hasher.finish()
    }
}
