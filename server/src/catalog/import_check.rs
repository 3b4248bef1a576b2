//! What a catalogue's file may hold: every wrong place is named by its path, and nothing is written before all are right.

use super::import_file::{CatalogFile, CategoryEntry, ProductEntry, VariantEntry, launch_date, publication};
use anyhow::bail;
use app::kernel::{Currency, Sku, Slug};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What is wrong, and where: a path such as `products[3].variants[0].sku`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Where in the file.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for RowError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.path, self.message)
    }
}

/// Errors listed in one report.
const LISTED: usize = 100;

/// Collects errors while it walks the file.
struct Checker<'a> {
    errors: Vec<RowError>,
    slugs: HashSet<&'a str>,
    skus: HashSet<&'a str>,
    barcodes: HashSet<&'a str>,
    parents: BTreeMap<&'a str, Option<&'a str>>,
}

/// Checks the whole file; no error means that the database can take it.
#[must_use]
pub fn check(file: &CatalogFile) -> Vec<RowError> {
    let parents =
        file.categories.iter().map(|entry| (entry.slug.as_str(), entry.parent.as_deref())).collect();
    let mut checker = Checker {
        errors: Vec::new(),
        slugs: HashSet::new(),
        skus: HashSet::new(),
        barcodes: HashSet::new(),
        parents,
    };
    checker.header(file);
    for (index, entry) in file.categories.iter().enumerate() {
        checker.category(&format!("categories[{index}]"), entry);
    }
    checker.slugs.clear();
    for (index, entry) in file.products.iter().enumerate() {
        checker.product(&format!("products[{index}]"), entry);
    }
    checker.errors.extend(super::shelves::check::check(file));
    checker.errors
}

/// All of them in one error, as far as anybody reads.
pub(super) fn refuse_if_any(errors: Vec<RowError>) -> anyhow::Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    let mut lines: Vec<String> = errors.iter().take(LISTED).map(|error| format!("  {error}")).collect();
    if errors.len() > LISTED {
        lines.push(format!("  … and {} more", errors.len() - LISTED));
    }
    bail!("nothing was imported: {} wrong rows\n{}", errors.len(), lines.join("\n"))
}

impl<'a> Checker<'a> {
    fn refuse(&mut self, path: &str, field: &str, message: impl Into<String>) {
        self.errors.push(RowError { path: format!("{path}.{field}"), message: message.into() });
    }

    fn header(&mut self, file: &CatalogFile) {
        if file.version != 1 {
            self.refuse("$", "version", "this importer reads version 1");
        }
        for (code, exponent) in &file.minor_units {
            match Currency::from_code(code) {
                None => self.refuse("$.minor_units", code, "this currency is not known"),
                Some(currency) if currency.exponent() != *exponent => {
                    self.refuse(
                        "$.minor_units",
                        code,
                        format!("{code} has {} decimal places", currency.exponent()),
                    );
                }
                Some(_) => {}
            }
        }
    }

    fn category(&mut self, path: &str, entry: &'a CategoryEntry) {
        self.slug(path, &entry.slug);
        if entry.name.is_empty() {
            self.refuse(path, "name", "a name is needed");
        }
        let Some(parent) = entry.parent.as_deref() else { return };
        match self.parents.get(parent) {
            None => self.refuse(path, "parent", format!("there is no category {parent}")),
            Some(Some(_)) => self.refuse(path, "parent", "categories are two levels deep"),
            Some(None) if parent == entry.slug => {
                self.refuse(path, "parent", "a category cannot be its own parent")
            }
            Some(None) => {}
        }
    }

    fn slug(&mut self, path: &str, slug: &'a str) {
        if Slug::parse(slug).is_none() {
            self.refuse(path, "slug", "only small letters, digits and hyphens");
        } else if !self.slugs.insert(slug) {
            self.refuse(path, "slug", "used twice");
        }
    }

    fn product(&mut self, path: &str, entry: &'a ProductEntry) {
        self.slug(path, &entry.slug);
        if !self.parents.contains_key(entry.category.as_str()) {
            self.refuse(path, "category", format!("there is no category {}", entry.category));
        }
        if entry.title.is_empty() {
            self.refuse(path, "title", "a title is needed");
        }
        if !matches!(entry.tax_class.as_str(), "standard" | "reduced") {
            self.refuse(path, "tax_class", "must be standard or reduced");
        }
        if entry.shelf_life_days.is_some_and(|days| days <= 0) {
            self.refuse(path, "shelf_life_days", "must be positive");
        }
        if launch_date(&entry.launch_date).is_none() {
            self.refuse(path, "launch_date", "must be a date such as 2026-03-18");
        }
        if publication(entry.publish_at.as_deref()).is_none() {
            self.refuse(
                path,
                "publish_at",
                "must be never, now or a moment such as 2026-12-01T08:00:00+08:00",
            );
        }
        self.media(path, entry);
        if entry.variants.is_empty() {
            self.refuse(path, "variants", "at least one variant is needed");
        }
        let mut combinations = BTreeSet::new();
        for (index, variant) in entry.variants.iter().enumerate() {
            let path = format!("{path}.variants[{index}]");
            self.variant(&path, entry, variant);
            if !combinations.insert(&variant.options) {
                self.refuse(&path, "options", "this combination exists already");
            }
        }
    }

