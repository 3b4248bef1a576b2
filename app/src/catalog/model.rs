//! What the catalogue's pages show, and the parsed requests for them.

use crate::delivery::arrival::Days;
use crate::id;
use crate::kernel::{Currency, Locale, Money, Page};
use serde::{Deserialize, Serialize};
use time::Date;

id!(/// A product's internal id.
    ProductId);
id!(/// A variant's internal id.
    VariantId);
id!(/// A category's internal id.
    CategoryId);

/// In which language and currency the catalogue is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View {
    /// Language of texts.
    pub locale: Locale,
    /// Currency of prices.
    pub currency: Currency,
}

/// A picture with its text alternative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Path below the site root; changes with the content, so it can be cached for ever.
    pub src: String,
    /// Text alternative in the page's language.
    pub alt: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl Picture {
    /// Widths in pixels in which every picture is kept beside its original, as far as that is wider.
    pub const WIDTHS: [u32; 7] = [160, 320, 480, 640, 960, 1280, 1920];

    /// True when a picture of `own` pixels is kept in `width` too: a little less than the original is not worth it.
    #[must_use]
    pub const fn has_width(own: u32, width: u32) -> bool {
        width.saturating_mul(8) <= own.saturating_mul(7)
    }

    /// The path of the picture in one of [`Self::WIDTHS`], or of the original when that is hardly wider.
    #[must_use]
    pub fn at(&self, width: u32) -> String {
        match self.src.strip_prefix(Self::FOLDER) {
            Some(name) if Self::has_width(self.width, width) => format!("{}{width}/{name}", Self::FOLDER),
            _ => self.src.clone(),
        }
    }

    /// The path of a JPEG for previews elsewhere, where WebP is not understood everywhere.
    #[must_use]
    pub fn shared(&self) -> String {
        self.src
            .strip_prefix(Self::FOLDER)
            .map_or_else(|| self.src.clone(), |name| format!("{}share/{name}", Self::FOLDER))
    }

    /// Where pictures are served.
    const FOLDER: &'static str = "/media/";
}

/// A picture or a video of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// File, size and text alternative (of the video too).
    pub picture: Picture,
    /// True for a video.
    pub is_video: bool,
}

/// A product in a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductCard {
    /// URL key.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One line below the title.
    pub subtitle: String,
    /// First picture.
    pub picture: Option<Picture>,
    /// Second picture.
    pub second: Option<Picture>,
    /// Lowest price of its variants.
    pub price: Money,
    /// True when variants have different prices ("from").
    pub is_from: bool,
    /// Former price of the cheapest variant, if reduced.
    pub compare_at: Option<Money>,
    /// True when at least one variant can be bought.
    pub in_stock: bool,
}

/// A link to a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryLink {
    /// URL key.
    pub slug: String,
    /// Name.
    pub name: String,
    /// Sub-categories (empty below the second level).
    pub children: Vec<CategoryLink>,
}

/// Pages that may have been at another address before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// A product.
    Product,
    /// A category.
    Category,
    /// A collection.
    Collection,
}

/// A tag of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagLink {
    /// Its key among the search's filters.
    pub key: String,
    /// Label.
    pub label: String,
}

/// What the home page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomePage {
    /// Opening picture.
    pub hero: Option<Picture>,
    /// Top-level categories with their banner.
    pub categories: Vec<(CategoryLink, Option<Picture>)>,
    /// Latest products by launch date.
    pub newest: Vec<ProductCard>,
    /// Products with a reduced price.
    pub offers: Vec<ProductCard>,
    /// What was bought most, by orders; empty in a shop that has sold nothing yet.
    pub popular: Vec<ProductCard>,
    /// Collections by rule.
    pub collections: Vec<CollectionLink>,
}

/// A collection: products by a rule instead of by a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionLink {
    /// URL key.
    pub slug: String,
    /// Name.
    pub name: String,
    /// One sentence below it.
    pub summary: String,
}

/// What a collection's page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionPage {
    /// The collection.
    pub collection: CollectionLink,
    /// The other ones.
    pub others: Vec<CollectionLink>,
    /// What its rule picks.
    pub products: Page<ProductCard>,
}

/// An article in the product feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// Stock keeping unit.
    pub sku: String,
    /// URL key of the product.
    pub slug: String,
    /// Title of the product.
    pub title: String,
    /// The variant's option labels: "Celadon · Large".
    pub options_text: String,
    /// `(option key, value key)` for the address.
    pub options: Vec<(String, String)>,
    /// Description.
    pub description: String,
    /// Brand.
    pub brand: String,
    /// Category.
    pub category: String,
    /// Paths of pictures, the variant's own first.
    pub pictures: Vec<String>,
    /// Path of its first picture as JPEG.
    pub share: Option<String>,
    /// EAN-13.
    pub barcode: Option<String>,
    /// Grams.
    pub weight_g: i64,
    /// Price.
    pub price: Money,
    /// Former price, if reduced.
    pub compare_at: Option<Money>,
    /// Units that can be bought now.
    pub available: i64,
}

/// Products on a page of a collection.
pub const COLLECTION_PAGE: u32 = 24;

