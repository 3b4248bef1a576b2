//! The shop's products as rows.

use super::{COLUMNS, Extra, formula, money};
use crate::catalog::storefront::row::ExportRow;
use crate::catalog::view::media_path;
use crate::db::Database;
use crate::on;
use app::kernel::Locale;
use std::collections::BTreeMap;

/// Products read at a time.
const READ: i64 = 200;

/// Writes every product; gives how many.
///
/// # Errors
/// The database's error, or that of the place written to.
pub async fn export(database: &Database, base_url: &str, into: impl std::io::Write) -> anyhow::Result<usize> {
    let mut sheet = csv::Writer::from_writer(into);
    sheet.write_record(COLUMNS)?;
    let mut conn = database.read_latest().await?;
    let (mut after, mut written) = (String::new(), 0);
    loop {
        let rows = on!(conn, storefront::list_export(&after, READ))?;
        let Some(last) = rows.last() else { break };
        after.clone_from(&last.slug);
        for product in rows.chunk_by(|one, other| one.slug == other.slug) {
            write_product(&mut sheet, base_url, product)?;
            written += 1;
        }
    }
    sheet.flush()?;
    Ok(written)
}

/// A row per variant or picture, whichever are more; the first one holds what belongs to the product.
fn write_product(
    sheet: &mut csv::Writer<impl std::io::Write>,
    base_url: &str,
    variants: &[ExportRow],
) -> anyhow::Result<()> {
    let Some(first) = variants.first() else { return Ok(()) };
    let pictures: Vec<_> = first.content.media.iter().filter(|media| !media.is_video).collect();
    for index in 0..variants.len().max(pictures.len()) {
        let mut cells = Cells::from([("Handle", first.slug.clone())]);
        if index == 0 {
            add_product(&mut cells, first, variants)?;
        }
        if let Some(variant) = variants.get(index) {
            add_variant(&mut cells, base_url, variant);
        }
        if let Some(picture) = pictures.get(index) {
            cells.insert("Image Src", format!("{base_url}{}", media_path(&picture.file)));
            cells.insert("Image Position", (index + 1).to_string());
            cells.insert("Image Alt Text", picture.alt.get(Locale::En).to_owned());
        }
        // Every column: nobody has to remember which of them hold what somebody has typed.
        let cell = |column| formula::guard(cells.remove(column).unwrap_or_default());
        sheet.write_record(COLUMNS.map(cell))?;
    }
    Ok(())
}

type Cells = BTreeMap<&'static str, String>;

fn add_product(cells: &mut Cells, row: &ExportRow, variants: &[ExportRow]) -> anyhow::Result<()> {
    let doc = &row.content;
    let en = |text: &app::kernel::Localized| text.get(Locale::En).to_owned();
    let tags: Vec<String> = doc.tags.iter().map(en).collect();
    let extra = Extra {
        content: doc.0.clone(),
        tax_class: row.tax_class.clone(),
        shelf_life_days: row.shelf_life_days,
        launch_date: row.launch_date.to_string(),
        pictures: variants.iter().map(|row| (row.sku.clone(), row.pictures.0.clone())).collect(),
    };
    cells.extend([
        ("Title", en(&doc.title)),
        ("Body (HTML)", html(&en(&doc.description))),
        ("Vendor", en(&doc.brand)),
        ("Type", row.category.clone()),
        ("Tags", tags.join(", ")),
        ("Published", row.published_at.is_some().to_string().to_uppercase()),
        ("Status", if row.published_at.is_some() { "active" } else { "draft" }.to_owned()),
        (super::DOCUMENT, serde_json::to_string(&extra)?),
    ]);
    const NAMES: [&str; 3] = ["Option1 Name", "Option2 Name", "Option3 Name"];
    cells.extend(NAMES.into_iter().zip(doc.options.iter().map(|option| en(&option.name))));
    Ok(())
}

fn add_variant(cells: &mut Cells, base_url: &str, row: &ExportRow) {
    const VALUES: [&str; 3] = ["Option1 Value", "Option2 Value", "Option3 Value"];
    let label = |option: &crate::catalog::row::OptionDoc| {
        let key = row.options.get(&option.key)?;
        let value = option.values.iter().find(|value| value.key == *key)?;
        Some(value.label.get(Locale::En).to_owned())
    };
    cells.extend(VALUES.into_iter().zip(row.content.options.iter().filter_map(label)));
    let keys: Vec<String> = row.options.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let price = |minor: Option<i64>| minor.map(money::format).unwrap_or_default();
    let picture = row.pictures.first().map(|file| format!("{base_url}{}", media_path(file)));
    cells.extend([
        ("Variant SKU", row.sku.clone()),
        ("Variant Grams", row.weight_g.to_string()),
        ("Variant Inventory Qty", row.available.max(0).to_string()),
        ("Variant Price", price(row.usd_price)),
        ("Variant Compare At Price", price(row.usd_former)),
        ("Cost per item", price(row.usd_cost)),
        ("Variant Price CNY", price(row.cny_price)),
        ("Variant Compare At Price CNY", price(row.cny_former)),
        ("Cost per item CNY", price(row.cny_cost)),
        ("Variant Barcode", row.barcode.clone().unwrap_or_default()),
        ("Variant Image", picture.unwrap_or_default()),
        ("Variant Option Keys", keys.join("&")),
        ("Variant Dimensions mm", format!("{}x{}x{}", row.length_mm, row.width_mm, row.height_mm)),
    ]);
}

/// Paragraphs as HTML; nothing in them is markup.
fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.split("\n\n").map(|part| format!("<p>{part}</p>")).collect()
}
