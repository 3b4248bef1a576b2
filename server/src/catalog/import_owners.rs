//! Who owns the articles of a file: products that are known under another key, and articles of other products. Looked up
//! before anything is written, so that a large catalogue can be written in steps without stopping half way.

use super::import_check::RowError;
use super::import_file::ProductEntry;
use super::storefront::row::SkuRow;
use crate::db::Database;
use crate::on;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Products whose articles are looked up with one question.
const LOOKED_UP: usize = 100;

/// A product that gets another key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renamed {
    pub(super) product_id: Uuid,
    pub(super) from: String,
    pub(super) to: String,
}

/// What the shop says about the articles of a file.
#[derive(Debug, Default)]
pub(super) struct Owners {
    /// Their old addresses must lead to them.
    pub(super) renamed: Vec<Renamed>,
    /// Articles that belong to other products.
    pub(super) errors: Vec<RowError>,
}

/// Looks up every article of the file.
pub(super) async fn look_up(database: &Database, entries: &[ProductEntry]) -> anyhow::Result<Owners> {
    let named: BTreeSet<&str> = entries.iter().map(|entry| entry.slug.as_str()).collect();
    let mut conn = database.read_latest().await?;
    let (mut owners, mut first) = (Owners::default(), 0);
    for part in entries.chunks(LOOKED_UP) {
        let skus: Vec<&str> =
            part.iter().flat_map(|entry| &entry.variants).map(|variant| variant.sku.as_str()).collect();
        let rows = on!(conn, storefront::list_owners(&skus))?;
        let by_sku: HashMap<&str, &SkuRow> = rows.iter().map(|row| (row.sku.as_str(), row)).collect();
        for (index, entry) in (first..).zip(part) {
            owners.take(index, entry, &named, &by_sku);
        }
        first += part.len();
    }
    Ok(owners)
}

impl Owners {
    /// A product whose key is new but whose articles are all of one that the file does not name has another key now.
    fn take(
        &mut self,
        index: usize,
        entry: &ProductEntry,
        named: &BTreeSet<&str>,
        by_sku: &HashMap<&str, &SkuRow>,
    ) {
        let known: Vec<(usize, &SkuRow)> = entry
            .variants
            .iter()
            .enumerate()
            .filter_map(|(position, variant)| Some((position, *by_sku.get(variant.sku.as_str())?)))
            .collect();
        let Some((_, first)) = known.first() else { return };
        let is_one = known.iter().all(|(_, row)| row.product_id == first.product_id);
        // Asked last: going through them is only needed for products with a new key.
        let is_taken = || self.renamed.iter().any(|renamed| renamed.product_id == first.product_id);
        if is_one && !named.contains(first.slug.as_str()) && !is_taken() {
            let (product_id, from) = (first.product_id, first.slug.clone());
            self.renamed.push(Renamed { product_id, from, to: entry.slug.clone() });
            return;
        }
        for (position, row) in known.into_iter().filter(|(_, row)| row.slug != entry.slug) {
            let path = format!("products[{index}].variants[{position}].sku");
            let message = format!("{} belongs to the product {}", row.sku, row.slug);
            self.errors.push(RowError { path, message });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn entry(slug: &str, skus: &[&str]) -> ProductEntry {
        let file: Value = serde_json::from_str(include_str!("../../../demo/catalog.json")).unwrap();
        let mut entry = file["products"][0].clone();
        let variant = entry["variants"][0].clone();
        entry["slug"] = slug.into();
        entry["variants"] = skus.iter().map(|sku| with(&variant, sku)).collect();
        serde_json::from_value(entry).unwrap()
    }

    fn with(variant: &Value, sku: &str) -> Value {
        let mut variant = variant.clone();
        variant["sku"] = sku.into();
        variant
    }

    fn owners(entries: &[ProductEntry], known: &[(&str, u128, &str)]) -> Owners {
        let rows: Vec<SkuRow> = known
            .iter()
            .map(|(sku, product, slug)| SkuRow {
                sku: (*sku).to_owned(),
                product_id: Uuid::from_u128(*product),
                slug: (*slug).to_owned(),
            })
            .collect();
        let by_sku = rows.iter().map(|row| (row.sku.as_str(), row)).collect();
        let named = entries.iter().map(|entry| entry.slug.as_str()).collect();
        let mut owners = Owners::default();
        for (index, entry) in entries.iter().enumerate() {
            owners.take(index, entry, &named, &by_sku);
        }
        owners
    }

    fn paths(owners: &Owners) -> Vec<&str> {
        owners.errors.iter().map(|error| error.path.as_str()).collect()
    }

    #[test]
    fn a_product_whose_articles_are_known_under_a_key_that_is_gone_is_renamed() {
        let owners = owners(&[entry("new", &["A", "B"])], &[("A", 1, "old"), ("B", 1, "old")]);
        let renamed = Renamed { product_id: Uuid::from_u128(1), from: "old".into(), to: "new".into() };
        assert_eq!((owners.renamed, owners.errors), (vec![renamed], vec![]));
    }

    #[test]
    fn an_article_of_a_product_that_the_file_names_too_is_refused_with_its_place() {
        let owners =
            owners(&[entry("new", &["A"]), entry("old", &["B"])], &[("A", 1, "old"), ("B", 1, "old")]);
        assert!(owners.renamed.is_empty());
        assert_eq!(paths(&owners), ["products[0].variants[0].sku"]);
        assert!(owners.errors[0].message.contains("A belongs to the product old"));
    }

    #[test]
    fn a_product_goes_on_as_one_only() {
        let known = [("A", 1, "old"), ("B", 1, "old")];
        let owners = owners(&[entry("one", &["A"]), entry("two", &["C", "B"])], &known);
        assert_eq!(owners.renamed.len(), 1);
        assert_eq!(paths(&owners), ["products[1].variants[1].sku"]);
    }

    #[test]
    fn articles_of_two_products_do_not_become_one() {
        let owners = owners(&[entry("both", &["A", "B"])], &[("A", 1, "one"), ("B", 2, "two")]);
        assert_eq!(paths(&owners), ["products[0].variants[0].sku", "products[0].variants[1].sku"]);
    }
}
