// The page of a product: choosing a version of it and putting it into the cart.

import { expect, type Locator } from "@playwright/test";
import type { Shopper } from "./shopper";

export class ProductPage {
  constructor(private readonly shopper: Shopper) {}

  async open(slug: string, query = ""): Promise<void> {
    await this.shopper.open(`/p/${slug}${query && `?${query}`}`);
  }

  value(label: string): Locator {
    return this.shopper.page.getByRole("group").getByRole("link", { name: label, exact: true });
  }

  async choose(label: string): Promise<void> {
    await this.shopper.follow(this.value(label));
    await expect(this.value(label)).toHaveAttribute("aria-current", "true");
  }

  /** The one button that is shown: in the page, or in the phone's bar. */
  get addButton(): Locator {
    return this.shopper.page.getByRole("button", { name: this.shopper.words.addToCart, exact: true });
  }

  get quantity(): Locator {
    return this.shopper.page.getByRole("spinbutton", { name: this.shopper.words.quantity });
  }

  /** What the page says after the button was pressed. */
  get result(): Locator {
    return this.shopper.page.getByRole("main").getByRole("status");
  }

  /** Puts units into the cart. With scripts the page stays; without it the cart comes. */
  async addToCart(units = 1): Promise<void> {
    const { hasScripts, page, words } = this.shopper;
    if (units !== 1) await this.quantity.fill(String(units));
    await this.addButton.click();
    if (hasScripts) await expect(this.result).toContainText(words.added);
    else await page.waitForURL(/\/cart$/);
  }
}
