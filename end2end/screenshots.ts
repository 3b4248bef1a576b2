// Pictures of every page for people to look at: `npx playwright test --project shots`.
// They land in test-results/shots, one folder per width, language and theme.

import type { Page } from "@playwright/test";
import { expect, inEachLanguage, test } from "./support/test";
import { tour, tourProblems } from "./support/tour";

inEachLanguage((words) => {
  for (const width of [390, 820, 1440]) {
    for (const scheme of ["light", "dark"] as const) {
      test(`pictures at ${width} px, ${scheme}`, async ({ page, shopperOf, watch }) => {
        test.setTimeout(300_000);
        watch.expect(tourProblems);
        await page.setViewportSize({ width, height: width < 800 ? 844 : 900 });
        await page.emulateMedia({ colorScheme: scheme });
        for (const [index, stop] of tour.entries()) {
          await stop.go(shopperOf(words));
          const name = `${String(index + 1).padStart(2, "0")}-${stop.name}.png`;
          await showLazyPictures(page);
          const path = `test-results/shots/${width}-${words.code}-${scheme}/${name}`;
          expect((await page.screenshot({ path, fullPage: true })).length).toBeGreaterThan(0);
        }
      });
    }
  }
});

/** Pictures further down load when they are near the screen, so every one is asked for. */
async function showLazyPictures(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const pictures = [...document.images];
    for (const picture of pictures) picture.loading = "eager";
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => undefined)));
  });
}
