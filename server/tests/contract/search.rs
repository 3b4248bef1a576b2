//! Finding the demo catalogue's products, and following what happens to them.

use crate::support::{World, ZH, write_catalog};
use app::AppError;
use app::catalog::model::View;
use app::kernel::{Currency, Locale, Slug};
use app::search::model::{Change, List, ListRequest, Sort, Understood};
use app::search::port::Search as _;
use server::boot::services;
use server::catalog::import::import_folder;
use server::inventory::cli::set as set_stock;
use server::on;
use server::search::report;
use server::search::row::TallyWrite;
use server::search::service::SearchService;

const EN: View = View { locale: Locale::En, currency: Currency::Usd };

fn service(world: &World) -> SearchService {
    services::search(&world.database, &world.platform)
}

fn request(query: &[(&str, &str)]) -> ListRequest {
    let pairs: Vec<(String, String)> =
        query.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    ListRequest::parse(&pairs, None, Currency::Cny).unwrap()
}

fn category(slug: &str) -> ListRequest {
    ListRequest { category: Slug::parse(slug), ..request(&[]) }
}

async fn find(search: &SearchService, view: View, text: &str) -> List {
    search.list(view, &request(&[("q", text)])).await.unwrap()
}

fn slugs(list: &List) -> Vec<&str> {
    list.products.items.iter().map(|card| card.slug.as_str()).collect()
}

