//! Products of a sheet into the shop: each one in a transaction of its own, so that a refused one stops no other.

use super::CellError;
use super::read::{SheetProduct, SheetVariant, read};
use crate::catalog::import::{CATALOG_IMPORTED, Import};
use crate::catalog::import_file::{
    CategoryEntry, Dimensions, MediaEntry, OriginEntry, ProductEntry, VariantEntry,
};
use crate::catalog::import_media::{Folder, store_all};
use crate::catalog::row::{OptionDoc, OptionValueDoc, ProductDoc};
use crate::db::Database;
use crate::db::time::to_micros;
use crate::jobs::outbox::{Event, emit};
use crate::on;
use crate::platform::Platform;
use crate::platform::blobs::BlobName;
use anyhow::Context as _;
use app::kernel::{Localized, Slug};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;

/// What a sheet did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetReport {
    /// Rows that were applied.
    pub applied: u64,
    /// Products written.
    pub products: usize,
    /// Wrong cells.
    pub errors: Vec<CellError>,
    /// Pictures that were not taken, with the row of their product: they lie on another server, or are missing.
    pub pictures: Vec<CellError>,
}

impl std::fmt::Display for SheetReport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { applied, products, errors, pictures } = self;
        write!(formatter, "{applied} rows applied ({products} products), {} refused", errors.len())?;
        for error in errors.iter().chain(pictures) {
            write!(formatter, "\n  {error}")?;
        }
        Ok(())
    }
}

/// Reads a sheet into the shop. Products that are not in it stay as they are.
///
/// # Errors
/// When the file is no sheet, or the database does not answer.
pub async fn import(database: &Database, platform: &Platform, path: &Path) -> anyhow::Result<SheetReport> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let sheet = read(&text)?;
    let folder = Folder(path.parent().unwrap_or(Path::new(".")).to_owned());
    let mut apply = Apply { database, platform, folder, pictures: Vec::new() };
    let mut report = SheetReport { applied: sheet.rows, errors: sheet.errors, ..SheetReport::default() };
    report.applied = report.applied.saturating_sub(u64::try_from(report.errors.len()).unwrap_or(0));
    for product in &sheet.products {
        match apply.product(product).await? {
            Ok(()) => report.products += 1,
            Err(refused) => {
                let rows = product.variants.len().max(product.pictures.len());
                report.applied = report.applied.saturating_sub(u64::try_from(rows).unwrap_or(0));
                report.errors.push(refused);
            }
        }
    }
    report.pictures = apply.pictures;
    if report.products > 0 {
        let mut tx = database.write().await?;
        let event = Event { topic: CATALOG_IMPORTED, subject: "catalog", payload: serde_json::json!({}) };
        emit(&mut tx, platform, event).await?;
        tx.commit().await?;
    }
    Ok(report)
}

struct Apply<'a> {
    database: &'a Database,
    platform: &'a Platform,
    folder: Folder,
    pictures: Vec<CellError>,
}

