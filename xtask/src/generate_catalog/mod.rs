//! `cargo xtask generate-catalog`: a large catalogue that `jishi import` reads, for measuring. The same number of
//! products always gives the same file: words are drawn by a fixed sequence.

mod draw;
mod product;

use crate::{report, workspace::Workspace};
use anyhow::{Context, Result};
use draw::Draw;
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Pictures of the demo that the products share.
const PICTURES: [&str; 8] = [
    "celadon-teapot-hero.webp",
    "white-gaiwan-hero.webp",
    "stoneware-mug-hero.webp",
    "arc-desk-lamp-hero.webp",
    "three-leg-stool-hero.webp",
    "linen-cushion-hero.webp",
    "soy-candle-hero.webp",
    "trail-water-bottle-hero.webp",
];
/// The home page's picture.
const HERO: &str = "home-hero.webp";

/// Writes a catalogue of so many products; gives its folder.
pub(crate) fn generate(workspace: &Workspace, products: u32, folder: Option<&str>) -> Result<PathBuf> {
    let folder = folder.map_or_else(|| workspace.cache().join(format!("catalog-{products}")), PathBuf::from);
    let media = folder.join("media");
    fs::create_dir_all(&media).with_context(|| format!("cannot make {}", media.display()))?;
    for picture in PICTURES.iter().chain([&HERO]) {
        let from = workspace.root().join("demo/media").join(picture);
        fs::copy(&from, media.join(picture)).with_context(|| format!("cannot copy {}", from.display()))?;
    }
    let file = folder.join("catalog.json");
    write(&file, &categories(workspace)?, products)
        .with_context(|| format!("cannot write {}", file.display()))?;
    report::headline(&format!("{products} products in {}", folder.display()));
    println!("jishi import {}", folder.display());
    Ok(folder)
}

/// The demo's categories without their banners.
fn categories(workspace: &Workspace) -> Result<Vec<Value>> {
    let text = fs::read(workspace.root().join("demo/catalog.json")).context("there is no demo catalogue")?;
    let demo: Value = serde_json::from_slice(&text)?;
    let list = demo.get("categories").and_then(Value::as_array).context("the demo has no categories")?;
    let plain = list.iter().cloned().map(|mut category| {
        if let Some(fields) = category.as_object_mut() {
            fields.remove("banner");
        }
        category
    });
    Ok(plain.collect())
}

/// Categories that hold products: those with a parent, and those without children.
fn shelves(categories: &[Value]) -> Vec<&str> {
    let parents: Vec<&str> =
        categories.iter().filter_map(|category| category.get("parent")?.as_str()).collect();
    let slugs = categories.iter().filter_map(|category| category.get("slug")?.as_str());
    slugs.filter(|slug| !parents.contains(slug)).collect()
}

/// One product after the other, so that a million needs no memory.
fn write(file: &Path, categories: &[Value], products: u32) -> Result<()> {
    let shelves = shelves(categories);
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    let home = json!({ "hero": format!("media/{HERO}"), "alt": { "zh": "集市", "en": "Market" } });
    write!(out, r#"{{"version":1,"minor_units":{{"CNY":2,"USD":2}},"home":{home},"categories":"#)?;
    serde_json::to_writer(&mut out, categories)?;
    out.write_all(br#","products":["#)?;
    let mut draw = Draw::new(20_261_123);
    for number in 0..products {
        if number > 0 {
            out.write_all(b",")?;
        }
        out.write_all(b"\n")?;
        serde_json::to_writer(&mut out, &product::product(number, &shelves, &mut draw))?;
    }
    out.write_all(b"]}\n")?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_gives_the_same_catalogue() {
        let folder = std::env::temp_dir().join(format!("jishi-generate-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let categories = [json!({ "slug": "a" }), json!({ "slug": "b", "parent": "a" })];
        let read = |name: &str| {
            let file = folder.join(name);
            write(&file, &categories, 20).unwrap();
            fs::read_to_string(file).unwrap()
        };
        let (first, second) = (read("1.json"), read("2.json"));
        assert_eq!(first, second);
        let value: Value = serde_json::from_str(&first).unwrap();
        let products = value["products"].as_array().unwrap();
        assert_eq!(products.len(), 20);
        assert!(products.iter().all(|product| product["category"] == "b"));
        fs::remove_dir_all(folder).unwrap();
    }
}
