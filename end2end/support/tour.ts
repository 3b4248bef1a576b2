// Every kind of page in every state that looks different, for the tests that look at all of them.

import { PayPage } from "./gateway";
import { chopsticks, kettle, soySauce, thermos } from "./goods";
import type { Shopper } from "./shopper";

export interface Stop {
  name: string;
  /** Goes there. Earlier stops have been visited, so the cart is filled when it is needed. */
  go: (shopper: Shopper) => Promise<unknown>;
}

const at = (name: string, path: string): Stop => ({ name, go: (shopper) => shopper.open(path) });

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

/** An order that waits for its payment: the shopper has come back from the gateway without paying. */
async function orderOnline(shopper: Shopper): Promise<void> {
  await shopper.product.open(chopsticks.slug);
  await shopper.product.addToCart();
  await shopper.checkout.open();
  await shopper.checkout.type(shopper.checkout.person("ada@example.com"));
  await shopper.checkout.choose("sandbox");
  await shopper.checkout.placeButton.click();
  await new PayPage(shopper.page).cancel();
  await shopper.page.waitForURL(/\/orders\/or_/);
  await shopper.awake();
}

/** The invoice of the order that was placed last. */
async function invoice(shopper: Shopper): Promise<void> {
  await shopper.follow(shopper.page.locator('a[href*="/invoice"]').first());
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

/** All stops, in an order in which each leaves what the next one needs. */
export const tour: Stop[] = [
  at("home", ""),
  at("category", "/c/tea-kitchen"),
  at("category-small", "/c/larder?sort=price"),
  at("product", `/p/${thermos.slug}`),
  at("product-plain", `/p/${chopsticks.slug}`),
  at("product-sold-out", `/p/${soySauce.slug}`),
  at("categories", "/categories"),
  at("collection", "/collections/gifts"),
  at("help", "/help/shipping"),
  at("search-start", "/search"),
  { name: "search-hits", go: (shopper) => shopper.open(`/search?q=${shopper.words.code === "zh" ? "茶" : "tea"}`) },
  at("search-none", "/search?q=zzqqxx"),
  at("search-mended", "/search?q=keybaord"),
  at("search-filtered", "/search?q=tea&stock=1&max=500&sort=price"),
  at("search-filtered-out", "/search?q=tea&tag=nothing"),
  at("not-found", "/nowhere"),
  at("cart-empty", "/cart"),
  at("checkout-empty", "/checkout"),
  {
    name: "product-added",
    go: fillCart,
  },
  at("cart", "/cart"),
  at("cart-link", `/cart?items=${chopsticks.sku}:2,JS-NOPE:1,${thermos.sageSku}:1`),
  at("drawer", "/cart/drawer"),
  at("cart-problem", "/cart?problem=not_enough_stock"),
  at("checkout", "/checkout"),
  {
    name: "checkout-errors",
    go: async (shopper) => {
      await shopper.checkout.open();
      await shopper.checkout.submitInVain();
    },
  },
  at("checkout-changed", "/checkout?problem=total_changed"),
  { name: "order", go: order },
  { name: "invoice", go: invoice },
  { name: "order-unpaid", go: orderOnline },
  { name: "cart-saved", go: saveForLater },
];
