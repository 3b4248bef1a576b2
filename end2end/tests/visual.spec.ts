// Six pages as pictures: on the desktop in English, on the phone in Chinese. A change that is meant is accepted with
// `cargo xtask e2e visual --update-snapshots`, after looking at the new pictures in `visual/`. On a machine with other
// fonts than `visual/fonts.txt` names they say nothing and are left out.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
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

/** The fonts that pages are drawn with here: with others every letter is another picture. */
function fonts(): string {
  const patterns = ["sans-serif", "sans-serif:lang=zh-cn", "serif", "serif:lang=zh-cn"];
  try {
    return patterns.map((pattern) => execFileSync("fc-match", ["-f", "%{family} %{fontversion}\\n", pattern], { encoding: "utf8" })).join("");
  } catch {
    return "unknown";
  }
}

const madeWith = readFileSync(new URL("../visual/fonts.txt", import.meta.url), "utf8");
test.skip(fonts() !== madeWith, "the pictures were made with other fonts, see visual/fonts.txt");

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
