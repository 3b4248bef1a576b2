// Everybody can shop here: axe on every page, and what a screen reader is told of the parts that every page has.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { chopsticks } from "../support/goods";
import { expect, inEachLanguage, test } from "../support/test";
import { tour, tourProblems } from "../support/tour";
import { en } from "../support/words";

/** What axe has to say, in a form that shows where. */
async function audit(page: Page): Promise<string[]> {
  // What is well is not described, and no second page is opened to put frames together: there are none.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} — ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
  );
}

inEachLanguage((words) => {
  for (const scheme of ["light", "dark"] as const) {
    // On the phone each language and each theme once: colours and words are the same there.
    const tag = (words.code === "zh") === (scheme === "light") ? "@phone" : [];
    test(`axe finds nothing on any page, ${scheme}`, { tag }, async ({ page, shopperOf, watch }) => {
      test.setTimeout(300_000);
      watch.expect(tourProblems);
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
