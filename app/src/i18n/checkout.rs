//! Texts of the checkout page.

use super::fmt;
use crate::checkout::discount::Discount;
use crate::delivery::arrival::Arrival;
use crate::kernel::{CountryCode, Locale};
use crate::payments::model::PaymentMethod;

messages! {
    title = "结算" | "Checkout";
    description = "填写收货信息并提交订单" | "Where your order goes, and how you pay";
    back_to_cart = "返回购物车" | "Back to the cart";
    required_note = "带 * 的项目必填" | "Fields with * are required";
    empty_title = "购物车还是空的" | "Your cart is empty";
    empty_text = "先选几件喜欢的商品，再回来结算。" | "Choose something you like first, then come back here.";
    empty_action = "去逛逛" | "Browse the shop";
    contact = "联系方式" | "Contact";
    delivery = "收货地址" | "Delivery address";
    method = "配送方式" | "Delivery";
    payment = "付款方式" | "Payment";
    email = "邮箱" | "E-mail";
    email_hint = "订单确认会发到这里" | "Your order confirmation goes here";
    name = "收货人" | "Full name";
    phone = "手机号码" | "Phone";
    phone_hint = "仅用于送货联系；境外号码请加国家区号，例如 +44" | "Only for the courier. Numbers from outside China and North America need a country code, such as +44";
    country = "国家或地区" | "Country or region";
    country_choose = "请选择" | "Please choose";
    region = "省 / 州" | "Province or state";
    city = "城市" | "City";
    district = "区 / 县" | "District";
    line1 = "详细地址" | "Street address";
    line1_hint = "街道、楼栋、门牌号" | "Street, building, flat";
    postcode = "邮编" | "Postcode";
    note = "备注" | "Note for the courier";
    note_hint = "选填，例如放在门卫处" | "Optional, for example where to leave the parcel";
    arrives_on(day) = "预计 {day} 送达" | "Arrives {day}";
    arrives_between(first, last) = "预计 {first} 至 {last} 送达" | "Arrives {first} to {last}";
    travels(name, arrival) = "{name}：{arrival}" | "{name}: {arrival}";
    no_delivery = "这些商品一次寄不到这个地址：太重了。请减少数量，分几次下单。" | "These articles are too heavy to go there in one parcel. Please order them in parts.";
    unsendable = "无法寄送" | "Not possible";
    update_total = "更新总价" | "Update the total";
    free = "免费" | "Free";
    summary = "订单摘要" | "Your order";
    edit_cart = "修改购物车" | "Edit the cart";
    goods = "商品原价" | "Before discounts";
    discount_on(label, article) = "{label}（{article}）" | "{label} ({article})";
    subtotal = "商品合计" | "Subtotal";
    shipping = "运费" | "Delivery";
    total = "应付总额" | "Total";
    tax_included(amount) = "其中含税 {amount}" | "Includes {amount} tax";
    sales_tax = "销售税" | "Sales tax";
    sales_tax_note = "送往美国的订单按所在州加收销售税，填好地址后计入总价。" | "For orders to the United States the sales tax of the state is added once the address is filled in.";
    shipping_missing(amount) = "再买 {amount} 即可免运费" | "Add {amount} more for free delivery";
    one_unit = "共 1 件" | "1 article";
    many_units(count) = "共 {count} 件" | "{count} articles";
    times(count) = "× {count}" | "× {count}";
    place(amount) = "提交订单 · {amount}" | "Place order · {amount}";
    placing = "正在提交…" | "Placing your order…";
    place_note = "提交后即下单；选择在线支付时，下一步是付款页面。" | "This places the order. If you pay online, the payment page comes next.";
    errors_title = "请检查以下内容" | "Please check the following";
    not_placed = "订单还没有提交" | "Your order has not been placed";
    total_changed(before, now) = "总价从 {before} 变为 {now}。请核对下面的明细，没有问题再提交一次。" | "The total changed from {before} to {now}. Please check the list, then place the order again.";
    total_now(now) = "总价已变为 {now}。请核对下面的明细，没有问题再提交一次。" | "The total is now {now}. Please check the list, then place the order again.";
    stock_changed = "有商品的库存变了：请返回购物车调整标出的商品，再提交。已填写的信息都还在。" | "Some stock has changed. Please mend the marked articles in the cart, then place the order. What you typed is kept.";
    stock_settled = "刚才有商品库存不足，现在可以购买了。请核对后再次提交。" | "An article was short a moment ago and can be bought now. Please check, then place the order again.";
    cart_blocked = "有商品现在无法购买，请先在购物车中处理。已填写的信息都还在。" | "Some articles cannot be bought right now. Please mend the cart first. What you typed is kept.";
}

