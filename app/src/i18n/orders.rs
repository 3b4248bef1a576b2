//! Texts of the order page.

use crate::kernel::Locale;
use crate::orders::model::{FulfillmentStatus, OrderEventKind, OrderStatus, PaymentStatus};
use crate::payments::model::Decline;

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
    awaiting = "订单已收到，等待付款。付款后我们马上备货。" | "We have your order and wait for the payment. As soon as it is paid, we start packing.";
    checking = "正在等待支付平台确认。如果您已付款，请稍等片刻再刷新本页，无需重复付款。" | "We are waiting for the payment provider to confirm. If you have paid, please reload this page in a moment; there is no need to pay again.";
    pay_title = "完成付款" | "Complete your payment";
    after_payment = "付款后备货" | "After payment";
    pay_now(amount) = "去付款 · {amount}" | "Pay now · {amount}";
    pay_again(amount) = "再试一次 · {amount}" | "Try again · {amount}";
    pay_other = "换一种付款方式" | "Another way to pay";
    pay_cash(amount) = "改为货到付款 · {amount}" | "Pay cash on delivery · {amount}";
    pay_by(time) = "商品为您保留到 {time}（北京时间）" | "Your articles are reserved until {time} (China time)";
    time_left(minutes) = "还剩 {minutes} 分钟" | "{minutes} minutes left";
    clock_left(clock) = "还剩 {clock}" | "{clock} left";
    time_over = "时间到了，正在向商店确认…" | "time is over, asking the shop …";
    once_more = "把这些商品重新放进购物车" | "Put these articles into the cart again";
    last_minute = "不到 1 分钟" | "less than a minute left";
    declined = "这次付款没有成功：银行拒绝了这笔交易。没有扣款，商品仍为您保留。" | "The payment did not go through: the bank declined it. Nothing was charged and your articles are still reserved.";
    declined_funds = "这次付款没有成功：账户余额不足。没有扣款，商品仍为您保留。" | "The payment did not go through: there is not enough money on the account. Nothing was charged and your articles are still reserved.";
    declined_code = "这次付款没有成功：验证码未通过。没有扣款，商品仍为您保留。" | "The payment did not go through: the one-time code was not confirmed. Nothing was charged and your articles are still reserved.";
    expired = "付款时间已过，订单已自动取消，没有扣款。想要这些商品的话，请重新下单。" | "The time to pay is over, so the order was called off. Nothing was charged. If you still want the articles, please order again.";
    expired_refunding = "款项在付款时间结束后才到账，订单已取消，款项会原路退还。" | "Your payment arrived after the time was over and the order had been called off. The money is sent back.";
    expired_refunded = "款项在付款时间结束后才到账，订单已取消，款项已原路退还。" | "Your payment arrived after the time was over and the order had been called off. The money has been sent back.";
    cancel = "取消订单" | "Cancel the order";
    cancel_ask = "确定取消这个订单吗？" | "Cancel this order?";
    cancel_free = "取消后商品不再为您保留，也不会扣款。" | "The articles are no longer reserved then, and nothing is charged.";
    cancel_paid = "取消后，已付的款项会原路退还。" | "What you paid is then sent back the way it came.";
    cancel_yes = "确认取消" | "Yes, cancel it";
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
        (OrderEventKind::PaymentFailed, Locale::Zh) => "付款未成功",
        (OrderEventKind::PaymentFailed, Locale::En) => "Payment declined",
        (OrderEventKind::CashChosen, Locale::Zh) => "改为货到付款",
        (OrderEventKind::CashChosen, Locale::En) => "Changed to cash on delivery",
        (OrderEventKind::Expired, Locale::Zh) => "超时未付款，订单已取消",
        (OrderEventKind::Expired, Locale::En) => "Not paid in time, called off",
        (OrderEventKind::Cancelled, Locale::Zh) => "订单已取消",
        (OrderEventKind::Cancelled, Locale::En) => "Order cancelled",
        (OrderEventKind::PaidLate, Locale::Zh) => "取消后收到款项，将退还",
        (OrderEventKind::PaidLate, Locale::En) => "Payment arrived too late, it goes back",
        (OrderEventKind::RefundStarted, Locale::Zh) => "正在退款",
        (OrderEventKind::RefundStarted, Locale::En) => "Refund on its way",
        (OrderEventKind::Refunded, Locale::Zh) => "已退款",
        (OrderEventKind::Refunded, Locale::En) => "Refunded",
    }
}

/// Why the last try to pay did not go through.
#[must_use]
pub const fn decline(locale: Locale, reason: Decline) -> &'static str {
    match reason {
        Decline::InsufficientFunds => declined_funds(locale),
        Decline::ChallengeFailed => declined_code(locale),
        Decline::Declined => declined(locale),
    }
}
