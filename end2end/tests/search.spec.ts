// Finding things: suggestions while typing, lists that can be narrowed, texts that are understood.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { thermos } from "../support/goods";
import { expect, inEachLanguage, test } from "../support/test";
import { en, zh } from "../support/words";

const list = (page: Page): Locator => page.getByRole("banner").getByRole("listbox");
const field = (page: Page): Locator => page.getByRole("banner").getByRole("combobox");
const cards = (page: Page): Locator => page.getByRole("main").getByRole("article");

const texts = {
  zh: { typed: "baowen", chosen: "已选条件", filters: "筛选", done: "完成", inStock: "只看有货", colour: "颜色", clear: "全部清除" },
  en: { typed: "therm", chosen: "Chosen filters", filters: "Filters", done: "Done", inStock: "In stock only", colour: "Colour", clear: "Clear all" },
};

inEachLanguage((words) => {
  const text = texts[words.code];

  test("the keyboard alone finds an article among the suggestions", async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("");
    await field(page).focus();
    await page.keyboard.type(text.typed);
    const option = list(page).getByRole("option", { name: new RegExp(thermos.title[words.code]) });
    await expect(option).toBeVisible();
    await expect(field(page)).toHaveAttribute("aria-expanded", "true");
    await expect(page.getByRole("banner").getByRole("status")).toContainText(/\d/);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    // Up from the field is the last option, down from there the field again.
    await page.keyboard.press("ArrowUp");
    await expect(list(page).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowDown");
    await expect(field(page)).not.toHaveAttribute("aria-activedescendant");

    await page.keyboard.press("Escape");
    await expect(list(page)).toBeHidden();
    await expect(field(page)).toHaveValue(text.typed);
    await expect(field(page)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(option).toBeVisible();

    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press("ArrowDown");
      if ((await option.getAttribute("aria-selected")) === "true") break;
    }
    await expect(field(page)).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
    await expect(field(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`/${words.code}/p/${thermos.slug}`);
  });

  test("a list is narrowed and widened by links, and its address says how", { tag: ["@nojs", "@tablet"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("/c/tea-kitchen");
    const main = page.getByRole("main");
    const all = await cards(page).count();
    const facet = main.getByRole("region", { name: text.colour, exact: true });
    const value = facet.getByRole("link").first();
    const label = (await value.locator(".facet-label").textContent()) ?? "";
    const count = Number(await value.locator("[aria-hidden]").textContent());
    await shopper.follow(value);
    await expect(page).toHaveURL(/\/c\/tea-kitchen\?o-colour=/);
    await expect(cards(page)).toHaveCount(count);
    // The other colours are still there to be added.
    const next = facet.locator("a:not([aria-current])").first();
    const more = Number(await next.locator("[aria-hidden]").textContent());
    expect(more).toBeGreaterThan(0);
    await shopper.follow(next);
    expect(await cards(page).count()).toBeGreaterThan(count);
    await shopper.follow(main.getByRole("link", { name: new RegExp(text.inStock) }));
    await expect(page).toHaveURL(/stock=1/);
    await expect(page.locator("head meta[name=robots]")).toHaveAttribute("content", "noindex");

    const chosen = main.getByRole("navigation", { name: text.chosen });
    await shopper.follow(chosen.getByRole("link", { name: new RegExp(label) }));
    await expect(chosen.getByRole("link")).toHaveCount(3);
    await shopper.follow(chosen.getByRole("link", { name: text.clear }));
    await expect(page).toHaveURL(/\/c\/tea-kitchen$/);
    await expect(cards(page)).toHaveCount(all);
  });

  test("a price range is a form that keeps the rest of the list", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("/c/tea-kitchen?stock=1");
    const prices = page.locator(".facet-prices");
    await prices.locator("[name=max]").fill(words.code === "zh" ? "100" : "15");
    await shopper.follow(prices.getByRole("button"));
    await expect(page).toHaveURL(/stock=1&min=&max=1/);
    expect(await cards(page).count()).toBeGreaterThan(0);
    await expect(prices.locator("[name=max]")).toHaveValue(/1/);
    await shopper.open("/c/tea-kitchen?max=0");
    await expect(cards(page)).toHaveCount(0);
    await expect(page.getByRole("main").getByRole("link", { name: text.clear })).toBeVisible();
  });

  test("on a phone the filters are a sheet", { tag: "@thumb" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("/c/tea-kitchen");
    const open = page.getByRole("button", { name: text.filters, exact: true });
    const sheet = page.getByRole("region", { name: text.filters, exact: true });
    await expect(sheet).toBeHidden();
    await open.tap();
    await expect(sheet).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    for (const link of await sheet.getByRole("link").filter({ visible: true }).all()) {
      expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(43.99);
    }
    await sheet.getByRole("button", { name: text.done }).tap();
    await expect(sheet).toBeHidden();
    await open.tap();
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await open.tap();
    await shopper.follow(sheet.getByRole("link", { name: new RegExp(text.inStock) }));
    await expect(page).toHaveURL(/stock=1/);
  });
});

test("texts are understood with slips, pinyin, near misses and wrong characters", { tag: "@nojs" }, async ({ page, shopperOf }) => {
  const english = shopperOf(en);
  const heading = page.getByRole("heading", { level: 1 });
  await english.open("/search?q=keybaord");
  await expect(heading).toContainText("“keyboard”");
  await expect(page.getByRole("main")).toContainText("Nothing matches “keybaord” exactly. Showing results for “keyboard”");
  await english.open("/search?q=purple%20teapot");
  await expect(heading).toHaveText("Nothing for “purple teapot”, but these come near");
  await expect(page.locator("mark").first()).toHaveText(/teapot/i);

  const chinese = shopperOf(zh);
  await chinese.open("/search?q=qingci");
  await expect(cards(page).first().getByRole("link")).toHaveText("青瓷提梁壶");
  await expect(page.locator("mark").first()).toHaveText("青瓷");
  await chinese.open("/search?q=%E9%9D%92%E8%AF%8D");
  await expect(page.getByRole("main")).toContainText("按“青瓷”为您查找");
});

test("a late answer does not replace a newer one, and none is no harm", async ({ page, shopperOf, watch }) => {
  watch.expect(/ERR_FAILED/);
  const shopper = shopperOf(en);
  await page.route(/suggest\?q=te&/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await page.route(/suggest\?q=lamp&/, (route) => route.abort());
  await shopper.open("");
  const asked = page.waitForRequest(/suggest\?q=te&/);
  await field(page).pressSequentially("te", { delay: 0 });
  await asked;
  await field(page).fill("honey");
  await expect(list(page).getByRole("option", { name: /Honey/ }).first()).toBeVisible();
  await page.waitForTimeout(1_800);
  await expect(list(page).getByRole("option", { name: /Teapot/ })).toHaveCount(0);
  await field(page).fill("lamp");
  await expect(list(page)).toBeHidden();
  await field(page).press("Enter");
  await expect(page).toHaveURL(/\/search\?q=lamp/);
});

test("the suggestions say what they are", async ({ page, shopperOf }) => {
  await shopperOf(en).open("");
  await field(page).fill("celadon");
  await expect(list(page)).toBeVisible();
  await expect(page.getByRole("banner").getByRole("search")).toMatchAriaSnapshot(`
    - search:
      - combobox "Search the shop" [expanded]: celadon
      - listbox "Suggestions":
        - group "Articles":
          - option /Celadon Bail-Handle Teapot .*\\$62\\.00/
  `);
});

test("a followed result is told with its place and nothing else", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.open("/search?q=tea");
  const told = page.waitForRequest(/search\/followed/);
  await cards(page).nth(1).getByRole("link").click();
  const form = new URLSearchParams((await told).postData() ?? "");
  expect(Object.fromEntries(form)).toEqual({ q: "tea", l: "en", rank: "2" });
});
