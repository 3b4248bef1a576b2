//! What search engines read of the catalogue (schema.org) on more than one kind of page.

use super::model::CategoryLink;
use crate::i18n::common;
use crate::kernel::Locale;
use crate::routes::href;
use serde_json::{Value, json};

/// The way from the top to a page as data of its own.
#[must_use]
pub fn breadcrumbs(base: &str, locale: Locale, crumbs: &[CategoryLink], here: (&str, String)) -> Value {
    json!({"@context": "https://schema.org", "@graph": [breadcrumb_list(base, locale, crumbs, here)]})
}

/// The way from the top to a page, the same that its [`super::view::Crumbs`] show: home, categories, then the page by
/// its name and path.
#[must_use]
pub fn breadcrumb_list(base: &str, locale: Locale, crumbs: &[CategoryLink], here: (&str, String)) -> Value {
    let home = (common::home(locale), href::home(locale));
    let categories = crumbs.iter().map(|crumb| (crumb.name.as_str(), href::category(locale, &crumb.slug)));
    let way = std::iter::once(home).chain(categories).chain([here]);
    let item = |(index, (name, path)): (usize, (&str, String))| json!({"@type": "ListItem", "position": index + 1, "name": name, "item": format!("{base}{path}")});
    let items: Vec<Value> = way.enumerate().map(item).collect();
    json!({"@type": "BreadcrumbList", "itemListElement": items})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_page_begins_at_home_and_ends_at_the_page() {
        let tea = CategoryLink { slug: "tea".into(), name: "茶".into(), children: vec![] };
        let way =
            breadcrumb_list("https://shop.example", Locale::Zh, &[tea], ("茶器", "/zh/c/teaware".into()));
        let items = way["itemListElement"].as_array().unwrap();
        let read = |field: &str| items.iter().map(|item| item[field].clone()).collect::<Vec<_>>();
        assert_eq!(read("name"), ["首页", "茶", "茶器"]);
        let addresses = ["zh", "zh/c/tea", "zh/c/teaware"].map(|path| format!("https://shop.example/{path}"));
        assert_eq!(read("item"), addresses);
        assert_eq!(read("position"), [1, 2, 3]);
    }
}
