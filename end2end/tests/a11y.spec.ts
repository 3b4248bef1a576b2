// Everybody can shop here: axe on every page, a journey by keyboard alone, and what a screen reader is told.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { chopsticks, thermos } from "../support/goods";
import { expect, inEachLanguage, test } from "../support/test";
import { tour } from "../support/tour";
import { en } from "../support/words";

/** What axe has to say, in a form that shows where. */
async function audit(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} — ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
  );
}

inEachLanguage((words) => {
  for (const scheme of ["light", "dark"] as const) {
    // On the phone one language and one theme are enough: colours and words are the same there.
    const tag = words.code === "zh" && scheme === "light" ? "@phone" : [];
    test(`axe finds nothing on any page, ${scheme}`, { tag }, async ({ page, shopperOf, watch }) => {
      test.setTimeout(240_000);
      watch.expect(/status of 404/);
      await page.emulateMedia({ colorScheme: scheme });
      const shopper = shopperOf(words);
      for (const stop of tour) {
        await test.step(stop.name, async () => {
          await stop.go(shopper);
          expect.soft(await audit(page), stop.name).toEqual([]);
        });
      }
    });
  }
});

/** Presses Tab until the element has the focus; on the way every stop must show that it has it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element?.parentElement) return { isShown: false, what: "nothing" };
      const hasOutline = (style: CSSStyleDeclaration): boolean =>
        style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
      // A card shows it around the whole card, the search field on the line that it shares with its button.
      const isShown =
        hasOutline(getComputedStyle(element)) ||
        hasOutline(getComputedStyle(element, "::after")) ||
        getComputedStyle(element.parentElement).boxShadow !== "none";
      return { isShown, what: element.outerHTML.slice(0, 100) };
    });
    expect(focus.isShown, `visible focus on ${focus.what}`).toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

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

test("the header says what it is", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart(2);
  await shopper.open("");
  await shopper.expectBadge(2);
  await expect(page.getByRole("banner")).toMatchAriaSnapshot(`
    - banner:
      - link "集市 Jishi":
        - /url: /en
      - search:
        - combobox "Search the shop"
        - status
        - button "Search"
      - navigation "Language":
        - link "中文":
          - /url: /zh
      - link /Cart.*2 in the cart/:
        - /url: /en/cart
      - navigation "Main menu":
        - list:
          - listitem:
            - link "Tea & Kitchen"
          - listitem:
            - link "Home & Light"
          - listitem:
            - link "Desk"
          - listitem:
            - link "Electronics"
          - listitem:
            - link "Outdoor"
          - listitem:
            - link "Baby & Kids"
          - listitem:
            - link "Pantry"
  `);
});

test("the buy box says what it is", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.product.open("everyday-notebook", "style=moss&size=lined");
  await expect(page.locator(".product-side")).toMatchAriaSnapshot(`
    - heading "Everyday Book" [level=1]
    - paragraph: /\\$10\\.00/
    - group "Choose Colour":
      - list:
        - listitem:
          - link "Clay"
        - listitem:
          - link "Ink"
        - listitem:
          - link "Moss"
    - group "Choose Ruling":
      - list:
        - listitem:
          - link "Lined"
        - listitem:
          - link "Dotted (sold out)"
    - paragraph: In stock
    - button "One fewer"
    - spinbutton "Quantity": "1"
    - button "One more"
    - button "Add to cart"
    - status
  `);
});
