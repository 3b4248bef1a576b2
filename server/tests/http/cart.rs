//! The cart through the router: lists, links, what is put aside, and every problem of a refused order.

use crate::shop::{BASE, Browser, Shop};
use http::StatusCode;

const TEAPOT: &str = "JS-TK01-CELADO";
const SCARCE: &str = "JS-TK01-TENMOK";

async fn set_stock(shop: &Shop, sku: &str, units: i64) {
    server::inventory::cli::set(&shop.world.database, &shop.world.platform, sku, units, "counted")
        .await
        .unwrap();
}

#[tokio::test]
async fn a_refused_order_names_every_line_and_keeps_its_code() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:2,{SCARCE}:3,JS-PA48-WHEAT:1")).await;
    set_stock(&shop, TEAPOT, 0).await;
    set_stock(&shop, SCARCE, 1).await;
    let form = "name=Li&phone=13800138000&email=li@example.com&country=CN&region=Zhejiang&city=Hangzhou&district=Xihu&line1=1\
        &payment_method=cash_on_delivery";
    let refused = browser.call("/api/checkout/place", form.to_owned()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text());
    let json = refused.json();
    assert_eq!((&json["error"], &json["detail"]), (&"conflict".into(), &"sold_out".into()), "{json}");
    let problems: Vec<_> = json["problems"].as_array().unwrap().iter().collect();
    let told = |index: usize| (problems[index]["sku"].as_str(), problems[index]["code"].as_str());
    assert_eq!(problems.len(), 2, "{json}");
    assert_eq!(told(0), (Some(TEAPOT), Some("sold_out")));
    assert_eq!(told(1), (Some(SCARCE), Some("not_enough_stock")));
    let cart = browser.call("/api/cart/remove", "variant_sku=NONE".to_owned()).await.json();
    assert_eq!(cart["problems"], json["problems"], "the cart tells the same");

    let back = browser.submit("/api/checkout/place", form.to_owned()).await;
    assert!(back.header("location").ends_with("problem=sold_out"), "{}", back.header("location"));
    let page = browser.open("/en/checkout?problem=sold_out").await;
    assert!(page.text().contains(&format!("/en/cart#line-{SCARCE}")), "{}", page.text());
}

#[tokio::test]
async fn a_list_is_told_about_as_data_and_on_the_page() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, TEAPOT).await;
    let form = format!("variant_sku[]={SCARCE}&quantity[]=2&variant_sku[]=NO-SUCH&quantity[]=1");
    let data = browser.call("/api/cart/add-many", form.clone()).await;
    assert_eq!(data.status, StatusCode::OK, "{}", data.text());
    let json = data.json();
    assert_eq!((&json["added"][0]["sku"], &json["added"][0]["quantity"]), (&SCARCE.into(), &2.into()));
    assert_eq!(json["refused"][0]["code"], "sku_unknown");
    assert_eq!(json["cart"]["count"], 3);

    let sent =
        browser.submit("/api/cart/add-many", format!("items={TEAPOT}:1%0ANO-SUCH:1%0A%3Cb%3E:2")).await;
    let to = sent.header("location").to_owned();
    assert_eq!(
        (sent.status, to.as_str()),
        (StatusCode::SEE_OTHER, "/en/cart?added=1&refused=NO-SUCH:sku_unknown,?:sku_unknown")
    );
    let page = browser.open(&to).await;
    assert!(page.text().contains("One article was added.") && page.text().contains("NO-SUCH"));
    assert!(page.text().contains("Not an article number"));

    for nothing in ["items=", "items=%20%2C", "", "variant_sku[]=&quantity[]=1"] {
        let refused = browser.call("/api/cart/add-many", nothing.to_owned()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{nothing}: {}", refused.text());
        assert_eq!(refused.json()["detail"][0]["field"], "items");
    }
}

#[tokio::test]
async fn looking_at_a_link_adds_nothing_and_its_form_does() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, TEAPOT).await;
    let link = format!("/en/cart?items={SCARCE}:2,JS-PA48-WHEAT,NO-SUCH");
    let page = browser.open(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("3 articles from a link") && page.text().contains("Add these 2 articles"));
    let offered = format!(r#"name="items" value="{SCARCE}:2,JS-PA48-WHEAT:1""#);
    assert!(page.text().contains(&offered), "{}", page.text());
    let cart = browser.call("/api/cart/remove", "variant_sku=NONE".to_owned()).await.json();
    assert_eq!(cart["count"], 1, "looking changes nothing");
    browser.submit("/api/cart/add-many", format!("items={SCARCE}:2,JS-PA48-WHEAT:1")).await;
    let cart = browser.call("/api/cart/remove", "variant_sku=NONE".to_owned()).await.json();
    assert_eq!(cart["count"], 4);
    let own = browser.open("/en/cart").await;
    assert!(own.text().contains(&format!("{BASE}/en/cart?items={TEAPOT}:1,")), "the cart's own link");
}

#[tokio::test]
async fn what_is_put_aside_stays_below_the_cart_and_counts_in_nothing() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:2,{SCARCE}:1")).await;
    let sent = browser.submit("/api/cart/save", format!("variant_sku={TEAPOT}")).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/en/cart"));
    let page = browser.open("/en/cart").await;
    assert!(page.text().contains("Saved for later") && page.text().contains("/api/cart/restore"));
    let cart = browser.call("/api/cart/remove", format!("variant_sku={SCARCE}")).await.json();
    assert_eq!(
        (&cart["count"], &cart["subtotal"]["minor"], &cart["is_ready"]),
        (&0.into(), &0.into(), &false.into())
    );
    assert_eq!(cart["saved"][0]["sku"], TEAPOT);
    let page = browser.open("/en/cart").await;
    assert!(page.text().contains("Your cart is empty") && page.text().contains("Saved for later"));
    let cart = browser.call("/api/cart/restore", format!("variant_sku={TEAPOT}")).await.json();
    assert_eq!((&cart["count"], cart["saved"].as_array().map(Vec::len)), (&2.into(), Some(0)));
    let unknown = browser.call("/api/cart/save", "variant_sku=NO-SUCH".to_owned()).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

