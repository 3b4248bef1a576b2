//! Texts of the order page.

use crate::kernel::Locale;
use crate::orders::model::{FulfillmentStatus, OrderEventKind, OrderStatus, PaymentStatus};

messages! {
    thanks = "谢谢，订单已收到" | "Thank you, we have your order";
    title(number) = "订单 {number}" | "Order {number}";
    description = "订单明细与进度" | "What you ordered and how it stands";
    number = "订单号" | "Order number";
    placed_on(time) = "下单时间 {time}（北京时间）" | "Placed {time} (China time)";
    status = "当前状态" | "Status";
    payment = "付款" | "Payment";
    delivery = "配送" | "Delivery";
    lines = "商品" | "Articles";
    timeline = "订单进度" | "What happened";
    address = "收货信息" | "Delivery address";
    contact = "联系方式" | "Contact";
    note = "备注" | "Note for the courier";
    totals = "金额" | "Amounts";
    mail_sent(email) = "确认邮件发往 {email}。从邮件里的链接可以随时回到本页。" | "A confirmation goes to {email}. Its link brings you back here at any time.";
    continue_shopping = "继续购物" | "Continue shopping";
    china_time = "时间均为北京时间" | "All times are China time";
    cash_ready(amount) = "商品正在备货。送达时请准备好 {amount} 现金付给快递员。" | "We are packing it. Please have {amount} in cash ready for the courier.";
    cash_ready_rest(amount) = "部分商品已寄出，其余正在备货。送达时请准备好 {amount} 现金。" | "A part is on its way and we are packing the rest. Please have {amount} in cash ready.";
    cash_on_way(amount) = "商品已全部寄出。送达时请准备好 {amount} 现金付给快递员。" | "Everything is on its way. Please have {amount} in cash ready for the courier.";
    part_paid(amount) = "已收到部分款项，总额为 {amount}。请在收货时付清余款。" | "A part of {amount} has been paid. Please pay the rest on delivery.";
    paid_packing = "款项已收到，商品正在备货，寄出后会发邮件通知您。" | "Your payment has arrived and we are packing. We write to you when it is on its way.";
    paid_partly_sent = "款项已收到，部分商品已寄出，其余正在备货。" | "Your payment has arrived. A part is on its way and we are packing the rest.";
    paid_on_way = "款项已收到，商品已全部寄出。祝您用得开心。" | "Your payment has arrived and everything is on its way. Enjoy it.";
    overpaid = "我们收到的款项多于订单总额，多出的部分会退还给您。" | "We received more than the total. We send the difference back to you.";
    partly_refunded = "部分款项已退还给您。" | "A part of the money has been sent back to you.";
    refunded = "款项已全部退还给您。" | "All of the money has been sent back to you.";
    unpaid = "订单已收到，我们会通过邮件告知付款方式。" | "We have your order and write to you about the payment.";
    cancelled_free = "订单已取消，无需付款，也不会寄出商品。" | "The order was cancelled. There is nothing to pay and nothing will be sent.";
    cancelled_refunding = "订单已取消，已付的款项会退还给您。" | "The order was cancelled. What you paid is sent back to you.";
    cancelled_refunded = "订单已取消，款项已全部退还。" | "The order was cancelled and all of the money has been sent back.";
}

/// Whether an order stands, in a word.
#[must_use]
pub const fn order_status(locale: Locale, status: OrderStatus) -> &'static str {
    match (status, locale) {
        (OrderStatus::Placed, Locale::Zh) => "已下单",
        (OrderStatus::Placed, Locale::En) => "Placed",
        (OrderStatus::Cancelled, Locale::Zh) => "已取消",
        (OrderStatus::Cancelled, Locale::En) => "Cancelled",
    }
}

/// What has been paid, in a word or two.
#[must_use]
pub const fn payment_status(locale: Locale, status: PaymentStatus) -> &'static str {
    match (status, locale) {
        (PaymentStatus::None, Locale::Zh) => "未付款",
        (PaymentStatus::None, Locale::En) => "Not paid",
        (PaymentStatus::Pending, Locale::Zh) => "收货时付款",
        (PaymentStatus::Pending, Locale::En) => "Due on delivery",
        (PaymentStatus::PartiallyPaid, Locale::Zh) => "已付部分",
        (PaymentStatus::PartiallyPaid, Locale::En) => "Partly paid",
        (PaymentStatus::Paid, Locale::Zh) => "已付清",
        (PaymentStatus::Paid, Locale::En) => "Paid",
        (PaymentStatus::Overpaid, Locale::Zh) => "多付待退",
        (PaymentStatus::Overpaid, Locale::En) => "Overpaid",
        (PaymentStatus::PartiallyRefunded, Locale::Zh) => "部分退款",
        (PaymentStatus::PartiallyRefunded, Locale::En) => "Partly refunded",
        (PaymentStatus::Refunded, Locale::Zh) => "已退款",
        (PaymentStatus::Refunded, Locale::En) => "Refunded",
        (PaymentStatus::Voided, Locale::Zh) => "无需付款",
        (PaymentStatus::Voided, Locale::En) => "Nothing to pay",
    }
}

/// What has been sent, in a word or two.
#[must_use]
pub const fn fulfillment_status(locale: Locale, status: FulfillmentStatus) -> &'static str {
    match (status, locale) {
        (FulfillmentStatus::Unfulfilled, Locale::Zh) => "备货中",
        (FulfillmentStatus::Unfulfilled, Locale::En) => "Being packed",
        (FulfillmentStatus::Partial, Locale::Zh) => "部分寄出",
        (FulfillmentStatus::Partial, Locale::En) => "Partly sent",
        (FulfillmentStatus::Fulfilled, Locale::Zh) => "已寄出",
        (FulfillmentStatus::Fulfilled, Locale::En) => "On its way",
        (FulfillmentStatus::Cancelled, Locale::Zh) => "不再寄出",
        (FulfillmentStatus::Cancelled, Locale::En) => "Will not be sent",
    }
}

/// What happened, for the timeline.
#[must_use]
pub const fn event(locale: Locale, kind: OrderEventKind) -> &'static str {
    match (kind, locale) {
        (OrderEventKind::Placed, Locale::Zh) => "已下单",
        (OrderEventKind::Placed, Locale::En) => "Order placed",
        (OrderEventKind::Paid, Locale::Zh) => "已收到款项",
        (OrderEventKind::Paid, Locale::En) => "Payment received",
        (OrderEventKind::Cancelled, Locale::Zh) => "订单已取消",
        (OrderEventKind::Cancelled, Locale::En) => "Order cancelled",
    }
}
