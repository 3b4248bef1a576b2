// What the stock room does before the first test: what all tests buy is there for all of them.

import { chopsticks } from "./goods";
import { setStock } from "./shop";

export default async function fillTheShelves(): Promise<void> {
  await setStock(chopsticks.sku, 999);
}
