// What the tests look for, in both languages. The words are written out, not imported from the shop:
// a text that changes by accident must be noticed.

export interface Words {
  code: "zh" | "en";
  tag: string;
  cart: string;
  cartHolds: (count: number) => string;
  searchLabel: string;
  search: string;
  language: string;
  otherLanguage: string;
  skip: string;
  backHome: string;
  homeLead: string;
  mainMenu: string;
  notFound: string;
  categories: string;
  nothingFound: (text: string) => string;
  found: (count: string, text: string) => RegExp;
  quantity: string;
  addToCart: string;
  added: RegExp;
  viewCart: string;
  inStock: string;
  soldOut: string;
  thisOneIsSoldOut: string;
  valueSoldOut: (label: string) => string;
  quantityOf: (title: string) => string;
  oneMore: (title: string) => string;
  oneLess: (title: string) => string;
  update: string;
  removeTitle: (title: string) => string;
  save: (title: string) => string;
  restore: (title: string) => string;
  removed: (title: string) => string;
  undo: string;
  emptyCart: string;
  browse: string;
  subtotal: string;
  toCheckout: string;
  notEnough: string;
  lineSoldOut: string;
  cartBlocked: string;
  checkout: string;
  placeOrder: RegExp;
  checkFields: string;
  notPlaced: string;
  unavailable: string;
  required: string;
  phoneInvalid: string;
  fields: Record<Field, string>;
  country: string;
  thanks: string;
  orderNumber: string;
  total: string;
  payNow: RegExp;
  payAgain: RegExp;
  payCash: RegExp;
  reserved: RegExp;
  declinedFunds: string;
  paidPacking: string;
  cashReady: string;
  cancelOrder: string;
  cancelYes: string;
  cancelledFree: string;
  cancelledRefunded: string;
}

export type Field = "email" | "name" | "phone" | "region" | "city" | "district" | "line1" | "postcode" | "note";

const zh: Words = {
  code: "zh",
  tag: "zh-Hans",
  cart: "购物车",
  cartHolds: (count) => `${count} 件`,
  searchLabel: "搜索商品",
  search: "搜索",
  language: "语言",
  otherLanguage: "English",
  skip: "跳到正文",
  backHome: "回到首页",
  homeLead: "看看新品",
  mainMenu: "主菜单",
  notFound: "这一页不在架上",
  categories: "分类",
  nothingFound: (text) => `没有找到“${text}”`,
  found: (count, text) => new RegExp(`“${text}”找到 ${count} 件`),
  quantity: "数量",
  addToCart: "加入购物车",
  added: /已加入，购物车里共 \d+ 件/,
  viewCart: "去购物车",
  inStock: "有货",
  soldOut: "售罄",
  thisOneIsSoldOut: "这一款已售罄",
  valueSoldOut: (label) => `${label}（售罄）`,
  quantityOf: (title) => `${title} 的数量`,
  oneMore: (title) => `增加一件 ${title}`,
  oneLess: (title) => `减少一件 ${title}`,
  update: "更新",
  removeTitle: (title) => `移除 ${title}`,
  save: (title) => `稍后再买 ${title}`,
  restore: (title) => `放回购物车：${title}`,
  removed: (title) => `已移除“${title}”`,
  undo: "撤销",
  emptyCart: "购物车还是空的",
  browse: "去逛逛",
  subtotal: "商品合计",
  toCheckout: "去结算",
  notEnough: "库存不足，请减少数量",
  lineSoldOut: "已售罄。请移除后再结算，到货后欢迎再来。",
  cartBlocked: "请先处理上面标出的商品，再去结算。",
  checkout: "结算",
  placeOrder: /^提交订单/,
  checkFields: "请检查以下内容",
  notPlaced: "订单还没有提交",
  unavailable: "网络或店铺暂时无法响应，请重试，已填写的内容不会丢失",
  required: "请填写此项",
  phoneInvalid: "请填写有效的电话号码，境外号码请加国家区号，例如 +44",
  fields: {
    email: "邮箱",
    name: "收货人",
    phone: "手机号码",
    region: "省 / 州",
    city: "城市",
    district: "区 / 县",
    line1: "详细地址",
    postcode: "邮编",
    note: "备注",
  },
  country: "国家或地区",
  thanks: "谢谢，订单已收到",
  orderNumber: "订单号",
  total: "应付总额",
  payNow: /^去付款 · /,
  payAgain: /^再试一次 · /,
  payCash: /^改为货到付款 · /,
  reserved: /商品为您保留到 .+ · 还剩 (\d+ 分钟|\d+:\d\d)/,
  declinedFunds: "账户余额不足",
  paidPacking: "款项已收到，商品正在备货",
  cashReady: "送达时请准备好",
  cancelOrder: "取消订单",
  cancelYes: "确认取消",
  cancelledFree: "订单已取消，无需付款",
  cancelledRefunded: "订单已取消，款项已全部退还",
};

