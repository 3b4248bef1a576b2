//! Words of the help and policy pages.

messages! {
    topics = "帮助主题" | "Help topics";
    title = "帮助" | "Help";

    shipping_title = "配送" | "Delivery";
    shipping_summary = "什么时候发货，多久能到，运费怎么算。" | "When parcels leave, when they arrive and what it costs.";
    shipping_when = "什么时候到？" | "When will it arrive?";
    shipping_when_text = "周一到周六 16:00（北京时间）前的订单当天发出，之后的次个工作日发出。标准配送在中国大陆一般 2 到 4 天送达，青海、西藏和新疆 5 到 9 天，美国 6 到 10 天，其他国家和地区 5 到 14 天；着急的话可以选特快配送。商品页写的是最常见的日期，结算页按您的地址写明。" | "Orders placed by 16:00 China time, Monday to Saturday, leave the same day; later ones leave on the next working day. Within mainland China a parcel usually takes 2 to 4 days, to Qinghai, Tibet and Xinjiang 5 to 9, to the United States 6 to 10, elsewhere 5 to 14; express is quicker. Product pages show the usual dates, the checkout those for your address.";
    shipping_fee = "运费多少？" | "What does delivery cost?";
    shipping_fee_text = "运费按订单收一次，看重量和地区；标准配送满额免运费。还差多少免运费，购物车里一直写着；下单之前，结算页会列出最终的数目，之后不会再加。" | "Delivery is charged once per order, by weight and destination; standard delivery is free from a certain sum. The cart always says how far you are from it, and the checkout lists the final figure before you order. Nothing is added afterwards.";
    shipping_where = "能送到哪里？" | "Where do you deliver?";
    shipping_where_text = "结算页国家列表里的地方都能送。偏远地区可能多一两天，承运商不上门的地方会提前联系您。" | "To every country in the checkout's list. Remote places may take a day or two longer; where the courier does not come to the door, we will write to you first.";
    shipping_late = "迟迟没到怎么办？" | "What if it is late?";
    shipping_late_text = "过了商品页上写的最后日期还没到，请带着订单号联系我们。我们会去查；查不到就重发一件，或者全额退款，由您选。" | "If the last promised date has passed, write to us with the order number. We will trace the parcel; if it cannot be found we send another one or refund you in full, whichever you prefer.";

    returns_title = "退换" | "Returns";
    returns_summary = "收到后 14 天内，没用过就能退。" | "Fourteen days to send back what you have not used.";
    returns_time = "多久之内可以退？" | "How long do I have?";
    returns_time_text = "签收后 14 天内，商品没有使用过、配件齐全，就可以退货，不需要说明理由。退款在我们收到退货后 3 个工作日内原路退回。" | "Within 14 days of receiving it you may return anything that is unused and complete, without giving a reason. The money goes back the way it came within 3 working days of the parcel reaching us.";
    returns_how = "怎么退？" | "How do I return something?";
    returns_how_text = "写信给我们，附上订单号和要退的东西。我们会寄来退货地址和一张单子，放进包裹一起寄回即可。不合心意的退货，回程运费由您承担；东西有问题的，由我们承担。" | "Write to us with the order number and what you wish to return. We answer with the address and a slip to put into the parcel. You pay the way back if it simply does not suit you; we pay if something is wrong with it.";
    returns_not = "哪些不能退？" | "What cannot be returned?";
    returns_not_text = "已经开封的食品、茶叶和贴身的婴儿用品不能退，除非它们本身有问题。刻了字的东西也不能退。" | "Opened food and tea, and baby articles worn or fed with, cannot come back unless they are faulty; nor can anything engraved for you.";
    returns_broken = "收到时就是坏的？" | "It arrived broken?";
    returns_broken_text = "请在 48 小时内拍一张照片发来，不用先寄回。我们马上补发，或者退款。" | "Send us a photograph within 48 hours; there is no need to return it first. We replace it at once or refund you.";

    payment_title = "付款" | "Payment";
    payment_summary = "怎么付、用什么货币、安不安全。" | "How to pay, in which currency, and how it is kept safe.";
    payment_ways = "可以怎么付？" | "How can I pay?";
    payment_ways_text = "结算页会列出当前可用的付款方式。可以选择货到付款：东西到了手里，再把钱交给送货的人。" | "The checkout lists the ways that are open to you. Paying on delivery is one of them: hand the money to the courier once the goods are in your hands.";
    payment_currency = "能换货币吗？" | "Can I change the currency?";
    payment_currency_text = "页面右上角可以在人民币和美元之间切换。每种货币都有自己的标价，不按汇率现算，所以不会忽高忽低。" | "Switch between renminbi and US dollars at the top right of every page. Each currency has its own price list instead of the day's exchange rate, so prices do not wobble.";
    payment_safe = "付款安全吗？" | "Is it safe?";
    payment_safe_text = "卡号由支付机构直接收取，从不经过本店的服务器，我们也看不到。同一张订单重复提交，只会成交一次。" | "Card numbers go straight to the payment provider and never pass through our servers; we do not see them. Submitting the same order twice still makes it one order.";
    payment_tax = "价格含税吗？" | "Do prices include tax?";
    payment_tax_text = "人民币标价就是实付价，税已经在里面；结算页会写明其中税额是多少。用美元结算并寄往美国的订单，按所在州加收销售税，填好地址后计入总价。寄往国外时，当地海关可能另收进口税。" | "Prices in renminbi are what you pay: tax is inside them, and the checkout says how much. For orders in dollars to the United States the sales tax of the state is added once the address is filled in. For parcels abroad the customs of your country may charge import duty.";

    privacy_title = "隐私" | "Privacy";
    privacy_summary = "我们只留完成订单所必需的，不跟踪，不卖数据。" | "We keep what an order needs, do not track you and sell nothing.";
    privacy_kept = "你们保存什么？" | "What do you keep?";
    privacy_kept_text = "订单里的姓名、地址、电话、邮箱和买了什么，因为要发货、要开票、要处理退换。没有下单，就没有这些。搜索的词会被计数，但不记是谁搜的。" | "The name, address, phone, e-mail and contents of an order, because it must be delivered, invoiced and perhaps taken back. Without an order there is none of it. Words searched for are counted without noting by whom.";
    privacy_cookies = "用了哪些 Cookie？" | "Which cookies are there?";
    privacy_cookies_text = "只有店铺运转所需的：一个记住您的购物车，一个记住您选的货币。没有广告，也没有第三方统计。" | "Only those the shop works with: one remembers your cart, one the currency you chose. There is no advertising and no one else's statistics.";
    privacy_device = "哪些只留在我的设备上？" | "What stays on my device?";
    privacy_device_text = "最近看过的商品和明暗主题只存在您的浏览器里，清除网站数据就没有了。" | "The products you saw lately and the choice of light or dark are kept by your browser alone and disappear when you clear this site's data.";
    privacy_rights = "我能看或删掉我的资料吗？" | "May I see or erase my data?";
    privacy_rights_text = "可以。用下单的邮箱写信给我们，我们会把存着的内容发给您，或者在法律允许的最早时间删除。" | "Yes. Write from the address you ordered with and we will send you what we hold, or erase it as soon as the law allows.";

    contact_title = "联系我们" | "Contact";
    contact_summary = "写信就有人回，工作日一天之内。" | "Write and a person answers, within one working day.";
    contact_order = "关于一张订单" | "About an order";
    contact_order_text = "直接回复订单确认邮件最快：信里已经带着订单号，我们一看就知道是哪一单。" | "Replying to the confirmation mail is quickest: it already carries the order number, so we know at once which order you mean.";
    contact_before = "买之前想问问" | "Before you buy";
    contact_before_text = "材料、尺寸、保养和常见问题都写在商品页的下半部。那里没有写到的，写信问，我们会把答案补到页面上。" | "Materials, sizes, care and common questions are in the lower half of each product page. If yours is missing, ask; we will add the answer to the page.";
    contact_hours = "什么时候有人？" | "When is somebody there?";
    contact_hours_text = "周一到周六 9:00 到 18:00（北京时间）。周日和法定节假日收到的信，下一个工作日回。" | "Monday to Saturday, 9:00 to 18:00 China time. Letters that arrive on Sundays and public holidays are answered on the next working day.";
    contact_repair = "东西坏了能修吗？" | "Can it be mended?";
    contact_repair_text = "大多可以。把照片和货号发来，我们告诉您能不能修、要多少钱、要多久；能自己动手的，就寄零件给您。" | "Mostly, yes. Send a photograph and the article number and we will tell you whether, for how much and how long; where you can do it yourself, we post you the part.";
}
