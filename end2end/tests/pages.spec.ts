// What every page owes its readers and the machines that read it: addresses, languages, search, errors.

import { chopsticks, thermos } from "../support/goods";
import { shop } from "../support/shop";
import { expect, inEachLanguage, test } from "../support/test";
import { en } from "../support/words";

inEachLanguage((words) => {
  const missing = ["/nowhere", "/nowhere/at/all", "/p/none", "/c/none", "/orders/or_none", "/p/%00", "/p/..%2F..%2Fetc%2Fpasswd"];
  test("an address without a page says so with status 404 and ways on", { tag: "@nojs" }, async ({ page, shopperOf, watch }) => {
    watch.expect(/status of 404/);
    const shopper = shopperOf(words);
    for (const path of missing) {
      const answer = await page.goto(`/${words.code}${path}`);
      expect(answer?.status(), path).toBe(404);
      await expect(shopper.heading(words.notFound), path).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", words.tag);
    }
    await expect(page.getByRole("main").locator("input[type=search]")).toBeVisible();
    await expect(page.getByRole("navigation", { name: words.mainMenu }).getByRole("link").first()).toBeVisible();
    await shopper.follow(page.getByRole("main").getByRole("link", { name: words.backHome }));
    await expect(page).toHaveURL(new RegExp(`/${words.code}$`));
  });

  test("the language switch keeps path and query", { tag: ["@nojs", "@phone"] }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    const other = words.code === "zh" ? "en" : "zh";
    await shopper.product.open(thermos.slug, "style=ink&size=750");
    await shopper.switchLanguage();
    await expect(page).toHaveURL(`/${other}/p/${thermos.slug}?style=ink&size=750`);
    await expect(page.getByRole("heading", { level: 1, name: thermos.title[other] })).toBeVisible();
    await shopper.open("/search?q=tea%20%26%20%E8%8C%B6");
    await shopper.switchLanguage();
    await expect(page).toHaveURL(`/${other}/search?q=tea%20%26%20%E8%8C%B6`);
  });

  test("a search finds articles, and helps when it finds none", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.open("");
    await shopper.searchFor(thermos.title[words.code]);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.found("1", thermos.title[words.code]));
    await expect(page.getByRole("main").getByRole("link", { name: thermos.title[words.code] })).toBeVisible();

    await shopper.searchFor("zzqqxx");
    await expect(shopper.heading(words.nothingFound("zzqqxx"))).toBeVisible();
    const ideas = page.getByRole("main").locator('a[href*="/search?q="]');
    const addresses = await ideas.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByRole("main").getByRole("article").first(), address).toBeVisible();
    }
  });

  test("every kind of page has its language, one main heading, a title and a main landmark", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await shopper.product.addToCart();
    const titles = new Set<string>();
    const paths = ["", "/c/tea-kitchen", "/c/teaware?sort=price", `/p/${thermos.slug}`, "/search", "/search?q=a", "/cart", "/checkout"];
    for (const path of paths) {
      await shopper.open(path);
      await expect(page.locator("html"), path).toHaveAttribute("lang", words.tag);
      await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
      await expect(page.getByRole("main"), path).toHaveCount(1);
      titles.add(await page.title());
    }
    // The two orders of a category are one page to people.
    expect(titles.size).toBe(paths.length);
  });

  test("public pages name their canonical address and their other language", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    const shopper = shopperOf(words);
    for (const path of ["", "/c/tea-kitchen", `/p/${thermos.slug}?style=ink&size=750`]) {
      await shopper.open(path);
      const plain = path.split("?")[0];
      const link = (rel: string) => page.locator(`head link${rel}`);
      await expect(link("[rel=canonical]")).toHaveAttribute("href", `${shop.url}/${words.code}${plain}`);
      await expect(link('[hreflang="zh-Hans"]')).toHaveAttribute("href", `${shop.url}/zh${plain}`);
      await expect(link('[hreflang="en"]')).toHaveAttribute("href", `${shop.url}/en${plain}`);
      await expect(link('[hreflang="x-default"]')).toHaveCount(1);
      await expect(page.locator("head meta[name=description]")).toHaveAttribute("content", /.{10,}/);
      await expect(page.locator("head meta[name=robots]")).toHaveCount(0);
    }
    for (const path of ["/search?q=tea", "/checkout"]) {
      await shopper.open(path);
      await expect(page.locator("head meta[name=robots]"), path).toHaveAttribute("content", "noindex");
    }
  });

  test("a product's structured data can be read and tells its offers", { tag: "@nojs" }, async ({ page, shopperOf }) => {
    await shopperOf(words).product.open(thermos.slug);
    const text = await page.locator('script[type="application/ld+json"]').textContent();
    const data = JSON.parse(text ?? "") as { "@graph": Record<string, unknown>[] };
    const product = data["@graph"].find((node) => node["@type"] === "Product");
    expect(product?.name).toBe(thermos.title[words.code]);
    expect(product?.offers).toHaveLength(8);
    expect(data["@graph"].some((node) => node["@type"] === "BreadcrumbList")).toBe(true);
  });
});

test("an address whose first part is no language leads to every language", { tag: "@nojs" }, async ({ page, watch }) => {
  watch.expect(/status of 404/);
  for (const path of ["/fr", "/fr/cart", "/nowhere", "/EN", "/wp-login.php"]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(en.notFound);
    for (const code of ["zh", "en"]) {
      await expect(page.getByRole("main").locator(`a.button[href="/${code}"]`), path).toBeVisible();
    }
  }
});