const en: Words = {
  code: "en",
  tag: "en",
  cart: "Cart",
  cartHolds: (count) => `${count} in the cart`,
  searchLabel: "Search the shop",
  search: "Search",
  language: "Language",
  otherLanguage: "中文",
  skip: "Skip to content",
  backHome: "Back to the home page",
  homeLead: "See what is new",
  mainMenu: "Main menu",
  notFound: "This page is not on the shelf",
  categories: "Categories",
  nothingFound: (text) => `Nothing found for “${text}”`,
  found: (count, text) => new RegExp(`${count} found for “${text}”`),
  quantity: "Quantity",
  addToCart: "Add to cart",
  added: /Added\. \d+ in your cart/,
  viewCart: "View cart",
  inStock: "In stock",
  soldOut: "Sold out",
  thisOneIsSoldOut: "This one is sold out",
  valueSoldOut: (label) => `${label} (sold out)`,
  quantityOf: (title) => `Quantity of ${title}`,
  oneMore: (title) => `One more of ${title}`,
  oneLess: (title) => `One less of ${title}`,
  update: "Update",
  removeTitle: (title) => `Remove ${title}`,
  save: (title) => `Save for later: ${title}`,
  restore: (title) => `Put back in the cart: ${title}`,
  removed: (title) => `Removed “${title}”`,
  undo: "Undo",
  emptyCart: "Your cart is empty",
  browse: "Browse the shop",
  subtotal: "Subtotal",
  toCheckout: "Go to checkout",
  notEnough: "Not that many are left, please choose fewer",
  lineSoldOut: "Sold out. Remove it to check out; it may be back later.",
  cartBlocked: "Please mend the marked articles first.",
  checkout: "Checkout",
  placeOrder: /^Place order/,
  checkFields: "Please check the following",
  notPlaced: "Your order has not been placed",
  unavailable: "The shop cannot be reached right now. Please try again; nothing you typed is lost",
  required: "Please fill this in",
  phoneInvalid: "Please enter a valid number; with its country code from abroad, such as +44",
  fields: {
    email: "E-mail",
    name: "Full name",
    phone: "Phone",
    region: "Province or state",
    city: "City",
    district: "District",
    line1: "Street address",
    postcode: "Postcode",
    note: "Note for the courier",
  },
  country: "Country or region",
  thanks: "Thank you, we have your order",
  orderNumber: "Order number",
  total: "Total",
  payNow: /^Pay now · /,
  payAgain: /^Try again · /,
  payCash: /^Pay cash on delivery · /,
  reserved: /reserved until .+ · (\d+ minutes|\d+:\d\d) left/,
  declinedFunds: "there is not enough money on the account",
  paidPacking: "Your payment has arrived and we are packing",
  cashReady: "in cash ready for the courier",
  cancelOrder: "Cancel the order",
  cancelYes: "Yes, cancel it",
  cancelledFree: "There is nothing to pay",
  cancelledRefunded: "all of the money has been sent back",
};

export const languages: Words[] = [zh, en];
export { en, zh };