/// What a category page shows beside its products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryPage {
    /// The category with its children.
    pub category: CategoryLink,
    /// The parent, if it is a sub-category.
    pub parent: Option<CategoryLink>,
    /// Wide picture.
    pub banner: Option<Picture>,
}

/// An option of a product with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionView {
    /// Key in the page's query, for example `style`.
    pub key: String,
    /// Name.
    pub name: String,
    /// `(value key, label)`.
    pub values: Vec<(String, String)>,
}

/// A variant on the product page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantView {
    /// Stock keeping unit.
    pub sku: String,
    /// `(option key, value key)` in the order of the product's options.
    pub options: Vec<(String, String)>,
    /// Price.
    pub price: Money,
    /// Former price, if reduced.
    pub compare_at: Option<Money>,
    /// Units that can be bought now.
    pub available: i64,
    /// This variant's pictures (sources of [`ProductPage::media`]), first one to show.
    pub pictures: Vec<String>,
    /// EAN-13, if it has one.
    pub barcode: Option<String>,
    /// The lowest price of the 30 days before the present one; known for reduced variants.
    pub lowest_before: Option<Money>,
}

/// What the product page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPage {
    /// URL key.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One line below the title.
    pub subtitle: String,
    /// Paragraphs.
    pub description: Vec<String>,
    /// Brand.
    pub brand: String,
    /// Categories from the top.
    pub crumbs: Vec<CategoryLink>,
    /// `(name, value)`.
    pub specs: Vec<(String, String)>,
    /// Options, the picture-changing one first.
    pub options: Vec<OptionView>,
    /// Every variant that is sold in this currency.
    pub variants: Vec<VariantView>,
    /// Pictures and videos.
    pub media: Vec<Media>,
    /// Care guide.
    pub care: String,
    /// `(question, answer)`.
    pub faq: Vec<(String, String)>,
    /// Tags.
    pub tags: Vec<TagLink>,
    /// Country of origin.
    pub origin: String,
    /// Days a fresh unit keeps, for food.
    pub shelf_life_days: Option<u32>,
    /// Other products of the same category that can be bought.
    pub similar: Vec<ProductCard>,
    /// Products of other categories that go with it and can be bought.
    pub matches: Vec<ProductCard>,
    /// How long the usual way of delivery takes; `None` where nothing is delivered for this currency.
    pub delivery: Option<Days>,
}

impl ProductPage {
    /// The variant that a page's query asks for: every named option fits; unnamed ones take what can be bought first.
    /// `None` only for a product without variants.
    #[must_use]
    pub fn chosen(&self, asked: impl Fn(&str) -> Option<String>) -> Option<&VariantView> {
        let fits = |variant: &&VariantView| {
            variant.options.iter().all(|(key, value)| asked(key).is_none_or(|wanted| wanted == *value))
        };
        let fitting: Vec<&VariantView> = self.variants.iter().filter(fits).collect();
        let pool = if fitting.is_empty() { self.variants.iter().collect() } else { fitting };
        pool.iter().find(|variant| variant.available > 0).or(pool.first()).copied()
    }
}

/// A page for the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Path without the language, for example `/p/celadon-teapot`.
    pub path: String,
    /// Day of the last change.
    pub changed: Date,
    /// Paths of its pictures.
    pub pictures: Vec<String>,
}

/// Which part of the sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SitemapPart {
    /// Everything but products.
    Fixed,
    /// Some hundred products behind this key.
    Products {
        /// The last key of the part before; empty for the first one.
        after: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SKU, options, units that can be bought.
    type Sample<'a> = (&'a str, &'a [(&'a str, &'a str)], i64);

    fn product(variants: &[Sample<'_>]) -> ProductPage {
        let price = Money::new(100, Currency::Cny);
        let variants = variants
            .iter()
            .map(|(sku, options, available)| VariantView {
                sku: (*sku).into(),
                options: options.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
                price,
                compare_at: None,
                available: *available,
                pictures: vec![],
                barcode: None,
                lowest_before: None,
            })
            .collect();
        ProductPage {
            slug: "x".into(),
            title: String::new(),
            subtitle: String::new(),
            description: vec![],
            brand: String::new(),
            crumbs: vec![],
            specs: vec![],
            options: vec![],
            variants,
            media: vec![],
            care: String::new(),
            faq: vec![],
            tags: vec![],
            origin: String::new(),
            shelf_life_days: None,
            similar: vec![],
            matches: vec![],
            delivery: None,
        }
    }

    #[test]
    fn without_a_choice_the_first_variant_that_can_be_bought_is_shown() {
        let page = product(&[("A", &[("style", "red")], 0), ("B", &[("style", "blue")], 3)]);
        assert_eq!(page.chosen(|_| None).map(|v| v.sku.as_str()), Some("B"));
    }

    #[test]
    fn a_chosen_sold_out_variant_is_shown_all_the_same() {
        let page = product(&[("A", &[("style", "red")], 0), ("B", &[("style", "blue")], 3)]);
        assert_eq!(page.chosen(|_| Some("red".into())).map(|v| v.sku.as_str()), Some("A"));
    }

    #[test]
    fn an_impossible_choice_falls_back() {
        let page = product(&[("A", &[("style", "red")], 1)]);
        assert_eq!(page.chosen(|_| Some("<script>".into())).map(|v| v.sku.as_str()), Some("A"));
    }
}
