// What somebody does who has no pointer.

import { expect, type Locator, type Page } from "@playwright/test";

/** The element that has the focus, and whether one can see that. */
async function focus(page: Page): Promise<{ isShown: boolean; what: string }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element?.parentElement) return { isShown: false, what: "nothing" };
    const hasOutline = (style: CSSStyleDeclaration): boolean => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    // A card shows it around the whole card, the search field on the line that it shares with its button.
    const isShown =
      hasOutline(getComputedStyle(element)) ||
      hasOutline(getComputedStyle(element, "::after")) ||
      getComputedStyle(element.parentElement).boxShadow !== "none";
    return { isShown, what: element.outerHTML.slice(0, 100) };
  });
}

/** Presses Tab until the element has the focus; on the way every stop must show that it has it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const { isShown, what } = await focus(page);
    expect(isShown, `visible focus on ${what}`).toBe(true);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

/** Everything on the page that takes the focus without showing it in forced colours, where only outlines remain. */
export async function unseenFocus(page: Page): Promise<string[]> {
  // After a key the browser shows the focus, also where a script puts it.
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const reachable = "a[href], button:enabled, input:enabled, select, textarea, summary, [tabindex='0'], video[controls]";
    const hasOutline = (style: CSSStyleDeclaration): boolean => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const shows = (element: HTMLElement): boolean =>
      hasOutline(getComputedStyle(element)) ||
      hasOutline(getComputedStyle(element, "::after")) ||
      hasOutline(getComputedStyle(element.parentElement ?? element));
    const unseen: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(reachable)) {
      element.focus({ preventScroll: true });
      if (document.activeElement === element && !shows(element)) unseen.push(element.outerHTML.slice(0, 100));
    }
    return [...new Set(unseen)];
  });
}
