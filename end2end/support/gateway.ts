// The sandbox gateway's hosted pages: what a payer does there.

import { expect, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { chopsticks } from "./goods";
import { gateway } from "./shop";
import type { Shopper } from "./shopper";

/** Cards of the gateway's table, see docs/sandbox-gateway.md. */
export const cards = {
  plain: "4242 4242 4242 4242",
  noMoney: "4000 0000 0000 9995",
  challenge: "4000 0027 6000 3184",
};

export class PayPage {
  constructor(private readonly page: Page) {}

  async expectOpen(): Promise<void> {
    await this.page.waitForURL(new RegExp(`^${gateway.url}/pay/ps_`));
  }

  /** Fills in the card form and sends it. */
  async payByCard(number: string): Promise<void> {
    await this.expectOpen();
    await this.page.locator("#number").fill(number);
    await this.page.locator("#expiry").fill("12/40");
    await this.page.locator("#cvc").fill("123");
    await this.page.locator("form[action$='/card']").getByRole("button").click();
  }

  /** Goes back to the shop without paying. */
  async cancel(): Promise<void> {
    await this.expectOpen();
    await this.page.locator("form[action$='/cancel']").getByRole("button").click();
  }

  /** Enters the code that the bank asks for. */
  async enterCode(code: string): Promise<void> {
    await expect(this.page.locator("#code")).toBeVisible();
    await this.page.locator("#code").fill(code);
    await this.page.getByRole("button").first().click();
  }
}

/** From the product to the gateway's page. */
export async function orderOnline(shopper: Shopper): Promise<PayPage> {
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart();
  await shopper.checkout.open();
  await shopper.checkout.type(shopper.checkout.person(`${randomUUID()}@example.com`));
  await shopper.checkout.choose("sandbox");
  await shopper.checkout.press();
  const pay = new PayPage(shopper.page);
  await pay.expectOpen();
  return pay;
}

/** Waits until the browser is back at the shop. */
export async function backAtTheShop(shopper: Shopper): Promise<void> {
  await shopper.page.waitForURL(/\/orders\/or_/);
  await shopper.awake();
}
