// What a browser is told about the shop as a whole: that it can be installed, what it shows without a network, and which
// pages may be fetched ahead.

import { expect, inEachLanguage, test } from "../support/test";
import { en } from "../support/words";

interface Manifest {
  name: string;
  short_name: string;
  start_url: string;
  scope: string;
  display: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}

/** Width and height as the head of a PNG says. */
const pngSize = (png: Buffer): string => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;

test("the shop can be installed, and its icons are what the manifest says", async ({ page, context, shopperOf }) => {
  await shopperOf(en).open("");
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await page.request.get(address ?? "");
  expect(answer.headers()["content-type"]).toMatch(/^application\/(manifest\+)?json/);
  const manifest = (await answer.json()) as Manifest;
  expect(manifest.name.length).toBeGreaterThan(0);
  expect(manifest.short_name.length).toBeGreaterThan(0);
  expect(manifest).toMatchObject({ start_url: "/", scope: "/" });
  expect(["standalone", "minimal-ui"]).toContain(manifest.display);

  const icons = manifest.icons.filter((icon) => icon.type === "image/png");
  for (const icon of icons) {
    const png = await page.request.get(icon.src);
    expect(png.status(), icon.src).toBe(200);
    expect(png.headers()["content-type"], icon.src).toBe("image/png");
    expect(pngSize(await png.body()), icon.src).toBe(icon.sizes);
  }
  const plain = icons.filter((icon) => icon.purpose !== "maskable").map((icon) => icon.sizes);
  expect(plain).toEqual(expect.arrayContaining(["192x192", "512x512"]));
  expect(icons.some((icon) => icon.purpose === "maskable")).toBe(true);

  // The browser's own word; tests run in windows that remember nothing, which it holds against them.
  const browser = await context.newCDPSession(page);
  const { errors } = await browser.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { installabilityErrors } = await browser.send("Page.getInstallabilityErrors");
  expect(installabilityErrors.map((error) => error.errorId).filter((id) => id !== "in-incognito")).toEqual([]);
});

inEachLanguage((words) => {
  const offline = { zh: "网络断开了", en: "You are offline" }[words.code];
  test.use({ locale: words.code === "zh" ? "zh-CN" : "en-US" });

  test("an installed shop that is opened without a network says so in its language, and goes on when there is one", { tag: "@phone" }, async ({ page, context, shopperOf, watch }) => {
    watch.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    const shopper = shopperOf(words);
    await shopper.open("");
    await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
    await context.setOffline(true);
    // It opens where the manifest says, which is an address without a language.
    for (const path of ["/", `/${words.code}`, `/${words.code}/cart`]) {
      await page.goto(path);
      await expect(shopper.heading(offline), path).toBeVisible();
      await expect(page.locator("html"), path).toHaveAttribute("lang", words.tag);
    }
    await context.setOffline(false);
    await page.locator("#offline-retry").click();
    await expect(shopper.heading(words.cart)).toBeVisible();
  });
});

test("what may be fetched ahead are pages that are read, never those that belong to somebody", async ({ page, context, shopperOf }) => {
  const browser = await context.newCDPSession(page);
  const rules: { sourceText: string; errorType?: string }[] = [];
  browser.on("Preload.ruleSetUpdated", ({ ruleSet }) => rules.push(ruleSet));
  await browser.send("Preload.enable");
  await shopperOf(en).open("");
  await expect.poll(() => rules.length).toBe(1);
  expect(rules[0]?.errorType, "what the browser says to the rules").toBeUndefined();

  interface Where { href_matches?: string | string[]; not?: Where; and?: Where[] }
  const { prefetch, prerender } = JSON.parse(rules[0]?.sourceText ?? "") as { prefetch: { where: Where; eagerness: string }[]; prerender?: unknown };
  expect(prerender).toBeUndefined();
  expect(prefetch).toHaveLength(1);
  expect(prefetch[0]?.eagerness).toBe("moderate");
  const fetched = await page.evaluate(
    ({ where, paths }) => {
      const URLPatternHere = (globalThis as unknown as { URLPattern: new (pattern: string, base: string) => { test(url: string): boolean } }).URLPattern;
      const holds = (condition: Where, url: string): boolean => {
        if (condition.and) return condition.and.every((each) => holds(each, url));
        if (condition.not) return !holds(condition.not, url);
        return [condition.href_matches ?? []].flat().some((pattern) => new URLPatternHere(pattern, location.origin).test(url));
      };
      return paths.filter((path) => holds(where, new URL(path, location.origin).href));
    },
    {
      where: prefetch[0]?.where ?? {},
      paths: ["/en", "/zh/p/bell-tent", "/en/c/desk?page=2", "/zh/search?q=a", "/en/cart", "/zh/cart/drawer", "/en/cart?items=A:1", "/en/checkout", "/zh/checkout?problem=sold_out", "/en/orders/or_x", "/zh/orders/or_x/invoice?key=y", "/api/cart", "/media/a.webp"],
    },
  );
  expect(fetched).toEqual(["/en", "/zh/p/bell-tent", "/en/c/desk?page=2", "/zh/search?q=a"]);
});
