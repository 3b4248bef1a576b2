// The fixed endpoints, as a program meets them.

import type { APIRequestContext, APIResponse } from "@playwright/test";
import { chopsticks, kettle, soySauce } from "../support/goods";
import { shop } from "../support/shop";
import { expect, test } from "../support/test";

type Headers = Record<string, string>;

const json: Headers = { accept: "application/json", origin: shop.url };
const html: Headers = { accept: "text/html,application/xhtml+xml", origin: shop.url, referer: `${shop.url}/en/p/${chopsticks.slug}` };

const post = (request: APIRequestContext, path: string, form: Record<string, string>, headers: Headers = json): Promise<APIResponse> =>
  request.post(path, { form, headers, maxRedirects: 0 });

const order = {
  email: "ada@example.com",
  name: "Ada Byron",
  phone: "+14155550100",
  country: "US",
  region: "California",
  city: "San Francisco",
  line1: "1 Market Street",
  postcode: "94105",
  payment_method: "cash_on_delivery",
};

test("adding, changing, reading and removing answer with the cart", async ({ request }) => {
  expect((await (await request.get("/api/cart", { headers: json })).json()) as object).toMatchObject({ count: 0, lines: [] });

  const added = await post(request, "/api/cart/add", { variant_sku: chopsticks.sku, quantity: "2" });
  expect(added.status()).toBe(200);
  expect(added.headers()["content-type"]).toContain("application/json");
  expect(await added.json()).toMatchObject({ count: 2, is_ready: true, lines: [{ sku: chopsticks.sku, quantity: 2, problem: null }] });

  const changed = await post(request, "/api/cart/update", { variant_sku: chopsticks.sku, quantity: "5" });
  expect(await changed.json()).toMatchObject({ count: 5 });
  expect(await (await request.get("/api/cart", { headers: json })).json()).toMatchObject({ count: 5 });

  const removed = await post(request, "/api/cart/remove", { variant_sku: chopsticks.sku });
  expect([removed.status(), await removed.json()]).toMatchObject([200, { count: 0, lines: [] }]);
  const again = await post(request, "/api/cart/remove", { variant_sku: chopsticks.sku });
  expect(again.status()).toBe(200);
});

test("a missing quantity means one unit, and zero removes", async ({ request }) => {
  expect(await (await post(request, "/api/cart/add", { variant_sku: chopsticks.sku })).json()).toMatchObject({ count: 1 });
  expect(await (await post(request, "/api/cart/update", { variant_sku: chopsticks.sku, quantity: "0" })).json()).toMatchObject({ count: 0 });
});

test("what cannot be bought is refused with the reason", async ({ request }) => {
  const refusals: [Record<string, string>, number, object][] = [
    [{ variant_sku: "JS-NONE-00", quantity: "1" }, 404, { error: "not_found" }],
    [{ variant_sku: soySauce.sku, quantity: "1" }, 409, { error: "conflict", detail: "sold_out" }],
    [{ variant_sku: kettle.scarceSku, quantity: "3" }, 409, { error: "conflict", detail: "not_enough_stock" }],
    [{ variant_sku: "", quantity: "1" }, 422, { error: "invalid", detail: [{ field: "variant_sku", code: "required" }] }],
    [{ variant_sku: chopsticks.sku, quantity: "-1" }, 422, { error: "invalid", detail: [{ field: "quantity", code: "quantity_invalid" }] }],
    [{ variant_sku: chopsticks.sku, quantity: "1e9" }, 422, { error: "invalid", detail: [{ field: "quantity" }] }],
    [{ variant_sku: chopsticks.sku, quantity: "99999999999999999999" }, 422, { error: "invalid", detail: [{ field: "quantity" }] }],
    [{ variant_sku: "", quantity: "x" }, 422, { error: "invalid", detail: [{ field: "variant_sku" }, { field: "quantity" }] }],
    [{ variant_sku: "' OR 1=1 --", quantity: "1" }, 422, { error: "invalid" }],
  ];
  for (const [form, status, body] of refusals) {
    const answer = await post(request, "/api/cart/add", form);
    expect([answer.status(), await answer.json()], JSON.stringify(form)).toMatchObject([status, body]);
  }
});

test("an order names every wrong field, refuses an empty cart and a stale total, then is placed", async ({ request }) => {
  const empty = await post(request, "/api/checkout/place", order);
  expect([empty.status(), await empty.json()]).toMatchObject([409, { error: "conflict", detail: "cart_empty" }]);
  await post(request, "/api/cart/add", { variant_sku: chopsticks.sku });

  const invalid = await post(request, "/api/checkout/place", { note: "x" });
  const { detail } = (await invalid.json()) as { detail: { field: string }[] };
  expect(invalid.status()).toBe(422);
  expect(detail.map((error) => error.field)).toEqual(["email", "name", "phone", "country", "region", "city", "line1", "payment_method"]);

  const stale = await post(request, "/api/checkout/place", { ...order, expected_total: "1", currency: "USD" });
  expect([stale.status(), await stale.json()]).toMatchObject([409, { detail: "total_changed" }]);

  const placed = await post(request, "/api/checkout/place", order);
  expect(placed.status()).toBe(200);
  const answer = (await placed.json()) as { order: string; number: string; url: string };
  expect(answer).toMatchObject({ order: expect.stringMatching(/^or_/), number: expect.stringMatching(/^J\d+$/) });
  expect((await request.get(answer.url)).status()).toBe(200);
  expect(await (await request.get("/api/cart", { headers: json })).json()).toMatchObject({ count: 0 });
});

