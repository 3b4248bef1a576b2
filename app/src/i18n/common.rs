//! Words of the frame around every page: header, footer, menus, errors.

messages! {
    brand = "集市" | "Jishi";
    tagline = "日用良物" | "Well-made things for everyday life";
    site_title = "集市 Jishi · 日用良物" | "Jishi 集市 · Well-made things for everyday life";
    title_on_site(title) = "{title} · 集市" | "{title} · Jishi";
    skip_to_content = "跳到正文" | "Skip to content";
    home = "首页" | "Home";
    categories = "分类" | "Categories";
    search = "搜索" | "Search";
    search_placeholder = "试试“茶器”" | "Try “teapot”";
    search_label = "搜索商品" | "Search the shop";
    cart = "购物车" | "Cart";
    cart_units(count) = "{count} 件" | "{count} in the cart";
    main_menu = "主菜单" | "Main menu";
    quick_menu = "快捷导航" | "Quick menu";
    language = "语言" | "Language";
    more_pages = "分页" | "Pages";
    previous_page = "上一页" | "Previous";
    next_page = "下一页" | "Next";
    page_number(number) = "第 {number} 页" | "Page {number}";
    price_now = "现价" | "Now";
    price_was = "原价" | "Was";
    price_from = "起" | "from";
    footer_shop = "逛集市" | "Shop";
    footer_help = "购物说明" | "Good to know";
    help_price = "运费和税费在下单前全部列明" | "Delivery and any tax are listed before you order";
    help_stock = "库存是实数，有货才能下单" | "Stock is counted, not guessed: what you can order is there";
    help_payment = "可以货到付款" | "Pay on delivery if you like";
    help_guest = "不用注册也能下单" | "Order as a guest, no account needed";
    footer_note = "器物的价值在于天天用。" | "A thing earns its keep by being used every day.";
    copyright = "集市 Jishi。图片与文字为本店原创。" | "Jishi 集市. Pictures and words are our own.";
    error_not_found_title = "这一页不在架上" | "This page is not on the shelf";
    error_not_found_text = "链接可能旧了，或者商品已经下架。搜一搜，或从分类看起。" | "The link may be old, or the article is no longer sold. Search for it, or start from a category.";
    error_internal_title = "我们这边出了差错" | "Something went wrong on our side";
    error_internal_text = "问题已经记录下来，不是您的操作造成的。请稍后再试。" | "It has been noted, and it was nothing you did. Please try again in a moment.";
    error_unavailable_title = "店铺暂时忙不过来" | "The shop cannot answer right now";
    error_unavailable_text = "请过一会儿再试，购物车里的东西都还在。" | "Please try again in a little while. Everything in your cart is still there.";
    error_limited_title = "请慢一点" | "A little slower, please";
    error_forbidden_title = "这一页不对您开放" | "This page is not open to you";
    error_other_title = "这个请求我们没能读懂" | "We could not make sense of that";
    error_number(id) = "编号 {id}，联系我们时请附上。" | "Reference {id}. Please mention it if you write to us.";
    back_home = "回到首页" | "Back to the home page";
    try_again = "再试一次" | "Try again";
}
