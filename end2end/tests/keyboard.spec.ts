// Without a pointer: Tab, Enter and the arrows lead everywhere, and one always sees where one is.

import { randomUUID } from "node:crypto";
import type { Locator } from "@playwright/test";
import { backAtTheShop, cards } from "../support/gateway";
import { thermos } from "../support/goods";
import { tabTo } from "../support/keyboard";
import type { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import { en, type Field } from "../support/words";

/** Goes to a link or button by Tab, and through it by Enter. */
async function enter(shopper: Shopper, target: Locator, address: RegExp): Promise<void> {
  await tabTo(shopper.page, target);
  await shopper.page.keyboard.press("Enter");
  await shopper.page.waitForURL(address);
}

/** Goes to every field that this shopper fills in, and types. */
async function fillIn(shopper: Shopper): Promise<void> {
  const person = shopper.checkout.person(`${randomUUID()}@example.com`);
  const fields: Field[] = ["email", "name", "phone", "region", "city", "district", "line1", "postcode"];
  for (const name of fields.filter((name) => person[name] !== undefined)) {
    await tabTo(shopper.page, shopper.checkout.field(name));
    await shopper.page.keyboard.type(person[name] ?? "");
  }
}

/** Goes to the ways to pay, where Tab leads to the chosen one, and takes the one that pays online. */
async function chooseOnline({ page }: Shopper): Promise<void> {
  const ways = page.locator('input[name="payment_method"]');
  await tabTo(page, page.locator('input[name="payment_method"]:checked'));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  const online = page.locator('input[name="payment_method"][value="sandbox"]');
  for (let presses = 0; presses < (await ways.count()) && !(await online.isChecked()); presses += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(online).toBeChecked();
  await expect(online).toBeFocused();
}

/** Fills in the gateway's card form. */
async function payByCard({ page }: Shopper): Promise<void> {
  for (const [field, text] of [["#number", cards.plain], ["#expiry", "12/40"], ["#cvc", "123"]] as const) {
    await tabTo(page, page.locator(field));
    await page.keyboard.type(text);
  }
  await tabTo(page, page.locator("form[action$='/card'] button"));
  await page.keyboard.press("Enter");
}

inEachLanguage((words) => {
  test("the keyboard alone leads from the home page to an order that is paid by card", async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("");
    await enter(shopper, page.locator("main .card-title a").first(), /\/p\//);
    await shopper.awake();
    await tabTo(page, shopper.product.addButton);
    await page.keyboard.press("Enter");
    await expect(shopper.product.result).toContainText(words.added);
    await enter(shopper, page.getByRole("link", { name: words.viewCart }), /\/cart$/);
    await shopper.awake();
    await enter(shopper, shopper.cart.checkoutLink, /\/checkout$/);
    await shopper.awake();
    await fillIn(shopper);
    await chooseOnline(shopper);
    await enter(shopper, shopper.checkout.placeButton, /\/pay\/ps_/);
    await payByCard(shopper);
    await backAtTheShop(shopper);
    await shopper.order.expectThanks();
    await shopper.order.expectTexts(words.paidPacking);
  });
});

test("the keyboard alone chooses, buys and reaches the checkout", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.product.open(thermos.slug);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: en.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  await tabTo(page, shopper.product.value(thermos.sage.en));
  await page.keyboard.press("Enter");
  await page.waitForURL(/style=sage/);
  await shopper.awake();
  await tabTo(page, shopper.product.addButton);
  await page.keyboard.press("Enter");
  await expect(shopper.product.result).toContainText(en.added);
  await expect(shopper.product.addButton).toBeFocused();
  await tabTo(page, page.getByRole("link", { name: en.viewCart }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cart$/);
  await shopper.awake();
  await tabTo(page, shopper.cart.checkoutLink);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/checkout$/);
  await shopper.awake();

  await tabTo(page, shopper.checkout.placeButton);
  await page.keyboard.press("Enter");
  await expect(shopper.checkout.field("email")).toBeFocused();
  await expect(shopper.checkout.field("email")).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.type("ada@example.com");
  await page.keyboard.press("Tab");
  await shopper.checkout.expectNoError("email");
});