    fn media(&mut self, path: &str, entry: &ProductEntry) {
        for (index, media) in entry.media.iter().enumerate() {
            let path = format!("{path}.media[{index}]");
            if !matches!(media.kind.as_str(), "image" | "video") {
                self.refuse(&path, "kind", "must be image or video");
            }
            if media.width == 0 || media.height == 0 {
                self.refuse(&path, "width", "width and height must be positive");
            }
        }
    }

    fn variant(&mut self, path: &str, product: &ProductEntry, variant: &'a VariantEntry) {
        if Sku::parse(&variant.sku).is_none_or(|sku| sku.as_str() != variant.sku) {
            self.refuse(path, "sku", "only letters, digits, hyphens, dots and underscores");
        } else if !self.skus.insert(&variant.sku) {
            self.refuse(path, "sku", "used twice");
        }
        self.options(path, product, variant);
        self.amounts(path, variant);
        if let Some(barcode) = variant.barcode.as_deref() {
            if !is_ean13(barcode) {
                self.refuse(path, "barcode", "not a valid EAN-13");
            } else if !self.barcodes.insert(barcode) {
                self.refuse(path, "barcode", "used twice");
            }
        }
        if !(0..=10_000_000).contains(&variant.stock) {
            self.refuse(path, "stock", "must be between 0 and 10 000 000");
        }
        let box_mm = &variant.dimensions_mm;
        if [variant.weight_g, box_mm.length, box_mm.width, box_mm.height].iter().any(|size| *size < 0) {
            self.refuse(path, "dimensions_mm", "weights and sizes cannot be negative");
        }
        for (index, image) in variant.images.iter().enumerate() {
            if !product.media.iter().any(|media| media.file == *image) {
                self.refuse(path, &format!("images[{index}]"), "not among the product's media");
            }
        }
    }

    fn options(&mut self, path: &str, product: &ProductEntry, variant: &VariantEntry) {
        for option in &product.options {
            match variant.options.get(&option.key) {
                None => self.refuse(path, "options", format!("a value for {} is needed", option.key)),
                Some(value) if !option.values.iter().any(|known| known.key == *value) => {
                    self.refuse(path, "options", format!("{} has no value {value}", option.key));
                }
                Some(_) => {}
            }
        }
        if variant.options.len() > product.options.len() {
            self.refuse(path, "options", "names an option that the product does not have");
        }
    }

    fn amounts(&mut self, path: &str, variant: &VariantEntry) {
        if variant.price.is_empty() {
            self.refuse(path, "price", "a price is needed");
        }
        for (field, amounts) in
            [("price", &variant.price), ("cost", &variant.cost), ("compare_at", &variant.compare_at)]
        {
            for (code, minor) in amounts {
                if Currency::from_code(code).is_none() {
                    self.refuse(path, field, format!("the currency {code} is not known"));
                } else if !(0..=100_000_000_000).contains(minor) {
                    self.refuse(path, field, "must be between 0 and 100 000 000 000 minor units");
                }
            }
        }
    }
}

/// Thirteen digits whose last one is the check digit (GS1).
fn is_ean13(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let weighted =
        digits.iter().enumerate().map(|(index, digit)| if index % 2 == 0 { *digit } else { digit * 3 });
    text.len() == 13 && digits.len() == 13 && weighted.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demo() -> serde_json::Value {
        serde_json::from_str(include_str!("../../../demo/catalog.json")).unwrap()
    }

    fn errors(value: serde_json::Value) -> Vec<String> {
        let file: CatalogFile = serde_json::from_value(value).unwrap();
        check(&file).iter().map(|error| error.path.clone()).collect()
    }

    #[test]
    fn the_demo_catalogue_has_no_error() {
        assert_eq!(errors(demo()), Vec::<String>::new());
    }

    #[test]
    fn every_bad_row_is_listed_by_its_path() {
        let mut file = demo();
        file["products"][0]["slug"] = "Not A Slug".into();
        file["products"][1]["category"] = "nowhere".into();
        file["products"][2]["variants"][0]["barcode"] = "2000092372114".into();
        file["products"][3]["variants"][0]["price"]["CNY"] = (-1).into();
        file["products"][4]["variants"][0]["sku"] = file["products"][0]["variants"][0]["sku"].clone();
        assert_eq!(
            errors(file),
            [
                "products[0].slug",
                "products[1].category",
                "products[2].variants[0].barcode",
                "products[3].variants[0].price",
                "products[4].variants[0].sku"
            ]
        );
    }

    #[test]
    fn check_digits_are_checked() {
        assert!(is_ean13("2000092372113"));
        assert!(!is_ean13("2000092372114") && !is_ean13("12345") && !is_ean13("20000923721１3"));
    }
}
