//! The index of the search alone, over a generated catalogue of any size: how long it takes to make, how much memory it
//! takes, and how long texts of every kind take with all facets. Without a database, so that a million products need
//! minutes instead of an hour.
//!
//! ```text
//! cargo xtask generate-catalog --products 1000000
//! cargo run --release -p server --example search_at_size -- FOLDER
//! ```

#![expect(clippy::print_stdout, reason = "its figures are for people")]

use anyhow::{Context as _, Result};
use app::kernel::{Locale, Localized};
use app::search::model::Sort;
use serde::Deserialize;
use serde_json::Value;
use server::search::analysis::synonyms::{self, Synonyms};
use server::search::engine::listing::{Ask, list};
use server::search::engine::matching::Seeker;
use server::search::engine::product::Category;
use server::search::engine::weights::Weights;
use server::search::engine::{Index, IndexBuilder};
use server::search::row::{OfferRow, SourceRow};
use server::search::source;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};
use time::Date;
use uuid::Uuid;

/// What is looked for: language, text, and whether it is still being typed.
const TEXTS: [(Locale, &str, bool); 11] = [
    (Locale::En, "tea", false),
    (Locale::En, "te", true),
    (Locale::En, "lamp", false),
    (Locale::En, "walnut lamp", false),
    (Locale::En, "walnut lamp 77", false),
    (Locale::En, "wallnut", false),
    (Locale::En, "quxquux", false),
    (Locale::Zh, "灯", false),
    (Locale::Zh, "茶壶", false),
    (Locale::Zh, "胡桃木落地灯", false),
    (Locale::Zh, "chahu", false),
];
/// How often each text is looked for.
const TURNS: usize = 200;
/// Products on a page.
const PAGE: usize = 24;

#[derive(Deserialize)]
struct Shelf {
    slug: String,
    parent: Option<String>,
    name: Localized,
}

#[derive(Deserialize)]
struct Article {
    sku: String,
    barcode: Option<String>,
    options: BTreeMap<String, String>,
    price: BTreeMap<String, i64>,
    #[serde(default)]
    compare_at: BTreeMap<String, i64>,
    stock: i64,
}

#[derive(Deserialize)]
struct Entry {
    category: String,
    launch_date: String,
    variants: Vec<Article>,
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("name the folder of a generated catalogue")?;
    let mut lines = BufReader::new(File::open(Path::new(&folder).join("catalog.json"))?).lines();
    let head = lines.next().context("the catalogue is empty")??;
    let categories = categories(&head)?;
    let (mut builder, mut taken) = (Index::builder(categories.clone()), Duration::ZERO);
    let mut last_id = 1_000;
    for line in lines {
        let line = line?;
        if line.starts_with('{') {
            taken += push(&mut builder, &line, &categories, &mut last_id)?;
        }
    }
    let begun = Instant::now();
    let index = builder.finish(Weights::default());
    taken += begun.elapsed();
    let made = format!("made in {} ms, {} kB", taken.as_millis(), index.bytes() / 1024);
    println!("{} products: {made}, the process {}", index.count(), memory());
    println!("\n| text | hits | p50 µs | p99 µs |\n|---|--:|--:|--:|");
    for (locale, text, is_typing) in TEXTS {
        measure(&index, locale, text, is_typing);
    }
    Ok(())
}

/// The head of the file up to the list of products is no JSON by itself: it is closed here.
fn categories(head: &str) -> Result<Vec<Category>> {
    let end = head.find(",\"products\"").context("the first line has no products")?;
    let head: Value = serde_json::from_str(&format!("{}}}", head.get(..end).unwrap_or_default()))?;
    let shelves: Vec<Shelf> = serde_json::from_value(head.get("categories").cloned().unwrap_or_default())?;
    let ids: HashMap<String, Uuid> =
        shelves.iter().zip(1_u128..).map(|(shelf, id)| (shelf.slug.clone(), Uuid::from_u128(id))).collect();
    let category = |shelf: Shelf| Category {
        id: ids.get(&shelf.slug).copied().unwrap_or_default(),
        parent: shelf.parent.and_then(|parent| ids.get(&parent).copied()),
        slug: shelf.slug,
        name: shelf.name,
    };
    Ok(shelves.into_iter().map(category).collect())
}

/// Takes the product of a line in; gives the time that only this took.
fn push(
    builder: &mut IndexBuilder,
    line: &str,
    categories: &[Category],
    last_id: &mut u128,
) -> Result<Duration> {
    let mut values = serde_json::Deserializer::from_str(line).into_iter::<Value>();
    let value = values.next().context("a line without a product")??;
    let entry: Entry = serde_json::from_value(value.clone())?;
    let mut id = || {
        *last_id += 1;
        Uuid::from_u128(*last_id)
    };
    let category =
        categories.iter().find(|known| known.slug == entry.category).context("no such category")?;
    let date = time::macros::format_description!("[year]-[month]-[day]");
    let row = SourceRow {
        id: id(),
        category_id: category.id,
        content: serde_json::from_value(value)?,
        launch_date: Date::parse(&entry.launch_date, date)?,
        published_at: 0,
        updated_at: 0,
    };
    let mut offers = Vec::new();
    for article in entry.variants {
        let variant = id();
        offers.extend(article.price.iter().map(|(currency, minor)| OfferRow {
            product_id: row.id,
            id: variant,
            sku: article.sku.clone(),
            barcode: article.barcode.clone(),
            options: sqlx::types::Json(article.options.clone()),
            currency: currency.clone(),
            amount_minor: *minor,
            compare_at_minor: article.compare_at.get(currency).copied(),
            available: article.stock,
        }));
    }
    let product = source::product(&row, &offers, categories, 0);
    let begun = Instant::now();
    builder.add(&product);
    Ok(begun.elapsed())
}

fn measure(index: &Index, locale: Locale, text: &str, is_typing: bool) {
    let synonyms = Synonyms::parse(synonyms::DEFAULT);
    let (mut times, mut hits) = (Vec::with_capacity(TURNS), 0);
    for _ in 0..TURNS {
        let begun = Instant::now();
        let found = Seeker { index, synonyms: &synonyms, locale, is_typing, now: 1 }.seek(text);
        let ask = Ask {
            text: Some(&found.scores),
            scope: None,
            categories: Vec::new(),
            values: HashMap::new(),
            is_impossible: false,
            price: (None, None),
            in_stock: false,
            on_offer: false,
            slot: 0,
            sort: Sort::default(),
            page: (0, PAGE),
            with_facets: !is_typing,
            now: 1,
            today: 2_461_000,
        };
        hits = list(index, &ask).total;
        times.push(begun.elapsed().as_micros());
    }
    times.sort_unstable();
    let at = |share: usize| times.get(TURNS * share / 100).copied().unwrap_or_default();
    let typed = if is_typing { "…" } else { "" };
    println!("| {text}{typed} | {hits} | {} | {} |", at(50), at(99));
}

/// Memory of this process, as Linux tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.unwrap_or("unknown").trim().to_owned()
}
