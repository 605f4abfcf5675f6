// Prints what must arrive before an article is readable, in bytes and brotli 11, against the budget.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const dist = process.argv[2] ?? "dist";
const budget = 100 * 1024;
const kinds = { "_bg.wasm": "wasm", ".js": "glue and boot", ".css": "styles" };
const totals = {};
for (const name of readdirSync(dist)) {
  const suffix = Object.keys(kinds).find((suffix) => name.endsWith(suffix));
  if (!suffix) continue;
  const bytes = readFileSync(`${dist}/${name}`);
  const total = (totals[kinds[suffix]] ??= { raw: 0, brotli: 0 });
  total.raw += bytes.length;
  total.brotli += brotliCompressSync(bytes).length;
}
let sum = 0;
for (const [kind, { raw, brotli }] of Object.entries(totals)) {
  console.log(`size: ${kind.padEnd(14)} ${String(raw).padStart(8)} bytes  ${String(brotli).padStart(7)} brotli`);
  sum += brotli;
}
console.log(`size: ${"before reading".padEnd(14)} ${" ".repeat(14)}  ${String(sum).padStart(7)} brotli, ${Math.round((100 * sum) / budget)} % of the budget of ${budget}`);
