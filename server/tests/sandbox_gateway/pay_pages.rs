//! The hosted pages as a browser without JavaScript sees them.

use crate::harness::Sandbox;
use axum::body::Body;
use axum::http::Request;
use serde_json::json;

const HOSTILE: &str = "<script>alert(1)</script>\"'&<img src=x onerror=y>";

#[tokio::test]
async fn pages_hold_no_unescaped_input() {
    let sandbox = Sandbox::start().await;
    for locale in ["zh", "en"] {
        for amount in [1000, 1003] {
            let mut order = sandbox.order(amount);
            order["merchant_name"] = json!(HOSTILE);
            order["reference"] = json!(HOSTILE);
            order["locale"] = json!(locale);
            let id = sandbox.session_of(&order).await;
            let mut pages = vec![sandbox.get(&format!("/pay/{id}")).await];
            let fields = format!("number={HOSTILE}&expiry={HOSTILE}&cvc={HOSTILE}").replace('&', "%26");
            pages.push(sandbox.post(&format!("/pay/{id}/card"), &fields).await);
            pages.push(sandbox.post(&format!("/pay/{id}/card"), "expiry=%22%3E%3Cb%3E").await);
            sandbox.scan(&id).await;
            pages.push(sandbox.enter_code(&id, "%3Cb%3E").await);
            pages.push(sandbox.get(&format!("/pay/{id}")).await);
            for page in pages {
                assert!(page.status < 500);
                for markup in ["<script", "<img", "<b>", "javascript:"] {
                    assert!(!page.text.contains(markup), "{markup} in {}", page.text);
                }
            }
        }
    }
}

#[tokio::test]
async fn the_pay_page_is_complete_and_strict() {
    let sandbox = Sandbox::start().await;
    for (locale, lang, title) in [("zh", "zh-Hans", "付款 ¥428.00"), ("en", "en", "Pay CN¥428.00")] {
        let mut order = sandbox.order(42_800);
        order["locale"] = json!(locale);
        let id = sandbox.session_of(&order).await;
        let page = sandbox.get(&format!("/pay/{id}")).await;
        assert_eq!(page.status, 200);
        assert!(page.text.contains(&format!("<html lang=\"{lang}\">")));
        assert!(page.text.contains(title));
        assert_eq!(page.text.matches("<h1").count(), 1);
        assert_eq!(page.text.matches("<main").count(), 1);
        assert!(page.text.contains("<svg") && page.text.contains("4242 4242 4242 4242"));
        for inline in ["style=", "<style", "<script", "onclick"] {
            assert!(!page.text.contains(inline), "{inline}");
        }
        let policy = page.header("content-security-policy");
        let shop = sandbox.return_url("").split("/back").next().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'self';"));
        assert!(policy.contains(&format!("form-action 'self' {shop};")), "{policy}");
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let css = sandbox.get("/assets/pay.css").await;
    assert_eq!((css.status, css.header("content-type")), (200, "text/css; charset=utf-8"));
}

#[tokio::test]
async fn every_outcome_leads_back_to_the_shop_with_the_session_only() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1001).await;
    let cancelled = sandbox.post(&format!("/pay/{id}/cancel"), "").await;
    let declined = sandbox.scan(&id).await;
    let paid = sandbox.pay_by_card(&id, "4000000000000069").await;
    let again = sandbox.scan(&id).await;
    for answer in [cancelled, declined, paid, again] {
        assert_eq!((answer.status, answer.header("location")), (303, sandbox.return_url(&id).as_str()));
    }
    assert_eq!(sandbox.query(&id).await["attempts"].as_array().unwrap().len(), 2, "paid once");
}

#[tokio::test]
async fn a_declined_try_is_explained_when_the_payer_comes_again() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    sandbox.pay_by_card(&id, "4000000000009995").await;
    let page = sandbox.get(&format!("/pay/{id}")).await;
    assert!(
        page.text.contains("role=\"alert\"") && page.text.contains("insufficient funds. Try another card")
    );
}

#[tokio::test]
async fn card_mistakes_are_named_and_the_number_is_not_sent_back() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    let page =
        sandbox.post(&format!("/pay/{id}/card"), "number=4111111111111111&expiry=13%2F30&cvc=987654").await;
    assert_eq!(page.status, 422);
    for part in
        ["href=\"#number\"", "href=\"#expiry\"", "href=\"#cvc\"", "aria-invalid=\"true\"", "value=\"13/30\""]
    {
        assert!(page.text.contains(part), "{part}");
    }
    assert!(!page.text.contains("4111") && !page.text.contains("987654"));
    assert!(sandbox.query(&id).await["attempts"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn only_the_last_four_digits_are_kept() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    sandbox.pay_by_card(&id, "4242424242424242").await;
    let events = sandbox.send(sandbox.signed("GET", &format!("/v1/sessions/{id}/events"), b"")).await.text;
    let session = sandbox.query(&id).await.to_string();
    for text in [events, session] {
        assert!(text.contains("\"4242\"") && !text.contains("42424242"));
    }
}

#[tokio::test]
async fn giving_up_a_challenge_declines_the_try() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1003).await;
    sandbox.scan(&id).await;
    assert_eq!(sandbox.get(&format!("/pay/{id}")).await.header("location"), format!("/pay/{id}/challenge"));
    let answer = sandbox.post(&format!("/pay/{id}/challenge"), "code=&give_up=1").await;
    assert_eq!(answer.header("location"), sandbox.return_url(&id));
    assert_eq!(sandbox.query(&id).await["last_decline"], "challenge_failed");
}

#[tokio::test]
async fn finished_sessions_show_their_end_and_the_way_back() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    sandbox.scan(&id).await;
    let page = sandbox.get(&format!("/pay/{id}")).await;
    assert!(page.text.contains("<h1>Paid</h1>"));
    assert!(page.text.contains(&sandbox.return_url(&id).replace('&', "&amp;")));
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let sandbox = Sandbox::start().await;
    let id = sandbox.session(1000).await;
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("same-origin", 303)] {
        let request = Request::post(sandbox.url(&format!("/pay/{id}/scan")))
            .header("sec-fetch-site", site)
            .body(Body::empty())
            .unwrap();
        assert_eq!(sandbox.send(request).await.status, status, "{site}");
    }
}

#[tokio::test]
async fn unknown_pages_and_unreadable_forms_get_a_page_in_the_readers_language() {
    let sandbox = Sandbox::start().await;
    let request =
        Request::get(sandbox.url("/pay/ps_unknown")).header("accept-language", "zh-CN").body(Body::empty());
    let page = sandbox.send(request.unwrap()).await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("找不到这个页面"));
    let id = sandbox.session(1000).await;
    let card = sandbox.url(&format!("/pay/{id}/card"));
    let plain = Request::post(&card).header("content-type", "text/plain").body(Body::from("x")).unwrap();
    assert_eq!(sandbox.send(plain).await.status, 415);
    let large = format!("number={}", "1".repeat(20_000));
    assert_eq!(sandbox.post(&format!("/pay/{id}/card"), &large).await.status, 413);
    for fields in ["number=%ff%00", "&&&===", "code=1&code=2", "number[]=1"] {
        assert!(sandbox.post(&format!("/pay/{id}/card"), fields).await.status < 500, "{fields}");
    }
}
