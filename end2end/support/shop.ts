// The shop under test: where it listens, where its data are, and what an operator can do with it.

import { execFile, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const results = join(dirname(fileURLToPath(import.meta.url)), "..", "test-results");

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// Chosen once; the workers inherit it.
process.env.JISHI_E2E_PORT ??= String(await freePort());
process.env.JISHI_E2E_GATEWAY_PORT ??= String(await freePort());
const address = `127.0.0.1:${process.env.JISHI_E2E_PORT}`;
const gatewayAddress = `127.0.0.1:${process.env.JISHI_E2E_GATEWAY_PORT}`;

export const shop = {
  url: `http://${address}`,
  data: join(results, "shop"),
  log: join(results, "shop.log"),
};

/** The sandbox payment gateway beside the shop. */
export const gateway = {
  url: `http://${gatewayAddress}`,
  log: join(results, "gateway.log"),
};

/** The program, with its settings given as flags: they are stronger than whatever the environment says. */
function program(): { path: string; settings: string[] } {
  const path = process.env.JISHI_BIN;
  if (!path) throw new Error("JISHI_BIN is not set: run `cargo xtask e2e`, or set it to a jishi binary");
  const settings = [
    ["--data-dir", shop.data],
    ["--database-url", `sqlite:${join(shop.data, "jishi.db")}`],
    ["--base-url", shop.url],
    ["--addr", address],
    ["--rate-limit", "off"],
    ["--smtp-url", ""],
    ["--sandbox-addr", gatewayAddress],
    ["--sandbox-url", gateway.url],
    ["--sandbox-secret", "a key for the journeys only"],
    ["--sandbox-delay-ms", "50"],
  ];
  return { path, settings: settings.flat() };
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The command that opens the shop on an empty data folder; it fills itself with the demo catalogue. */
export function startShop(): string {
  const { path, settings } = program();
  const serve = [path, "serve", ...settings].map(quoted).join(" ");
  const folder = quoted(shop.data);
  return `rm -rf ${folder} && mkdir -p ${folder} && exec ${serve} > ${quoted(shop.log)} 2>&1`;
}

/** The command that opens the payment gateway, with the same settings. */
export function startGateway(): string {
  const { path, settings } = program();
  const serve = [path, "sandbox-gateway", ...settings].map(quoted).join(" ");
  return `mkdir -p ${quoted(results)} && exec ${serve} > ${quoted(gateway.log)} 2>&1`;
}

/** What an operator does in the stock room: sets the units of an article. */
export async function setStock(sku: string, units: number): Promise<void> {
  await run("stock", sku, "--set", String(units), "--reason", "end2end");
}

async function run(...words: string[]): Promise<void> {
  const { path, settings } = program();
  await promisify(execFile)(path, [...words, ...settings]);
}

/** The rows of a sheet: cells may be quoted, and quoted ones may hold line breaks. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What an operator does with a sheet: the product gets these prices, everything else of it stays. */
export async function setPrice(slug: string, prices: { usd: string; cny: string }): Promise<void> {
  const file = join(results, `${slug}-${Date.now()}.csv`);
  await run("export", file);
  const [head = [], ...rows] = rowsOf(await readFile(file, "utf8"));
  const columns = { "Variant Price": prices.usd, "Variant Price CNY": prices.cny, "Variant Compare At Price": "", "Variant Compare At Price CNY": "" };
  const own = rows.filter((row) => row[head.indexOf("Handle")] === slug);
  for (const [name, value] of Object.entries(columns)) {
    for (const row of own) if (row[head.indexOf("Variant SKU")]) row[head.indexOf(name)] = value;
  }
  await writeFile(file, [head, ...own].map((row) => row.map(cell).join(",")).join("\n"));
  await importSheet(file);
}

/** Imports until the rows are in; the command goes on to make pictures, which the shop does as well. */
async function importSheet(file: string): Promise<void> {
  const { path, settings } = program();
  const command = spawn(path, ["import", file, ...settings], { stdio: ["ignore", "pipe", "ignore"] });
  await new Promise<void>((resolve, reject) => {
    command.stdout.on("data", (told: Buffer) => {
      if (told.toString().includes("rows applied")) resolve();
    });
    command.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`the import of ${file} ended with ${code}`))));
  });
  command.kill();
}
