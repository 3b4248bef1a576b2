// Every kind of page in every state that looks different, for the tests that look at all of them.

import { expect, type Locator } from "@playwright/test";
import { backAtTheShop, cards, orderOnline, PayPage } from "./gateway";
import { chopsticks, headphones, kettle, soySauce, thermos } from "./goods";
import { gateway } from "./shop";
import type { Shopper } from "./shopper";

export interface Stop {
  name: string;
  /** Goes there. Earlier stops have been visited, so the cart is filled when it is needed. */
  go: (shopper: Shopper) => Promise<unknown>;
  /** What people come to this page for, where there is one such thing. */
  main?: (shopper: Shopper) => Locator;
}

/** What the console says on the way: pages that are missing, orders and cards that are refused. */
export const tourProblems = /status of (404|409|422)/;

const at = (name: string, path: string, main?: Stop["main"]): Stop => ({ name, go: (shopper) => shopper.open(path), main });

async function fillCart(shopper: Shopper): Promise<void> {
  await shopper.product.open(kettle.slug, kettle.scarceQuery);
  await shopper.product.addToCart(2);
  await shopper.product.open(thermos.slug, "style=terracotta&size=500");
  await shopper.product.addToCart(3);
}

async function order(shopper: Shopper): Promise<void> {
  // Plentiful goods only: the scarce kettle stays there for others.
  await shopper.cart.open();
  await shopper.cart.remove(kettle.title[shopper.words.code]);
  await shopper.checkout.open();
  await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
  await shopper.checkout.placeOrder();
}

/** The invoice of the order that was placed last. */
async function invoice(shopper: Shopper): Promise<void> {
  await shopper.follow(shopper.page.locator('a[href*="/invoice"]').first());
}

/** Back from the gateway without paying: the order waits. */
async function leaveUnpaid(shopper: Shopper): Promise<void> {
  await new PayPage(shopper.page).cancel();
  await backAtTheShop(shopper);
}

/** The order that waits is paid with a card that has no money. */
async function beDeclined(shopper: Shopper): Promise<void> {
  await shopper.page.getByRole("button", { name: shopper.words.payNow }).click();
  await new PayPage(shopper.page).payByCard(cards.noMoney);
  await backAtTheShop(shopper);
}

async function payAgain(shopper: Shopper): Promise<void> {
  await shopper.page.getByRole("button", { name: shopper.words.payAgain }).click();
  await new PayPage(shopper.page).expectOpen();
}

/** Sends something at the gateway that it refuses, and waits until it says so. */
async function beRefused(shopper: Shopper, send: (pay: PayPage) => Promise<void>): Promise<void> {
  await send(new PayPage(shopper.page));
  await expect(shopper.page.getByRole("alert").locator("visible=true")).toBeVisible();
}

async function askForCode(shopper: Shopper): Promise<void> {
  await new PayPage(shopper.page).payByCard(cards.challenge);
  await expect(shopper.page.locator("#code")).toBeVisible();
}

async function payWithCode(shopper: Shopper): Promise<void> {
  await new PayPage(shopper.page).enterCode("123456");
  await backAtTheShop(shopper);
}

/** The gateway's page of a payment that is over. */
async function lookAtPaid(shopper: Shopper): Promise<void> {
  const session = new URL(shopper.page.url()).searchParams.get("session");
  await shopper.page.goto(`${gateway.url}/pay/${session}`);
}

async function callOff(shopper: Shopper): Promise<void> {
  await shopper.back();
  await shopper.page.getByText(shopper.words.cancelOrder, { exact: true }).click();
  await shopper.follow(shopper.page.getByRole("button", { name: shopper.words.cancelYes }));
}

/** A cart with one article, and another one that is put aside. */
async function saveForLater(shopper: Shopper): Promise<void> {
  for (const slug of [chopsticks.slug, thermos.slug]) {
    await shopper.product.open(slug);
    await shopper.product.addToCart();
  }
  await shopper.cart.open();
  await shopper.cart.save(chopsticks.title[shopper.words.code]);
}