test("bodies that are no form are refused, never a fault of ours", async ({ request }) => {
  const bodies: [string, string][] = [
    ["application/json", "{"],
    ["application/json", JSON.stringify({ variant_sku: chopsticks.sku })],
    ["text/plain", "variant_sku"],
    ["application/x-www-form-urlencoded", "%%%=%FF%FE&&&"],
    ["application/x-www-form-urlencoded", "variant_sku[]=1&variant_sku[a][b]=2"],
    ["application/x-www-form-urlencoded", ""],
    ["application/x-www-form-urlencoded", "variant_sku=a&variant_sku=b"],
    ["application/octet-stream", "\0\u0001\u0002"],
    ["multipart/form-data; boundary=x", "--x\r\n"],
  ];
  for (const path of ["/api/cart/add", "/api/cart/update", "/api/cart/remove", "/api/checkout/place"]) {
    for (const [type, data] of bodies) {
      const answer = await request.post(path, { data: Buffer.from(data), headers: { ...json, "content-type": type }, maxRedirects: 0 });
      expect([400, 404, 409, 413, 415, 422], `${path} ${type} ${data}`).toContain(answer.status());
      expect(await answer.json(), `${path} ${type}`).toHaveProperty("error");
    }
  }
  const huge = await request.post("/api/cart/add", { data: Buffer.alloc(300_000, "a"), headers: { ...json, "content-type": "application/x-www-form-urlencoded" } });
  expect(huge.status()).toBe(413);
});

test("a plain form is sent on to a page, also when it is refused", async ({ request }) => {
  const location = (answer: APIResponse): [boolean, string | undefined] => [[302, 303].includes(answer.status()), answer.headers().location];
  const added = await post(request, "/api/cart/add", { variant_sku: chopsticks.sku }, html);
  expect(location(added)).toEqual([true, "/en/cart"]);
  const refused = await post(request, "/api/cart/add", { variant_sku: soySauce.sku }, html);
  expect(location(refused)).toEqual([true, `/en/p/${chopsticks.slug}?problem=sold_out`]);
  const invalid = await post(request, "/api/checkout/place", {}, { ...html, referer: `${shop.url}/zh/checkout` });
  expect(location(invalid)).toEqual([true, "/zh/checkout?problem=required"]);
  const placed = await post(request, "/api/checkout/place", order, { ...html, referer: `${shop.url}/en/checkout` });
  expect(location(placed)).toEqual([true, expect.stringMatching(/^\/en\/orders\/or_/)]);
  // A page of somebody else is never where a shopper is sent.
  const foreign = await post(request, "/api/cart/add", { variant_sku: soySauce.sku }, { ...html, referer: "https://evil.example/" });
  expect(location(foreign)[1]).toMatch(/^\/(en|zh)\/cart\?problem=sold_out$/);
});

test("requests from pages of somebody else are refused", async ({ request }) => {
  await post(request, "/api/cart/add", { variant_sku: chopsticks.sku });
  const strangers: Headers[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { origin: shop.url, "sec-fetch-site": "cross-site" },
    { origin: shop.url, "sec-fetch-site": "same-site" },
  ];
  for (const headers of strangers) {
    for (const path of ["/api/cart/add", "/api/cart/remove", "/api/checkout/place"]) {
      const answer = await request.post(path, { form: { variant_sku: chopsticks.sku }, headers: { accept: "application/json", ...headers } });
      expect(answer.status(), `${path} ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  expect(await (await request.get("/api/cart", { headers: json })).json()).toMatchObject({ count: 1 });
});

test("endpoints that change something cannot be reached by a link", async ({ request }) => {
  for (const path of ["/api/cart/add", "/api/cart/update", "/api/cart/remove", "/api/checkout/place"]) {
    const answer = await request.get(`${path}?variant_sku=${chopsticks.sku}`, { headers: json });
    expect([404, 405], path).toContain(answer.status());
  }
  for (const path of ["/api", "/api/", "/api/none", "/api/cart/none"]) {
    expect((await request.get(path, { headers: json })).status(), path).toBe(404);
    expect((await post(request, path, {})).status(), path).toBe(404);
  }
});

test("every answer has the headers that keep it safe", async ({ request }) => {
  for (const path of ["/en", "/zh/cart", "/api/cart", "/nowhere", "/sitemap.xml", "/favicon.svg"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-frame-options"], path).toBe("DENY");
    expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"], path).not.toContain("unsafe-inline");
    expect(headers["referrer-policy"], path).toBeTruthy();
  }
  expect((await request.get("/api/cart")).headers()["cache-control"]).toContain("no-store");
  const cookie = (await post(request, "/api/cart/add", { variant_sku: chopsticks.sku })).headers()["set-cookie"];
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
});

test("nobody gets a cookie for looking around", async ({ request }) => {
  for (const path of ["/en", `/en/p/${chopsticks.slug}`, "/en/cart", "/en/search?q=tea", "/api/cart"]) {
    expect((await request.get(path)).headers()["set-cookie"], path).toBeUndefined();
  }
});
