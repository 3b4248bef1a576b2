//! Rows into products. Every wrong cell is told by its row and column; the other rows go on.

use super::{COLUMNS, CellError, Extra, formula, money};
use app::kernel::{Sku, Slug};
use csv::StringRecord;
use std::collections::{BTreeMap, HashSet};

/// A product of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetProduct {
    /// Its first row.
    pub(super) row: u64,
    pub(super) handle: String,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) vendor: String,
    pub(super) kind: String,
    pub(super) tags: Vec<String>,
    pub(super) option_names: Vec<String>,
    pub(super) variants: Vec<SheetVariant>,
    /// `(address or path, text alternative)`
    pub(super) pictures: Vec<(String, String)>,
    pub(super) extra: Option<Extra>,
    /// As the catalogue's file writes it: `now`, `never` or nothing.
    pub(super) publish_at: Option<&'static str>,
}

/// A variant of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetVariant {
    pub(super) row: u64,
    pub(super) sku: String,
    pub(super) values: Vec<String>,
    pub(super) keys: BTreeMap<String, String>,
    pub(super) price: BTreeMap<String, i64>,
    pub(super) compare_at: BTreeMap<String, i64>,
    pub(super) cost: BTreeMap<String, i64>,
    pub(super) weight_g: i64,
    pub(super) stock: i64,
    pub(super) barcode: Option<String>,
    pub(super) picture: String,
    pub(super) dimensions: Option<[i64; 3]>,
}

/// What a sheet holds: its products, the wrong cells, and how many rows are fine.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) products: Vec<SheetProduct>,
    pub(super) errors: Vec<CellError>,
    pub(super) rows: u64,
}

/// Reads a sheet.
///
/// # Errors
/// When it is no CSV or has no column of handles.
pub(super) fn read(text: &[u8]) -> anyhow::Result<Sheet> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
    let headers = reader.headers()?.clone();
    anyhow::ensure!(headers.iter().any(|name| name == "Handle"), "the sheet has no column “Handle”");
    let (mut sheet, mut known) = (Sheet::default(), Known::default());
    for (index, record) in reader.records().enumerate() {
        let row = u64::try_from(index)? + 2;
        sheet.rows += 1;
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                sheet.errors.push(CellError { row, column: "Handle", message: error.to_string() });
                continue;
            }
        };
        let line = Line { row, headers: &headers, record: &record };
        if let Err(error) = take(&mut sheet.products, &line, &mut known) {
            sheet.errors.push(error);
        }
    }
    sheet.products.retain(|product| !product.variants.is_empty());
    Ok(sheet)
}

/// What earlier rows have used.
#[derive(Debug, Default)]
struct Known {
    handles: HashSet<String>,
    skus: HashSet<String>,
}

/// One row with the names of its cells.
struct Line<'a> {
    row: u64,
    headers: &'a StringRecord,
    record: &'a StringRecord,
}

impl Line<'_> {
    /// A cell, trimmed; empty when there is no such column. A guarded one is not trimmed: the blank that it begins with
    /// may be what it is guarded for.
    fn cell(&self, column: &'static str) -> &str {
        let place = self.headers.iter().position(|name| name.trim() == column);
        let cell = place.and_then(|place| self.record.get(place)).unwrap_or_default();
        formula::unguard(cell).unwrap_or_else(|| cell.trim())
    }

    fn wrong(&self, column: &'static str, message: &str) -> CellError {
        debug_assert!(COLUMNS.contains(&column));
        CellError { row: self.row, column, message: message.to_owned() }
    }

    fn price(&self, column: &'static str) -> Result<Option<i64>, CellError> {
        match self.cell(column) {
            "" => Ok(None),
            text => match money::parse(text) {
                Some(minor) => Ok(Some(minor)),
                None => Err(self.wrong(column, "must be a price such as 62.00")),
            },
        }
    }

    fn number(&self, column: &'static str) -> Result<i64, CellError> {
        match self.cell(column) {
            "" => Ok(0),
            text => match text.parse::<u32>() {
                Ok(number) => Ok(i64::from(number)),
                Err(_) => Err(self.wrong(column, "must be a whole number from 0 on")),
            },
        }
    }
}

