// The page of a placed order.

import { expect } from "@playwright/test";
import type { Shopper } from "./shopper";

export class OrderPage {
  constructor(private readonly shopper: Shopper) {}

  /** Expects the thanks, and gives the order's number. */
  async expectThanks(): Promise<string> {
    const { page, words } = this.shopper;
    await expect(this.shopper.heading(words.thanks)).toBeVisible();
    const line = page.getByText(words.orderNumber).first();
    await expect(line).toContainText(/J\d{6,}/);
    return /J\d+/.exec((await line.textContent()) ?? "")?.[0] ?? "";
  }

  async expectTexts(...texts: string[]): Promise<void> {
    const main = this.shopper.page.getByRole("main");
    for (const text of texts) await expect(main).toContainText(text);
  }
}
