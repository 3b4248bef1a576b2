//! A small product for the tests of this page's parts.

use crate::catalog::model::{Media, OptionView, Picture, ProductPage, VariantView};
use crate::delivery::arrival::Days;
use crate::kernel::{Currency, Money};

pub(super) fn picture(src: &str) -> Picture {
    Picture { src: src.into(), alt: format!("Picture {src}"), width: 1200, height: 1200 }
}

fn option(key: &str, values: &[&str]) -> OptionView {
    let values = values.iter().map(|value| ((*value).into(), value.to_uppercase())).collect();
    OptionView { key: key.into(), name: key.into(), values }
}

fn variant(sku: &str, style: &str, size: &str, available: i64) -> VariantView {
    VariantView {
        sku: sku.into(),
        options: vec![("style".into(), style.into()), ("size".into(), size.into())],
        price: Money::new(6200, Currency::Usd),
        compare_at: Some(Money::new(7200, Currency::Usd)),
        available,
        pictures: vec![format!("/media/{style}.webp")],
        barcode: Some("2000092372113".into()),
        lowest_before: Some(Money::new(6000, Currency::Usd)),
    }
}

/// A pot in red (small, large) and blue (small, sold out).
pub(super) fn pot() -> ProductPage {
    let media = |src: &str, is_video: bool| Media { picture: picture(src), is_video };
    ProductPage {
        slug: "pot".into(),
        title: "Pot </script>".into(),
        subtitle: "Pours".into(),
        description: vec!["Round.".into()],
        brand: "Kiln".into(),
        crumbs: vec![],
        specs: vec![("Size".into(), "1 l".into())],
        options: vec![option("style", &["red", "blue"]), option("size", &["s", "l"])],
        variants: vec![
            variant("P-RS", "red", "s", 9),
            variant("P-RL", "red", "l", 3),
            variant("P-BS", "blue", "s", 0),
        ],
        media: vec![
            media("/media/red.webp", false),
            media("/media/blue.webp", false),
            media("/media/turn.mp4", true),
        ],
        care: "Wipe.".into(),
        faq: vec![("Hot?".into(), "Yes.".into())],
        tags: vec![],
        origin: "China".into(),
        shelf_life_days: None,
        similar: vec![],
        matches: vec![],
        delivery: Some(Days { from: 6, to: 10 }),
    }
}
