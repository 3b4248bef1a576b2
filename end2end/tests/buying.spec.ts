// The quick ways: an address in one piece, the names of places, the express way to the checkout; and the tax of a state.

import { randomUUID } from "node:crypto";
import { thermos } from "../support/goods";
import type { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import { en, zh } from "../support/words";

const everywhere = { tag: ["@nojs", "@phone"] };
const texts = {
  zh: { buyNow: "立即购买", paste: "粘贴整段地址，自动填写", whole: "姓名、电话和地址", fill: "识别并填写" },
  en: { buyNow: "Buy now", paste: "Paste an address in one piece", whole: "Name, phone and address", fill: "Fill in the fields" },
};
const pasted = {
  zh: {
    text: "收货人：张三 13800138000 浙江杭州西湖区文三路 478 号 3 幢 201",
    fields: { name: "张三", phone: "13800138000", region: "浙江省", city: "杭州市", district: "西湖区", line1: "文三路 478 号 3 幢 201" },
  },
  en: {
    text: "Ada Byron, 1 Market Street, San Francisco, CA 94105, (415) 555-0100",
    fields: { name: "Ada Byron", phone: "(415) 555-0100", region: "CA", city: "San Francisco", line1: "1 Market Street", postcode: "94105" },
  },
};

/** Presses "Buy now" on the thermos' page and waits for the checkout. */
async function buyNow(shopper: Shopper): Promise<void> {
  const { page, words } = shopper;
  await shopper.product.open(thermos.slug, "style=sage&size=500");
  await page.getByRole("button", { name: texts[words.code].buyNow }).click();
  await page.waitForURL(/\/checkout$/);
  await shopper.awake();
}

inEachLanguage((words) => {
  test("from the home page to the order it takes three pages and one form", everywhere, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const text = texts[words.code];
    const pages: string[] = [];
    page.on("framenavigated", (frame) => {
      const path = new URL(frame.url()).pathname;
      if (frame === page.mainFrame() && pages.at(-1) !== path) pages.push(path);
    });
    await shopper.open("");
    await shopper.follow(page.getByRole("main").locator(".card-title a").first());
    await page.getByRole("button", { name: text.buyNow }).click();
    await page.waitForURL(/\/checkout$/);
    await shopper.awake();
    await shopper.checkout.type(shopper.checkout.person(`${randomUUID()}@example.com`));
    await shopper.checkout.placeOrder();
    await shopper.order.expectThanks();
    expect(pages.map((path) => path.split("/")[2] ?? "home")).toEqual(["home", "p", "checkout", "orders"]);
  });

  test("buying at once puts one unit into the cart, however often it is pressed", everywhere, async ({ shopperOf }) => {
    const shopper = shopperOf(words);
    await buyNow(shopper);
    await buyNow(shopper);
    await shopper.cart.open();
    await shopper.cart.expectQuantity(thermos.title[words.code], 1);
  });

  test("an address pasted in one piece fills the fields and leaves the others alone", everywhere, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const { text, fields } = pasted[words.code];
    const labels = texts[words.code];
    await buyNow(shopper);
    await shopper.checkout.type({ email: "ada@example.com", note: "A & B" });
    await page.getByText(labels.paste).click();
    await page.getByRole("textbox", { name: labels.whole }).fill(text);
    await page.getByRole("button", { name: labels.fill }).click();
    await page.waitForURL(/\/checkout#field-name$/);
    await shopper.awake();
    await shopper.checkout.expectTyped({ ...fields, email: "ada@example.com", note: "A & B" });
    await shopper.checkout.placeOrder();
    await shopper.order.expectThanks();
    await shopper.order.expectTexts(fields.line1, fields.city);
  });
});

test("a place that is not known is told with the nearest one, and believed when it comes again", everywhere, async ({ page, shopperOf, watch }) => {
  watch.expect(/status of 422/);
  const shopper = shopperOf(zh);
  await buyNow(shopper);
  const person = shopper.checkout.person("ada@example.com");
  await shopper.checkout.type({ ...person, district: "西糊区" });
  await shopper.checkout.choose("cash_on_delivery");
  await shopper.checkout.placeButton.click();
  await page.waitForURL(/problem=place_unknown/);
  await shopper.awake();
  await expect(page.locator("#field-district-error")).toContainText("您是不是要填「西湖区」？");
  await expect(shopper.checkout.field("district")).toHaveAttribute("aria-invalid", "true");
  await shopper.checkout.expectTyped({ ...person, district: "西糊区" });
  await shopper.checkout.placeOrder();
  await shopper.order.expectThanks();
});

test("the tax of a state is in the total before the order is placed", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await buyNow(shopper);
  await expect(shopper.checkout.placeButton).toHaveText(/\$37\.00/);
  await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
  // 7.25 % of 28.00; California does not tax delivery.
  await expect(shopper.checkout.placeButton).toHaveText(/\$39\.03/);
  await expect(page.locator(".summary-totals")).toContainText("Sales tax");
  await shopper.checkout.placeOrder();
  await shopper.order.expectTexts("Sales tax", "$2.03", "$39.03");
});
