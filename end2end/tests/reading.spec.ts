// What readers set for themselves: larger letters, more contrast, colours of their own. Nothing gets lost by it.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { unseenFocus } from "../support/keyboard";
import { tooWide } from "../support/screen";
import type { Shopper } from "../support/shopper";
import { expect, inEachLanguage, test } from "../support/test";
import { tour, tourProblems, type Stop } from "../support/tour";

// A window of 1280 by 800 at 200 %.
const enlarged = { width: 640, height: 400 };
test.use({ viewport: enlarged, deviceScaleFactor: 2 });

/** Letters that keep less than 7:1 from what is behind them. */
async function paleWords(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).withRules(["color-contrast-enhanced"]).setLegacyMode();
  const { violations } = await axe.analyze();
  return violations.flatMap(({ nodes }) => nodes.map((node) => `${node.target.join(" ")} — ${node.any[0]?.message ?? ""}`));
}

/** Expects that nothing sticks out, and that what people come for can be seen and pressed. */
async function expectWhole(shopper: Shopper, stop: Stop, how: string): Promise<void> {
  expect.soft(await tooWide(shopper.page), `${stop.name} ${how}`).toEqual([]);
  if (!stop.main) return;
  // As a press: shown, scrolled to, standing still, with nothing lying over it.
  const pressed = stop.main(shopper).click({ trial: true, timeout: 5_000 });
  expect.soft(await pressed.then(() => "pressed", String), `${stop.name} ${how}`).toBe("pressed");
}

inEachLanguage((words) => {
  test("every page can be read and used enlarged, with more contrast and in forced colours", async ({ page, shopperOf, watch }) => {
    test.setTimeout(300_000);
    watch.expect(tourProblems);
    const shopper = shopperOf(words);
    const colorScheme = words.code === "zh" ? "dark" : "light";
    for (const stop of tour) {
      await test.step(stop.name, async () => {
        await stop.go(shopper);
        await expectWhole(shopper, stop, "at 200 %");
        await page.setViewportSize({ width: 320, height: 640 });
        await expectWhole(shopper, stop, "at 320 px");
        await page.setViewportSize(enlarged);

        await page.emulateMedia({ contrast: "more", colorScheme });
        expect.soft(await paleWords(page), `${stop.name} with more contrast`).toEqual([]);
        await page.emulateMedia({ contrast: null, forcedColors: "active", colorScheme });
        await expectWhole(shopper, stop, "in forced colours");
        expect.soft(await unseenFocus(page), `${stop.name} in forced colours`).toEqual([]);
        await page.emulateMedia({ forcedColors: null, colorScheme: null });
      });
    }
  });
});
