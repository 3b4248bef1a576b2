// The pictures of a product that move: the film that turns it around, and the strip under a thumb.

import type { Page } from "@playwright/test";
import { headphones, thermos } from "../support/goods";
import { expect, inEachLanguage, test } from "../support/test";
import { zh } from "../support/words";

const said = {
  zh: { film: "转一圈看看" },
  en: { film: "See it from all sides" },
};

/** Draws a finger over the screen, from one point by this much. */
async function swipe(page: Page, from: { x: number; y: number }, by: { x: number; y: number }): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
    browser.send("Input.dispatchTouchEvent", { type, touchPoints });
  const steps = 12;
  await touch("touchStart", [from]);
  for (let step = 1; step <= steps; step += 1) {
    await touch("touchMove", [{ x: from.x + (by.x * step) / steps, y: from.y + (by.y * step) / steps }]);
    await page.waitForTimeout(16);
  }
  await touch("touchEnd", []);
  await browser.detach();
}

inEachLanguage((words) => {
  test("the film of a product waits until it is wanted, and says what it shows", { tag: "@phone" }, async ({ page, shopperOf, isMobile }) => {
    const asked: string[] = [];
    page.on("request", (request) => {
      if (/\.(mp4|webm)(\?|$)/.test(request.url())) asked.push(request.url());
    });
    const shopper = shopperOf(words);
    await shopper.product.open(headphones.slug);
    const film = page.locator(".gallery video");
    await expect(film).toHaveAccessibleName(new RegExp(`${said[words.code].film}.*${headphones.title[words.code]}`));
    await expect(film).toHaveAttribute("poster", /\/media\/640\//);
    const poster = (await film.getAttribute("poster")) ?? "";
    expect((await page.request.get(poster)).headers()["content-type"]).toMatch(/^image\//);

    // Shown, it is still only its poster; nothing plays by itself.
    await page.getByRole("link", { name: said[words.code].film, exact: true }).click();
    await film.scrollIntoViewIfNeeded();
    await expect(film).toBeInViewport({ ratio: 0.5 });
    await page.waitForLoadState("networkidle");
    expect(asked, "asked for before it was wanted").toEqual([]);
    const state = () => film.evaluate((video: HTMLVideoElement) => ({ isPaused: video.paused, isMuted: video.muted, at: video.currentTime }));
    expect(await state()).toMatchObject({ isPaused: true, at: 0 });

    if (isMobile) await film.evaluate((video: HTMLVideoElement) => video.play());
    else {
      await film.focus();
      await page.keyboard.press("Space");
    }
    await expect.poll(async () => (await state()).at).toBeGreaterThan(0.2);
    expect(await state()).toMatchObject({ isPaused: false, isMuted: true });
    expect(asked.length).toBeGreaterThan(0);
  });
});

test("a thumb swipes from picture to picture, one at a time, and the page stays where it is", { tag: "@thumb" }, async ({ page, shopperOf }) => {
  await shopperOf(zh).product.open(thermos.slug);
  const strip = page.locator(".gallery-strip");
  const box = await strip.boundingBox();
  const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  const thumbs = page.locator(".gallery-thumb");
  const isWhole = () => strip.evaluate((element) => Math.abs((element.scrollLeft / element.clientWidth) % 1) < 0.01);
  await swipe(page, middle, { x: -250, y: 0 });
  await expect(thumbs.nth(1)).toHaveAttribute("aria-current", "true");
  await expect(thumbs.and(page.locator("[aria-current]"))).toHaveCount(1);
  await expect.poll(isWhole, { message: "the strip snaps" }).toBe(true);
  await swipe(page, middle, { x: 250, y: 0 });
  await expect(thumbs.first()).toHaveAttribute("aria-current", "true");
  expect(await page.evaluate(() => scrollY)).toBe(0);

  // Across a picture one still scrolls the page.
  await swipe(page, middle, { x: 0, y: -300 });
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
  await expect(thumbs.first()).toHaveAttribute("aria-current", "true");
});
