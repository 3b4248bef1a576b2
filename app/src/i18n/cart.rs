//! Texts of the cart page.

use super::fmt;
use crate::cart::model::{CartProblem, ProblemKind};
use crate::error::ErrorCode;
use crate::kernel::{Locale, Money};

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
    tax_note_usd = "标价不含美国销售税；送往美国的订单在结算时按所在州加收。" | "Orders to the United States: the sales tax of the state is added at checkout.";
    tax_note = "标价即实付，不另加税。" | "No tax is added on top.";
    shipping_free = "已享免运费。" | "Delivery is free.";
    shipping_missing(amount) = "再买 {amount} 即可免运费。" | "Add {amount} more for free delivery.";
    shipping_later = "运费在结算页显示，提交前可核对。" | "You see the delivery fee at checkout, before you order.";
    checkout = "去结算" | "Go to checkout";
    blocked = "请先处理上面标出的商品，再去结算。" | "Please mend the marked articles first.";
    blocked_empty = "购物车里没有可结算的商品。" | "There is nothing to check out.";
    continue_shopping = "继续购物" | "Continue shopping";
    problems_title = "结算前请留意" | "Before you check out";
    problem_sold_out(title) = "“{title}”已售罄" | "“{title}” is sold out";
    problem_few_left(title, left) = "“{title}”只剩 {left} 件" | "“{title}”: only {left} left";
    problem_no_price(title) = "“{title}”暂不支持以当前货币购买" | "“{title}” is not sold in this currency";
    problem_price(title) = "“{title}”的价格有变化" | "“{title}” has another price now";
    price_up(before, now) = "加入购物车后价格上涨了：{before} → {now}" | "The price has gone up since you added it: {before} → {now}";
    price_down(before, now) = "加入购物车后价格下降了：{before} → {now}" | "The price has come down since you added it: {before} → {now}";
    price_seen = "知道了" | "All right";
    price_seen_of(title) = "知道了，{title} 的新价格" | "All right, the new price of {title}";
    instead = "有货的相似商品" | "Similar and in stock";
    save = "稍后再买" | "Save for later";
    save_title(title) = "稍后再买 {title}" | "Save for later: {title}";
    saved_title = "稍后再买" | "Saved for later";
    saved_note = "这里的商品不计入合计，也不为您保留库存。" | "These do not count towards the sum, and nothing is reserved for them.";
    saved_units(count) = "{count} 件" | "{count} ×";
    restore = "放回购物车" | "Put back in the cart";
    restore_title(title) = "放回购物车：{title}" | "Put back in the cart: {title}";
    forget = "删除" | "Delete";
    forget_title(title) = "从“稍后再买”中删除 {title}" | "Delete {title} from what is saved for later";
    share = "分享这个购物车" | "Share this cart";
    share_note = "复制这个链接发给别人，或留给自己：打开后可以一次加入这些商品，价格以打开时为准。" | "Copy this link for somebody else or for later. Whoever opens it can add these articles at once, at the prices of that day.";
    share_link = "购物车链接" | "Link to this cart";
    list_title = "按货号批量添加" | "Add by article number";
    list_label = "货号和数量" | "Article numbers and quantities";
    list_hint = "每行一个，例如 JS-TK01-CELADO:2" | "One per line, such as JS-TK01-CELADO:2";
    list_add = "加入购物车" | "Add to the cart";
    shared_title(count) = "链接中的 {count} 种商品" | "{count} articles from a link";
    shared_title_one = "链接中的 1 种商品" | "One article from a link";
    shared_note = "还没有加入购物车。确认后，会加在已有的商品之上。" | "They are not in your cart yet. If you add them, they come on top of what is there.";
    shared_add(count) = "加入这 {count} 种商品" | "Add these {count} articles";
    shared_add_one = "加入这种商品" | "Add this article";
    shared_none = "链接中的商品现在都无法购买。" | "None of the articles from the link can be bought right now.";
    unknown_article = "无法识别的货号" | "Not an article number";
    bulk_added(count) = "已加入 {count} 种商品。" | "{count} articles were added.";
    bulk_added_one = "已加入 1 种商品。" | "One article was added.";
    bulk_none = "没有加入任何商品。" | "Nothing was added.";
    bulk_refused = "没有加入的：" | "Not added:";
    waiting(number) = "您的订单 {number} 还在等待付款。" | "Your order {number} still waits for its payment.";
    waiting_until(time) = "商品为您保留到 {time}（北京时间）。" | "The articles are reserved until {time} (China time).";
    waiting_pay = "去付款" | "Go to payment";
}

/// What is to be looked at about a line, in one sentence that names it.
#[must_use]
pub fn problem_of(locale: Locale, problem: &CartProblem) -> String {
    let title = problem.title.as_str();
    match problem.code {
        ProblemKind::NotEnoughStock if problem.available > 0 => {
            problem_few_left(locale, title, problem.available)
        }
        ProblemKind::NotEnoughStock | ProblemKind::SoldOut => problem_sold_out(locale, title),
        ProblemKind::NoPrice => problem_no_price(locale, title),
        ProblemKind::PriceChanged => problem_price(locale, title),
    }
}

/// The price has changed since the line was put in.
#[must_use]
pub fn price_change(locale: Locale, before: Money, now: Money) -> String {
    let (old, new) = (fmt::money(locale, before), fmt::money(locale, now));
    if now.minor > before.minor { price_up(locale, old, new) } else { price_down(locale, old, new) }
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
