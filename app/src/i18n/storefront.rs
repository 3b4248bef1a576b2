//! Words of the shop window: preferences, drawer, zoom, promise, collections, offline.

messages! {
    // Preferences
    preferences = "货币与外观" | "Currency and look";
    currency = "货币" | "Currency";
    currency_cny = "人民币 ¥" | "Renminbi CN¥";
    currency_usd = "美元 US$" | "US dollar $";
    theme = "外观" | "Look";
    theme_system = "跟随设备" | "As the device";
    theme_light = "浅色" | "Light";
    theme_dark = "深色" | "Dark";
    keys = "快捷键" | "Keyboard shortcuts";
    keys_list = "/ 搜索，g c 购物车" | "/ search, g c cart";

    // Drawer
    drawer_title = "购物车" | "Your cart";
    drawer_close = "关闭" | "Close";
    drawer_empty = "购物车还是空的。" | "Your cart is still empty.";
    drawer_open_cart = "查看购物车" | "View cart";
    drawer_checkout = "去结算" | "Checkout";
    drawer_subtotal = "小计" | "Subtotal";
    drawer_units(count) = "{count} 件" | "Quantity {count}";

    // Product
    zoom = "放大看" | "Enlarge";
    zoom_previous = "上一张" | "Previous picture";
    zoom_next = "下一张" | "Next picture";
    zoom_close = "关闭大图" | "Close the large picture";
    lowest_now = "近 30 天的最低价" | "The lowest price of the last 30 days";
    lowest_before(amount) = "降价前 30 天最低价 {amount}" | "Lowest price in the 30 days before: {amount}";
    promise(first, last) = "{first}到{last}送达" | "Get it {first} – {last}";
    promise_rule = "16:00（北京时间）前下单，工作日当天发出。" | "Order by 16:00 China time on a working day and it leaves the same day.";
    promise_link = "配送说明" | "About delivery";
    matches_title = "配着用" | "Goes well with";
    seen_title = "最近看过" | "Recently seen";
    seen_text = "只记在这个浏览器里" | "Kept in this browser only";
    seen_empty = "还没有看过什么。商品看过之后会出现在这里，只记在这个浏览器里。" | "Nothing yet. Products you look at will be listed here, in this browser only.";

    // Home
    popular_title = "买得最多" | "Most bought";
    popular_text = "按真实订单排的" | "By real orders";
    collections_title = "换个看法" | "Other ways in";
    help_title = "下单之前" | "Before you order";

    // Collections and categories
    collections = "专题" | "Collections";
    collection_empty_title = "这里暂时没有东西" | "Nothing here at the moment";
    collection_empty_text = "规则今天没有挑到商品，换个专题看看。" | "Today the rule picks nothing. Try another collection.";
    all_categories = "全部分类" | "All categories";
    all_categories_text = "集市的每一格货架。" | "Every shelf of the market.";

    // Offline
    offline_title = "网络断开了" | "You are offline";
    offline_text = "价格和库存随时会变，所以这里不显示旧的页面。网络恢复后再试一次，购物车里的东西都还在。" | "Prices and stock change, so no old page is shown here. Try again once you are connected; everything in your cart is still there.";
    offline_retry = "再试一次" | "Try again";
}
