//! Words of the catalogue's pages: home, category, product.

use crate::kernel::Locale;

messages! {
    // Home
    hero_kicker = "集市 · 日用良物" | "Jishi · everyday goods";
    hero_title_first = "好东西，" | "Good things,";
    hero_title_second = "天天用。" | "used daily.";
    hero_text = "壶、灯、碗、椅、一罐蜂蜜。做工经得起看，也经得起用。" | "A teapot, a lamp, a bowl, a jar of honey: made well enough to look at, and well enough to use.";
    hero_action = "看看新品" | "See what is new";
    home_description = "集市 Jishi：茶器、厨房、灯具、桌面、户外与食品，挑选做工扎实的日用良物。" | "Jishi 集市: teaware, kitchen, lighting, desk, outdoor and pantry goods, chosen because they are made to be used every day.";
    categories_title = "按用处逛" | "By where it is used";
    newest_title = "新到" | "New in";
    newest_text = "最近上架的几件" | "The latest arrivals";
    offers_title = "正在优惠" | "Priced down";
    offers_text = "同样的东西，少付一点" | "The same things, for a little less";
    story_title = "少一点，好一点" | "Fewer, better";
    story_first = "集市里的东西不多。每一件都先问三个问题：天天用得上吗，坏了能修吗，十年后还顺眼吗。" | "There is not much in this market. Each thing had to answer three questions first: will it be used daily, can it be mended, will it still please in ten years?";
    story_second = "所以我们写清楚材料、尺寸和保养方法，也写清楚它不适合什么。" | "So we say what it is made of, how large it is and how to care for it, and also what it is not for.";
    promises_title = "买得明白" | "No surprises";
    promise_price_title = "价格明白" | "The price you see";
    promise_price_text = "运费和税费在下单前列明，没有别的费用。" | "Delivery and any tax are listed before you order; nothing else is added.";
    promise_stock_title = "库存是实数" | "Counted stock";
    promise_stock_text = "写着有货，就真的在仓库里。" | "If it says in stock, it is on our shelf.";
    promise_guest_title = "不必注册" | "No account needed";
    promise_guest_text = "一页表单就能下单，订单链接发到邮箱。" | "One form and the order is placed; its link comes by e-mail.";
    promise_payment_title = "可货到付款" | "Pay on delivery";
    promise_payment_text = "东西到手，再付钱。" | "Pay when it is in your hands.";
    see_category(name) = "看看{name}" | "See {name}";

    // Lists
    one_found = "共 1 件" | "1 article";
    many_found(count) = "共 {count} 件" | "{count} articles";
    products = "商品" | "Products";
    sub_categories = "子分类" | "Sub-categories";
    category_empty_title = "这一格还空着" | "This shelf is empty";
    category_empty_text = "换个分类看看，或者搜一搜。" | "Try another category, or search.";
    category_description(name) = "在集市选购{name}：材料、尺寸、保养都写清楚。" | "{name} at Jishi: materials, sizes and care, plainly told.";
    sold_out = "售罄" | "Sold out";
    on_offer = "优惠" | "Offer";

    // Product
    you_are_here = "当前位置" | "You are here";
    gallery = "商品图片" | "Pictures";
    show_picture(number) = "看第 {number} 张图" | "Show picture {number}";
    turntable = "转一圈看看" | "See it from all sides";
    choose(option) = "选择{option}" | "Choose {option}";
    value_sold_out(label) = "{label}（售罄）" | "{label} (sold out)";
    value_unavailable(label) = "{label}（没有这种组合）" | "{label} (not in this combination)";
    you_save(amount) = "省 {amount}" | "You save {amount}";
    in_stock = "有货" | "In stock";
    only_left(count) = "仅剩 {count} 件" | "Only {count} left";
    stock_none = "这一款已售罄" | "This one is sold out";
    stock_none_hint = "看看其他款式，或下面的相似商品。" | "Try another version, or something similar below.";
    not_sold_title = "这件商品暂不在所选货币销售" | "Not sold in this currency yet";
    quantity = "数量" | "Quantity";
    fewer = "减一件" | "One fewer";
    more = "加一件" | "One more";
    add_to_cart = "加入购物车" | "Add to cart";
    buy_now = "立即购买" | "Buy now";
    adding = "正在加入…" | "Adding…";
    added(count) = "已加入，购物车里共 {count} 件" | "Added. {count} in your cart";
    view_cart = "去购物车" | "View cart";
    about = "关于它" | "About it";
    tags = "标签" | "Tags";
    specs_title = "规格" | "Specifications";
    care_title = "使用与保养" | "Use and care";
    faq_title = "常见问题" | "Questions and answers";
    similar_title = "也许合意" | "In the same spirit";
    brand_label = "品牌" | "Brand";
    origin_label = "产地" | "Made in";
    sku_label = "货号" | "Article no.";
    shelf_life_label = "保质期" | "Keeps for";
    shelf_life_days(days) = "{days} 天" | "{days} days";
}

/// How much there is in a list.
#[must_use]
pub fn units_found(locale: Locale, count: u64) -> String {
    if count == 1 { one_found(locale).to_owned() } else { many_found(locale, count) }
}