fn take(products: &mut Vec<SheetProduct>, line: &Line<'_>, known: &mut Known) -> Result<(), CellError> {
    let handle = line.cell("Handle");
    if Slug::parse(handle).is_none() {
        return Err(line.wrong("Handle", "only small letters, digits and hyphens"));
    }
    let is_first = products.last().is_none_or(|last| last.handle != handle);
    if is_first && known.handles.contains(handle) {
        return Err(line.wrong("Handle", "rows of one product must stand together"));
    }
    let variant = variant(line, &known.skus)?;
    if is_first {
        products.push(product(line, handle)?);
        known.handles.insert(handle.to_owned());
    }
    let Some(product) = products.last_mut() else { return Ok(()) };
    if let Some(variant) = variant {
        if product.variants.iter().any(|other| other.values == variant.values) {
            return Err(line.wrong("Option1 Value", "this combination exists already"));
        }
        known.skus.insert(variant.sku.clone());
        product.variants.push(variant);
    }
    if !line.cell("Image Src").is_empty() {
        product.pictures.push((line.cell("Image Src").to_owned(), line.cell("Image Alt Text").to_owned()));
    }
    Ok(())
}

fn product(line: &Line<'_>, handle: &str) -> Result<SheetProduct, CellError> {
    if line.cell("Title").is_empty() {
        return Err(line.wrong("Title", "the first row of a product needs a title"));
    }
    let extra = match line.cell(super::DOCUMENT) {
        "" => None,
        text => match serde_json::from_str(text) {
            Ok(extra) => Some(extra),
            Err(_) => return Err(line.wrong(super::DOCUMENT, "is not what this shop has written")),
        },
    };
    let tags = line.cell("Tags").split(',').map(str::trim).filter(|tag| !tag.is_empty());
    let names = ["Option1 Name", "Option2 Name", "Option3 Name"].map(|column| line.cell(column));
    Ok(SheetProduct {
        row: line.row,
        handle: handle.to_owned(),
        title: line.cell("Title").to_owned(),
        body: plain(line.cell("Body (HTML)")),
        vendor: line.cell("Vendor").to_owned(),
        kind: line.cell("Type").to_owned(),
        tags: tags.map(str::to_owned).collect(),
        // Shopify names the option of a product without options “Title”.
        option_names: names
            .into_iter()
            .filter(|name| !matches!(*name, "" | "Title"))
            .map(str::to_owned)
            .collect(),
        variants: Vec::new(),
        pictures: Vec::new(),
        extra,
        publish_at: publish_at(line)?,
    })
}

