// One shop with the demo catalogue, and the browsers that walk through it.
//
// `cargo xtask e2e` builds the shop and sets JISHI_BIN and CHROMIUM_PATH; by hand the same variables do.

import { defineConfig, devices } from "@playwright/test";
import { gateway, shop, startGateway, startShop } from "./support/shop";

const isPlain = Boolean(process.env.CI);

// Pictures for people to look at are made only when asked for: `npx playwright test --project shots`.
// The workers have other arguments, so the wish is handed on in the environment.
if (process.argv.join(" ").includes("shots")) process.env.JISHI_E2E_SHOTS = "1";
const shots = process.env.JISHI_E2E_SHOTS
  ? [{ name: "shots", testDir: ".", testMatch: "screenshots.ts" }]
  : [];

const desktop = { viewport: { width: 1440, height: 900 } };
const phone = {
  viewport: { width: 390, height: 844 },
  userAgent: devices["Pixel 7"].userAgent,
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/stock.ts",
  outputDir: "test-results/run",
  snapshotPathTemplate: "visual/{projectName}/{arg}{ext}",
  fullyParallel: true,
  forbidOnly: isPlain,
  workers: 2,
  retries: isPlain ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000, toMatchAriaSnapshot: { pathTemplate: "aria/{arg}{ext}" } },
  reporter: [["list"]],
  use: {
    baseURL: shop.url,
    testIdAttribute: "data-test",
    locale: "en-US",
    timezoneId: "Asia/Shanghai",
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // A test says by tags where else it runs; on the desktop all run but those that need a thumb.
  projects: [
    { name: "desktop", use: desktop, grepInvert: /@thumb/ },
    { name: "nojs", use: { ...desktop, javaScriptEnabled: false }, grep: /@nojs/ },
    { name: "phone", use: phone, grep: /@phone|@thumb/ },
    // What runs in both also runs in both at once.
    { name: "phone-nojs", use: { ...phone, javaScriptEnabled: false }, grep: /@nojs.*@phone|@phone.*@nojs/ },
    { name: "tablet", use: tablet, grep: /@tablet/ },
    ...shots,
  ],
  webServer: [
    { command: startShop(), url: `${shop.url}/readyz` },
    { command: startGateway(), url: `${gateway.url}/healthz` },
  ].map((server) => ({
    ...server,
    reuseExistingServer: false,
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGTERM" as const, timeout: 5_000 },
  })),
});
