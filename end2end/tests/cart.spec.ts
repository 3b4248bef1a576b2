// The cart in daily use: islands, several tabs, impatience, stock that runs out, the browser's back button.

import type { Page } from "@playwright/test";
import { chopsticks, gaiwan, kettle, soySauce, thermos, vanishing, wok } from "../support/goods";
import { setStock } from "../support/shop";
import { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import { en } from "../support/words";

const stockChanged = { zh: "有商品的库存变了", en: "Some stock has changed" };
const added = { zh: "已加入，购物车里共 1 件", en: "Added. 1 in your cart" };

/** Holds the answers to this request back, so that a second press comes while the first is on its way. */
async function slow(page: Page, path: string): Promise<() => number> {
  let count = 0;
  await page.route(path, async (route) => {
    count += 1;
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  return () => count;
}

inEachLanguage((words) => {
  test("adding in place says so and updates the badge without leaving the page", { tag: "@phone" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.expectBadge(0);
    const address = page.url();
    await shopper.product.addToCart();
    await shopper.expectBadge(1);
    await shopper.product.addToCart(2);
    await shopper.expectBadge(3);
    expect(page.url()).toBe(address);
    await shopper.follow(page.getByRole("link", { name: words.viewCart }));
    await shopper.cart.expectQuantity(chopsticks.title[words.code], 3);
    await shopper.expectBadge(3);
  });

  test("a removed line can be put back with its units", { tag: "@phone" }, async ({ shopperOf }) => {
    const shopper = shopperOf(words);
    const title = chopsticks.title[words.code];
    await shopper.product.open(chopsticks.slug);
    await shopper.product.addToCart(2);
    await shopper.cart.open();
    await shopper.cart.remove(title);
    await shopper.expectBadge(0);
    await shopper.cart.undo();
    await shopper.cart.expectQuantity(title, 2);
    await expect(shopper.cart.quantityOf(title)).toBeFocused();
    await shopper.expectBadge(2);
    await shopper.reload();
    await shopper.cart.expectQuantity(title, 2);
  });

  test("more units than there are is explained, and the old quantity stays", { tag: "@nojs" }, async ({ page, shopperOf, watch }) => {
    watch.expect(/status of 409/);
    const shopper = shopperOf(words);
    const title = kettle.title[words.code];
    await shopper.product.open(kettle.slug, kettle.scarceQuery);
    await expect(page.getByText(words.code === "zh" ? "仅剩 2 件" : "Only 2 left")).toBeVisible();
    await expect(shopper.product.quantity).toHaveAttribute("max", "2");
    await shopper.product.addToCart(2);
    await shopper.cart.open();
    await shopper.cart.setQuantity(title, 5);
    await expect(page.getByRole("alert").filter({ hasText: words.notEnough })).toBeVisible();
    await shopper.cart.expectQuantity(title, 2);
  });

  test("a sold-out article says so and cannot be put into the cart", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(soySauce.slug);
    await expect(page.getByText(words.thisOneIsSoldOut)).toBeVisible();
    await expect(shopper.product.addButton).toHaveCount(0);

    await shopper.open(`/c/${soySauce.category}`);
    const card = page.getByRole("article").filter({ has: page.getByRole("link", { name: soySauce.title[words.code] }) });
    await expect(card).toContainText(words.soldOut);

    await shopper.product.open(gaiwan.slug);
    await expect(shopper.product.addButton).toBeVisible();
    await shopper.follow(shopper.product.value(words.valueSoldOut(gaiwan.soldOut[words.code])));
    await expect(page).toHaveURL(new RegExp(gaiwan.soldOutQuery));
    await expect(page.getByText(words.thisOneIsSoldOut)).toBeVisible();
    await expect(shopper.product.addButton).toHaveCount(0);
  });
});

// One after the other: both take away the same article.
test.describe("sold out meanwhile", () => {
  test.describe.configure({ mode: "serial" });
  inEachLanguage((words) => {
    test("an article that sells out while it is in the cart is told, and holds the checkout until it is removed", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf, watch }, info) => {
      watch.expect(/status of 409/);
      const shopper = shopperOf(words);
      const { slug, title, sku } = vanishing[info.project.name as keyof typeof vanishing];
      await setStock(sku, 5);
      await shopper.product.open(chopsticks.slug);
      await shopper.product.addToCart();
      await shopper.product.open(slug);
      await shopper.product.addToCart();
      await shopper.cart.open();
      await shopper.cart.goToCheckout();
      const typed = shopper.checkout.person("ada@example.com");
      await shopper.checkout.type(typed);
      await setStock(sku, 0);

      // With scripts the answer to the refused order is the same page anew: what was typed is kept.
      await shopper.checkout.placeButton.click();
      await page.waitForURL(/problem=sold_out/);
      await shopper.awake();
      await expect(page.getByRole("alert").filter({ hasText: stockChanged[words.code] })).toBeVisible();
      await shopper.checkout.expectTyped(typed);
      await expect(shopper.checkout.placeButton).toBeDisabled();

      await shopper.cart.open();
      await expect(shopper.cart.line(title[words.code])).toContainText(words.lineSoldOut);
      await expect(page.getByText(words.cartBlocked)).toBeVisible();
      await expect(shopper.cart.checkoutLink).not.toHaveAttribute("href");
      await shopper.cart.remove(title[words.code]);
      await expect(page.getByText(words.cartBlocked)).toBeHidden();
      await shopper.cart.goToCheckout();
      await shopper.checkout.expectTyped(typed);
      await expect(shopper.checkout.placeButton).toBeEnabled();
    });
  });
});