/// A form that is right, paid at the door.
pub(crate) const FORM: &str = "name=Li&phone=13800138000&email=li@example.com&country=CN&region=Zhejiang&city=Hangzhou&district=Xihu&line1=1\
    &payment_method=cash_on_delivery";

#[tokio::test]
async fn a_wrong_tax_number_is_refused_by_name_and_what_was_typed_is_kept() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, TEAPOT).await;
    let form = format!("{FORM}&invoice=company&invoice_title=Tea&tax_number=91350100M000100Y44");
    let refused = browser.call("/api/checkout/place", form.clone()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let wrong = &refused.json()["detail"][0];
    assert_eq!((&wrong["field"], &wrong["code"]), (&"tax_number".into(), &"tax_number_invalid".into()));
    let back = browser.submit("/api/checkout/place", form).await;
    assert!(back.header("location").ends_with("problem=tax_number_invalid"), "{}", back.header("location"));
    let page = browser.open("/en/checkout?problem=tax_number_invalid").await;
    assert!(page.text().contains("91350100M000100Y44") && page.text().contains("#field-tax_number"));
}

#[tokio::test]
async fn an_invoice_is_for_those_who_may_read_the_order() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:2")).await;
    let form = format!(
        "{FORM}&gift=on&gift_message=Joy&invoice=company&invoice_title=Tea&tax_number=91350100M000100Y43"
    );
    let placed = browser.call("/api/checkout/place", form).await;
    assert_eq!(placed.status, StatusCode::OK, "{}", placed.text());
    let order = format!("/en/orders/{}", placed.json()["order"].as_str().unwrap());
    let page = browser.open(&order).await;
    assert!(page.text().contains(&format!("{order}/invoice")) && page.text().contains("Card: Joy"));
    let bill = browser.open(&format!("{order}/invoice")).await;
    assert_eq!(bill.status, StatusCode::OK);
    for told in ["Invoice for order J100001", "Tax number 91350100M000100Y43", "13%", "$124.00", "$14.27"] {
        assert!(bill.text().contains(told), "{told}");
    }
    for stranger in [format!("{order}/invoice"), format!("{order}/invoice?key={}", "0".repeat(64))] {
        assert_eq!(shop.browse(&stranger).await.status, StatusCode::NOT_FOUND, "{stranger}");
    }
}

#[tokio::test]
async fn wishes_told_in_the_cart_are_those_of_the_checkout_and_the_other_way_round() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    let form = "gift=on&gift_message=For+%3CLi%3E&note=Ring+twice".to_owned();
    let sent = browser.submit("/api/cart/wishes", form).await;
    let to = sent.header("location");
    assert_eq!((sent.status, to), (StatusCode::SEE_OTHER, "/en/cart?wishes=kept#cart-wishes"));
    let cart = browser.open("/en/cart?wishes=kept").await;
    assert!(cart.text().contains("The checkout knows it, too."), "{}", cart.text());
    for path in ["/en/cart", "/en/checkout"] {
        let page = browser.open(path).await;
        for typed in ["For &lt;Li>", "Ring twice", "name=\"gift\" value=\"on\" checked"] {
            assert!(page.text().contains(typed), "{typed} on {path}: {}", page.text());
        }
        assert!(!page.text().contains("The checkout knows it, too."), "told once: {path}");
        assert!(!page.text().contains("Please fill this in"), "nothing is complained about yet: {path}");
    }

    let typed = "name=Xiao+Li&country=CN&gift_message=&note=Leave+it+below&invoice=personal";
    browser.call("/api/checkout/fill", typed.to_owned()).await;
    let cart = browser.open("/en/cart").await;
    assert!(
        cart.text().contains("Leave it below") && !cart.text().contains("For &lt;Li>"),
        "{}",
        cart.text()
    );
    let kept = browser.call("/api/cart/wishes", "gift_message=Again".to_owned()).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    assert_eq!((&kept.json()["gift_message"], &kept.json()["note"]), (&"Again".into(), &"".into()));
    let checkout = browser.open("/en/checkout").await;
    assert!(checkout.text().contains("Again") && !checkout.text().contains("Leave it below"));
    assert!(checkout.text().contains("value=\"Xiao Li\""), "the rest of what was typed stays");
}

#[tokio::test]
async fn a_wish_that_is_too_long_is_told_and_nothing_typed_is_lost() {
    let shop = Shop::open().await;
    let browser = Browser::with(&shop, &format!("{TEAPOT}:1")).await;
    let long = "w".repeat(201);
    let form = format!("gift_message={long}&note=Porter");
    let refused = browser.call("/api/cart/wishes", form.clone()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let detail = &refused.json()["detail"];
    assert_eq!((&detail[0]["field"], &detail[0]["code"]), (&"gift_message".into(), &"too_long".into()));
    let back = browser.submit("/api/cart/wishes", form).await;
    assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/en/cart?problem=too_long"));
    let page = browser.open("/en/cart?problem=too_long").await;
    assert!(page.text().contains(&long) && page.text().contains("Porter"), "{}", page.text());
    let stranger = shop.call("/api/cart/wishes", "note=Hello").await;
    assert_eq!(stranger.status, StatusCode::CONFLICT, "{}", stranger.text());
    assert_eq!((&stranger.json()["detail"], stranger.header("set-cookie")), (&"cart_empty".into(), ""));
}
