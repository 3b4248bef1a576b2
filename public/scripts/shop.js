// What must happen before the first paint, or needs none of the WASM: the look, the drawer, the large pictures,
// what was seen lately, pictures that travel between pages, the offline page. Every page works without it.
"use strict";
(() => {
  const root = document.documentElement;
  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { /* no room: not remembered */ } };
  const make = (name, cls, text) => {
    const element = document.createElement(name);
    if (cls) element.className = cls;
    if (text) element.textContent = text;
    return element;
  };
  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  // The look: set before anything is painted.
  const look = read("look");
  if (look === "light" || look === "dark") root.dataset.theme = look;

  // A picture travels from the card to the product's page and back.
  const travels = (picture, transition) => {
    if (!picture) return;
    picture.style.viewTransitionName = "travelling";
    transition.finished.finally(() => { picture.style.viewTransitionName = ""; });
  };
  const slugOf = (address) => new URL(address).pathname.match(/^\/\w+\/p\/([\w-]+)$/)?.[1];
  const cardOf = (slug) => [...document.querySelectorAll(".card-title a")].find((link) => slugOf(link.href) === slug)
    ?.closest(".card").querySelector("img");
  const picture = (other) => (slugOf(location.href)
    ? document.querySelector(".gallery-picture")
    : slugOf(other) && cardOf(slugOf(other)));
  addEventListener("pageswap", (event) => {
    const to = event.activation?.entry?.url;
    if (event.viewTransition && to) travels(picture(to), event.viewTransition);
  });
  addEventListener("pagereveal", (event) => {
    const from = globalThis.navigation?.activation?.from?.url;
    if (event.viewTransition && from) travels(picture(from), event.viewTransition);
  });

  // A page that comes back with the prices of another currency is loaded anew.
  addEventListener("pageshow", (event) => {
    const chosen = document.cookie.match(/(?:^|; )jishi_currency=(\w+)/)?.[1];
    if (event.persisted && chosen && chosen !== root.dataset.currency) location.reload();
  });

  const markLook = () => {
    for (const button of document.querySelectorAll("[data-look]")) {
      button.setAttribute("aria-pressed", String(button.dataset.look === (root.dataset.theme ?? "")));
    }
  };
  const chooseLook = (theme) => {
    write("look", theme);
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    markLook();
  };

  // Keys that lead somewhere ("/", "g c"): not while something is typed, and they can be switched off.
  const hasKeys = () => read("keys") !== "off";
  const keyed = () => [...document.querySelectorAll("[data-keys]")];
  const markKeys = () => {
    for (const element of keyed()) element.ariaKeyShortcuts = hasKeys() ? element.dataset.keys : null;
    document.getElementById("keys")?.setAttribute("aria-pressed", String(hasKeys()));
  };
  let before = "";
  const followKeys = (event) => {
    const { key, target } = event;
    const goal = keyed().find(({ dataset }) => [key, `${before} ${key}`].includes(dataset.keys));
    before = key;
    setTimeout(() => { before = ""; }, 1000);
    if (!goal || !hasKeys() || event.metaKey || event.ctrlKey || event.altKey) return;
    if (target.closest?.("input, select, textarea, dialog")) return;
    event.preventDefault();
    if (goal.href) location.href = goal.href; else goal.focus();
  };

  // A section of another page of ours, as elements.
  const section = async (address, id) => {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return document.adoptNode(page.getElementById(id));
  };

  // A dialog that goes when it is left by its button, the Escape key or a press beside it.
  const dialog = (cls, title, close) => {
    const box = make("dialog", cls);
    box.setAttribute("aria-label", title);
    const button = make("button", "dialog-close");
    button.type = "button";
    button.setAttribute("aria-label", close);
    button.append(make("span", "", "×"));
    button.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    box.addEventListener("close", () => box.remove());
    box.append(button);
    document.body.append(box);
    return box;
  };

  // The cart's drawer shows what the cart's page would; when it cannot be had, the page opens.
  const openDrawer = async (link) => {
    link.setAttribute("aria-busy", "true");
    const content = await section(link.dataset.drawer, "drawer-cart").catch(() => null);
    link.removeAttribute("aria-busy");
    if (!content) { location.href = link.href; return; }
    const box = dialog("drawer", link.dataset.title, link.dataset.close);
    box.append(make("h2", "drawer-title", link.dataset.title), content);
    box.showModal();
  };

  // Large pictures: arrows move, a press makes the picture larger than the screen, Escape closes.
  const openZoom = (gallery, start) => {
    const links = [...gallery.querySelectorAll(".gallery-zoom")];
    let at = links.indexOf(start);
    const words = gallery.dataset;
    const box = dialog("zoom", start.getAttribute("aria-label"), words.close);
    const frame = make("div", "zoom-frame");
    const shown = make("img", "zoom-picture");
    frame.append(shown);
    frame.tabIndex = 0;
    const show = (step) => {
      at = (at + step + links.length) % links.length;
      const small = links[at].parentElement.querySelector("img");
      frame.classList.remove("zoom-large");
      shown.src = links[at].href;
      shown.alt = small.alt;
    };
    const arrow = (cls, name, step) => {
      const button = make("button", `zoom-arrow ${cls}`, step < 0 ? "‹" : "›");
      button.type = "button";
      button.setAttribute("aria-label", name);
      button.addEventListener("click", () => show(step));
      return button;
    };
    shown.addEventListener("click", () => frame.classList.toggle("zoom-large"));
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") show(-1);
      else if (event.key === "ArrowRight") show(1);
      else if (event.key === "+" || event.key === "-") frame.classList.toggle("zoom-large", event.key === "+");
      else return;
      event.preventDefault();
    });
    box.append(frame);
    if (links.length > 1) {
      box.append(arrow("zoom-previous", words.previous, -1), arrow("zoom-next", words.next, 1));
    }
    show(0);
    box.addEventListener("close", () => links[at].focus());
    box.showModal();
  };

  // The small pictures move the strip without writing into the address, and tell which one is shown.
  const followStrip = (gallery) => {
    const strip = gallery.querySelector(".gallery-strip");
    const thumbs = [...gallery.querySelectorAll(".gallery-thumb")];
    const slides = [...strip.children];
    const go = (index) => strip.scrollTo({ left: slides[index].offsetLeft - strip.offsetLeft, behavior: still() ? "auto" : "smooth" });
    const shown = () => Math.round(strip.scrollLeft / strip.clientWidth);
    const mark = () => thumbs.forEach((thumb, index) => {
      if (index === shown()) thumb.setAttribute("aria-current", "true"); else thumb.removeAttribute("aria-current");
    });
    thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => { event.preventDefault(); go(index); }));
    strip.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || event.target !== strip) return;
      event.preventDefault();
      go(Math.min(Math.max(shown() + step, 0), slides.length - 1));
    });
    strip.addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
  };

  // What was seen lately: a list of keys in this browser; the cards come from the shop when the reader is near.
  const followSeen = (place) => {
    const before = (read("seen") ?? "").split(",").filter((slug) => slug && slug !== place.dataset.slug);
    write("seen", [place.dataset.slug, ...before].slice(0, 9).join(","));
    if (before.length === 0) return;
    // What stands below does not move when they come.
    place.style.minBlockSize = "50rem";
    const near = new IntersectionObserver(async (seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      near.disconnect();
      const cards = await section(`${place.dataset.from}?p=${before.slice(0, 4).join(",")}`, "seen").catch(() => null);
      place.replaceWith(cards ?? "");
    }, { rootMargin: "1000px" });
    near.observe(place);
  };

  addEventListener("DOMContentLoaded", () => {
    markLook();
    markKeys();
    for (const gallery of document.querySelectorAll(".gallery")) followStrip(gallery);
    const place = document.getElementById("seen-here");
    if (place) followSeen(place);
    const timer = document.querySelector("[role=timer]");
    if (timer) countDown(timer);
    const retry = document.getElementById("offline-retry");
    retry?.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
  });

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const choice = target?.closest("[data-look]");
    if (choice) chooseLook(choice.dataset.look);
    if (target?.closest("#keys")) { write("keys", hasKeys() ? "off" : ""); markKeys(); }
    const open = document.querySelector("details.prefs[open]");
    if (open && !open.contains(target)) open.open = false;
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const cart = target?.closest("[data-drawer]");
    const zoom = target?.closest(".gallery-zoom");
    if (!cart && !zoom) return;
    event.preventDefault();
    if (cart) openDrawer(cart); else openZoom(zoom.closest(".gallery"), zoom);
  });
  document.addEventListener("keydown", (event) => {
    const open = document.querySelector("details.prefs[open]");
    followKeys(event);
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // A button with an address of its own is the browser's business: the islands do not get to see it.
  document.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) event.stopImmediatePropagation();
  }, true);

  // How long goods are still reserved: the seconds that the server said, counted by two clocks of the browser of which the
  // one that is ahead wins (one sleeps with the machine, the other may be set). When they are over the server says what is.
  const countDown = (timer) => {
    const since = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
    const begun = timer.dataset.asked ? performance.now() : since;
    const wall = Date.now() - (performance.now() - begun);
    let turn = 0;
    const tick = async () => {
      clearTimeout(turn);
      if (!timer.isConnected) return;
      const gone = Math.max(performance.now() - begun, Date.now() - wall) / 1000;
      const left = Math.ceil(timer.dataset.seconds - gone);
      if (left > 0) {
        const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
        timer.textContent = timer.dataset.words.replace("{}", clock);
        turn = setTimeout(tick, 1000 - (gone * 1000) % 1000);
        return;
      }
      timer.textContent = timer.dataset.over;
      const order = await section(location.href, "order").catch(() => null);
      const next = order?.querySelector("[role=timer]");
      if (!timer.isConnected) return;
      if (!order || (next && next.dataset.seconds < 2)) { turn = setTimeout(tick, 3000); return; }
      if (next) next.dataset.asked = "1"; else order.querySelector(".order-next").setAttribute("role", "alert");
      document.getElementById("order").replaceWith(order);
      if (next) countDown(next);
    };
    document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
    addEventListener("online", tick);
    tick();
  };

  // Another place in the checkout's form: the names to choose from and the sums follow it.
  const fill = (form) => fetch("/api/checkout/fill", {
    method: "POST", headers: { accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
  });
  let asked = 0;
  document.addEventListener("change", async ({ target }) => {
    const form = target.closest(".checkout-form");
    // The cart shows these too.
    if (form && ["gift", "gift_message", "note"].includes(target.name)) await fill(form).catch(() => null);
    if (!form || !["country", "region", "city", "delivery"].includes(target.name)) return;
    const turn = asked += 1;
    const answer = await fill(form).catch(() => null);
    const told = answer?.ok && await answer.json().catch(() => null);
    if (!told || turn !== asked) return;
    for (const [name, values] of [["region", told.regions], ["city", told.cities], ["district", told.districts]]) {
      document.getElementById(`list-${name}`).replaceChildren(...values.map((value) => new Option("", value)));
    }
    // Another way of delivery leaves the ways as they are, and the keyboard where it is.
    if (target.name !== "delivery") document.getElementById("delivery-choices").innerHTML = told.deliveries;
    document.querySelector(".summary-totals").outerHTML = told.totals;
    document.querySelector(".checkout-summary-total").textContent = told.total_text;
    form.elements.expected_total.value = told.total_minor;
    form.querySelector(".checkout-place-words").textContent = told.place;
  });

  // Tabs tell each other how much is in the cart. What shows the cart is loaded anew, after keeping what was typed.
  addEventListener("jishi:cart", ({ detail }) => write("cart", detail));
  addEventListener("storage", async ({ key, newValue }) => {
    if (key !== "cart" || newValue === root.dataset.cart) return;
    root.dataset.cart = newValue;
    dispatchEvent(new CustomEvent("jishi:cart", { detail: Number(newValue) }));
    const form = document.querySelector(".checkout-form");
    if (form) await fill(form).catch(() => null);
    if (form || document.querySelector(".cart")) location.reload();
  });

  addEventListener("load", () => {
    // The browser's way back may lead to the form of an order that is placed already.
    const way = document.querySelector(".checkout-form") && performance.getEntriesByType("navigation")[0]?.type;
    if (way === "back_forward") {
      fetch("/api/cart").then((answer) => answer.json()).then((cart) => cart.count || location.reload()).catch(() => null);
    }
    if (!navigator.serviceWorker || !isSecureContext) return;
    const register = () => navigator.serviceWorker.register("/sw.js").catch(() => undefined);
    if (globalThis.requestIdleCallback) requestIdleCallback(register, { timeout: 5000 }); else setTimeout(register, 2000);
  });
})();
