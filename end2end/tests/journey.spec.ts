// From the home page to the order and its mail, as a guest: with and without JavaScript, on a desk and on a phone.

import { randomUUID } from "node:crypto";
import { thermos } from "../support/goods";
import { mailTo } from "../support/mailbox";
import type { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import type { Words } from "../support/words";

const everywhere = { tag: ["@nojs", "@phone"] };

/** From the home page to the sage thermos in the cart. */
async function findTheThermos(shopper: Shopper, words: Words): Promise<void> {
  const { page } = shopper;
  await shopper.open("");
  const tiles = page.getByRole("main");
  await shopper.follow(tiles.getByRole("link", { name: thermos.category[words.code], exact: true }));
  await expect(shopper.heading(thermos.category[words.code])).toBeVisible();
  await shopper.follow(page.getByRole("main").getByRole("link", { name: thermos.title[words.code] }));
  await expect(shopper.heading(thermos.title[words.code])).toBeVisible();
}

inEachLanguage((words) => {
  test("a guest finds an article, chooses a version and puts it into the cart", everywhere, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await findTheThermos(shopper, words);

    await shopper.product.choose(thermos.sage[words.code]);
    await expect(page).toHaveURL(/style=sage&size=500$/);
    await shopper.reload();
    await expect(shopper.product.value(thermos.sage[words.code])).toHaveAttribute("aria-current", "true");
    await expect(page.getByRole("main")).toContainText(thermos.sagePrice[words.code]);
    await expect(page.getByText(words.inStock, { exact: true })).toBeVisible();

    await shopper.product.addToCart();
    await shopper.cart.open();
    await expect(shopper.cart.line(thermos.title[words.code])).toContainText(thermos.sage[words.code]);
    await expect(shopper.cart.subtotal).toHaveText(thermos.sagePrice[words.code]);
  });

  test("the cart's quantities change, lines go and come back", everywhere, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const title = thermos.title[words.code];
    await shopper.product.open(thermos.slug, "style=sage&size=500");
    await shopper.product.addToCart();
    await shopper.cart.open();

    await shopper.cart.setQuantity(title, 3);
    await expect(shopper.cart.subtotal).toHaveText(words.code === "zh" ? "¥567.00" : "$84.00");
    await shopper.cart.oneLess(title);
    await shopper.cart.expectQuantity(title, 2);
    await shopper.cart.oneMore(title);
    await shopper.cart.expectQuantity(title, 3);
    await expect(shopper.cart.subtotal).toHaveText(words.code === "zh" ? "¥567.00" : "$84.00");

    await shopper.cart.remove(title);
    await shopper.reload();
    await expect(page.getByText(words.emptyCart)).toBeVisible();

    await shopper.product.open(thermos.slug, "style=sage&size=500");
    await shopper.product.addToCart();
    await shopper.cart.open();
    await shopper.cart.expectQuantity(title, 1);
  });

  test("a checkout that is not filled in says so at every field and keeps what was typed", everywhere, async ({ shopperOf }) => {
    const shopper = shopperOf(words);
    const { checkout } = shopper;
    await shopper.product.open(thermos.slug, "style=sage&size=500");
    await shopper.product.addToCart();
    await shopper.cart.open();
    await shopper.cart.goToCheckout();

    await checkout.submitInVain();
    for (const name of ["email", "name", "phone", "region", "city", "line1"] as const) {
      await checkout.expectError(name, words.required);
    }
    await checkout.expectError(words.code === "zh" ? "district" : "postcode", words.required);

    const typed = { ...checkout.person("ada@example.com"), phone: "12" };
    await checkout.type(typed);
    await checkout.submitInVain();
    await checkout.expectError("phone", words.phoneInvalid);
    await checkout.expectNoError("email");
    await checkout.expectTyped(typed);
  });

  test("a guest orders, sees the order again, and gets the mail that opens it elsewhere", everywhere, async ({ page, shopperOf, stranger, watch }) => {
    const shopper = shopperOf(words);
    const { checkout } = shopper;
    const email = `${randomUUID()}@example.com`;
    await shopper.product.open(thermos.slug, "style=sage&size=500");
    await shopper.product.addToCart();
    await shopper.cart.open();
    await shopper.cart.goToCheckout();
    const person = checkout.person(email);
    await checkout.type(person);
    await checkout.placeOrder();

    const number = await shopper.order.expectThanks();
    const facts = [number, thermos.title[words.code], thermos.sagePrice[words.code], words.total, person.line1 ?? "", email];
    await shopper.order.expectTexts(...facts);
    await shopper.reload();
    await shopper.order.expectTexts(...facts);
    await shopper.cart.open();
    await expect(page.getByText(words.emptyCart)).toBeVisible();
    await shopper.back();

    const address = new URL(page.url());
    const other = await stranger(words);
    watch.expect(/status of 404/);
    expect((await other.page.goto(address.pathname))?.status()).toBe(404);
    await expect(other.heading(words.notFound)).toBeVisible();

    const mail = await mailTo(email);
    expect(mail).toContain(number);
    const link = /https?:\/\/\S+\?key=\S+/.exec(mail)?.[0] ?? "";
    expect((await other.page.goto(link))?.status()).toBe(200);
    await expect(other.page.getByRole("main")).toContainText(number);
    expect((await other.page.goto(`${link.slice(0, -1)}x`))?.status()).toBe(404);
  });
});
