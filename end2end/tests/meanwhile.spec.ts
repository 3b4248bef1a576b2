// What happens meanwhile: a price that changes, a second tab, the back button, time that runs out, a page that is still loading.

import AxeBuilder from "@axe-core/playwright";
import { randomUUID } from "node:crypto";
import { backAtTheShop, cards, orderOnline, PayPage } from "../support/gateway";
import { chopsticks, repriced } from "../support/goods";
import { setPrice } from "../support/shop";
import { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import { en, type Words } from "../support/words";

const everywhere = { tag: ["@nojs", "@phone"] };
const said = {
  zh: { dearer: "加入购物车后价格上涨了", changed: "总价从", price: "¥1,999.00", waits: "还在等待付款", pay: "去付款", clock: /还剩 \d+:\d\d/, whole: /29:\d\d/, again: "把这些商品重新放进购物车", add: "加入这种商品", cancelled: "订单已取消" },
  en: { dearer: "The price has gone up", changed: "The total changed from", price: "$299.00", waits: "still waits for its payment", pay: "Go to payment", clock: /\d+:\d\d left/, whole: /29:\d\d/, again: "Put these articles into the cart again", add: "Add this article", cancelled: "cancelled" },
} satisfies Record<Words["code"], Record<string, string | RegExp>>;

inEachLanguage((words) => {
  const text = said[words.code];

  test("a price that changes meanwhile is told in the cart and confirmed before the order is placed", everywhere, async ({ page, shopperOf, watch }, info) => {
    watch.expect(/status of 409/);
    const shopper = shopperOf(words);
    const slug = repriced[`${info.project.name}-${words.code}`] ?? "";
    await shopper.product.open(slug);
    await shopper.product.addToCart();
    await shopper.checkout.open();
    const person = shopper.checkout.person(`${randomUUID()}@example.com`);
    await shopper.checkout.type(person);
    await shopper.checkout.choose("cash_on_delivery");
    await setPrice(slug, { usd: "299.00", cny: "1999.00" });

    await shopper.checkout.placeButton.click();
    await page.waitForURL(/problem=total_changed/);
    await shopper.awake();
    await expect(page.getByRole("alert").filter({ visible: true })).toContainText(text.changed);
    await expect(page.locator(".summary-totals")).toContainText(text.price);
    await shopper.checkout.expectTyped(person);
    await shopper.cart.open();
    await expect(page.getByRole("main")).toContainText(text.dearer);
    await shopper.checkout.open();
    await shopper.checkout.expectTyped(person);
    await shopper.checkout.placeOrder();
    await shopper.order.expectThanks();
    await shopper.order.expectTexts(text.price);
  });

  test("two tabs that place the same cart get the same order", everywhere, async ({ page, context, shopperOf, hasScripts }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.product.addToCart();
    await shopper.checkout.open();
    await shopper.checkout.type(shopper.checkout.person(`${randomUUID()}@example.com`));
    const other = new Shopper(await context.newPage(), words, hasScripts);
    await other.checkout.open();
    await other.checkout.type(other.checkout.person(`${randomUUID()}@example.com`));
    await other.checkout.choose("cash_on_delivery");
    await shopper.checkout.placeOrder();
    const number = await shopper.order.expectThanks();
    // With scripts the other tab hears of it; a form that has not heard leads to the same order.
    if (hasScripts) {
      await expect(other.page.getByText(words.emptyCart)).toBeVisible();
      return;
    }
    await other.checkout.placeButton.click();
    await other.page.waitForURL(/\/orders\/or_/);
    expect(await other.order.expectThanks()).toBe(number);
    expect(new URL(other.page.url()).pathname).toBe(new URL(page.url()).pathname);
  });

  test("back from the payment page the order is a link away and can still be paid", everywhere, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await orderOnline(shopper);
    await page.goBack();
    await page.waitForURL(/\/checkout/);
    await expect(page.getByRole("main")).toContainText(text.waits);
    await shopper.follow(page.getByRole("main").getByRole("link", { name: text.pay }));
    await page.getByRole("button", { name: words.payNow }).click();
    await new PayPage(page).payByCard(cards.plain);
    await backAtTheShop(shopper);
    await expect(page.getByRole("main")).toContainText(words.paidPacking);
    await page.goBack();
    await page.goForward();
    await shopper.awake();
    await expect(page.getByRole("main")).toContainText(words.paidPacking);
  });

  test("back from a placed order the cart is empty, and nothing is ordered twice", everywhere, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.product.addToCart();
    await shopper.checkout.open();
    await shopper.checkout.type(shopper.checkout.person(`${randomUUID()}@example.com`));
    await shopper.checkout.placeOrder();
    const number = await shopper.order.expectThanks();
    await page.goBack();
    await page.waitForURL(/\/checkout/);
    await expect(page.getByText(words.emptyCart)).toBeVisible();
    await expect(shopper.checkout.placeButton).toHaveCount(0);
    await page.goForward();
    await shopper.awake();
    await shopper.order.expectTexts(number);
  });

  test("the time that goods are reserved counts down, whatever the clock of the browser says", { tag: "@phone" }, async ({ page, context, shopperOf, hasScripts }) => {
    const shopper = shopperOf(words);
    const pay = await orderOnline(shopper);
    await pay.cancel();
    await backAtTheShop(shopper);
    await page.clock.install({ time: new Date("2001-01-01T00:00:00Z") });
    await shopper.reload();
    const timer = page.getByRole("timer");
    await expect(timer).toHaveText(text.whole);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.clock.fastForward("05:00");
    await expect(timer).toHaveText(/24:\d\d/);
    await expect(timer).toHaveText(text.clock);

    // Its time is over for this browser only: the shop is asked, and says how long it really is.
    await page.clock.fastForward("26:00");
    await expect(timer).toHaveText(text.whole);

    // Meanwhile the order is called off in another tab: at the end the page says so and helps on.
    const other = new Shopper(await context.newPage(), words, hasScripts);
    await other.page.goto(page.url());
    await other.awake();
    await other.page.getByText(words.cancelOrder, { exact: true }).click();
    await other.follow(other.page.getByRole("button", { name: words.cancelYes }));
    await page.clock.fastForward("31:00");
    await expect(page.getByRole("alert").filter({ visible: true })).toContainText(text.cancelled);
    await expect(timer).toHaveCount(0);
    await shopper.follow(page.getByRole("link", { name: text.again }));
    await shopper.follow(page.getByRole("button", { name: text.add }));
    await shopper.cart.expectQuantity(chopsticks.title[words.code], 1);
  });
});