impl Apply<'_> {
    /// Writes a product; the inner error is the sheet's, the outer one the database's.
    async fn product(&mut self, product: &SheetProduct) -> anyhow::Result<Result<(), CellError>> {
        let (blobs, media) = self.media(product).await?;
        let known = self.known(product).await?;
        let category = category(product);
        let entry = match entry(product, known, category.slug.clone(), media) {
            Ok(entry) => entry,
            Err(refused) => return Ok(Err(refused)),
        };
        let mut tx = self.database.write().await?;
        let now = to_micros(self.platform.clock.now());
        let import = Import { platform: self.platform, blobs: &blobs, now };
        let skus: Vec<&str> = entry.variants.iter().map(|variant| variant.sku.as_str()).collect();
        let owners = on!(tx, storefront::list_owners(&skus))?;
        if let Some(owner) = owners.iter().find(|owner| owner.slug != product.handle) {
            let variant = product.variants.iter().find(|variant| variant.sku == owner.sku);
            let row = variant.map_or(product.row, |variant| variant.row);
            let message = format!("{} belongs to the product {}", owner.sku, owner.slug);
            return Ok(Err(CellError { row, column: "Variant SKU", message }));
        }
        let shelf = match on!(tx, shelves::find_shelf(&category.slug))? {
            Some(shelf) => shelf,
            None => import.category(&mut tx, &category, None).await?,
        };
        for name in blobs.values() {
            on!(tx, storefront::note_picture(name, now))?;
        }
        let id = import.write_product(&mut tx, &entry, shelf).await?;
        for (position, variant) in entry.variants.iter().enumerate() {
            if let Err(error) = import.variant(&mut tx, id, position, variant).await {
                let row = product.variants.get(position).map_or(product.row, |variant| variant.row);
                return Ok(Err(CellError { row, column: "Variant SKU", message: format!("{error:#}") }));
            }
        }
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// What the shop knows of the product: the sheet has no place for all of it.
    async fn known(&self, product: &SheetProduct) -> anyhow::Result<Option<super::Extra>> {
        if product.extra.is_some() {
            return Ok(product.extra.clone());
        }
        let mut conn = self.database.read_latest().await?;
        let row = on!(conn, storefront::find_document(&product.handle))?;
        Ok(row.map(|row| super::Extra {
            content: row.content.0,
            tax_class: row.tax_class,
            shelf_life_days: row.shelf_life_days,
            launch_date: row.launch_date.to_string(),
            pictures: BTreeMap::new(),
        }))
    }

    /// The product's pictures: those that the shop has, and files beside the sheet. Nothing is fetched from elsewhere.
    async fn media(
        &mut self,
        product: &SheetProduct,
    ) -> anyhow::Result<(BTreeMap<String, String>, Vec<MediaEntry>)> {
        let (mut blobs, mut media) = (BTreeMap::new(), Vec::new());
        let films = product.extra.iter().flat_map(|extra| &extra.content.media).filter(|doc| doc.is_video);
        for film in films {
            if self.has(&film.file).await? {
                media.push(entry_of(&film.file, "video", &film.alt, [film.width, film.height]));
            }
        }
        for (source, alt) in &product.pictures {
            let Some((blob, size)) = self.picture(source).await? else {
                let message = format!("not taken: {source}");
                self.pictures.push(CellError { row: product.row, column: "Image Src", message });
                continue;
            };
            let known =
                product.extra.iter().flat_map(|extra| &extra.content.media).find(|doc| doc.file == blob);
            let alt = with_english(known.map(|doc| &doc.alt), alt);
            blobs.insert(blob.clone(), blob.clone());
            media.push(entry_of(&blob, "image", &alt, size));
        }
        // Films have no place in the sheet: they go back to where they were, new pictures behind everything known.
        let known: Vec<&str> = product
            .extra
            .iter()
            .flat_map(|extra| &extra.content.media)
            .map(|doc| doc.file.as_str())
            .collect();
        media.sort_by_key(|entry| known.iter().position(|file| *file == entry.file).unwrap_or(usize::MAX));
        Ok((blobs, media))
    }

    async fn has(&self, file: &str) -> anyhow::Result<bool> {
        match BlobName::parse(file) {
            Some(name) => Ok(self.platform.blobs.has(&name).await?),
            None => Ok(false),
        }
    }

    /// The stored picture of a source with its size.
    async fn picture(&self, source: &str) -> anyhow::Result<Option<(String, [u32; 2])>> {
        let name = match blob_in(source) {
            Some(name) if self.has(name).await? => Some(name.to_owned()),
            _ if source.contains("://") => None,
            _ => {
                let (mut stored, _) =
                    store_all(&self.folder, &*self.platform.blobs, BTreeSet::from([source])).await?;
                stored.remove(source)
            }
        };
        let Some(name) = name else { return Ok(None) };
        Ok(self.size(&name).await?.map(|size| (name, size)))
    }

    async fn size(&self, file: &str) -> anyhow::Result<Option<[u32; 2]>> {
        let Some(name) = BlobName::parse(file) else { return Ok(None) };
        let Some(mut blob) = self.platform.blobs.open(&name).await? else { return Ok(None) };
        let mut bytes = Vec::new();
        tokio::io::AsyncReadExt::read_to_end(&mut blob.reader, &mut bytes).await?;
        let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
        Ok(reader.into_dimensions().ok().map(|(width, height)| [width, height]))
    }
}

/// `https://shop.example/media/pot-1f.webp` → `pot-1f.webp`
fn blob_in(source: &str) -> Option<&str> {
    let (_, name) = source.split_once("/media/")?;
    Some(name.split(['?', '#']).next().unwrap_or(name))
}

fn entry_of(file: &str, kind: &str, alt: &Localized, [width, height]: [u32; 2]) -> MediaEntry {
    MediaEntry { file: file.to_owned(), kind: kind.to_owned(), alt: alt.clone(), width, height }
}

/// The shelf that a type names: its key, or a key made from it.
fn category(product: &SheetProduct) -> CategoryEntry {
    let slug = key(&product.kind, "other", 0);
    let name = if product.kind.is_empty() { "Other".to_owned() } else { product.kind.clone() };
    CategoryEntry {
        slug,
        name: Localized { zh: String::new(), en: name },
        parent: None,
        position: 1000,
        banner: None,
        formerly: Vec::new(),
    }
}

/// A key made from words: `Dark Blue` → `dark-blue`; `fallback` with the number when nothing is left of them.
fn key(words: &str, fallback: &str, number: usize) -> String {
    let plain: String = words
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' })
        .collect();
    let made: String = plain.split_whitespace().collect::<Vec<_>>().join("-").chars().take(60).collect();
    match Slug::parse(made.trim_end_matches('-')) {
        Some(slug) if words.is_ascii() => slug.as_str().to_owned(),
        _ if number == 0 => fallback.to_owned(),
        _ => format!("{fallback}-{number}"),
    }
}

