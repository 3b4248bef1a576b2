// Pages that come back from the browser's back/forward cache.

import { chopsticks } from "../support/goods";
import { expect, test } from "../support/test";
import { en } from "../support/words";

// Playwright turns the cache off; shoppers have it. It needs a browser of its own, so a file of its own.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  },
});

test("a page that comes back from the cache shows what was added since", async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  await shopper.open("/c/kitchen-dining");
  await page.evaluate(() => {
    addEventListener("pageshow", (event) => (document.documentElement.dataset.restored = String(event.persisted)));
  });
  await shopper.follow(page.getByRole("link", { name: chopsticks.title.en }));
  await shopper.product.addToCart(2);
  // No page is loaded, so there is no event to wait for but this one.
  await page.goBack({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-restored", "true");
  await shopper.expectBadge(2);
});