test("after an order that could not be sent the button shows the total of the chosen state", { tag: "@phone" }, async ({ page, context, shopperOf, watch }) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/);
  const shopper = shopperOf(en);
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart();
  await shopper.checkout.open();
  await expect(shopper.checkout.placeButton).toHaveText(/\$22\.00/);
  await shopper.checkout.type(shopper.checkout.person(`${randomUUID()}@example.com`));
  await shopper.checkout.choose("cash_on_delivery");
  // 7.25 % of 13.00; California does not tax delivery.
  await expect(shopper.checkout.placeButton).toHaveText(/\$22\.94/);
  await context.setOffline(true);
  await shopper.checkout.placeButton.click();
  await expect(page.getByText(en.notPlaced)).toBeVisible();
  await expect(shopper.checkout.placeButton).toHaveText(/\$22\.94/);
  await context.setOffline(false);
  await shopper.checkout.placeButton.click();
  await page.waitForURL(/\/orders\/or_/);
  await shopper.order.expectTexts("$22.94");
});

test("on a slow phone the first press of “Add to cart” is never lost", { tag: "@thumb" }, async ({ page, context, shopperOf }) => {
  const shopper = shopperOf(en);
  const browser = await context.newCDPSession(page);
  await browser.send("Network.enable");
  // What browsers' tools call slow 4G, and a quarter of this machine's speed.
  const slow4g = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
  await browser.send("Network.emulateNetworkConditions", slow4g);
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let units = 0;
  for (const wait of [0, 250, 750, 1_500, 3_000]) {
    await page.goto(`/en/p/${chopsticks.slug}`, { waitUntil: "commit" });
    await shopper.product.addButton.waitFor({ state: "visible" });
    await page.waitForTimeout(wait);
    await shopper.product.addButton.click();
    units += 1;
    const inCart = async (): Promise<number> => {
      const cart = (await (await page.request.get("/api/cart")).json()) as { count: number };
      return cart.count;
    };
    await expect.poll(inCart, { message: `pressed ${wait} ms after it was visible` }).toBe(units);
  }
});
