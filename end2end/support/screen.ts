// What can be said of any page that is on the screen.

import type { Page } from "@playwright/test";

/** What is wider than the screen, outside of the strips that scroll by themselves. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      element !== document.documentElement &&
      (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
    const found = document.documentElement.scrollWidth > width ? [`the page: ${document.documentElement.scrollWidth}`] : [];
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      // What is wholly left of the screen is put away: nobody can scroll there.
      const isCut = box.right > width + 1 || (box.left < -1 && box.right > 0);
      const isOut = box.width > 1 && box.height > 1 && isCut;
      if (isOut && !scrolls(element.parentElement) && getComputedStyle(element).visibility !== "hidden") {
        found.push(`${element.tagName}.${element.getAttribute("class") ?? ""}: ${Math.round(box.left)}–${Math.round(box.right)}`);
      }
    }
    return found;
  });
}