/// The sheet's words in the place of the known English ones.
fn with_english(known: Option<&Localized>, words: &str) -> Localized {
    let zh = known.map(|known| known.zh.clone()).unwrap_or_default();
    Localized { zh, en: words.to_owned() }
}

fn entry(
    product: &SheetProduct,
    known: Option<super::Extra>,
    category: String,
    media: Vec<MediaEntry>,
) -> Result<ProductEntry, CellError> {
    let doc = known.as_ref().map(|known| &known.content);
    let options = options(product, doc);
    let variants: Result<Vec<VariantEntry>, CellError> =
        product.variants.iter().map(|variant| variant_entry(variant, &options, known.as_ref())).collect();
    let tags = product.tags.iter().map(|tag| {
        let known = doc.and_then(|doc| doc.tags.iter().find(|known| known.en == *tag));
        with_english(known, tag)
    });
    let text = |pick: fn(&ProductDoc) -> &Localized| doc.map(pick);
    Ok(ProductEntry {
        slug: product.handle.clone(),
        category,
        title: with_english(text(|doc| &doc.title), &product.title),
        subtitle: doc.map(|doc| doc.subtitle.clone()).unwrap_or_default(),
        description: with_english(text(|doc| &doc.description), &product.body),
        brand: with_english(text(|doc| &doc.brand), &product.vendor),
        specs: doc.map(|doc| doc.specs.clone()).unwrap_or_default(),
        tags: tags.collect(),
        variants: variants?,
        media,
        tax_class: known.as_ref().map_or_else(|| "standard".to_owned(), |known| known.tax_class.clone()),
        shelf_life_days: known.as_ref().and_then(|known| known.shelf_life_days),
        origin: OriginEntry { name: doc.map(|doc| doc.origin.clone()).unwrap_or_default() },
        launch_date: known
            .as_ref()
            .map_or_else(|| "2026-01-01".to_owned(), |known| known.launch_date.clone()),
        publish_at: product.publish_at.map(str::to_owned),
        care: doc.map(|doc| doc.care.clone()).unwrap_or_default(),
        faq: doc.map(|doc| doc.faq.clone()).unwrap_or_default(),
        options,
    })
}

/// The product's options: known ones keep their keys and their words in the other language.
fn options(product: &SheetProduct, doc: Option<&ProductDoc>) -> Vec<OptionDoc> {
    let names = product.option_names.iter().enumerate();
    names
        .map(|(place, name)| {
            let known = doc.and_then(|doc| doc.options.iter().find(|option| option.name.en == *name));
            let mut values = known.map(|option| option.values.clone()).unwrap_or_default();
            for label in product.variants.iter().filter_map(|variant| variant.values.get(place)) {
                if values.iter().all(|value| value.label.en != *label) {
                    let key = key(label, "value", values.len() + 1);
                    values.push(OptionValueDoc { key, label: with_english(None, label) });
                }
            }
            OptionDoc {
                key: known.map_or_else(|| key(name, "option", place + 1), |option| option.key.clone()),
                name: with_english(known.map(|option| &option.name), name),
                values,
            }
        })
        .collect()
}

fn variant_entry(
    variant: &SheetVariant,
    options: &[OptionDoc],
    known: Option<&super::Extra>,
) -> Result<VariantEntry, CellError> {
    let mut chosen = BTreeMap::new();
    for (place, option) in options.iter().enumerate() {
        let label = variant.values.get(place).map(String::as_str).unwrap_or_default();
        let value = option.values.iter().find(|value| value.label.en == label);
        let Some(value) = value else {
            let message = format!("a value for {} is needed", option.name.en);
            return Err(CellError { row: variant.row, column: "Option1 Value", message });
        };
        chosen.insert(option.key.clone(), value.key.clone());
    }
    let [length, width, height] = variant.dimensions.unwrap_or_default();
    Ok(VariantEntry {
        sku: variant.sku.clone(),
        options: chosen,
        price: variant.price.clone(),
        cost: variant.cost.clone(),
        compare_at: variant.compare_at.clone(),
        weight_g: variant.weight_g,
        dimensions_mm: Dimensions { length, width, height },
        barcode: variant.barcode.clone(),
        stock: variant.stock,
        images: pictures(variant, known),
    })
}

/// The variant's pictures: those that the shop has written, as long as the sheet's one is still the first of them.
fn pictures(variant: &SheetVariant, known: Option<&super::Extra>) -> Vec<String> {
    let own: Vec<String> = blob_in(&variant.picture).map(str::to_owned).into_iter().collect();
    let written = known.and_then(|known| known.pictures.get(&variant.sku));
    written.filter(|written| written.first() == own.first()).cloned().unwrap_or(own)
}