on_both! {
    async fn words_of_both_languages_pinyin_and_codes_find_the_teapot(world) {
        world.with_demo().await;
        let search = service(&world);
        for text in ["青瓷 提梁壶", "青瓷壺", "qingci", "tilianghu", "tí liáng hú", "CELADON bail", "celadon teapots", "celadn teapto", "js-tk01-celado", "2000092372113"] {
            for view in [ZH, EN] {
                assert_eq!(slugs(&find(&search, view, text).await).first(), Some(&"celadon-teapot"), "{text}");
            }
        }
        for text in ["青%壶", "' OR 1=1 --", "_", "%"] {
            assert!(!slugs(&find(&search, ZH, text).await).contains(&"white-gaiwan"), "{text}");
        }
    }

    async fn a_list_says_how_the_text_was_understood_and_marks_what_fits(world) {
        world.with_demo().await;
        let search = service(&world);
        assert_eq!(find(&search, EN, "keybaord").await.understood, Understood::As("keyboard".into()));
        assert_eq!(find(&search, ZH, "青词").await.understood, Understood::As("青瓷".into()));
        assert_eq!(find(&search, EN, "purple teapot").await.understood, Understood::Near);
        let nothing = find(&search, EN, "zzqqxx").await;
        assert_eq!((nothing.products.total, &nothing.understood), (0, &Understood::AsWritten));
        for text in ["chahu", "茶壶", "chá hú", "泡茶壺"] {
            let list = find(&search, ZH, text).await;
            let card = &list.products.items[0];
            let marked: Vec<&str> = list.marks[0].iter().map(|(from, to)| &card.title[*from..*to]).collect();
            assert_eq!((card.slug.as_str(), marked), ("celadon-teapot", vec!["提梁壶"]), "{text}");
        }
    }

    async fn a_category_lists_its_children_s_products_in_the_asked_order(world) {
        world.with_demo().await;
        let search = service(&world);
        let top = search.list(ZH, &category("tea-kitchen")).await.unwrap();
        let child = search.list(ZH, &category("teaware")).await.unwrap();
        assert!(top.products.total > child.products.total && child.products.total > 0);
        assert_eq!(search.list(ZH, &category("nothing")).await.unwrap_err(), AppError::NotFound);
        let sorted = |sort| category("tea-kitchen").with(Change::Sort(sort));
        let up = search.list(ZH, &sorted(Sort::PriceUp)).await.unwrap();
        let prices: Vec<i64> = up.products.items.iter().map(|card| card.price.minor).collect();
        assert!(prices.is_sorted(), "{prices:?}");
        let mut down = slugs(&search.list(ZH, &sorted(Sort::PriceDown)).await.unwrap()).join(" ");
        let ends = [down.split(' ').next().unwrap().to_owned(), slugs(&up)[0].to_owned()];
        assert_ne!(ends[0], ends[1]);
        down.clear();
        let beyond = ListRequest { page: app::kernel::PageNumber::parse("9").unwrap(), ..category("pantry") };
        assert_eq!(search.list(ZH, &beyond).await.unwrap_err(), AppError::NotFound);
    }

    async fn facets_stay_selectable_and_the_counts_keep_their_word(world) {
        world.with_demo().await;
        let search = service(&world);
        let plain = category("tea-kitchen");
        let list = search.list(ZH, &plain).await.unwrap();
        for facet in &list.facets.groups {
            for value in &facet.values {
                let narrowed = search.list(ZH, &plain.with(Change::Toggle(&facet.group, &value.key))).await.unwrap();
                assert_eq!(narrowed.products.total, u64::from(value.count), "{} {}", facet.group, value.key);
                let again = narrowed.facets.groups.iter().find(|other| other.group == facet.group).unwrap();
                assert!(again.values.iter().any(|other| other.key == value.key && other.is_chosen));
                let other = again.values.iter().filter(|other| other.key != value.key);
                assert!(facet.values.len() < 2 || other.count() > 0, "{} stays selectable", facet.group);
            }
        }
        for (change, count) in [(Change::InStock, list.facets.in_stock), (Change::OnOffer, list.facets.on_offer)] {
            assert_eq!(search.list(ZH, &plain.with(change)).await.unwrap().products.total, count);
        }
        let (low, high) = list.facets.prices.unwrap();
        let mut ranged = plain.clone();
        (ranged.filters.least, ranged.filters.most) = (Some(low.minor), Some(high.minor));
        assert_eq!(search.list(ZH, &ranged).await.unwrap().products.total, list.products.total);
        let unknown = plain.with(Change::Toggle("o-nothing", "x"));
        assert_eq!(search.list(ZH, &unknown).await.unwrap().products.total, 0);
    }

    async fn changed_stock_and_prices_are_found_and_survive_a_restart(world) {
        world.with_demo().await;
        let search = service(&world);
        let in_stock = request(&[("q", "青瓷提梁壶"), ("o-colour", "ivory"), ("stock", "1")]);
        let total = async |search: &SearchService, request: &ListRequest| search.list(ZH, request).await.unwrap().products.total;
        assert_eq!(total(&search, &in_stock).await, 1);
        set_stock(&world.database, &world.platform, "JS-TK01-IVORY", 0, "test").await.unwrap();
        assert!(search.holder.catch_up().await.unwrap() > 0);
        assert_eq!(total(&search, &in_stock).await, 0);
        assert_eq!(search.holder.catch_up().await.unwrap(), 0, "an event is worked on once");
        world.parts.clock.advance(time::Duration::seconds(1));
        write_catalog(&world, |file| {
            file["products"][0]["title"]["zh"] = "月白提梁壶".into();
            file["products"][0]["variants"][0]["price"]["CNY"] = 1_100.into();
        });
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        search.holder.catch_up().await.unwrap();
        let cheap = request(&[("q", "月白"), ("max", "11")]);
        assert_eq!((total(&search, &cheap).await, total(&service(&world), &cheap).await), (1, 1));
    }

    async fn what_no_event_told_of_is_found_by_looking_at_everything(world) {
        world.with_demo().await;
        let search = service(&world);
        search.holder.ensure().await.unwrap();
        world.parts.clock.advance(time::Duration::minutes(5));
        write_catalog(&world, |file| file["products"][1]["title"]["en"] = "Unheard Gaiwan".into());
        import_folder(&world.database, &world.platform, world.folder()).await.unwrap();
        assert_eq!(find(&search, EN, "unheard").await.products.total, 0);
        assert!(search.holder.reconcile().await.unwrap() > 0);
        assert_eq!(find(&search, EN, "unheard").await.products.total, 1);
    }

    async fn suggestions_are_products_categories_and_texts_of_others(world) {
        world.with_demo().await;
        let search = service(&world);
        let suggestions = search.suggest(EN, "tea").await.unwrap();
        assert!(suggestions.hits >= 2 && !suggestions.products.is_empty() && suggestions.products.len() <= 6);
        assert!(suggestions.products.iter().all(|product| product.picture.is_some()));
        assert!(suggestions.categories.iter().any(|link| link.slug == "teaware"), "{suggestions:?}");
        for _ in 0..3 {
            find(&search, EN, "Teapot").await;
            // A slip finds teapots too, but nobody should be led to type it.
            find(&search, EN, "teapott").await;
        }
        search.flush().await.unwrap();
        search.read_popular().await.unwrap();
        assert_eq!(search.suggest(EN, "te").await.unwrap().queries, ["teapot"]);
        assert!(search.suggest(ZH, "te").await.unwrap().queries.is_empty());
        assert_eq!(search.suggest(EN, "").await.unwrap().queries, ["teapot"]);
        assert!(search.suggest(EN, "zzqqxx").await.unwrap().products.is_empty());
    }

    async fn the_report_tells_what_was_looked_for_and_not_found(world) {
        world.with_demo().await;
        let search = service(&world);
        for text in ["teapot", "TEAPOT", "umbrella stand"] {
            find(&search, EN, text).await;
        }
        search.list(EN, &request(&[("q", "teapot"), ("sort", "price")])).await.unwrap();
        search.followed(EN, "teapot", 3);
        search.flush().await.unwrap();
        let report = report::read(&world.database, &world.platform, 30).await.unwrap();
        let top = &report.top[0];
        assert_eq!((top.text.as_str(), top.searches, top.clicks, top.rank_sum), ("teapot", 2, 1, 3));
        assert!(top.hits > 0);
        assert_eq!(report.empty.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["umbrella stand"]);
        world.parts.clock.advance(time::Duration::days(31));
        assert!(report::read(&world.database, &world.platform, 30).await.unwrap().top.is_empty());
    }

    async fn rare_and_old_texts_are_forgotten(world) {
        let day = time::Date::from_calendar_date(2026, time::Month::May, 1).unwrap();
        let row = |text: &str, searches| TallyWrite {
            day, locale: "zh", text: text.into(), searches, hits: 0, clicks: 0, rank_sum: 0,
        };
        let mut tx = world.database.write().await.unwrap();
        for row in [row("often", 5), row("once", 1)] {
            on!(tx, search::add_tally(&row)).unwrap();
        }
        assert_eq!(on!(tx, search::sweep_tallies(day, day)).unwrap(), 0);
        let next = day.next_day().unwrap();
        assert_eq!(on!(tx, search::sweep_tallies(day, next)).unwrap(), 1);
        assert_eq!(on!(tx, search::sweep_tallies(next, next)).unwrap(), 1);
        tx.commit().await.unwrap();
    }
}
