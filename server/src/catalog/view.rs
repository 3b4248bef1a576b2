//! From rows to what pages show. Pure functions.

use super::card::CardRow;
use super::row::{CategoryRow, MediaDoc, ProductRow, VariantRow};
use crate::search::source::key_of;
use app::catalog::model::{
    CategoryLink, Media, OptionView, Picture, ProductCard, TagLink, VariantView, View,
};
use app::kernel::{Locale, Localized, Money};
use uuid::Uuid;

/// The path of a blob.
#[must_use]
pub fn media_path(file: &str) -> String {
    format!("/media/{file}")
}

/// A picture in a language.
#[must_use]
pub fn picture(doc: &MediaDoc, locale: Locale) -> Picture {
    Picture {
        src: media_path(&doc.file),
        alt: doc.alt.get(locale).to_owned(),
        width: doc.width,
        height: doc.height,
    }
}

/// A picture or video in a language.
#[must_use]
pub fn media(doc: &MediaDoc, locale: Locale) -> Media {
    Media { picture: picture(doc, locale), is_video: doc.is_video }
}

/// A link to a category, without its children.
#[must_use]
pub fn link(row: &CategoryRow, locale: Locale) -> CategoryLink {
    CategoryLink { slug: row.slug.clone(), name: row.name.get(locale).to_owned(), children: Vec::new() }
}

/// The categories below `parent` with theirs, two levels deep.
#[must_use]
pub fn tree(rows: &[CategoryRow], parent: Option<Uuid>, locale: Locale) -> Vec<CategoryLink> {
    let children = rows.iter().filter(|row| row.parent_id == parent);
    children
        .map(|row| {
            let below = rows.iter().filter(|child| child.parent_id == Some(row.id));
            CategoryLink { children: below.map(|child| link(child, locale)).collect(), ..link(row, locale) }
        })
        .collect()
}

/// Cards of products, without those that are not sold in the currency.
#[must_use]
pub fn cards(rows: &[CardRow], view: View) -> Vec<ProductCard> {
    rows.iter().filter_map(|row| card(row, view)).collect()
}

/// A product's card. `None` when nothing of it is sold in the currency.
#[must_use]
pub fn card(row: &CardRow, view: View) -> Option<ProductCard> {
    let sum = row.sum()?;
    let content = &row.content;
    let mut pictures = content.media.iter().filter(|doc| !doc.is_video).map(|doc| picture(doc, view.locale));
    Some(ProductCard {
        slug: row.slug.clone(),
        title: content.title.get(view.locale).to_owned(),
        subtitle: content.subtitle.get(view.locale).to_owned(),
        picture: pictures.next(),
        second: pictures.next(),
        price: Money::new(sum.least_minor, view.currency),
        is_from: sum.most_minor > sum.least_minor,
        compare_at: reduced_from(sum.least_minor, sum.former_minor, view),
        in_stock: sum.is_in_stock,
    })
}

/// The former price, if it really was higher.
fn reduced_from(amount_minor: i64, compare_at_minor: Option<i64>, view: View) -> Option<Money> {
    let former = compare_at_minor.filter(|former| *former > amount_minor)?;
    Some(Money::new(former, view.currency))
}

/// A variant with its options in the order of the product's.
#[must_use]
pub fn variant(row: &VariantRow, product: &ProductRow, view: View) -> VariantView {
    let options = product.content.options.iter();
    let compare_at = reduced_from(row.amount_minor, row.compare_at_minor, view);
    // A reduced variant that has had no other price in that time has its present one as the lowest.
    let lowest = row.lowest_minor.unwrap_or(row.amount_minor);
    VariantView {
        sku: row.sku.clone(),
        options: options
            .filter_map(|option| Some((option.key.clone(), row.options.get(&option.key)?.clone())))
            .collect(),
        price: Money::new(row.amount_minor, view.currency),
        lowest_before: compare_at.map(|_| Money::new(lowest, view.currency)),
        compare_at,
        available: row.available.max(0),
        pictures: row.pictures.iter().map(|file| media_path(file)).collect(),
        barcode: row.barcode.clone(),
    }
}

/// The product's options in a language.
#[must_use]
pub fn options(product: &ProductRow, locale: Locale) -> Vec<OptionView> {
    let options = product.content.options.iter();
    options
        .map(|option| OptionView {
            key: option.key.clone(),
            name: option.name.get(locale).to_owned(),
            values: option
                .values
                .iter()
                .map(|value| (value.key.clone(), value.label.get(locale).to_owned()))
                .collect(),
        })
        .collect()
}

/// A product's tags in a language, each with its key in the search.
#[must_use]
pub fn tags(tags: &[Localized], locale: Locale) -> Vec<TagLink> {
    let link = |tag: &Localized| TagLink { key: key_of(tag), label: tag.get(locale).to_owned() };
    tags.iter().map(link).filter(|link| !link.key.is_empty()).collect()
}

/// The labels of chosen options, for carts and orders: "Celadon · Large".
#[must_use]
pub fn options_text(
    product: &super::row::ProductDoc,
    chosen: &std::collections::BTreeMap<String, String>,
    locale: Locale,
) -> String {
    let labels = product.options.iter().filter_map(|option| {
        let value = chosen.get(&option.key)?;
        option.values.iter().find(|known| known.key == *value).map(|known| known.label.get(locale).to_owned())
    });
    labels.collect::<Vec<_>>().join(" · ")
}

/// The picture of a variant: its own first one, else the product's.
#[must_use]
pub fn variant_picture(
    product: &super::row::ProductDoc,
    pictures: &[String],
    locale: Locale,
) -> Option<Picture> {
    let own = pictures.first().and_then(|file| product.media.iter().find(|doc| doc.file == *file));
    own.or_else(|| product.media.iter().find(|doc| !doc.is_video)).map(|doc| picture(doc, locale))
}