test("the root chooses the language that the browser asks for", async ({ playwright }) => {
  for (const [asked, given] of [
    ["zh-CN,zh;q=0.9,en;q=0.5", "/zh"],
    ["zh-TW", "/zh"],
    ["en-GB,en;q=0.9,zh;q=0.8", "/en"],
    ["fr-FR,fr;q=0.9", "/en"],
    ["de;q=1, zh;q=0.2", "/zh"],
    [";;;q=,,", "/en"],
  ] as const) {
    const request = await playwright.request.newContext({ baseURL: shop.url, extraHTTPHeaders: { "accept-language": asked } });
    const answer = await request.get("/", { maxRedirects: 0 });
    expect([answer.status(), answer.headers().location], asked).toEqual([302, given]);
    await request.dispose();
  }
});

test("hostile searches are only text", { tag: "@nojs" }, async ({ page, shopperOf }) => {
  const shopper = shopperOf(en);
  let wasRun = false;
  page.on("dialog", (dialog) => {
    wasRun = true;
    void dialog.dismiss();
  });
  const hostile = [
    `<script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `' OR 1=1 --`,
    `{{7*7}}`,
    `\u202Eevil`,
    `a\\b%5C`,
  ];
  for (const text of hostile) {
    expect((await shopper.open(`/search?q=${encodeURIComponent(text)}`))?.status(), text).toBe(200);
    await expect(page.getByRole("heading", { level: 1 }), text).toContainText(`“${text}”`);
    await expect(page.getByRole("main").locator("input[type=search]"), text).toHaveValue(text);
    await expect(page.locator("main img[onerror], main script:not([type])")).toHaveCount(0);
  }
  expect(wasRun).toBe(false);
});

test("searches of wildcards, zero bytes and great length are answered", async ({ request }) => {
  for (const query of ["q=%00", "q=%00%FF%FE", "q=%25", "q=_", "q=*", "q=%25%25%25_", `q=${"a".repeat(7_000)}`, "q=a&q=b", "q", "q=%E0%A4%A", "sort=rubbish", "q=%20%20"]) {
    expect((await request.get(`/en/search?${query}`)).status(), query.slice(0, 40)).toBe(200);
  }
  // A wildcard is looked for as the character that it is.
  expect(await (await request.get("/en/search?q=_")).text()).toContain("Nothing found for");
  // Addresses end at 8 kB, for every page alike.
  const answer = await request.get(`/en/search?q=${"a".repeat(10_240)}`, { headers: { accept: "text/html" } });
  expect(answer.status()).toBe(414);
  expect(await answer.text()).toContain("</html>");
});

test("the head of a page is complete and its own, however many are asked for at once", async ({ request }) => {
  const slugs = [thermos.slug, chopsticks.slug, "white-gaiwan", "celadon-teapot", "soy-candle", "bell-tent"];
  const asked = Array.from({ length: 60 }, (_, index) => `/${index % 2 ? "zh" : "en"}/p/${slugs[index % slugs.length]}`);
  const pages = await Promise.all(asked.map(async (path) => ({ path, html: await (await request.get(path)).text() })));
  for (const { path, html } of pages) {
    const canonical = [...html.matchAll(/<link href="([^"]+)" rel="canonical"/g)].map((match) => match[1]);
    expect(canonical, path).toEqual([`${shop.url}${path}`]);
    expect(html.match(/<meta property="og:title"/g), path).toHaveLength(1);
  }
});

test("a page number beyond the list is not found", async ({ request }) => {
  for (const page of ["9999", "0", "-1", "x", "1.5", "99999999999999999999"]) {
    for (const path of ["/en/c/tea-kitchen?", "/zh/search?q=a&"]) {
      expect((await request.get(`${path}page=${page}`)).status(), `${path}${page}`).toBe(404);
    }
  }
  expect((await request.get("/en/c/tea-kitchen?page=1")).status()).toBe(200);
});

test("the sitemap lists pages that are there, in both languages, and robots are told about it", async ({ request }) => {
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toContain(`Sitemap: ${shop.url}/sitemap.xml`);
  expect(robots).toContain("Disallow: /en/checkout");
  const answer = await request.get("/sitemap.xml");
  expect(answer.headers()["content-type"]).toContain("xml");
  const pages = [...(await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? "");
  expect(pages).toContain(`${shop.url}/zh/p/${thermos.slug}`);
  expect(pages).toContain(`${shop.url}/en/c/tea-kitchen`);
  expect(new Set(pages).size).toBe(pages.length);
  for (const address of pages) expect((await request.get(address)).status(), address).toBe(200);
});

inEachLanguage((words) => {
  test("a checkout sent without a network keeps everything and says so", { tag: "@phone" }, async ({ page, context, shopperOf, watch }) => {
    watch.expect(/ERR_INTERNET_DISCONNECTED/);
    const shopper = shopperOf(words);
    await shopper.product.open(thermos.slug, "style=sage&size=500");
    await shopper.product.addToCart();
    await shopper.checkout.open();
    const typed = shopper.checkout.person("ada@example.com");
    await shopper.checkout.type(typed);
    await context.setOffline(true);
    await shopper.checkout.placeButton.click();
    const alert = page.getByRole("alert").filter({ hasText: words.notPlaced });
    await expect(alert).toContainText(words.unavailable);
    await expect(alert).toBeFocused();
    await shopper.checkout.expectTyped(typed);
    await context.setOffline(false);
    await shopper.checkout.placeOrder();
    await shopper.order.expectThanks();
  });

  test("adding without a network says so, and works when it is back", async ({ context, shopperOf, watch }) => {
    watch.expect(/ERR_INTERNET_DISCONNECTED/);
    const shopper = shopperOf(words);
    await shopper.product.open(chopsticks.slug);
    await context.setOffline(true);
    await shopper.product.addButton.click();
    await expect(shopper.product.result).toContainText(words.unavailable);
    await context.setOffline(false);
    await shopper.product.addToCart();
    await shopper.expectBadge(1);
  });
});
