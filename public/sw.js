// Keeps one page per language, the one that says there is no network, with its style. Everything else always comes
// from the shop, so that no price and no stock is ever old. A new version of this file keeps new copies.
"use strict";
const STORE = "jishi-offline-1";
const PAGES = { zh: "/zh/offline", en: "/en/offline" };

async function keep() {
  const store = await caches.open(STORE);
  for (const page of Object.values(PAGES)) {
    const answer = await fetch(page, { cache: "no-cache" });
    if (!answer.ok) throw new Error("the offline page cannot be had");
    const style = (await answer.clone().text()).match(/<link rel="stylesheet" href="([^"]+)"/)?.[1];
    if (style) await store.add(style);
    await store.put(page, answer);
  }
}

async function tidy() {
  for (const name of await caches.keys()) if (name !== STORE) await caches.delete(name);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    // An installed shop opens at "/", whose language the shop would choose by the browser's.
    const { pathname } = new URL(event.request.url);
    const language = (pathname === "/" ? navigator.language : pathname.slice(1)).startsWith("zh") ? "zh" : "en";
    return (await caches.match(PAGES[language])) ?? Response.error();
  }
}

self.addEventListener("install", (event) => { self.skipWaiting(); event.waitUntil(keep()); });
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (request.destination === "style") event.respondWith(fetch(request).catch(() => caches.match(request).then((kept) => kept ?? Response.error())));
});
