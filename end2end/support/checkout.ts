// The checkout's form.

import { expect, type Locator } from "@playwright/test";
import type { Shopper } from "./shopper";
import type { Field } from "./words";

/** What somebody in Hangzhou and somebody in San Francisco type. */
const people: Record<"zh" | "en", Partial<Record<Field, string>>> = {
  zh: {
    name: "李雷",
    phone: "138 0013 8000",
    region: "浙江省",
    city: "杭州市",
    district: "西湖区",
    line1: "龙井路 1 号 3 幢 502",
    postcode: "310013",
    note: "放在门卫处",
  },
  en: {
    name: "Ada Byron",
    phone: "(415) 555-0100",
    region: "California",
    city: "San Francisco",
    line1: "1 Market Street, flat 5",
    postcode: "94105",
    note: "Leave it with the neighbour",
  },
};

export class CheckoutPage {
  constructor(private readonly shopper: Shopper) {}

  async open(): Promise<void> {
    await this.shopper.open("/checkout");
  }

  /** What this shopper types, with an e-mail address of its own. */
  person(email: string): Partial<Record<Field, string>> {
    return { email, ...people[this.shopper.words.code] };
  }

  field(name: Field): Locator {
    const { page, words } = this.shopper;
    const named = { name: words.fields[name], exact: true };
    return page.getByRole("textbox", named).or(page.getByRole("combobox", named));
  }

  async type(values: Partial<Record<Field, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) await this.field(name as Field).fill(value);
  }

  get placeButton(): Locator {
    return this.shopper.page.getByRole("button", { name: this.shopper.words.placeOrder });
  }

  /** Submits a form that will be refused, and waits for the refusal. */
  async submitInVain(): Promise<void> {
    const { hasScripts, page } = this.shopper;
    await this.placeButton.click();
    if (!hasScripts) await page.waitForURL(/problem=/);
    await expect(page.getByRole("alert").filter({ visible: true }).first()).toBeVisible();
  }

  /** Chooses a way to pay by its name in forms. */
  async choose(method: "sandbox" | "cash_on_delivery"): Promise<void> {
    await this.shopper.page.locator(`input[name="payment_method"][value="${method}"]`).check();
  }

  /** Places the order. Where a tax is added the total is another one than at first: then it is confirmed. */
  async press(): Promise<void> {
    const { page } = this.shopper;
    const isChanged = (url: URL): boolean => url.searchParams.get("problem") === "total_changed";
    await this.placeButton.click();
    await page.waitForURL((url) => !url.pathname.endsWith("/checkout") || isChanged(url));
    if (!isChanged(new URL(page.url()))) return;
    await this.shopper.awake();
    await this.placeButton.click();
  }

  /** Places an order that is paid at the door. */
  async placeOrder(): Promise<void> {
    await this.choose("cash_on_delivery");
    await this.press();
    await this.shopper.page.waitForURL(/\/orders\/or_/);
    await this.shopper.awake();
  }

  /** Expects a field to be marked, with this sentence read out beside it and listed above the form. */
  async expectError(name: Field, sentence: string): Promise<void> {
    const { page, words } = this.shopper;
    await expect(this.field(name)).toHaveAttribute("aria-invalid", "true");
    await expect(this.field(name)).toHaveAccessibleDescription(new RegExp(escaped(sentence)));
    await expect(page.locator(`#field-${name}-error`)).toHaveText(sentence);
    const entry = page.getByRole("alert").getByRole("listitem").filter({ hasText: words.fields[name] });
    await expect(entry).toContainText(sentence);
  }

  async expectNoError(name: Field): Promise<void> {
    await expect(this.field(name)).not.toHaveAttribute("aria-invalid");
    await expect(this.shopper.page.locator(`#field-${name}-error`)).toBeHidden();
  }

  async expectTyped(values: Partial<Record<Field, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await expect(this.field(name as Field)).toHaveValue(value);
    }
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