inEachLanguage((words) => {
  test("two tabs agree without being asked", { tag: "@phone" }, async ({ page, context, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(wok.slug);
    await shopper.product.addToCart();
    const cart = new Shopper(await context.newPage(), words, true);
    await cart.cart.open();
    await cart.cart.expectQuantity(wok.title[words.code], 1);
    const checkout = new Shopper(await context.newPage(), words, true);
    await checkout.checkout.open();
    await checkout.checkout.type({ email: "ada@example.com", name: "Ada Byron" });

    await shopper.product.addToCart(2);
    await cart.cart.expectQuantity(wok.title[words.code], 3);
    await expect(checkout.page.locator(".summary-lines")).toContainText("× 3");
    await checkout.checkout.expectTyped({ email: "ada@example.com", name: "Ada Byron" });
    await cart.awake();
    await cart.cart.remove(wok.title[words.code]);
    await shopper.expectBadge(0);
    await expect(checkout.page.getByText(words.emptyCart)).toBeVisible();
    await shopper.cart.open();
    await expect(page.getByText(words.emptyCart)).toBeVisible();
  });

  test("pressing “Add to cart” twice in a hurry adds once", { tag: "@phone" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    const sent = await slow(page, "**/api/cart/add");
    await shopper.product.addButton.dblclick();
    await expect(shopper.product.result).toContainText(added[words.code]);
    expect(sent()).toBe(1);
    await shopper.cart.open();
    await shopper.cart.expectQuantity(chopsticks.title[words.code], 1);
  });

  test("pressing “Place order” twice in a hurry places one order", { tag: "@phone" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(thermos.slug, "style=sage&size=500");
    await shopper.product.addToCart();
    await shopper.checkout.open();
    await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
    await shopper.checkout.choose("cash_on_delivery");
    const sent = await slow(page, "**/api/checkout/place");
    await page.locator(".checkout-place").dblclick();
    await page.waitForURL(/\/orders\/or_/);
    await shopper.order.expectThanks();
    expect(sent()).toBe(1);
  });
});

test("a form that was sent twice gives the same order", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart();
  await shopper.checkout.open();
  const form = { ...shopper.checkout.person("ada@example.com"), country: "US", payment_method: "cash_on_delivery" };
  const headers = { accept: "application/json", origin: new URL(page.url()).origin };
  const send = () => page.request.post("/api/checkout/place", { form: form as Record<string, string>, headers });
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map((answer) => answer.status())).toEqual([200, 200, 200]);
  const orders = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { order: string }).order));
  expect(new Set(orders).size).toBe(1);
});

test("quick presses on “one more” end at the last wish", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  const title = chopsticks.title.en;
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart();
  await shopper.cart.open();
  for (let press = 0; press < 4; press += 1) await shopper.cart.oneMore(title);
  await expect(shopper.cart.subtotal).toHaveText("$65.00");
  await shopper.expectBadge(5);
  await page.reload();
  await shopper.cart.expectQuantity(title, 5);
});

test("what is typed as a quantity and is none is told, and the old one stays", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  const title = chopsticks.title.en;
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart(2);
  await shopper.cart.open();
  await shopper.cart.setQuantity(title, "many");
  await expect(page.getByRole("alert").filter({ hasText: "Please enter a quantity from 1 to 99" })).toBeVisible();
  await shopper.cart.expectQuantity(title, 2);
});

test("a press before the islands are awake works like a plain form", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await page.route("**/pkg/**/*.wasm", () => undefined);
  await page.route("**/pkg/*.wasm", () => undefined);
  await page.goto(`/en/p/${chopsticks.slug}`);
  await shopper.product.addButton.click();
  await expect(page).toHaveURL(/\/en\/cart$/);
  await shopper.cart.expectQuantity(chopsticks.title.en, 1);
});

test("after going back the badge shows what was added since", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.open("/c/kitchen-dining");
  await shopper.expectBadge(0);
  await shopper.follow(page.getByRole("link", { name: chopsticks.title.en }));
  await shopper.product.addToCart(2);
  await shopper.expectBadge(2);
  await shopper.back();
  await expect(page).toHaveURL(/kitchen-dining$/);
  await shopper.expectBadge(2);
});
