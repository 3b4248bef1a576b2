// What a screen reader is told of whole pages. The trees are kept in `aria/`; a change that is meant is accepted with
// `cargo xtask e2e told --update-snapshots`, after reading what has changed, and numbers that change are patterns again.

import { chopsticks, thermos } from "../support/goods";
import type { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";

/** A cart of two articles. */
async function fillCart(shopper: Shopper): Promise<void> {
  await shopper.product.open(thermos.slug, "style=sage&size=500");
  await shopper.product.addToCart(2);
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart();
}

inEachLanguage((words) => {
  test("the cart, the checkout and the order say what they are", async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const main = page.getByRole("main");
    await fillCart(shopper);
    await shopper.cart.open();
    await expect(main).toMatchAriaSnapshot({ name: `cart-${words.code}.aria.yml` });
    await shopper.checkout.open();
    await expect(main).toMatchAriaSnapshot({ name: `checkout-${words.code}.aria.yml` });
    await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
    await shopper.checkout.placeOrder();
    await expect(main).toMatchAriaSnapshot({ name: `order-${words.code}.aria.yml` });
  });

  test("the filters say what they are", async ({ page, shopperOf }) => {
    // Nobody buys so much of these that the figures change.
    await shopperOf(words).open("/c/electronics?stock=1");
    const filters = page.getByRole("region", { name: words.code === "zh" ? "筛选" : "Filters", exact: true });
    await expect(filters).toMatchAriaSnapshot({ name: `filters-${words.code}.aria.yml` });
  });
});
