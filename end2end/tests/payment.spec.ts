// Paying online on the sandbox gateway: success, a decline, a challenge, calling the order off.

import { backAtTheShop, cards, orderOnline } from "../support/gateway";
import { expect, inEachLanguage, test } from "../support/test";

inEachLanguage((words) => {
  test("a card pays the order", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const pay = await orderOnline(shopper);
    await pay.payByCard(cards.plain);
    await backAtTheShop(shopper);
    await expect(page.getByRole("main")).toContainText(words.paidPacking);
    await shopper.order.expectThanks();
    await expect(page.getByRole("button", { name: words.payNow })).toHaveCount(0);
  });

  test("a declined card is told, and another way to pay is one press away", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const pay = await orderOnline(shopper);
    await pay.payByCard(cards.noMoney);
    await backAtTheShop(shopper);
    await expect(page.getByRole("alert").filter({ visible: true })).toContainText(words.declinedFunds);
    await expect(page.getByText(words.reserved)).toBeVisible();
    await shopper.follow(page.getByRole("button", { name: words.payCash }));
    await expect(page.getByRole("main")).toContainText(words.cashReady);
    await expect(page.getByRole("button", { name: words.payAgain })).toHaveCount(0);
  });

  test("after a decline another card is taken, with a one-time code", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const pay = await orderOnline(shopper);
    await pay.payByCard(cards.noMoney);
    await backAtTheShop(shopper);
    await page.getByRole("button", { name: words.payAgain }).click();
    await pay.payByCard(cards.challenge);
    await pay.enterCode("123456");
    await backAtTheShop(shopper);
    await expect(page.getByRole("main")).toContainText(words.paidPacking);
  });

  test("an order is called off, and what was paid comes back", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const pay = await orderOnline(shopper);
    await pay.payByCard(cards.plain);
    await backAtTheShop(shopper);
    await page.getByText(words.cancelOrder, { exact: true }).click();
    await shopper.follow(page.getByRole("button", { name: words.cancelYes }));
    await expect(async () => {
      await shopper.reload();
      await expect(page.getByRole("main")).toContainText(words.cancelledRefunded, { timeout: 500 });
    }).toPass({ timeout: 15_000 });
    await expect(page.getByText(words.cancelOrder, { exact: true })).toHaveCount(0);
  });
});
