//! What to say for each [`ErrorCode`]: what is wrong and what to do next.

use crate::error::ErrorCode;
use crate::kernel::Locale;

messages! {
    required = "请填写此项" | "Please fill this in";
    too_long = "内容太长了，请缩短一些" | "This is too long, please shorten it";
    email_invalid = "请填写完整的邮箱，例如 name@example.com" | "Please enter a full address, such as name@example.com";
    phone_invalid = "请填写有效的电话号码，境外号码请加国家区号，例如 +44" | "Please enter a valid number; with its country code from abroad, such as +44";
    country_unknown = "暂不支持送往该国家或地区" | "We do not deliver to this country yet";
    place_unknown = "没有找到这个地名，请核对" | "We do not know this place";
    postcode_invalid = "邮编与所选国家或地区不符" | "This postcode does not fit the country";
    payment_method_unknown = "请选择一种付款方式" | "Please choose a way to pay";
    payment_unavailable = "支付服务暂时无法使用，订单已为您保留。请稍后再付，或换一种付款方式。" | "The payment service cannot be reached right now. Your order is kept: please try again in a moment, or choose another way to pay.";
    payment_expired = "付款时间已过，商品不再保留" | "The time to pay is over and the articles are no longer reserved";
    delivery_unavailable = "这些商品不能这样送到该地址，请另选配送方式，或分几次下单" | "This cannot be sent there in that way. Choose another delivery, or order in parts";
    tax_number_invalid = "税号有误，请核对" | "Please check this tax number";
    quantity_invalid = "请填写 1 到 99 之间的数量" | "Please enter a quantity from 1 to 99";
    quantity_too_large = "每件商品每单最多 99 件" | "At most 99 of one article in an order";
    sku_unknown = "没有找到这件商品" | "We do not know this article";
    sold_out = "这件商品刚刚售罄" | "This article has just sold out";
    not_enough_stock = "库存不足，请减少数量" | "Not that many are left, please choose fewer";
    cart_empty = "购物车是空的" | "The cart is empty";
    cart_full = "购物车已满，请先移除一些商品" | "The cart is full, please remove something first";
    total_changed = "总价有变化，请核对后再次提交" | "The total has changed; please check it and submit again";
    no_price = "这件商品暂不支持所选货币" | "This article is not sold in the chosen currency";
    state_changed = "状态已更新，请刷新页面查看" | "Things have moved on; please reload the page";
    form_unreadable = "无法读取提交的内容，请重试" | "We could not read the form, please try again";
    not_found = "没有找到您要的内容" | "We could not find what you asked for";
    not_allowed = "您没有权限查看此内容" | "You are not allowed to see this";
    too_many_requests = "操作太频繁，请稍后再试" | "Too many requests, please wait a moment";
    unavailable = "网络或店铺暂时无法响应，请重试，已填写的内容不会丢失" | "The shop cannot be reached right now. Please try again; nothing you typed is lost";
    internal = "我们这边出了点问题，请稍后再试" | "Something went wrong on our side, please try again later";
}

impl ErrorCode {
    /// The sentence for a shopper.
    #[must_use]
    pub const fn text(self, locale: Locale) -> &'static str {
        match self {
            Self::Required => required(locale),
            Self::TooLong => too_long(locale),
            Self::EmailInvalid => email_invalid(locale),
            Self::PhoneInvalid => phone_invalid(locale),
            Self::CountryUnknown => country_unknown(locale),
            Self::PlaceUnknown => place_unknown(locale),
            Self::PostcodeInvalid => postcode_invalid(locale),
            Self::PaymentMethodUnknown => payment_method_unknown(locale),
            Self::PaymentUnavailable => payment_unavailable(locale),
            Self::PaymentExpired => payment_expired(locale),
            Self::TaxNumberInvalid => tax_number_invalid(locale),
            Self::DeliveryUnavailable => delivery_unavailable(locale),
            Self::QuantityInvalid => quantity_invalid(locale),
            Self::QuantityTooLarge => quantity_too_large(locale),
            Self::SkuUnknown => sku_unknown(locale),
            Self::SoldOut => sold_out(locale),
            Self::NotEnoughStock => not_enough_stock(locale),
            Self::CartEmpty => cart_empty(locale),
            Self::CartFull => cart_full(locale),
            Self::TotalChanged => total_changed(locale),
            Self::NoPrice => no_price(locale),
            Self::StateChanged => state_changed(locale),
            Self::FormUnreadable => form_unreadable(locale),
            Self::NotFound => not_found(locale),
            Self::NotAllowed => not_allowed(locale),
            Self::TooManyRequests => too_many_requests(locale),
            Self::Unavailable => unavailable(locale),
            Self::Internal => internal(locale),
        }
    }
}