/// A draft and what is archived are not on show. The newer column wins; without either nothing changes.
fn publish_at(line: &Line<'_>) -> Result<Option<&'static str>, CellError> {
    let status = line.cell("Status").to_ascii_lowercase();
    let published = line.cell("Published").to_ascii_lowercase();
    match (status.as_str(), published.as_str()) {
        ("draft" | "archived", _) | ("", "false") => Ok(Some("never")),
        ("active", _) | ("", "true") => Ok(Some("now")),
        ("", "") => Ok(None),
        ("", _) => Err(line.wrong("Published", "must be TRUE or FALSE")),
        _ => Err(line.wrong("Status", "must be active, draft or archived")),
    }
}

/// The row's variant; `None` for a row that only adds a picture.
fn variant(line: &Line<'_>, skus: &HashSet<String>) -> Result<Option<SheetVariant>, CellError> {
    let (price, price_cny) = (line.price("Variant Price")?, line.price("Variant Price CNY")?);
    if line.cell("Variant SKU").is_empty() && price.is_none() && price_cny.is_none() {
        return Ok(None);
    }
    let sku = Sku::parse(line.cell("Variant SKU"))
        .ok_or_else(|| line.wrong("Variant SKU", "letters, digits, “-”, “_” and “.”, up to 64"))?;
    if skus.contains(sku.as_str()) {
        return Err(line.wrong("Variant SKU", "used twice"));
    }
    if price.is_none() && price_cny.is_none() {
        return Err(line.wrong("Variant Price", "a price is needed"));
    }
    let values = ["Option1 Value", "Option2 Value", "Option3 Value"].map(|column| line.cell(column));
    let values = values.into_iter().filter(|value| !matches!(*value, "" | "Default Title"));
    let barcode = line.cell("Variant Barcode").trim_start_matches('\'');
    Ok(Some(SheetVariant {
        row: line.row,
        sku: sku.as_str().to_owned(),
        values: values.map(str::to_owned).collect(),
        keys: line.cell("Variant Option Keys").split('&').filter_map(pair).collect(),
        price: both(price, price_cny),
        compare_at: both(
            line.price("Variant Compare At Price")?,
            line.price("Variant Compare At Price CNY")?,
        ),
        cost: both(line.price("Cost per item")?, line.price("Cost per item CNY")?),
        weight_g: line.number("Variant Grams")?,
        stock: line.number("Variant Inventory Qty")?,
        barcode: (!barcode.is_empty()).then(|| barcode.to_owned()),
        picture: line.cell("Variant Image").to_owned(),
        dimensions: dimensions(line)?,
    }))
}

fn dimensions(line: &Line<'_>) -> Result<Option<[i64; 3]>, CellError> {
    let text = line.cell("Variant Dimensions mm");
    if text.is_empty() {
        return Ok(None);
    }
    let sides: Vec<i64> =
        text.split('x').filter_map(|side| side.parse::<u32>().ok()).map(i64::from).collect();
    let sides: Result<[i64; 3], _> = sides.try_into();
    sides.map(Some).map_err(|_| line.wrong("Variant Dimensions mm", "must be three sides such as 120x80x60"))
}

fn both(usd: Option<i64>, cny: Option<i64>) -> BTreeMap<String, i64> {
    let pairs = [("USD", usd), ("CNY", cny)];
    pairs.into_iter().filter_map(|(code, minor)| Some((code.to_owned(), minor?))).collect()
}

fn pair(text: &str) -> Option<(String, String)> {
    let (key, value) = text.split_once('=')?;
    Some((key.to_owned(), value.to_owned()))
}

/// Text out of simple HTML: paragraphs and breaks become lines, every other mark goes, entities are read.
fn plain(html: &str) -> String {
    let lines =
        html.replace("</p>", "\n\n").replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
    let mut text = String::with_capacity(lines.len());
    let mut is_mark = false;
    for letter in lines.chars() {
        match letter {
            '<' => is_mark = true,
            '>' if is_mark => is_mark = false,
            other if !is_mark => text.push(other),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_plain_paragraphs() {
        assert_eq!(plain("<p>One &amp; <b>two</b></p><p>Three<br>four</p>"), "One & two\n\nThree\nfour");
        assert_eq!(plain("no marks, 3 &lt; 4"), "no marks, 3 < 4");
    }

    #[test]
    fn rows_of_one_handle_are_one_product_and_a_picture_row_adds_none() {
        let text = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src\n\
            cup,Cup,Colour,Red,C-R,12.50,a.webp\ncup,,,Blue,C-B,12.50,\ncup,,,,,,b.webp\n";
        let sheet = read(text.as_bytes()).unwrap();
        assert!(sheet.errors.is_empty(), "{:?}", sheet.errors);
        assert_eq!((sheet.products.len(), sheet.rows), (1, 3));
        let cup = &sheet.products[0];
        assert_eq!(
            (cup.variants.len(), cup.pictures.len(), cup.option_names.as_slice()),
            (2, 2, &["Colour".to_owned()][..])
        );
    }

    #[test]
    fn a_guard_is_taken_off_in_every_column_and_a_bare_formula_stays() {
        let text = "Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Image Alt Text\n\
            cup,'=1+1,=2,@Heat,'-10,'-SKU,12.50,'-a.webp,''=x\n";
        let sheet = read(text.as_bytes()).unwrap();
        assert!(sheet.errors.is_empty(), "{:?}", sheet.errors);
        let cup = &sheet.products[0];
        assert_eq!(
            (cup.title.as_str(), cup.vendor.as_str(), cup.option_names[0].as_str()),
            ("=1+1", "=2", "@Heat")
        );
        assert_eq!((cup.variants[0].values[0].as_str(), cup.variants[0].sku.as_str()), ("-10", "-SKU"));
        assert_eq!(cup.pictures, [("-a.webp".to_owned(), "'=x".to_owned())]);
    }

    #[test]
    fn a_guard_makes_no_number_out_of_what_is_none() {
        let text = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n\
            a,A,A-1,'-1.00,1\nb,B,B-1,'=1.00,1\nc,C,C-1,1.00,'-4\n";
        let sheet = read(text.as_bytes()).unwrap();
        let told: Vec<(u64, &str)> = sheet.errors.iter().map(|error| (error.row, error.column)).collect();
        assert_eq!(told, [(2, "Variant Price"), (3, "Variant Price"), (4, "Variant Inventory Qty")]);
    }

    #[test]
    fn each_wrong_cell_is_told_by_row_and_column() {
        let text = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n\
            a,A,A-1,1.00,1\nB!,B,B-1,1.00,1\nc,C,C-1,free,1\nd,D,A-1,1.00,1\ne,E,E-1,1.00,-4\nf,,F-1,1.00,1\n";
        let sheet = read(text.as_bytes()).unwrap();
        let told: Vec<(u64, &str)> = sheet.errors.iter().map(|error| (error.row, error.column)).collect();
        let expected = [
            (3, "Handle"),
            (4, "Variant Price"),
            (5, "Variant SKU"),
            (6, "Variant Inventory Qty"),
            (7, "Title"),
        ];
        assert_eq!(told, expected);
        assert_eq!(sheet.products.len(), 1);
    }
}
