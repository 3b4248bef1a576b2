//! Texts of the cart page.

use crate::error::ErrorCode;
use crate::kernel::Locale;

messages! {
    title = "购物车" | "Cart";
    description = "您选好的商品，价格和库存都是最新的；离免运费还差多少，这里也写着。" | "What you have chosen so far, with prices and stock as they are now, and how far it is to free delivery.";
    empty_title = "购物车还是空的" | "Your cart is empty";
    empty_text = "选到喜欢的东西，就先放进来，价格和库存会一直保持最新。" | "Put in whatever you like; prices and stock stay up to date here.";
    empty_action = "去逛逛" | "Browse the shop";
    lines = "购物车中的商品" | "Articles in the cart";
    each(price) = "单价 {price}" | "{price} each";
    quantity = "数量" | "Quantity";
    quantity_of(title) = "{title} 的数量" | "Quantity of {title}";
    one_less(title) = "减少一件 {title}" | "One less of {title}";
    one_more(title) = "增加一件 {title}" | "One more of {title}";
    apply = "更新" | "Update";
    remove = "移除" | "Remove";
    remove_title(title) = "移除 {title}" | "Remove {title}";
    removed(title) = "已移除“{title}”" | "Removed “{title}”";
    undo = "撤销" | "Undo";
    saving = "正在更新…" | "Updating…";
    line_sold_out = "已售罄。请移除后再结算，到货后欢迎再来。" | "Sold out. Remove it to check out; it may be back later.";
    line_few_left(left) = "仅剩 {left} 件，请减少数量。" | "Only {left} left. Please choose fewer.";
    take_rest(left) = "改为 {left} 件" | "Change to {left}";
    line_no_price = "暂不支持以当前货币购买。请移除后再结算。" | "Not sold in this currency. Remove it to check out.";
    line_gone = "已下架。请移除后再结算。" | "No longer sold. Remove it to check out.";
    summary = "小结" | "Summary";
    subtotal = "商品合计" | "Subtotal";
    tax_note = "标价即实付，不另加税。" | "No tax is added on top.";
    shipping_free = "已享免运费。" | "Delivery is free.";
    shipping_missing(amount) = "再买 {amount} 即可免运费。" | "Add {amount} more for free delivery.";
    shipping_later = "运费在结算页显示，提交前可核对。" | "You see the delivery fee at checkout, before you order.";
    checkout = "去结算" | "Go to checkout";
    blocked = "请先处理上面标出的商品，再去结算。" | "Please mend the marked articles first.";
    blocked_empty = "购物车里没有可结算的商品。" | "There is nothing to check out.";
    continue_shopping = "继续购物" | "Continue shopping";
}

/// Why a line cannot be bought as it is, and the next step.
#[must_use]
pub fn line_problem(locale: Locale, code: ErrorCode, available: i64) -> String {
    match code {
        ErrorCode::NotEnoughStock if available > 0 => line_few_left(locale, available),
        ErrorCode::SoldOut | ErrorCode::NotEnoughStock => line_sold_out(locale).to_owned(),
        ErrorCode::NoPrice => line_no_price(locale).to_owned(),
        ErrorCode::NotFound | ErrorCode::SkuUnknown => line_gone(locale).to_owned(),
        other => other.text(locale).to_owned(),
    }
}
