//! What counts how much. The defaults stand here; rows of the table `search_weight` replace them.

use super::product::Field;

macro_rules! weights {
    ($($(#[$meta:meta])* $name:ident = $default:literal in $range:expr;)*) => {
        /// What counts how much, in whole numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Weights { $($(#[$meta])* pub $name: i64,)* }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Weights {
            /// Names and defaults, for the documentation and its test.
            pub const TABLE: &'static [(&'static str, i64)] = &[$((stringify!($name), $default),)*];

            /// Sets a weight by its name; gives `false` for an unknown name or a value out of range.
            pub fn set(&mut self, name: &str, value: i64) -> bool {
                match name {
                    $(stringify!($name) if $range.contains(&value) => { self.$name = value; true })*
                    _ => false,
                }
            }
        }
    };
}

weights! {
    /// A word of the title.
    field_title = 100 in (0..=1000);
    /// A word of the brand.
    field_brand = 70 in (0..=1000);
    /// A word of a tag or of its category.
    field_label = 60 in (0..=1000);
    /// A word of an option.
    field_option = 45 in (0..=1000);
    /// A word of the line below the title.
    field_subtitle = 30 in (0..=1000);
    /// A word of the category above its own.
    field_shelf = 20 in (0..=1000);
    /// A word of a specification.
    field_spec = 15 in (0..=1000);
    /// Per cent of the field's weight for a word with the same stem.
    match_stem = 90 in (0..=100);
    /// Per cent for a word that only begins so.
    match_prefix = 70 in (0..=100);
    /// Per cent for a synonym.
    match_synonym = 70 in (0..=100);
    /// Per cent for the same sound (pinyin).
    match_sound = 65 in (0..=100);
    /// Per cent for the same first letters (pinyin).
    match_initials = 40 in (0..=100);
    /// Per cent for a word with a slip of the finger.
    match_slip = 50 in (0..=100);
    /// Points per point of text match.
    rank_text = 10 in (0..=1000);
    /// Points for each doubling of the units sold in the last 90 days.
    rank_sales = 12 in (0..=1000);
    /// Points for being in stock.
    rank_stock = 150 in (0..=10_000);
    /// Points on the first day on sale, fewer each day.
    rank_fresh = 60 in (0..=10_000);
    /// Days until nothing of them is left.
    rank_fresh_days = 180 in (1..=10_000);
}

impl Weights {
    /// The weight of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> u32 {
        let weight = match field {
            Field::Title => self.field_title,
            Field::Brand => self.field_brand,
            Field::Label => self.field_label,
            Field::Option => self.field_option,
            Field::Subtitle => self.field_subtitle,
            Field::Shelf => self.field_shelf,
            Field::Spec => self.field_spec,
        };
        // A match is never worth nothing, else it would be none.
        u32::try_from(weight).unwrap_or_default().max(1)
    }

    /// A field's weight for a lesser kind of match.
    #[must_use]
    pub fn share(&self, field: Field, percent: i64) -> u32 {
        (self.field(field) * u32::try_from(percent).unwrap_or(100) / 100).max(1)
    }

    /// Points that a product has by itself: sales, stock, freshness (see [`Self::freshness`]).
    #[must_use]
    pub fn standing(&self, sold: u32, is_available: bool, fresh: i64) -> i64 {
        let doublings = i64::from(u32::BITS - sold.leading_zeros());
        let stock = if is_available { self.rank_stock } else { 0 };
        doublings * self.rank_sales + stock + fresh
    }

    /// Points for being new. `age` in days.
    #[must_use]
    pub fn freshness(&self, age: i64) -> i64 {
        let left = (self.rank_fresh_days - age.max(0)).max(0);
        self.rank_fresh * left / self.rank_fresh_days.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_set_by_name_within_their_range() {
        let mut weights = Weights::default();
        assert!(weights.set("rank_stock", 0) && weights.rank_stock == 0);
        assert!(
            !weights.set("rank_stock", -1) && !weights.set("nothing", 1) && !weights.set("match_slip", 101)
        );
        assert_eq!(weights.rank_stock, 0);
    }

    #[test]
    fn stock_sales_and_freshness_lift_a_product() {
        let weights = Weights::default();
        let (old, new) = (weights.freshness(1000), weights.freshness(3));
        let plain = weights.standing(0, true, old);
        assert!(weights.standing(0, false, old) < plain);
        assert!(weights.standing(9, true, old) > plain && weights.standing(0, true, new) > plain);
        assert_eq!(weights.freshness(-5), weights.freshness(0));
    }

    #[test]
    fn the_documentation_names_every_weight_with_its_default() {
        let text = include_str!("../../../../docs/search.md");
        for (name, default) in Weights::TABLE {
            assert!(text.contains(&format!("| `{name}` | {default} |")), "{name}");
        }
    }
}
