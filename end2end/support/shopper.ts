// A person with a browser: what can be done on every page. Pages of their own have files of their own.

import { expect, type Locator, type Page, type Response } from "@playwright/test";
import { CartPage } from "./cart";
import { CheckoutPage } from "./checkout";
import { OrderPage } from "./order";
import { ProductPage } from "./product";
import type { Words } from "./words";

export class Shopper {
  readonly product: ProductPage;
  readonly cart: CartPage;
  readonly checkout: CheckoutPage;
  readonly order: OrderPage;

  constructor(
    readonly page: Page,
    readonly words: Words,
    readonly hasScripts: boolean,
  ) {
    this.product = new ProductPage(this);
    this.cart = new CartPage(this);
    this.checkout = new CheckoutPage(this);
    this.order = new OrderPage(this);
  }

  /** Opens a path below the language (`/cart`), and waits until its islands are awake. */
  async open(path: string): Promise<Response | null> {
    const response = await this.page.goto(`/${this.words.code}${path}`);
    await this.awake();
    return response;
  }

  /** Waits until every island of the page is awake. Pages without scripts are always ready. */
  async awake(): Promise<void> {
    if (this.hasScripts) await this.page.waitForSelector("html[data-hydrated]", { state: "attached" });
  }

  /** Follows a link and waits for the page behind it. */
  async follow(link: Locator): Promise<void> {
    const loaded = this.page.waitForEvent("domcontentloaded");
    await link.click();
    await loaded;
    await this.awake();
  }

  async reload(): Promise<Response | null> {
    const response = await this.page.reload();
    await this.awake();
    return response;
  }

  /** Goes back as the browser's button does. */
  async back(): Promise<void> {
    await this.page.goBack();
    await this.awake();
  }

  /** The search fields of the page; with scripts they suggest while one is typing. */
  get searchField(): Locator {
    return this.page.getByRole(this.hasScripts ? "combobox" : "searchbox", { name: this.words.searchLabel });
  }

  /** Looks for something with the search field in reach. */
  async searchFor(text: string): Promise<void> {
    const field = this.searchField.first();
    await field.fill(text);
    await field.press("Enter");
    await this.page.waitForURL(/\/search\?q=/);
    await this.awake();
  }

  async switchLanguage(): Promise<void> {
    const links = this.page.getByRole("navigation", { name: this.words.language });
    await this.follow(links.getByRole("link", { name: this.words.otherLanguage }));
  }

  /** The way to the cart that is on every page; its name tells how much is in it. */
  get cartLink(): Locator {
    return this.page.getByRole("banner").locator(`a[href="/${this.words.code}/cart"]`);
  }

  /** Expects the badge to show this many units, and to say so. */
  async expectBadge(count: number): Promise<void> {
    const badge = this.cartLink.locator(".badge");
    if (count === 0) return expect(badge).toBeHidden();
    await expect(badge).toBeVisible();
    await expect(this.cartLink).toHaveAccessibleName(new RegExp(this.words.cartHolds(count)));
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { level: 1, name });
  }
}
