//! Importing a catalogue: refused as a whole or taken, repeatable. Errors are listed by their path in the file.

use super::import_check::{RowError, check, refuse_if_any};
use super::import_file::{CatalogFile, ProductEntry, VariantEntry, launch_date, publication};
use super::import_media::{Demo, Folder, MediaSource, is_picture, store_all};
use super::import_owners::{Renamed, look_up};
use super::row::{MediaDoc, PriceWrite, ProductDoc, ProductWrite, VariantWrite};
use super::service::HOME_HERO;
use crate::db::time::to_micros;
use crate::db::{Database, Tx};
use crate::inventory::ledger::{self, Receipt};
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::platform::Platform;
use anyhow::Context as _;
use app::kernel::{Currency, Localized};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

/// Topic of the event after an import.
pub const CATALOG_IMPORTED: &str = "catalog.imported";
/// Products in one transaction. A catalogue of no more is written as a whole or not at all; of a larger one each step is,
/// because while SQLite writes for one it writes for nobody else, and a shop must sell meanwhile.
const STEP: usize = 200;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Categories written.
    pub categories: usize,
    /// Products written.
    pub products: usize,
    /// Variants written.
    pub variants: usize,
    /// Variants whose first stock was received.
    pub received: usize,
}

impl std::fmt::Display for ImportReport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { categories, products, variants, received } = self;
        write!(
            formatter,
            "imported {categories} categories, {products} products, {variants} variants; first stock of {received} variants received"
        )
    }
}

/// Whether the shop has no product yet.
///
/// # Errors
/// The database's error.
pub async fn is_empty(database: &Database) -> anyhow::Result<bool> {
    let mut conn = database.read_latest().await?;
    Ok(on!(conn, catalog::count_all())? == 0)
}

/// Imports the demo catalogue that the binary carries.
///
/// # Errors
/// The database's error.
pub async fn import_demo(database: &Database, platform: &Platform) -> anyhow::Result<ImportReport> {
    let text = Demo.read("catalog.json")?;
    import(database, platform, &text, &Demo).await
}

/// Imports a folder with a `catalog.json`, or that file itself.
///
/// # Errors
/// Every wrong row by its path in the file; nothing is written then.
pub async fn import_folder(
    database: &Database,
    platform: &Platform,
    path: &Path,
) -> anyhow::Result<ImportReport> {
    let file = if path.is_dir() { path.join("catalog.json") } else { path.to_owned() };
    let text = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new(".")).to_owned();
    import(database, platform, &text, &Folder(folder)).await
}

/// Checks everything, stores the pictures, then writes the rows: those of a usual catalogue in one transaction, those of
/// a large one in steps.
async fn import(
    database: &Database,
    platform: &Platform,
    text: &[u8],
    source: &dyn MediaSource,
) -> anyhow::Result<ImportReport> {
    let file: CatalogFile = serde_json::from_slice(text).context("the catalogue file cannot be read")?;
    refuse_if_any(check(&file))?;
    let owners = look_up(database, &file.products).await?;
    refuse_if_any(owners.errors)?;
    let (blobs, missing) = store_all(source, &*platform.blobs, file.files()).await?;
    refuse_if_any(missing.into_iter().map(|(path, message)| RowError { path, message }).collect())?;
    let import = Import { platform, blobs: &blobs, now: to_micros(platform.clock.now()) };
    let mut tx = database.write().await?;
    let categories = import.frame(&mut tx, &file, &owners.renamed).await?;
    let mut report = ImportReport { categories: categories.len(), products: 0, variants: 0, received: 0 };
    for (step, entries) in file.products.chunks(STEP).enumerate() {
        if step > 0 {
            tx.commit().await?;
            database.let_others_write().await;
            tx = database.write().await?;
        }
        import.products(&mut tx, entries, &categories, &mut report).await?;
    }
    let event = Event { topic: CATALOG_IMPORTED, subject: "catalog", payload: serde_json::json!({}) };
    emit(&mut tx, platform, event).await?;
    tx.commit().await?;
    Ok(report)
}

/// One import's helpers.
pub(super) struct Import<'a> {
    pub(super) platform: &'a Platform,
    /// The blob of each named file.
    pub(super) blobs: &'a BTreeMap<String, String>,
    /// Microseconds.
    pub(super) now: i64,
}

