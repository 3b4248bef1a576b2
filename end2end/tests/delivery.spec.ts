// Ways of delivery at the checkout: their prices follow the address, and the order remembers the chosen one.

import AxeBuilder from "@axe-core/playwright";
import { thermos } from "../support/goods";
import type { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import { en } from "../support/words";

const everywhere = { tag: ["@nojs", "@phone"] };
const said = {
  zh: { update: "更新总价", express: "特快配送", days: /预计 \d+月\d+日/, anywhere: "¥215.00", here: "¥211.00", paid: "¥211.00" },
  en: { update: "Update the total", express: "Express delivery", days: /Arrives \w{3} \d+ \w{3}/, anywhere: "$52.00", here: "$54.03", paid: "$54.03" },
};

async function atCheckout(shopper: Shopper): Promise<void> {
  await shopper.product.open(thermos.slug, "style=sage&size=500");
  await shopper.product.addToCart();
  await shopper.checkout.open();
  await shopper.awake();
}

/** Without scripts nothing follows by itself: the button beside the ways asks for it. */
async function ask(shopper: Shopper, update: string): Promise<void> {
  if (shopper.hasScripts) return;
  await shopper.page.getByRole("button", { name: update }).click();
  await shopper.page.waitForURL(/\/checkout#field-name$/);
}

inEachLanguage((words) => {
  test("the chosen way is in the total, follows the address, and is on the order", everywhere, async ({ page, shopperOf, hasScripts }) => {
    const shopper = shopperOf(words);
    const text = said[words.code];
    await atCheckout(shopper);
    const express = page.getByRole("radio", { name: text.express });
    await expect(page.getByRole("radio", { checked: true }).first()).toHaveAttribute("value", "standard");
    await express.check();
    await ask(shopper, text.update);
    await expect(shopper.checkout.placeButton).toContainText(text.anywhere);
    await expect(express).toBeChecked();

    await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
    await ask(shopper, text.update);
    await expect(shopper.checkout.placeButton).toContainText(text.here);
    await expect(express).toBeChecked();
    await expect(page.locator(".choice", { has: express })).toContainText(text.days);
    if (hasScripts) expect((await new AxeBuilder({ page }).analyze()).violations.map((violation) => violation.id)).toEqual([]);

    await shopper.checkout.placeOrder();
    await shopper.order.expectTexts(text.express, text.paid);
    await expect(page.getByRole("main")).toContainText(text.days);
  });
});

test("a way that does not go there gives its place to one that does", everywhere, async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await atCheckout(shopper);
  await page.getByRole("radio", { name: said.en.express }).check();
  await shopper.checkout.type({ ...shopper.checkout.person("ada@example.com"), region: "Hawaii", city: "Honolulu", postcode: "96801" });
  await ask(shopper, said.en.update);
  await expect(page.getByRole("radio", { name: said.en.express })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "Standard delivery" })).toBeChecked();
  await shopper.checkout.placeOrder();
  await shopper.order.expectTexts("Standard delivery", "$15.00");
});

test("the arrow keys choose a way and stay where they are", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await atCheckout(shopper);
  await page.getByRole("radio", { name: "Standard delivery" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(shopper.checkout.placeButton).toContainText("$52.00");
  await expect(page.getByRole("radio", { name: said.en.express })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(shopper.checkout.placeButton).toContainText("$37.00");
});
