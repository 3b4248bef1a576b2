// How pages sit on screens: nothing sticks out, thumbs hit what they aim at, every island can wake up.

import type { Locator } from "@playwright/test";
import { thermos } from "../support/goods";
import { tooWide } from "../support/screen";
import { expect, inEachLanguage, test } from "../support/test";
import { tour, tourProblems } from "../support/tour";
import { en } from "../support/words";

inEachLanguage((words) => {
  test("nothing is wider than the screen", { tag: ["@phone", "@tablet"] }, async ({ page, shopperOf, watch, isMobile }) => {
    test.setTimeout(180_000);
    watch.expect(tourProblems);
    const shopper = shopperOf(words);
    const size = page.viewportSize() ?? { width: 0, height: 0 };
    for (const stop of tour) {
      await test.step(stop.name, async () => {
        await stop.go(shopper);
        expect.soft(await tooWide(page), stop.name).toEqual([]);
        if (!isMobile) return;
        await page.setViewportSize({ width: 320, height: 640 });
        expect.soft(await tooWide(page), `${stop.name} at 320 px`).toEqual([]);
        await page.setViewportSize(size);
      });
    }
  });

  test("a thumb hits every main action", { tag: "@thumb" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("");
    await expectThumbSize(page.getByRole("link", { name: words.homeLead }));
    await expectThumbSize(page.getByRole("banner").getByRole("link"));
    await expectThumbSize(page.locator(".tabbar a"));
    await expectThumbSize(page.getByRole("contentinfo").getByRole("link"));
    await shopper.product.open(thermos.slug);
    await expectThumbSize(page.locator(".picker a"));
    await expectThumbSize(page.locator(".amount button"));
    await expectThumbSize(shopper.product.addButton);
    await shopper.product.addToCart(2);
    await shopper.cart.open();
    await expectThumbSize(page.getByRole("main").getByRole("button"));
    await expectThumbSize(page.getByRole("main").getByRole("textbox"));
    await expectThumbSize(shopper.cart.checkoutLink);
    await shopper.checkout.open();
    await expectThumbSize(page.getByRole("main").getByRole("textbox"));
    await expectThumbSize(page.getByRole("combobox"));
    await expectThumbSize(page.locator(".choice"));
    await expectThumbSize(shopper.checkout.placeButton);
    await shopper.open("/search?q=zzqqxx");
    await expectThumbSize(page.getByRole("main").locator("a, button, input"));
  });
});

/** Expects every visible element to be at least 44 by 44 px. */
async function expectThumbSize(elements: Locator): Promise<void> {
  const visible = await elements.filter({ visible: true }).all();
  expect(visible.length, String(elements)).toBeGreaterThan(0);
  for (const element of visible) {
    const box = await element.boundingBox();
    const what = await element.evaluate((node) => node.outerHTML.slice(0, 120));
    expect.soft(Math.min(box?.width ?? 0, box?.height ?? 0), what).toBeGreaterThanOrEqual(43.99);
  }
}

test("the phone's bars cover neither each other nor the end of the page", { tag: "@thumb" }, async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  for (const path of ["", `/p/${thermos.slug}`, "/cart"]) {
    await shopper.open(path);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const end = await page.getByRole("contentinfo").locator("p").last().boundingBox();
    const bar = await page.locator(".buybar, .tabbar").filter({ visible: true }).boundingBox();
    expect((end?.y ?? 0) + (end?.height ?? 0), path).toBeLessThanOrEqual((bar?.y ?? 0) + 1);
  }
});

test("every island of every page is in the script of the site", async ({ page, request, shopperOf, watch }) => {
  test.setTimeout(180_000);
  watch.expect(tourProblems);
  const shopper = shopperOf(en);
  await shopper.open("");
  const script = await page.locator("link[rel=modulepreload]").first().getAttribute("href");
  const module = await (await request.get(script ?? "")).text();
  const islands = new Set<string>();
  for (const stop of tour) {
    await stop.go(shopper);
    const names = await page.locator("leptos-island").evaluateAll((all) => all.map((one) => one.getAttribute("data-component") ?? ""));
    for (const name of names) islands.add(name);
  }
  expect(islands.size).toBeGreaterThanOrEqual(6);
  // Minified, the script exports `X as Name`; as written by wasm-bindgen, `function Name`.
  const exported = new Set([...module.matchAll(/(?:\bas|export function) (\w+)/g)].map((found) => found[1]));
  expect([...islands].filter((island) => !exported.has(island))).toEqual([]);
});
