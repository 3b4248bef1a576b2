// Articles of the demo catalogue that the tests buy. Those that are bought have plenty of stock,
// so that tests running side by side do not take each other's last one.

import type { Words } from "./words";

type Text = Record<Words["code"], string>;

/** Two options, all of its 500 ml versions plentiful. */
export const thermos = {
  slug: "bamboo-thermos",
  title: { zh: "竹盖保温瓶", en: "Bamboo-Cap Thermos" } satisfies Text,
  categories: ["tea-kitchen", "kitchen-dining"],
  category: { zh: "茶与厨房", en: "Tea & Kitchen" } satisfies Text,
  sage: { zh: "鼠尾草", en: "Sage" } satisfies Text,
  large: { zh: "750 毫升", en: "750 ml" } satisfies Text,
  sagePrice: { zh: "¥189.00", en: "$28.00" } satisfies Text,
  sageSku: "JS-TK09-SAGE-500",
};

export const wok = {
  slug: "carbon-steel-wok",
  title: { zh: "开好锅的碳钢炒锅", en: "Pre-Seasoned Carbon-Steel Wok" } satisfies Text,
  sku: "JS-TK07-32CM",
};

export const chopsticks = {
  slug: "walnut-chopsticks",
  title: { zh: "方头黄铜筷", en: "Brass-Capped Chopsticks" } satisfies Text,
  sku: "JS-TK06-WALNUT",
  price: { zh: "¥88.00", en: "$13.00" } satisfies Text,
};

/** It has a film that turns it around. */
export const headphones = {
  slug: "halo-headphones",
  title: { zh: "环月头戴耳机", en: "Halo Over-Ear Headphones" } satisfies Text,
};

/** Two units of its cream version are there. */
export const kettle = {
  slug: "gooseneck-kettle",
  title: { zh: "细口手冲壶", en: "Gooseneck Pour-Over Kettle" } satisfies Text,
  scarceSku: "JS-TK04-CREAM",
  scarceQuery: "style=cream",
};

/** Its only version is sold out. */
export const soySauce = {
  slug: "clay-jar-soy-sauce",
  title: { zh: "缸晒酱油", en: "Clay-Jar Soy Sauce" } satisfies Text,
  sku: "JS-PA47-500ML",
  category: "larder",
};

/** One of its two versions is sold out. */
export const gaiwan = {
  slug: "white-gaiwan",
  soldOut: { zh: "柿红线", en: "Persimmon line" } satisfies Text,
  soldOutQuery: "style=persimmon",
};

/** Nobody else buys these, one for each project: the stock room takes them away. */
export const vanishing = {
  desktop: {
    slug: "bell-tent",
    title: { zh: "钟形棉布帐篷", en: "Cotton Bell Tent" } satisfies Text,
    sku: "JS-OD34-SAND",
  },
  nojs: {
    slug: "oak-lid-jars",
    title: { zh: "橡木盖储物罐三件套", en: "Oak-Lid Storage Jars, Set of Three" } satisfies Text,
    sku: "JS-TK08-SETOF3",
  },
  phone: {
    slug: "fluted-pencil-cup",
    title: { zh: "竖纹笔筒", en: "Fluted Pencil Cup" } satisfies Text,
    sku: "JS-DK21-IVORY",
  },
  "phone-nojs": {
    slug: "trio-side-table",
    title: { zh: "束腰边几", en: "Cinched Side Table" } satisfies Text,
    sku: "JS-HL18-OAK",
  },
};

/** Nobody else buys these, one for each project and language: their price changes while they are in a cart. */
export const repriced: Record<string, string> = {
  "desktop-zh": "brass-desk-set",
  "desktop-en": "walnut-desk-tray",
  "nojs-zh": "harbour-blocks",
  "nojs-en": "little-line-train",
  "phone-zh": "beech-ring-rattle",
  "phone-en": "paper-floor-lantern",
  "phone-nojs-zh": "quiet-wall-clock",
  "phone-nojs-en": "fluted-vase",
};
