//! Rubbish made by the thousand for everything that reads what others have written: addresses, cookies, forms, webhooks,
//! catalogues, sheets. The inputs of `tests/corpus` come first, every time; what proptest finds is kept there too.

use crate::contents::contents;
use crate::routes::{endpoints, fill, pages};
use crate::shop::{Answer, BASE, Shop, form_request};
use crate::support::{Backend, World};
use crate::sweep::check;
use http::{HeaderValue, Request};
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestRunner};
use serde_json::{Value, json};
use server::catalog::{import, sheet};
use server::payments::provider::PaymentProvider as _;
use server::payments::sandbox::{SandboxAccess, SandboxProvider};
use server::sandbox_gateway::signing::SigningKey;
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;

/// Cases of each kind.
const CASES: u32 = 256;

fn corpus(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name)
}

fn lines(name: &str) -> Vec<String> {
    std::fs::read_to_string(corpus(name)).unwrap().lines().map(str::to_owned).collect()
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = corpus(folder).read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no inputs");
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A runner that keeps what it finds beside the corpus.
fn runner(cases: u32) -> TestRunner {
    let kept = FileFailurePersistence::Direct("tests/corpus/proptest.txt");
    TestRunner::new(Config { cases, failure_persistence: Some(Box::new(kept)), ..Config::default() })
}

/// What people, scripts and attackers type.
fn rubbish() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[-+0-9a-zA-Z%&=;,:/?#<>'\"{}()*|\\\\^\\[\\] ]{0,60}",
        prop::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter),
        "(%[0-9a-fA-F]{2}){0,20}",
        "[茶壶绿龙井乌龍ａｂ０１２ㄅァ🍵]{0,30}",
        any::<i128>().prop_map(|number| number.to_string()),
    ]
}

/// The same as it may stand in an address: what may not is written in hexadecimal.
fn encoded() -> impl Strategy<Value = String> {
    rubbish().prop_map(|text| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"%-_.~&=;,:+[]".contains(&byte);
        let bytes = text.bytes();
        bytes
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    })
}

fn browse(shop: &Shop, runtime: &Runtime, address: &str, cookie: &str) -> Option<Answer> {
    let cookie = HeaderValue::from_bytes(cookie.as_bytes()).ok()?;
    let request = Request::get(address).header("accept", "text/html").header("host", "shop.example");
    request.uri_ref()?;
    Some(runtime.block_on(shop.send(request.header("cookie", cookie), "")))
}

#[test]
fn no_address_and_no_cookie_is_a_fault_of_ours() {
    let runtime = Runtime::new().unwrap();
    let shop = runtime.block_on(Shop::open());
    for address in lines("addresses.txt") {
        let answer = browse(&shop, &runtime, &address.replace('茶', "%E8%8C%B6").replace('ｃ', "c"), "a=b");
        answer.iter().for_each(|answer| check(&address, answer));
    }
    for cookie in lines("cookies.txt") {
        for page in ["/en/cart", "/en/checkout", "/zh"] {
            browse(&shop, &runtime, page, &cookie).iter().for_each(|answer| check(&cookie, answer));
        }
    }
    let routes = pages();
    let strategy = (prop::sample::select(routes), encoded(), encoded(), rubbish());
    let tried = runner(CASES).run(&strategy, |(route, name, query, cookie)| {
        let address = format!("{}?q={query}&{query}", fill(&route, &name));
        let cookie = format!("jishi_guest={cookie}; jishi_currency={query}");
        browse(&shop, &runtime, &address, &cookie).iter().for_each(|answer| check(&address, answer));
        Ok(())
    });
    tried.unwrap();
}

#[test]
fn no_form_is_a_fault_of_ours() {
    let runtime = Runtime::new().unwrap();
    let shop = runtime.block_on(Shop::open());
    let send = |endpoint: &str, body: &str| {
        let request = form_request(endpoint)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("{BASE}/en/cart"));
        check(&format!("{endpoint} {body}"), &runtime.block_on(shop.send(request, body.to_owned())));
    };
    let endpoints = endpoints();
    for body in lines("forms.txt") {
        endpoints.iter().for_each(|endpoint| send(endpoint, &body));
    }
    let fields = "(variant_sku|quantity|items|email|name|phone|country|region|line1|expected_total|payment_method|gift)(\\[\\])?";
    let form = prop::collection::vec((fields, encoded()), 0..8);
    let strategy = (prop::sample::select(endpoints), form);
    let tried = runner(CASES).run(&strategy, |(endpoint, form)| {
        let pairs: Vec<String> = form.iter().map(|(field, value)| format!("{field}={value}")).collect();
        send(&endpoint, &pairs.join("&"));
        Ok(())
    });
    tried.unwrap();
}

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        rubbish().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{0,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The paths of everything in a document.
fn paths(value: &Value, here: &str, all: &mut Vec<String>) {
    all.push(here.to_owned());
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, item)| paths(item, &format!("{here}/{at}"), all));
        }
        Value::Object(map) => map.iter().for_each(|(key, item)| paths(item, &format!("{here}/{key}"), all)),
        _ => {}
    }
}

