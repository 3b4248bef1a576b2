//! Texts of wishes about an order, and of its invoice page.

use crate::checkout::wishes::{InvoiceKind, InvoiceWish};
use crate::kernel::Locale;

messages! {
    title = "礼品包装和发票（选填）" | "Gift wrap and invoice (optional)";
    gift = "礼品包装" | "Gift wrap";
    gift_hint = "免费。包裹里不放价格单。" | "Free of charge. The parcel holds no prices.";
    gift_message = "贺卡留言" | "Words for the card";
    gift_message_hint = "选填，最多 200 字" | "Optional, up to 200 characters";
    invoice = "发票" | "Invoice";
    invoice_none = "不需要写抬头" | "No particular name on it";
    invoice_personal = "个人" | "A person";
    invoice_company = "企业" | "A company";
    invoice_title = "发票抬头" | "Name on the invoice";
    invoice_title_hint = "企业请填写营业执照上的全称；个人可不填" | "For a company its full registered name; a person may leave it out";
    tax_number = "税号" | "Tax number";
    tax_number_hint = "企业填写：中国大陆为 18 位统一社会信用代码，其他地区可填 VAT 号" | "For companies: the 18-character credit code in mainland China, elsewhere a VAT number if there is one";
    early_title = "礼品包装和备注（选填）" | "Gift wrap and notes (optional)";
    early_save = "保存" | "Save";
    early_kept = "已保存，结算时会一并带上。" | "Saved. The checkout knows it, too.";
    terms_before = "提交订单即表示您已阅读并同意" | "By placing the order you agree to what is said about ";
    terms_comma = "、" | ", ";
    terms_and = "和" | " and ";
    terms_after = "中的说明。" | ".";
    gift_wanted = "按礼品包装，包裹里不放价格单" | "Wrapped as a gift, without prices in the parcel";
    gift_card(message) = "贺卡：{message}" | "Card: {message}";
    for_person = "发票抬头：个人" | "Invoice for a person";
    for_title(title) = "发票抬头：{title}" | "Invoice for {title}";
    with_number(number) = "税号：{number}" | "Tax number {number}";
    wishes = "礼品和发票" | "Gift and invoice";
    bill_title(number) = "订单 {number} 的账单" | "Invoice for order {number}";
    bill_open = "查看和打印账单" | "Invoice, to view or print";
    bill_note = "这是您的购物明细，不是税务发票。税务发票按您填写的抬头另行开具。" | "Printed from the shop's books. Please keep it with your papers.";
    bill_seller = "卖方" | "Seller";
    bill_buyer = "买方" | "Buyer";
    bill_shop = "集市" | "Jishi";
    bill_date = "日期" | "Date";
    bill_payment = "付款" | "Payment";
    bill_article = "商品" | "Article";
    bill_units(count, price) = "{count} 件 × {price}" | "{count} × {price}";
    bill_discount(amount) = "已减 {amount}" | "less {amount}";
    bill_discounts = "上面的金额已减去" | "Already taken off above";
    bill_discount_name = "优惠" | "Discount";
    bill_rate = "税率" | "Tax rate";
    bill_tax = "税额" | "Tax included";
    bill_tax_added = "销售税" | "Sales tax";
    bill_tax_plain = "税额" | "Tax";
    bill_sum = "金额" | "Amount";
    bill_net = "不含税" | "Net";
    bill_rates = "按税率汇总" | "By tax rate";
    bill_delivery = "运费" | "Delivery";
    bill_total = "合计" | "Total";
    bill_back = "返回订单" | "Back to the order";
}

/// Whose name is on the invoice, in one or two lines.
#[must_use]
pub fn invoice_lines(locale: Locale, wish: &InvoiceWish) -> Vec<String> {
    let name = match (wish.kind, wish.title.as_str()) {
        (InvoiceKind::Personal, "") => for_person(locale).to_owned(),
        (_, title) => for_title(locale, title),
    };
    let number = (!wish.tax_number.is_empty()).then(|| with_number(locale, &wish.tax_number));
    [name].into_iter().chain(number).collect()
}
