//! From the catalogue's rows to what the index takes in.

use super::engine::product::{Category, Field, Price, Product, Value, Variant, slot};
use super::row::{CategoryRow, OfferRow, SourceDoc, SourceOption, SourceRow};
use crate::db::Conn;
use crate::on;
use app::kernel::{Currency, Localized};
use std::collections::HashMap;
use uuid::Uuid;

/// Reads the rest of some products and puts everything together.
///
/// # Errors
/// The database's error.
pub async fn complete(
    conn: &mut Conn,
    rows: Vec<SourceRow>,
    categories: &[Category],
    sold: &HashMap<Uuid, i64>,
) -> sqlx::Result<Vec<Product>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut offers: HashMap<Uuid, Vec<OfferRow>> = HashMap::new();
    for offer in on!(conn, search::list_offers(&ids))? {
        offers.entry(offer.product_id).or_default().push(offer);
    }
    let products = rows.into_iter().map(|row| {
        let offers = offers.remove(&row.id).unwrap_or_default();
        let units = sold.get(&row.id).copied().unwrap_or_default();
        product(&row, &offers, categories, units)
    });
    Ok(products.collect())
}

/// A category as the index knows it.
#[must_use]
pub fn category(row: CategoryRow) -> Category {
    Category { id: row.id, slug: row.slug, parent: row.parent_id, name: row.name.0 }
}

/// A product from its row and those of its variants (one per price, in their order).
#[must_use]
pub fn product(row: &SourceRow, offers: &[OfferRow], categories: &[Category], sold: i64) -> Product {
    let doc = &row.content.0;
    let mut codes: Vec<String> =
        offers.iter().flat_map(|offer| [Some(offer.sku.clone()), offer.barcode.clone()]).flatten().collect();
    codes.dedup();
    Product {
        id: row.id,
        texts: texts(doc, row.category_id, categories),
        codes,
        category: row.category_id,
        launch_day: row.launch_date.to_julian_day(),
        published_at: row.published_at,
        updated_at: row.updated_at,
        sold: u32::try_from(sold).unwrap_or_default(),
        values: values(doc),
        variants: variants(doc, offers),
    }
}

/// Every text that a product is found by, in both languages.
fn texts(doc: &SourceDoc, category: Uuid, categories: &[Category]) -> Vec<(Field, String)> {
    let own = categories.iter().find(|known| known.id == category);
    let parent = own.and_then(|own| categories.iter().find(|known| Some(known.id) == own.parent));
    let labels = own.into_iter().map(|category| &category.name).chain(&doc.tags);
    let options = doc.options.iter().flat_map(|option| &option.values).map(|value| &value.label);
    let parts = [(Field::Title, &doc.title), (Field::Brand, &doc.brand), (Field::Subtitle, &doc.subtitle)]
        .into_iter()
        .chain(labels.map(|text| (Field::Label, text)))
        .chain(parent.map(|category| (Field::Shelf, &category.name)))
        .chain(options.map(|text| (Field::Option, text)))
        .chain(doc.specs.iter().map(|spec| (Field::Spec, &spec.value)));
    parts
        .flat_map(|(field, text)| [(field, text.zh.clone()), (field, text.en.clone())])
        .filter(|(_, text)| !text.is_empty())
        .collect()
}

/// Names of the groups that every shop has.
fn brand_and_tag() -> [Localized; 2] {
    let text = |zh: &str, en: &str| Localized { zh: zh.to_owned(), en: en.to_owned() };
    [text("品牌", "Brand"), text("标签", "Tag")]
}

fn values(doc: &SourceDoc) -> Vec<Value> {
    let [brand, tag] = brand_and_tag();
    let brands = std::iter::once(&doc.brand).filter_map(|label| value("brand".to_owned(), &brand, label));
    brands.chain(doc.tags.iter().filter_map(|label| value("tag".to_owned(), &tag, label))).collect()
}

/// A value whose key comes from its label, so that "Celadon" of two products is one value. `None` without a label.
fn value(group: String, name: &Localized, label: &Localized) -> Option<Value> {
    let key = key_of(label);
    (!key.is_empty()).then(|| Value { group, group_name: name.into(), key, label: label.into() })
}

