// The test function of this suite: a shopper with page objects, and a watch over every page.

import { test as base, expect, type Browser } from "@playwright/test";
import { Shopper } from "./shopper";
import { Watch } from "./watch";
import { languages, type Words } from "./words";

interface Fixtures {
  /** False in the project without JavaScript. */
  hasScripts: boolean;
  /** Fails the test when something goes wrong unseen. */
  watch: Watch;
  /** A shopper with this language, in this test's own browser context. */
  shopperOf: (words: Words) => Shopper;
  /** Somebody else: a shopper with a context of its own, who shares no cookie with anybody. */
  stranger: (words: Words) => Promise<Shopper>;
}

export const test = base.extend<Fixtures>({
  hasScripts: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled !== false);
  },

  watch: [
    async ({ context, hasScripts }, use) => {
      const watch = new Watch(hasScripts);
      await watch.over(context);
      await use(watch);
      expect(watch.unexpected(), "problems that nobody saw").toEqual([]);
    },
    { auto: true },
  ],

  shopperOf: async ({ page, hasScripts }, use) => {
    await use((words) => new Shopper(page, words, hasScripts));
  },

  stranger: async ({ browser, watch, hasScripts }, use) => {
    const opened: Awaited<ReturnType<Browser["newContext"]>>[] = [];
    await use(async (words) => {
      const context = await browser.newContext();
      opened.push(context);
      await watch.over(context);
      return new Shopper(await context.newPage(), words, hasScripts);
    });
    for (const context of opened) await context.close();
  },
});

/** Declares tests once per language; their names end with the language's code. */
export function inEachLanguage(declare: (words: Words) => void): void {
  for (const words of languages) test.describe(words.code, () => declare(words));
}

export { expect };
