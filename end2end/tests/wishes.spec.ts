// What goes beyond buying: a cart as a link, articles put aside, wishes at the checkout and the printable invoice.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { chopsticks, thermos } from "../support/goods";
import { expect, inEachLanguage, test } from "../support/test";
import type { Words } from "../support/words";

const said = {
  zh: { add: "加入这 2 种商品", added: "已加入 2 种商品。", unknown: "没有找到这件商品", gift: "礼品包装", company: "企业", name: "发票抬头", number: "税号", card: "贺卡留言", wrapped: "按礼品包装，包裹里不放价格单", bill: "查看和打印账单", note: "这是您的购物明细" },
  en: { add: "Add these 2 articles", added: "2 articles were added.", unknown: "We do not know this article", gift: "Gift wrap", company: "A company", name: "Name on the invoice", number: "Tax number", card: "Words for the card", wrapped: "Wrapped as a gift, without prices in the parcel", bill: "Invoice, to view or print", note: "Printed from the shop's books" },
} satisfies Record<Words["code"], Record<string, string>>;

const violations = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ""}`);

const link = `/cart?items=${chopsticks.sku}:2,JS-NOPE:1,${thermos.sageSku}:1`;

inEachLanguage((words) => {
  const text = said[words.code];

  test("a cart's link adds nothing before its form is sent, and an article is put aside and taken back", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf, hasScripts }) => {
    const shopper = shopperOf(words);
    const title = chopsticks.title[words.code];
    await shopper.open(link);
    await expect(page.getByRole("main")).toContainText(text.unknown);
    if (hasScripts) expect(await violations(page)).toEqual([]);
    await shopper.cart.open();
    await expect(page.getByText(words.emptyCart)).toBeVisible();

    await shopper.open(link);
    await shopper.follow(page.getByRole("button", { name: text.add }));
    await expect(page.getByRole("main")).toContainText(text.added);
    await shopper.cart.expectQuantity(title, 2);

    await shopper.cart.save(title);
    if (hasScripts) expect(await violations(page)).toEqual([]);
    await shopper.reload();
    await shopper.cart.restore(title);
    await shopper.cart.expectQuantity(title, 2);
  });

  test("wishes are checked, kept and told, and the invoice can be printed", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf, hasScripts, watch }) => {
    watch.expect(/status of (409|422)/);
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.product.addToCart();
    await shopper.checkout.open();
    await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
    await shopper.checkout.choose("cash_on_delivery");
    await page.locator(".wishes summary").click();
    await page.getByRole("checkbox", { name: text.gift }).check();
    await page.getByRole("textbox", { name: text.card }).fill("Happy birthday 生日快乐");
    await page.getByRole("radio", { name: text.company }).check();
    await page.getByRole("textbox", { name: text.number }).fill("123");
    await shopper.checkout.placeButton.click();

    // The name is missing, in China the number is none: both are told, nothing that was typed is lost.
    await expect(page.locator("#field-invoice_title-error")).toBeVisible();
    await expect(page.getByRole("checkbox", { name: text.gift })).toBeChecked();
    await expect(page.getByRole("textbox", { name: text.card })).toHaveValue("Happy birthday 生日快乐");
    await shopper.awake();
    await page.getByRole("textbox", { name: text.name }).fill("Jishi <b>& Co</b>");
    await page.getByRole("textbox", { name: text.number }).fill(words.code === "zh" ? "91350100M000100Y43" : "GB 123456789");
    await shopper.checkout.placeOrder();

    const main = page.getByRole("main");
    for (const told of [text.wrapped, "Happy birthday 生日快乐", "Jishi <b>& Co</b>"]) await expect(main).toContainText(told);
    await shopper.follow(page.getByRole("link", { name: text.bill }));
    await expect(page).toHaveURL(/\/orders\/or_[^/]+\/invoice/);
    await expect(main).toContainText(text.note);
    await expect(main).toContainText("Jishi <b>& Co</b>");
    await expect(main).toContainText(chopsticks.title[words.code]);
    if (hasScripts) expect(await violations(page)).toEqual([]);
  });
});