/// A country's name.
#[must_use]
pub const fn country_name(locale: Locale, country: CountryCode) -> &'static str {
    match (country, locale) {
        (CountryCode::CN, Locale::Zh) => "中国大陆",
        (CountryCode::CN, Locale::En) => "Mainland China",
        (CountryCode::US, Locale::Zh) => "美国",
        (CountryCode::US, Locale::En) => "United States",
        (CountryCode::GB, Locale::Zh) => "英国",
        (CountryCode::GB, Locale::En) => "United Kingdom",
        (CountryCode::SG, Locale::Zh) => "新加坡",
        (CountryCode::SG, Locale::En) => "Singapore",
        (CountryCode::AU, Locale::Zh) => "澳大利亚",
        (CountryCode::AU, Locale::En) => "Australia",
        (CountryCode::CA, Locale::Zh) => "加拿大",
        (CountryCode::CA, Locale::En) => "Canada",
    }
}

/// What a postcode of the country looks like.
#[must_use]
pub const fn postcode_hint(locale: Locale, country: Option<CountryCode>) -> &'static str {
    match (country, locale) {
        (None, Locale::Zh) => "按所选国家或地区填写",
        (None, Locale::En) => "As written in your country",
        (Some(CountryCode::CN), Locale::Zh) => "6 位数字，可不填",
        (Some(CountryCode::CN), Locale::En) => "6 digits; may be left out",
        (Some(CountryCode::US), Locale::Zh) => "5 位数字，例如 94103",
        (Some(CountryCode::US), Locale::En) => "ZIP code, such as 94103",
        (Some(CountryCode::GB), Locale::Zh) => "例如 SW1A 1AA",
        (Some(CountryCode::GB), Locale::En) => "Such as SW1A 1AA",
        (Some(CountryCode::SG), Locale::Zh) => "6 位数字，例如 018956",
        (Some(CountryCode::SG), Locale::En) => "6 digits, such as 018956",
        (Some(CountryCode::AU), Locale::Zh) => "4 位数字，例如 2000",
        (Some(CountryCode::AU), Locale::En) => "4 digits, such as 2000",
        (Some(CountryCode::CA), Locale::Zh) => "例如 K1A 0B1",
        (Some(CountryCode::CA), Locale::En) => "Such as K1A 0B1",
    }
}

/// When a parcel is expected.
#[must_use]
pub fn arrival(locale: Locale, arrival: Arrival) -> String {
    let day = |day| fmt::day(locale, day);
    if arrival.first_day == arrival.last_day {
        return arrives_on(locale, day(arrival.first_day));
    }
    arrives_between(locale, day(arrival.first_day), day(arrival.last_day))
}

/// A payment method: its name and what it means.
#[must_use]
pub const fn payment_method(locale: Locale, method: PaymentMethod) -> (&'static str, &'static str) {
    match (method, locale) {
        (PaymentMethod::Sandbox, Locale::Zh) => {
            ("在线支付（体验）", "扫码或银行卡；这是演示用的支付网关，不会真的扣款")
        }
        (PaymentMethod::Sandbox, Locale::En) => {
            ("Pay online (demo)", "By code or card, on a gateway for trying things out: no money moves")
        }
        (PaymentMethod::CashOnDelivery, Locale::Zh) => ("货到付款", "收货时以现金付给快递员"),
        (PaymentMethod::CashOnDelivery, Locale::En) => {
            ("Cash on delivery", "Pay the courier when it arrives")
        }
    }
}

/// The label of a form field, for the list of errors. Wishes are checked on the server only. Empty for a field that the form does not show.
#[must_use]
pub fn field_label(locale: Locale, name: &str) -> &'static str {
    match name {
        "email" => email(locale),
        "name" => self::name(locale),
        "phone" => phone(locale),
        "country" => country(locale),
        "region" => region(locale),
        "city" => city(locale),
        "district" => district(locale),
        "line1" => line1(locale),
        "postcode" => postcode(locale),
        "note" => note(locale),
        "delivery" => method(locale),
        "payment_method" => payment(locale),
        #[cfg(feature = "ssr")]
        "gift_message" => super::wishes::gift_message(locale),
        #[cfg(feature = "ssr")]
        "invoice" => super::wishes::invoice(locale),
        #[cfg(feature = "ssr")]
        "invoice_title" => super::wishes::invoice_title(locale),
        #[cfg(feature = "ssr")]
        "tax_number" => super::wishes::tax_number(locale),
        _ => "",
    }
}

/// The name of a discount, with the article that it is for.
#[must_use]
pub fn discount_name(locale: Locale, discount: &Discount) -> String {
    let label = discount.label.get(locale);
    match discount.article.as_str() {
        "" => label.to_owned(),
        article => discount_on(locale, label, article),
    }
}

/// How much is in the order.
#[must_use]
pub fn units(locale: Locale, count: u32) -> String {
    match count {
        1 => one_unit(locale).to_owned(),
        _ => many_units(locale, count),
    }
}
