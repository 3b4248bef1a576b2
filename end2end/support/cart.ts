// The cart's page.

import { expect, type Locator } from "@playwright/test";
import type { Shopper } from "./shopper";

export class CartPage {
  constructor(private readonly shopper: Shopper) {}

  async open(): Promise<void> {
    await this.shopper.open("/cart");
  }

  /** The line of an article, by its title. */
  line(title: string): Locator {
    return this.shopper.page.getByRole("listitem").filter({ has: this.quantityOf(title) });
  }

  quantityOf(title: string): Locator {
    return this.shopper.page.getByRole("textbox", { name: this.shopper.words.quantityOf(title) });
  }

  removeButton(title: string): Locator {
    return this.shopper.page.getByRole("button", { name: this.shopper.words.removeTitle(title) });
  }

  /** Types a quantity; without scripts the button beside the field sends it. */
  async setQuantity(title: string, units: number | string): Promise<void> {
    const { hasScripts, words } = this.shopper;
    await this.quantityOf(title).fill(String(units));
    if (hasScripts) await this.quantityOf(title).press("Tab");
    else await this.line(title).getByRole("button", { name: words.update }).click();
  }

  async oneMore(title: string): Promise<void> {
    await this.shopper.page.getByRole("button", { name: this.shopper.words.oneMore(title) }).click();
  }

  async oneLess(title: string): Promise<void> {
    await this.shopper.page.getByRole("button", { name: this.shopper.words.oneLess(title) }).click();
  }

  async remove(title: string): Promise<void> {
    await this.removeButton(title).click();
    if (this.shopper.hasScripts) await expect(this.removedNote(title)).toBeVisible();
    else await expect(this.quantityOf(title)).toHaveCount(0);
  }

  /** Puts an article aside. */
  async save(title: string): Promise<void> {
    await this.shopper.follow(this.shopper.page.getByRole("button", { name: this.shopper.words.save(title) }));
    await expect(this.quantityOf(title)).toHaveCount(0);
  }

  /** Takes back what was put aside. */
  async restore(title: string): Promise<void> {
    await this.shopper.follow(this.shopper.page.getByRole("button", { name: this.shopper.words.restore(title) }));
    await expect(this.quantityOf(title)).toHaveCount(1);
  }

  async undo(): Promise<void> {
    await this.shopper.page.getByRole("button", { name: this.shopper.words.undo }).click();
  }

  removedNote(title: string): Locator {
    return this.shopper.page.getByText(this.shopper.words.removed(title));
  }

  get subtotal(): Locator {
    return this.shopper.page.locator(".cart-summary .summary-sum");
  }

  get checkoutLink(): Locator {
    return this.shopper.page.getByRole("link", { name: this.shopper.words.toCheckout });
  }

  async expectQuantity(title: string, units: number): Promise<void> {
    await expect(this.quantityOf(title)).toHaveValue(String(units));
  }

  async goToCheckout(): Promise<void> {
    await this.shopper.follow(this.checkoutLink);
    await expect(this.shopper.heading(this.shopper.words.checkout)).toBeVisible();
  }
}
