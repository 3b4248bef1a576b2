// The folder into which the shop writes its mails, and just enough MIME to read them.

import { expect } from "@playwright/test";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { shop } from "./shop";

/** The mail to this address, as plain text, once it is there. */
export async function mailTo(address: string): Promise<string> {
  let found: string | undefined;
  await expect
    .poll(async () => (found = await find(address)), {
      message: `a mail to ${address}`,
      timeout: 10_000,
    })
    .toBeDefined();
  return plainText(found ?? "");
}

async function find(address: string): Promise<string | undefined> {
  const folder = join(shop.data, "mail");
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => name.endsWith(".eml"))) {
    const mail = await readFile(join(folder, name), "utf8");
    if (mail.includes(`To: ${address}`)) return mail;
  }
  return undefined;
}

function plainText(mail: string): string {
  const boundary = /boundary="([^"]+)"/.exec(mail)?.[1] ?? "";
  const parts = mail.split(`--${boundary}`);
  const part = parts.find((part) => /^content-type: text\/plain/im.test(part)) ?? "";
  const [head = "", ...body] = part.split(/\r?\n\r?\n/);
  return decoded(body.join("\n\n"), /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1] ?? "");
}

function decoded(body: string, coding: string): string {
  if (coding.toLowerCase() === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (coding.toLowerCase() !== "quoted-printable") return body;
  const joined = body.replace(/=\r?\n/g, "");
  const bytes = joined.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