/// The English label in small letters with hyphens, else the Chinese one.
#[must_use]
pub fn key_of(label: &Localized) -> String {
    let text = if label.en.trim().is_empty() { &label.zh } else { &label.en };
    let folded = super::analysis::fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(24).collect()
}

/// One variant from its rows (one per price), in their order.
fn variants(doc: &SourceDoc, offers: &[OfferRow]) -> Vec<Variant> {
    let rows = offers.chunk_by(|one, other| one.id == other.id);
    rows.map(|rows| {
        let mut variant = Variant::default();
        for row in rows {
            let price = Price {
                minor: row.amount_minor,
                is_offer: row.compare_at_minor.is_some_and(|former| former > row.amount_minor),
            };
            let place =
                Currency::from_code(&row.currency).and_then(|known| variant.prices.get_mut(slot(known)));
            if let Some(place) = place {
                *place = Some(price);
            }
            variant.is_available = row.available > 0;
        }
        if let Some(row) = rows.first() {
            let chosen = |option: &&SourceOption| row.options.contains_key(&option.key);
            let options = doc.options.iter().filter(chosen);
            variant.values = options.filter_map(|option| option_value(option, &row.options.0)).collect();
        }
        variant
    })
    .collect()
}

fn option_value(option: &SourceOption, chosen: &std::collections::BTreeMap<String, String>) -> Option<Value> {
    let key = chosen.get(&option.key)?;
    let label = &option.values.iter().find(|value| value.key == *key)?.label;
    let group = key_of(&option.name);
    (!group.is_empty()).then(|| value(format!("o-{group}"), &option.name, label))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(zh: &str, en: &str) -> Localized {
        Localized { zh: zh.into(), en: en.into() }
    }

    #[test]
    fn a_key_comes_from_the_english_label_or_else_the_chinese_one() {
        assert_eq!(key_of(&text("粉青", "Pale Celadon / No. 2")), "pale-celadon-no-2");
        assert_eq!(key_of(&text("粉青 大", "")), "粉青-大");
        assert_eq!(key_of(&text("", " ")), "");
    }

    #[test]
    fn the_rows_of_a_variant_become_one_with_all_its_prices() {
        let id = Uuid::from_u128(1);
        let row = |currency: &str, minor| OfferRow {
            product_id: id,
            id,
            sku: "A".into(),
            barcode: None,
            options: sqlx::types::Json([("style".to_owned(), "red".to_owned())].into()),
            currency: currency.into(),
            amount_minor: minor,
            compare_at_minor: Some(500),
            available: 2,
        };
        let values =
            vec![super::super::row::SourceOptionValue { key: "red".into(), label: text("红", "Red") }];
        let options = vec![SourceOption { key: "style".into(), name: text("颜色", "Colour"), values }];
        let doc = SourceDoc { options, ..SourceDoc::default() };
        let variants = variants(&doc, &[row("CNY", 400), row("USD", 600), row("???", 1)]);
        let [variant] = variants.as_slice() else { panic!("{variants:?}") };
        assert_eq!(variant.prices[0], Some(Price { minor: 400, is_offer: true }));
        assert_eq!(variant.prices[1], Some(Price { minor: 600, is_offer: false }));
        assert!(variant.is_available);
        assert_eq!((variant.values[0].group.as_str(), variant.values[0].key.as_str()), ("o-colour", "red"));
    }

    #[test]
    fn the_category_of_a_product_counts_for_more_than_the_one_above_it() {
        let category = |id, parent: Option<u128>, en: &str| Category {
            id: Uuid::from_u128(id),
            slug: en.to_lowercase(),
            parent: parent.map(Uuid::from_u128),
            name: text("", en),
        };
        let categories = [category(1, None, "Kitchen"), category(2, Some(1), "Teaware")];
        let texts = texts(&SourceDoc::default(), Uuid::from_u128(2), &categories);
        assert_eq!(texts, [(Field::Label, "Teaware".to_owned()), (Field::Shelf, "Kitchen".to_owned())]);
    }
}
