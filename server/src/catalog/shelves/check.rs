//! What a file's collections and former keys may say.

use super::row::RuleDoc;
use crate::catalog::import_check::RowError;
use crate::catalog::import_file::CatalogFile;
use app::kernel::{Currency, Slug};
use std::collections::{BTreeSet, HashSet};

/// A key with those that it had before, and where it stands.
struct Keys<'a> {
    path: String,
    slug: &'a str,
    formerly: &'a [String],
}

/// Everything that is wrong with the collections, and with the former keys of categories and collections.
#[must_use]
pub fn check(file: &CatalogFile) -> Vec<RowError> {
    let categories = file.categories.iter().enumerate().map(|(index, entry)| Keys {
        path: format!("categories[{index}]"),
        slug: &entry.slug,
        formerly: &entry.formerly,
    });
    let categories: Vec<_> = categories.collect();
    let collections = file.collections.iter().flatten().enumerate().map(|(index, entry)| Keys {
        path: format!("collections[{index}]"),
        slug: &entry.slug,
        formerly: &entry.formerly,
    });
    let collections: Vec<_> = collections.collect();
    let mut errors = former_keys(&categories);
    errors.extend(former_keys(&collections));
    errors.extend(present_keys(&collections));
    let known = Known::of(file);
    for (index, entry) in file.collections.iter().flatten().enumerate() {
        let path = format!("collections[{index}]");
        if entry.name.is_empty() {
            errors.push(error(&path, "name", "a name is needed"));
        }
        known.rule(&format!("{path}.rule"), &entry.rule, &mut errors);
    }
    errors
}

fn error(path: &str, field: &str, message: impl Into<String>) -> RowError {
    RowError { path: format!("{path}.{field}"), message: message.into() }
}

/// Keys of collections; those of categories are checked with the categories.
fn present_keys(entries: &[Keys<'_>]) -> Vec<RowError> {
    let mut seen = HashSet::new();
    let wrong = |entry: &Keys<'_>| {
        let message = match Slug::parse(entry.slug) {
            None => "only small letters, digits and hyphens",
            Some(_) if !seen.insert(entry.slug.to_owned()) => "used twice",
            Some(_) => return None,
        };
        Some(error(&entry.path, "slug", message))
    };
    entries.iter().filter_map(wrong).collect()
}

/// A former key leads to one present one, and is none itself.
fn former_keys(entries: &[Keys<'_>]) -> Vec<RowError> {
    let present: HashSet<&str> = entries.iter().map(|entry| entry.slug).collect();
    let (mut seen, mut errors) = (HashSet::new(), Vec::new());
    for entry in entries {
        for (index, old) in entry.formerly.iter().enumerate() {
            let message = match Slug::parse(old) {
                None => "only small letters, digits and hyphens",
                Some(_) if present.contains(old.as_str()) => "this key is in use",
                Some(_) if !seen.insert(old.as_str()) => "used twice",
                Some(_) => continue,
            };
            errors.push(error(&entry.path, &format!("formerly[{index}]"), message));
        }
    }
    errors
}

/// What a rule can name.
struct Known<'a> {
    categories: BTreeSet<&'a str>,
    tags: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(file: &'a CatalogFile) -> Self {
        let tags = file.products.iter().flat_map(|product| &product.tags);
        Self {
            categories: file.categories.iter().map(|entry| entry.slug.as_str()).collect(),
            tags: tags.flat_map(|tag| [tag.zh.as_str(), tag.en.as_str()]).collect(),
        }
    }

    fn rule(&self, path: &str, rule: &RuleDoc, errors: &mut Vec<RowError>) {
        if *rule == RuleDoc::default() {
            errors.push(RowError { path: path.to_owned(), message: "a condition is needed".to_owned() });
        }
        for (index, slug) in rule.categories.iter().enumerate() {
            if !self.categories.contains(slug.as_str()) {
                let field = format!("categories[{index}]");
                errors.push(error(path, &field, format!("there is no category {slug}")));
            }
        }
        for (index, tag) in rule.tags.iter().enumerate() {
            if tag.is_empty() || !self.tags.contains(tag.as_str()) {
                let field = format!("tags[{index}]");
                errors.push(error(path, &field, format!("no product has the tag {tag}")));
            }
        }
        if rule.launched_within_days == Some(0) {
            errors.push(error(path, "launched_within_days", "must be positive"));
        }
        for (code, minor) in &rule.price_up_to {
            if Currency::from_code(code).is_none() {
                errors.push(error(path, "price_up_to", format!("the currency {code} is not known")));
            } else if *minor <= 0 {
                errors.push(error(path, "price_up_to", "must be positive"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn errors(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut file = serde_json::from_str(include_str!("../../../../demo/catalog.json")).unwrap();
        change(&mut file);
        let file: CatalogFile = serde_json::from_value(file).unwrap();
        check(&file).into_iter().map(|error| error.path).collect()
    }

    fn collection(slug: &str, rule: Value) -> Value {
        json!({"slug": slug, "name": {"zh": "茶", "en": "Tea"}, "rule": rule})
    }

    #[test]
    fn a_rule_may_name_categories_of_the_file_and_tags_in_either_language() {
        let rule = json!({"categories": ["tea-kitchen"], "tags": ["茶器", "celadon"], "in_stock": true});
        let found = errors(|file| file["collections"] = json!([collection("tea", rule)]));
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn every_wrong_condition_is_named() {
        let rules = [
            json!({}),
            json!({"categories": ["teaware", "nowhere"]}),
            json!({"tags": ["celadon", "celadn", ""]}),
            json!({"launched_within_days": 0}),
            json!({"price_up_to": {"CNY": 0, "XXX": 5}}),
        ];
        let rules = rules.into_iter().enumerate();
        let list: Vec<Value> = rules.map(|(index, rule)| collection(&format!("c{index}"), rule)).collect();
        assert_eq!(
            errors(|file| file["collections"] = list.into()),
            [
                "collections[0].rule",
                "collections[1].rule.categories[1]",
                "collections[2].rule.tags[1]",
                "collections[2].rule.tags[2]",
                "collections[3].rule.launched_within_days",
                "collections[4].rule.price_up_to",
                "collections[4].rule.price_up_to",
            ]
        );
    }

    #[test]
    fn a_condition_that_nobody_knows_makes_the_file_unreadable() {
        assert!(serde_json::from_value::<RuleDoc>(json!({"colour": "red"})).is_err());
    }

    #[test]
    fn a_former_key_leads_to_one_place_and_is_no_present_one() {
        let found = errors(|file| {
            file["categories"][0]["formerly"] = json!(["tea", "Not A Key", "teaware"]);
            file["categories"][1]["formerly"] = json!(["tea", "teaware"]);
            let mut same = collection("tea", json!({"is_offer": true}));
            same["formerly"] = json!(["tea", "teaware"]);
            file["collections"] = json!([same, collection("Tea", json!({"is_offer": true}))]);
        });
        assert_eq!(
            found,
            [
                "categories[0].formerly[1]",
                "categories[0].formerly[2]",
                "categories[1].formerly[0]",
                "categories[1].formerly[1]",
                "collections[0].formerly[0]",
                "collections[1].slug",
            ]
        );
    }
}
