// The shop window: pictures by keyboard and enlarged, the drawer, currency, look, what was seen, no network.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { chopsticks, thermos } from "../support/goods";
import { expect, inEachLanguage, test } from "../support/test";
import { en, type Words } from "../support/words";

const said = {
  zh: { zoom: "放大看", next: "下一张", close: "关闭大图", drawer: "购物车", preferences: "货币与外观", dark: "深色", seen: "最近看过", offline: "网络断开了", usd: "美元 US$", cny: "人民币 ¥", shipping: "配送" },
  en: { zoom: "Enlarge", next: "Next picture", close: "Close the large picture", drawer: "Your cart", preferences: "Currency and look", dark: "Dark", seen: "Recently seen", offline: "You are offline", usd: "US dollar $", cny: "Renminbi CN¥", shipping: "Delivery" },
} satisfies Record<Words["code"], Record<string, string>>;

const violations = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ""}`);

inEachLanguage((words) => {
  const text = said[words.code];

  test("the pictures are looked at by keyboard, and enlarged", async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(thermos.slug);
    const strip = page.locator(".gallery-strip");
    await strip.focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.locator(".gallery-thumb").nth(1)).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("ArrowLeft");
    await expect(page.locator(".gallery-thumb").first()).toHaveAttribute("aria-current", "true");

    const zoom = page.getByRole("link", { name: text.zoom }).first();
    await zoom.focus();
    await page.keyboard.press("Enter");
    const large = page.getByRole("dialog", { name: text.zoom });
    const shown = large.locator("img");
    await expect(shown).toHaveAttribute("src", /hero/);
    await page.keyboard.press("ArrowRight");
    await expect(shown).not.toHaveAttribute("src", /thermos-hero/);
    await page.keyboard.press("+");
    await expect(large.locator(".zoom-large")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(large).toHaveCount(0);
    await expect(page.locator(".gallery-zoom:focus")).toHaveCount(1);
  });

  test("the drawer holds what the cart holds", { tag: "@phone" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.product.addToCart(2);
    await shopper.cartLink.click();
    const drawer = page.getByRole("dialog", { name: text.drawer });
    await expect(drawer).toContainText(chopsticks.title[words.code]);
    const sum = await drawer.locator(".drawer-sum strong").innerText();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
    await expect(shopper.cartLink).toBeFocused();
    await shopper.open("/cart");
    await expect(page.locator("#cart-sum")).toHaveText(sum);
  });

  test("a currency is chosen, with and without scripts", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    const price = page.locator(".product-price .price-now");
    await expect(price).toHaveText(chopsticks.price[words.code]);
    const other = words.code === "zh" ? text.usd : text.cny;
    await page.locator(".prefs summary").click();
    const loaded = page.waitForEvent("domcontentloaded");
    await page.getByRole("button", { name: other, exact: true }).click();
    await loaded;
    await expect(page).toHaveURL(new RegExp(`/${words.code}/p/${chopsticks.slug}`));
    await expect(price).toHaveText(words.code === "zh" ? "US$13.00" : "CN¥88.00");
    await shopper.open(`/p/${thermos.slug}`);
    await expect(price).toHaveText(words.code === "zh" ? /^US\$/ : /^CN¥/);
  });

  test("the look is remembered from the first paint on", async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("");
    await page.locator(".prefs summary").click();
    await page.getByRole("button", { name: text.dark, exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.goto(`/${words.code}/cart`, { waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    const paper = await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
    expect(paper).toBe("dark");
  });

  test("what was seen comes back below the next product", async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.product.open(thermos.slug);
    await page.getByRole("contentinfo").scrollIntoViewIfNeeded();
    const seen = page.getByRole("region", { name: text.seen });
    await expect(seen.getByRole("link", { name: chopsticks.title[words.code] })).toBeVisible();
    await expect(seen.getByRole("link", { name: thermos.title[words.code] })).toHaveCount(0);
  });

  test("help is a link away and works without scripts", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("");
    await shopper.follow(page.getByRole("contentinfo").getByRole("link", { name: text.shipping, exact: true }));
    await expect(shopper.heading(text.shipping)).toBeVisible();
    await expect(page.locator(".help-text h2")).toHaveCount(4);
  });

  test("without a network an old price is never shown", async ({ page, context, shopperOf, watch }) => {
    watch.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    const shopper = shopperOf(words);
    await shopper.open("");
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      if (!registration.active) throw new Error("no helper");
    });
    await expect.poll(() => page.evaluate(() => caches.has("jishi-offline-1"))).toBe(true);
    await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
    await context.setOffline(true);
    await page.goto(`/${words.code}/p/${thermos.slug}`);
    await expect(shopper.heading(text.offline)).toBeVisible();
    await expect(page.locator(".price-now")).toHaveCount(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe("grid");
    await context.setOffline(false);
    await page.locator("#offline-retry").click();
    await expect(shopper.heading(thermos.title[words.code])).toBeVisible();
  });
});

test("a product page on a phone asks for little", { tag: "@thumb" }, async ({ page, shopperOf }) => {
  // The pictures of a fresh shop are made in the background; wait for those of this product.
  await expect
    .poll(async () => {
      const source = await (await page.request.get(`/en/p/${thermos.slug}`)).text();
      const small = /\/media\/640\/[\w.-]+/.exec(source)?.[0] ?? "";
      return (await page.request.get(small)).headers()["cache-control"];
    }, { timeout: 50_000 })
    .toContain("immutable");
  let bytes = 0;
  let requests = 0;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (event) => {
    bytes += event.encodedDataLength;
    requests += 1;
  });
  await shopperOf(en).product.open(thermos.slug);
  await page.waitForLoadState("networkidle");
  expect(requests, "requests").toBeLessThanOrEqual(15);
  expect(bytes, "bytes").toBeLessThanOrEqual(400_000);
});

test("every picture says in its address which width it is, and pages keep room for it", async ({ page, shopperOf }) => {
  await shopperOf(en).product.open(thermos.slug);
  const pictures = await page.locator("main img").evaluateAll((images) =>
    images.map((image) => ({
      hasSize: image.hasAttribute("width") && image.hasAttribute("height"),
      hasWidths: image.closest(".gallery-thumbs") !== null || (image.getAttribute("srcset") ?? "").includes("/media/480/"),
    })),
  );
  expect(pictures.length).toBeGreaterThan(3);
  expect(pictures.every((picture) => picture.hasSize && picture.hasWidths)).toBe(true);
});

test("a product page on a phone is at most 15 requests and 400 kB", { tag: "@thumb" }, async ({ context }) => {
  // The smaller forms of pictures are made in the background after the first start.
  await expect(async () => {
    const page = await context.newPage();
    await (await context.newCDPSession(page)).send("Network.clearBrowserCache");
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      sizes.push(request.sizes().then((size) => size.responseBodySize + size.responseHeadersSize));
    });
    await page.goto(`/en/p/${thermos.slug}`);
    await page.waitForSelector("html[data-hydrated]", { state: "attached" });
    await page.waitForLoadState("networkidle");
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await page.close();
    expect(sizes.length).toBeGreaterThan(5);
    expect(sizes.length).toBeLessThanOrEqual(15);
    expect(bytes).toBeLessThanOrEqual(400_000);
  }).toPass({ timeout: 50_000 });
});
