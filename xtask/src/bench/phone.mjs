// Opens a page as a phone does that has never been there, and tells what came over the wire, headers and all, by kind:
// {"document": {"requests": 1, "bytes": 6700}, …}. Runs in end2end/, whose Playwright it uses; the phone is the journeys'.
//
//   CHROMIUM_PATH=… node phone.mjs ADDRESS [flags of the browser…]
import { createRequire } from "node:module";

const { chromium, devices } = createRequire(`${process.cwd()}/package.json`)("@playwright/test");
const [address, ...args] = process.argv.slice(2);
const phone = {
  viewport: { width: 390, height: 844 },
  userAgent: devices["Pixel 7"].userAgent,
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args });
try {
  const page = await (await browser.newContext(phone)).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const kinds = new Map();
  const weights = {};
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (response.url.startsWith("data:")) return;
    kinds.set(requestId, response.mimeType === "application/wasm" ? "wasm" : type.toLowerCase());
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind === undefined) return;
    const weight = (weights[kind] ??= { requests: 0, bytes: 0 });
    weight.requests += 1;
    weight.bytes += Math.round(encodedDataLength);
  });
  await page.goto(address);
  await page.waitForSelector("html[data-hydrated]", { state: "attached" });
  await page.waitForLoadState("networkidle");
  console.log(JSON.stringify(weights));
} finally {
  await browser.close();
}
