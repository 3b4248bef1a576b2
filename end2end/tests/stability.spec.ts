// Nothing moves by itself: how far the parts of every page shift while it loads and while somebody reads down to its end.

import type { Page } from "@playwright/test";
import { expect, test } from "../support/test";
import { tour, tourProblems } from "../support/tour";
import { en, zh } from "../support/words";

/** A fifth of what counts as good: one word that jumps is about as much. */
const LIMIT = 0.02;

interface Shift {
  at: number;
  value: number;
  what: string;
}

/** Notes in every page what the browser sees shifting, except as the answer to a press or a key. */
function noteShifts(): void {
  interface Entry extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null }[];
  }
  const name = (node: Node | null): string => (node instanceof Element ? `${node.localName}.${node.className}` : (node?.nodeName ?? "gone"));
  const shifts: Shift[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Entry[]) {
      if (entry.hadRecentInput) continue;
      shifts.push({ at: entry.startTime, value: entry.value, what: entry.sources.map(({ node }) => name(node)).join(" ") });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Reads down to the end, a screen at a time, and lets every picture on the way arrive. */
async function readToTheEnd(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
      scrollTo({ top, behavior: "instant" });
      await painted();
      const isOnScreen = ({ top, bottom, left, right, width }: DOMRect) =>
        width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
      const near = [...document.images].filter((picture) => isOnScreen(picture.getBoundingClientRect()));
      const arrived = Promise.all(near.map((picture) => picture.decode().catch(() => undefined)));
      // One that is kept back, such as a second picture for the mouse, holds nobody up.
      await Promise.race([arrived, new Promise((resolve) => setTimeout(resolve, 1_000))]);
      await painted();
    }
  });
}

/** The largest burst of shifts, as browsers count it: at most 1 s apart, at most 5 s in all. */
async function cumulativeShift(page: Page): Promise<{ value: number; what: string[] }> {
  const shifts = await page.evaluate(() => (window as unknown as { shifts: Shift[] }).shifts);
  let worst = 0;
  let burst = { from: 0, last: -Infinity, sum: 0 };
  for (const { at, value } of shifts) {
    const isNew = at - burst.last > 1_000 || at - burst.from > 5_000;
    burst = isNew ? { from: at, last: at, sum: value } : { from: burst.from, last: at, sum: burst.sum + value };
    worst = Math.max(worst, burst.sum);
  }
  return { value: worst, what: shifts.map(({ value, what }) => `${value.toFixed(4)} ${what}`) };
}

test("no page moves under the eyes of its reader", { tag: "@phone" }, async ({ page, context, shopperOf, watch, isMobile }) => {
  test.setTimeout(240_000);
  watch.expect(tourProblems);
  await context.addInitScript(noteShifts);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  // On a line that is not at once there, scripts and pictures come after the first paint.
  const browser = await context.newCDPSession(page);
  await browser.send("Network.enable");
  const line = { offline: false, latency: 40, downloadThroughput: 2_000_000, uploadThroughput: 1_000_000 };
  await browser.send("Network.emulateNetworkConditions", line);
  const shopper = shopperOf(isMobile ? zh : en);
  for (const stop of tour) {
    await test.step(stop.name, async () => {
      await stop.go(shopper);
      await readToTheEnd(page);
      const { value, what } = await cumulativeShift(page);
      expect.soft(value, `${stop.name}: ${what.join("; ")}`).toBeLessThanOrEqual(LIMIT);
    });
  }

  // The meter sees what moves: a strip that comes late, above everything.
  await shopper.open("/help/shipping");
  await page.waitForLoadState("load");
  await page.waitForTimeout(600);
  await page.evaluate(() => {
    const strip = document.createElement("p");
    strip.style.blockSize = "200px";
    document.body.prepend(strip);
  });
  await expect.poll(async () => (await cumulativeShift(page)).value).toBeGreaterThan(LIMIT);
});
