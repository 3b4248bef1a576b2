// Six pages as pictures: on the desktop in English, on the phone in Chinese. A change that is meant is accepted with
// `cargo xtask e2e visual --update-snapshots`, after looking at the new pictures in `visual/`.

import { chopsticks } from "../support/goods";
import { expect, test } from "../support/test";
import { en, zh } from "../support/words";

/** Pages that no other test changes while it shops. */
const pages = {
  "categories": "/categories",
  "category": "/c/larder?sort=price",
  "product": `/p/${chopsticks.slug}`,
  "help": "/help/shipping",
  "cart-empty": "/cart",
  "not-found": "/nowhere",
};

for (const [name, path] of Object.entries(pages)) {
  test(`the page “${name}” looks as it did`, { tag: "@phone" }, async ({ page, shopperOf, isMobile, watch }) => {
    watch.expect(/status of 404/);
    const shopper = shopperOf(isMobile ? zh : en);
    await shopper.open(path);
    await shopper.awake();
    await page.evaluate(() => {
      const isOnScreen = (picture: HTMLImageElement) => {
        const { top, bottom, left, right, width } = picture.getBoundingClientRect();
        return width > 0 && top < innerHeight && bottom > 0 && left < innerWidth && right > 0;
      };
      return Promise.all([...document.images].filter(isOnScreen).map((picture) => picture.decode()));
    });
    // Letters are smoothed differently from one version of the browser to the next; a moved block is more than this.
    await expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.02 });
  });
}