impl Import<'_> {
    /// Everything but the products; gives the categories.
    async fn frame<'f>(
        &self,
        tx: &mut Tx,
        file: &'f CatalogFile,
        renamed: &[Renamed],
    ) -> anyhow::Result<BTreeMap<&'f str, Uuid>> {
        let hero = self.wide_picture(&file.home.hero, &file.home.alt, [2400, 1200]);
        on!(tx, catalog::upsert_setting(HOME_HERO, &serde_json::to_value(hero)?))?;
        self.note_pictures(tx, file.wide_files()).await?;
        let categories = self.categories(tx, &file.categories).await?;
        self.collections(tx, file.collections.as_deref()).await?;
        for Renamed { product_id, from, to } in renamed {
            on!(tx, storefront::rename_product(*product_id, from, to, self.now))?;
        }
        Ok(categories)
    }

    /// Writes products with their variants, and counts them. The report's number of products is the next one's place.
    async fn products(
        &self,
        tx: &mut Tx,
        entries: &[ProductEntry],
        categories: &BTreeMap<&str, Uuid>,
        report: &mut ImportReport,
    ) -> anyhow::Result<()> {
        let media = entries.iter().flat_map(|entry| &entry.media);
        self.note_pictures(tx, media.map(|media| media.file.as_str())).await?;
        for entry in entries {
            let index = report.products;
            let at = || format!("products[{index}] ({})", entry.slug);
            let category = *categories.get(entry.category.as_str()).with_context(at)?;
            let product = self.product(tx, entry, category).await.with_context(at)?;
            for (position, variant) in entry.variants.iter().enumerate() {
                let at = || format!("products[{index}].variants[{position}] ({})", variant.sku);
                report.received +=
                    usize::from(self.variant(tx, product, position, variant).await.with_context(at)?);
                report.variants += 1;
            }
            report.products += 1;
        }
        Ok(())
    }

    /// Pictures whose smaller forms are to be made.
    async fn note_pictures(&self, tx: &mut Tx, files: impl Iterator<Item = &str>) -> anyhow::Result<()> {
        let blobs: BTreeSet<&String> = files.filter_map(|file| self.blobs.get(file)).collect();
        for name in blobs.into_iter().filter(|name| is_picture(name)) {
            on!(tx, storefront::note_picture(name, self.now))?;
        }
        Ok(())
    }

    pub(super) fn id(&self) -> Uuid {
        self.platform.entropy.uuid_v7(self.platform.clock.now())
    }

    /// A file that was not stored now is a blob's name already.
    fn blob(&self, file: &str) -> String {
        self.blobs.get(file).cloned().unwrap_or_else(|| file.to_owned())
    }

    pub(super) fn wide_picture(&self, file: &str, alt: &Localized, [width, height]: [u32; 2]) -> MediaDoc {
        MediaDoc { file: self.blob(file), is_video: false, alt: alt.clone(), width, height }
    }

    /// Writes a product and takes its variants off sale: those of the file come back one by one.
    async fn product(&self, tx: &mut Tx, entry: &ProductEntry, category_id: Uuid) -> anyhow::Result<Uuid> {
        let id = self.write_product(tx, entry, category_id).await?;
        on!(tx, catalog::deactivate_variants(id))?;
        Ok(id)
    }

    /// Writes a product; gives its id.
    pub(super) async fn write_product(
        &self,
        tx: &mut Tx,
        entry: &ProductEntry,
        category_id: Uuid,
    ) -> anyhow::Result<Uuid> {
        let row = ProductWrite {
            id: self.id(),
            slug: entry.slug.clone(),
            category_id,
            content: self.content(entry),
            tax_class: entry.tax_class.clone(),
            shelf_life_days: entry.shelf_life_days,
            launch_date: launch_date(&entry.launch_date).context("the launch date cannot be read")?,
            publication: publication(entry.publish_at.as_deref())
                .context("the moment of publication cannot be read")?,
            now: self.now,
        };
        let id = on!(tx, catalog::upsert_product(&row))?;
        self.tags(tx, id, &row.content.tags).await?;
        Ok(id)
    }

    fn content(&self, entry: &ProductEntry) -> ProductDoc {
        let media = entry.media.iter().map(|media| MediaDoc {
            file: self.blob(&media.file),
            is_video: media.kind == "video",
            alt: media.alt.clone(),
            width: media.width,
            height: media.height,
        });
        ProductDoc {
            title: entry.title.clone(),
            subtitle: entry.subtitle.clone(),
            description: entry.description.clone(),
            brand: entry.brand.clone(),
            specs: entry.specs.clone(),
            options: entry.options.clone(),
            media: media.collect(),
            care: entry.care.clone(),
            faq: entry.faq.clone(),
            tags: entry.tags.clone(),
            origin: entry.origin.name.clone(),
        }
    }

    /// Writes a variant with its prices; gives whether its first stock was received.
    pub(super) async fn variant(
        &self,
        tx: &mut Tx,
        product_id: Uuid,
        position: usize,
        entry: &VariantEntry,
    ) -> anyhow::Result<bool> {
        let size = &entry.dimensions_mm;
        let row = VariantWrite {
            id: self.id(),
            product_id,
            sku: entry.sku.clone(),
            position: i64::try_from(position)?,
            options: entry.options.clone(),
            pictures: entry.images.iter().map(|file| self.blob(file)).collect(),
            barcode: entry.barcode.clone(),
            weight_g: entry.weight_g,
            dimensions_mm: [size.length, size.width, size.height],
        };
        let id = on!(tx, catalog::upsert_variant(&row))?.context("the SKU belongs to another product")?;
        for (code, amount_minor) in &entry.price {
            let Some(currency) = Currency::from_code(code) else { continue };
            self.price(
                tx,
                PriceWrite {
                    variant_id: id,
                    currency: currency.code(),
                    amount_minor: *amount_minor,
                    compare_at_minor: entry.compare_at.get(code).copied(),
                    cost_minor: entry.cost.get(code).copied(),
                },
            )
            .await?;
        }
        let receipt =
            Receipt { variant_id: id, quantity: entry.stock, cause: format!("import:{}", entry.sku) };
        Ok(ledger::receive(tx, self.platform, &receipt).await?)
    }

    /// Writes a price, and remembers it when it is a new one.
    async fn price(&self, tx: &mut Tx, row: PriceWrite) -> anyhow::Result<()> {
        let before = on!(tx, catalog::find_price(row.variant_id, row.currency))?;
        on!(tx, catalog::upsert_price(&row))?;
        if before != Some(row.amount_minor) {
            on!(tx, catalog::insert_price_history(self.id(), &row, self.now))?;
        }
        Ok(())
    }
}