/// The document with something else at one or two of its places.
fn bent(document: Value) -> impl Strategy<Value = Value> {
    let mut all = Vec::new();
    paths(&document, "", &mut all);
    let change = (prop::sample::select(all), any_json());
    prop::collection::vec(change, 1..3).prop_map(move |changes| {
        let mut bent = document.clone();
        for (path, value) in changes {
            if let Some(place) = bent.pointer_mut(&path) {
                *place = value;
            }
        }
        bent
    })
}

#[test]
fn no_webhook_that_is_signed_breaks_its_reader() {
    let world = Runtime::new().unwrap().block_on(World::new(Backend::Sqlite));
    let access = SandboxAccess {
        url: "http://127.0.0.1:1".parse().unwrap(),
        secret: "k".to_owned(),
        base_url: BASE.to_owned(),
    };
    let provider = SandboxProvider::new(access, world.platform.clock.clone(), world.platform.entropy.clone());
    let now = world.platform.clock.now();
    let read = |body: &[u8]| {
        let timestamp = now.unix_timestamp().to_string();
        let signature = SigningKey::new("k").sign("evt_fuzz", &timestamp, body);
        let headers = [
            ("webhook-id", "evt_fuzz"),
            ("webhook-timestamp", &timestamp),
            ("webhook-signature", &signature),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        provider.read(&app::payments::model::Notice { headers, body: body.to_vec() }, now)
    };
    let bodies = files("webhooks");
    let readable = bodies.iter().filter(|body| read(body).is_ok()).count();
    assert!(readable > 0 && readable < bodies.len(), "some are well-formed, some are not");
    let valid = std::fs::read(corpus("webhooks/overflow.json")).unwrap();
    let valid: Value = serde_json::from_slice(&valid).unwrap();
    let tried = runner(CASES * 4).run(&bent(valid), |body| {
        let _ = read(body.to_string().as_bytes());
        Ok(())
    });
    tried.unwrap();
}

/// The demo catalogue with two products and no pictures.
fn small_catalogue() -> Value {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo/catalog.json");
    let mut catalogue: Value = serde_json::from_slice(&std::fs::read(demo).unwrap()).unwrap();
    catalogue.pointer_mut("/products").and_then(Value::as_array_mut).unwrap().truncate(2);
    catalogue
}

#[test]
fn a_catalogue_that_is_refused_has_changed_nothing() {
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(World::new(Backend::Sqlite));
    runtime.block_on(world.with_demo());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demo");
    let file = world.folder().join("fuzz.json");
    let media = world.folder().join("media");
    if !media.exists() {
        std::os::unix::fs::symlink(folder.join("media"), &media).unwrap();
    }
    let try_it = |text: &[u8]| {
        std::fs::write(&file, text).unwrap();
        let before = runtime.block_on(contents(&world.database, &[]));
        let done = runtime.block_on(import::import_folder(&world.database, &world.platform, &file));
        if let Err(error) = done {
            assert!(!format!("{error:#}").is_empty());
            assert_eq!(runtime.block_on(contents(&world.database, &[])), before, "{error:#}");
        }
    };
    files("catalogs").iter().for_each(|text| try_it(text));
    let tried = runner(CASES / 4).run(&bent(small_catalogue()), |catalogue| {
        try_it(catalogue.to_string().as_bytes());
        Ok(())
    });
    tried.unwrap();
}

#[test]
fn a_sheet_of_rubbish_is_answered_with_rows_and_columns() {
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(World::new(Backend::Sqlite));
    runtime.block_on(world.with_demo());
    let file = world.folder().join("fuzz.csv");
    let mut good = Vec::new();
    runtime.block_on(sheet::export(&world.database, BASE, &mut good)).unwrap();
    let good: Vec<u8> = good.split_inclusive(|byte| *byte == b'\n').take(12).flatten().copied().collect();
    let try_it = |text: &[u8]| {
        std::fs::write(&file, text).unwrap();
        let _ = runtime.block_on(sheet::import(&world.database, &world.platform, &file));
    };
    files("sheets").iter().for_each(|text| try_it(text));
    let cut = (0..good.len(), prop::collection::vec(any::<u8>(), 0..6), 0..12_usize);
    let tried = runner(CASES / 4).run(&cut, |(at, put, skip)| {
        let rest = good.get(at + skip..).unwrap_or_default();
        try_it(&[&good[..at], put.as_slice(), rest].concat());
        Ok(())
    });
    tried.unwrap();
    let sound = runtime.block_on(server::check::run(&world.database));
    assert!(sound.unwrap().is_healthy(), "the books add up");
}