const link = (shopper: Shopper, name: string): Locator => shopper.page.getByRole("main").getByRole("link", { name });
const button = (shopper: Shopper, name: RegExp): Locator => shopper.page.getByRole("button", { name });
const firstCard = ({ page }: Shopper): Locator => page.locator("main .card-title a").first();
const addButton = ({ product }: Shopper): Locator => product.addButton;
const checkoutLink = ({ cart }: Shopper): Locator => cart.checkoutLink;
const placeButton = ({ checkout }: Shopper): Locator => checkout.placeButton;
const payButton = ({ page }: Shopper): Locator => page.locator("form[action$='/card'] button");
const codeButton = ({ page }: Shopper): Locator => page.locator("form[action$='/challenge'] button").first();

/** All stops, in an order in which each leaves what the next one needs. */
export const tour: Stop[] = [
  at("home", "", (shopper) => link(shopper, shopper.words.homeLead)),
  at("category", "/c/tea-kitchen", firstCard),
  at("category-small", "/c/larder?sort=price", firstCard),
  at("product", `/p/${thermos.slug}`, addButton),
  at("product-plain", `/p/${chopsticks.slug}`, addButton),
  at("product-video", `/p/${headphones.slug}`, addButton),
  at("product-sold-out", `/p/${soySauce.slug}`),
  at("seen", `/seen?p=${thermos.slug},${chopsticks.slug}`, firstCard),
  at("categories", "/categories"),
  at("collection", "/collections/gifts", firstCard),
  at("help", "/help/shipping"),
  at("help-privacy", "/help/privacy"),
  at("offline", "/offline", ({ page }) => page.locator("#offline-retry")),
  at("search-start", "/search", ({ page }) => page.locator("main input[type=search]")),
  { name: "search-hits", go: (shopper) => shopper.open(`/search?q=${shopper.words.code === "zh" ? "茶" : "tea"}`), main: firstCard },
  at("search-none", "/search?q=zzqqxx", ({ page }) => page.locator("main input[type=search]")),
  at("search-mended", "/search?q=keybaord", firstCard),
  at("search-filtered", "/search?q=tea&stock=1&max=500&sort=price", firstCard),
  at("search-filtered-out", "/search?q=tea&tag=nothing"),
  at("not-found", "/nowhere", (shopper) => link(shopper, shopper.words.backHome)),
  at("cart-empty", "/cart", (shopper) => link(shopper, shopper.words.browse)),
  at("checkout-empty", "/checkout"),
  { name: "product-added", go: fillCart, main: addButton },
  at("cart", "/cart", checkoutLink),
  at("cart-link", `/cart?items=${chopsticks.sku}:2,JS-NOPE:1,${thermos.sageSku}:1`),
  at("drawer", "/cart/drawer", ({ page }) => page.locator(".drawer-actions a").first()),
  at("cart-problem", "/cart?problem=not_enough_stock", checkoutLink),
  at("checkout", "/checkout", placeButton),
  {
    name: "checkout-errors",
    go: async (shopper) => {
      await shopper.checkout.open();
      await shopper.checkout.submitInVain();
    },
    main: placeButton,
  },
  at("checkout-changed", "/checkout?problem=total_changed", placeButton),
  { name: "order", go: order },
  { name: "invoice", go: invoice },
  { name: "pay", go: orderOnline, main: payButton },
  { name: "pay-errors", go: (shopper) => beRefused(shopper, (pay) => pay.payByCard("1234")), main: payButton },
  { name: "order-unpaid", go: leaveUnpaid, main: (shopper) => button(shopper, shopper.words.payNow) },
  { name: "order-declined", go: beDeclined, main: (shopper) => button(shopper, shopper.words.payAgain) },
  { name: "pay-again", go: payAgain, main: payButton },
  { name: "pay-code", go: askForCode, main: codeButton },
  { name: "pay-code-wrong", go: (shopper) => beRefused(shopper, (pay) => pay.enterCode("000000")), main: codeButton },
  { name: "order-paid", go: payWithCode },
  { name: "pay-done", go: lookAtPaid, main: ({ page }) => page.locator("main a.button") },
  { name: "order-cancelled", go: callOff },
  { name: "cart-saved", go: saveForLater, main: checkoutLink },
];
